import type { Engine } from '../engine.js';

export const documentation = [
    '**Hadoop**: HDFS keeps blocks in several copies on DataNodes; one active NameNode holds the namespace, and standbys follow its edits through a majority of JournalNodes. With automatic failover, controllers beside the NameNodes notice its end by a lock in ZooKeeper, **fence** it and make a standby active. YARN runs beside it. A zone is taken for a rack, unless a node names its `rack`.',
    '',
    'Checked: NameNodes, JournalNodes, ZooKeeper and fencing; copies of blocks, racks and DataNodes; ResourceManagers. Blocks are placed by the default policy of HDFS, in turns instead of at random and as if written from outside the DataNodes.',
    '',
    'Simulated: who is active and who notices that it is not (health checks, sessions in ZooKeeper and its own elections), fencing method by method, epochs and the majority of JournalNodes, safe mode, heartbeats of DataNodes, lost copies made again, readers that try another copy, pipelines of writers, DataNodes that are decommissioned (`drain`), and what stood in memory alone when power was lost. `crash` ends all that the cluster runs on the node but its failover controller, which `stop` ends too; after both the host lives and refuses connections, so that `sshfence` can log in (`fail` takes its power, and it cannot). Proved: what still answers when hosts lose power, how soon, and what may be lost; any NameNode may be the active one.',
    '',
    'Assumed: the settings that begin with `assumed.`; that a NameNode always has edits to write, that `shell(…)` succeeds at once, that connections carry at once when a cut heals, where TCP first waits for as long again as it has tried in vain, up to two minutes, and that ZooKeeper servers and shared edits outside the cluster do not fail. A written block counts as acknowledged when its pipeline has it; a client that meets no active NameNode waits until its own timeout, in place of the growing pauses of HDFS and of the 20 s after which HDFS turns from one that is silent: a client with more patience than that is back later here. A failover controller waits for its NameNode to become active for as long as that tries, not for 60 s (`ha.failover-controller.new-active.rpc-timeout.ms`).',
    '',
    'Each request opens a stream of its own. One that is led to a **silent DataNode** (without power, cut off or frozen) stalls for `dfs.client.socket-timeout` (60 s; in a pipeline up to 10 s more), then takes another; a client whose `timeout` is shorter gives up, and its retry leaves that DataNode out. The NameNode hands it out until it counts as dead, after ten minutes and more, unless `dfs.namenode.avoid.read.stale.datanode` and `dfs.namenode.avoid.write.stale.datanode` lead clients past it after 30 s. One that crashed refuses at once. Readers are led to a copy in their own rack first and else to any by chance; writers to the DataNodes that hold their block first. Not modelled: pipelines that are open when a DataNode falls silent, which stall as long, and clients that tell their streams of each other’s failures (`dfs.client.deadnode.detection.enabled`).',
    '',
    'YARN plays no part in reads and writes and is not simulated, nor are lost disks of other nodes than DataNodes. Observer NameNodes, the maintenance state of DataNodes (`drain` is decommissioning), federation, erasure coding, snapshots, the balancer and the applications of YARN are not modelled. A real cluster needs a script that names the racks.',
].join('\n');

export const versions = ['2.7', '2.8', '2.9', '2.10', '3.0', '3.1', '3.2', '3.3', '3.4', '3.5'];

export const roles: Engine['roles'] = [
    { name: 'namenode', documentation: 'Holds the namespace. One of them is active, the others stand by.' },
    {
        name: 'zkfc',
        documentation:
            'The failover controller of a NameNode. Every NameNode has one, unless some are `as zkfc`: then only these.',
    },
    {
        name: 'journalnode',
        documentation:
            'Keeps the edits that NameNodes share. Each edit must reach a majority, so three or five of them.',
    },
    { name: 'zookeeper', documentation: 'Keeps the lock of the active NameNode and ResourceManager, by majority.' },
    { name: 'datanode', documentation: 'Keeps blocks.' },
    { name: 'resourcemanager', documentation: 'Gives containers to applications. One is active, others stand by.' },
    { name: 'nodemanager', documentation: 'Runs containers, usually beside a DataNode.' },
];

export const groupWords: Engine['groupWords'] = [
    {
        word: 'files',
        form: 'numbered-shards',
        countWord: 'blocks',
        placedWord: 'block',
        replicasCount: 'all',
        leaderless: true,
        defaultReplicas: 3,
        refusesPlaces: true,
        ignoresSpread: {
            why: 'its policy puts one copy of a block into one rack and the next two into another',
            instead: 'Remove it; racks are the zones unless a node has a `rack`.',
        },
        replicasSetting: 'dfs.replication',
        systemKeys: { replicas: ['dfs.replication'] },
        documentation:
            'Files as their blocks: `blocks N`, each with `replicas M` copies in all (`dfs.replication`, unless said). `block 0 on dn-1, dn-2, dn-5` places one by hand.',
    },
];

export const snippet = [
    'nodes ${1:nn}-[1..2] across zones as namenode, resourcemanager',
    'nodes ${2:jn}-[1..3] across zones as journalnode, zookeeper',
    'nodes ${3:dn}-[1..6] across zones as datanode, nodemanager',
    'files ${4:warehouse} {',
    '    blocks 120',
    '    replicas 3',
    '}',
    'settings {',
    '    dfs.ha.automatic-failover.enabled = true',
    '    dfs.ha.fencing.methods = "sshfence, shell(/bin/true)"',
    '}',
].join('\n');
