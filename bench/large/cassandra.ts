/** A ring in three racks of one datacenter: one token range of three copies for every node. */
export function cassandraCluster(nodes: number): string {
    return `
region r { zone a  zone b  zone c }

cluster profiles: cassandra "5.0" in r {
    nodes n-[1..${nodes}] across zones
    keyspace users {
        replicas 3
        settings { replication = NetworkTopologyStrategy }
    }
    settings { num_tokens = 1 }
}

workload app in r.b {
    reads  profiles.users ${nodes}/s with consistency = LOCAL_QUORUM
    writes profiles.users ${Math.ceil(nodes / 3)}/s with consistency = LOCAL_QUORUM
}

objective failures for profiles {
    tolerate any 1 zone
    tolerate any 1 node
    lose no writes
}

objective two-nodes for profiles {
    tolerate any 2 nodes
}

scenario lose-zone {
    at 30s  fail zone r.a
    until 3m
    expect reads of app restored within 25s
    expect writes of app restored within 25s
    expect no lost writes in profiles
}
`;
}
