/** Three masters and otherwise data nodes in three zones; two shards a node, each with a replica in another zone. */
const MASTERS = 3;

export function elasticsearchCluster(nodes: number): string {
    return `region r { zone a zone b zone c }
cluster catalogue: elasticsearch in r {
  nodes master-[1..${MASTERS}] across zones as master
  nodes data-[1..${nodes - MASTERS}] across zones as data
  index products { shards ${2 * nodes}  replicas 1 }
  settings { cluster.routing.allocation.awareness.attributes = zone }
  endpoint discovery
}
workload search-page in r.b {
  reads  catalogue.products 500/s
  writes catalogue.products 100/s
}
objective survive for catalogue {
  tolerate any 1 zone
  tolerate any 1 node
  lose no writes
}
objective survive-two for catalogue {
  tolerate any 2 nodes for reads
}
// The first master is in zone a: another has to be elected, and to find by itself who is gone.
scenario lose-zone {
  at 30s  fail zone r.a
  until 5m
  expect writes of catalogue restored within 2m
  expect no lost writes in catalogue
}
`;
}
