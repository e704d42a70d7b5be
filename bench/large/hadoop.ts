/** A lake in three racks: three NameNodes, five JournalNodes and ZooKeeper servers, DataNodes and two blocks for each. */
export function hadoopCluster(nodes: number): string {
    const datanodes = nodes - 8;
    return `
region dc { zone a  zone b  zone c }

cluster lake: hadoop "3.4" in dc {
    nodes nn-[1..3] across zones as namenode
    nodes jn-[1..5] across zones as journalnode, zookeeper
    nodes dn-[1..${datanodes}] across zones as datanode
    files warehouse {
        blocks ${2 * datanodes}
        replicas 3
    }
    settings {
        dfs.ha.automatic-failover.enabled = true
        dfs.ha.fencing.methods = "sshfence, shell(/bin/true)"
        dfs.namenode.avoid.read.stale.datanode = true
        dfs.namenode.avoid.write.stale.datanode = true
    }
}

workload etl in dc.b {
    reads  lake.warehouse ${nodes}/s
    writes lake.warehouse ${Math.ceil(nodes / 3)}/s
}

objective failures for lake {
    tolerate any 1 zone
    tolerate any 1 node
    tolerate any 2 nodes
    restore writes within 3m
    lose no writes
}

scenario lose-zone {
    at 30s  fail zone dc.a
    until 4m
    expect reads of lake restored within 2m
    expect writes of lake restored within 2m
    expect no lost writes in lake
}
`;
}
