/**
 * A Redis Cluster of the given size in three zones, a primary and two replicas a shard, no two copies of a shard in one
 * zone. Zone a goes dark and with it a third of the primaries.
 */
export function redisCluster(nodes: number): string {
    const shards = Math.floor(nodes / 3);
    return `
region r { zone a  zone b  zone c }
cluster sessions: redis "7.2" in r {
  nodes cache-[1..${shards * 3}] across zones
  shards s-[1..${shards}] { replicas 2 }
  endpoint discovery
  settings { cluster-node-timeout = 15000 }
}
workload app {
  reads  sessions 2000/s
  writes sessions 1000/s
}
objective survive for sessions {
  tolerate any 1 zone
  tolerate any 2 nodes
  restore writes within 90s
}
scenario lose-zone {
  at 30s fail zone r.a
  until 3m
  expect writes of sessions restored within 35s
}
`;
}
