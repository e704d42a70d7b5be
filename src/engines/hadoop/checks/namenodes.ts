/** What is wrong with the NameNodes and with how one takes over from another. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { resizeTo } from '../../shared/checks/fixes.js';
import { membersAs } from '../roles.js';
import { about, added, mustSurvive, racksOf, setting } from './cluster.js';

const MOST_NAMENODES = 5;
const AUTOMATIC = 'dfs.ha.automatic-failover.enabled';
const FENCING = 'dfs.ha.fencing.methods';

export function checkNameNodes(context: EngineContext): readonly Finding[] {
    const { members } = context.cluster;
    const count = membersAs(members, 'namenode').length;
    if (count < 2) {
        return count === 1 ? singleNameNode(context) : noNameNode(context);
    }
    return [
        ...manyNameNodes(context, count),
        ...inOneRack(context),
        ...noJournalNodes(context, count),
        ...fencing(context),
        ...automaticFailover(context),
        ...withoutZkfc(context),
    ];
}

function noNameNode(context: EngineContext): readonly Finding[] {
    const { cluster } = context;
    const isYarnAlone = membersAs(cluster.members, 'datanode').length === 0 && cluster.groups.length === 0;
    if (cluster.members.length === 0 || (isYarnAlone && membersAs(cluster.members, 'resourcemanager').length > 0)) {
        return [];
    }
    return about(context, {
        code: 'hadoop/no-namenode',
        severity: 'error',
        message: `No node of ${cluster.name} is a NameNode: nobody knows which file is where, so nothing can be read or written.`,
        help: 'Give two nodes in different racks the role: `node nn-1 in dc.a as namenode`.',
        fixes: [added(context, 'Add two NameNodes', 'nodes nn-[1..2] across zones as namenode')],
    });
}

/** Whoever has JournalNodes, failover controllers or an objective to survive expects high availability. */
function singleNameNode(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const { members } = cluster;
    const isExpected =
        membersAs(members, 'journalnode').length > 0 ||
        membersAs(members, 'zkfc').length > 0 ||
        context.boolean(AUTOMATIC) ||
        mustSurvive(topology, cluster);
    const name = topology.nodes[membersAs(members, 'namenode')[0]!.node]!.name;
    return about(context, {
        code: 'hadoop/single-namenode',
        severity: isExpected ? 'error' : 'warning',
        message: `${name} is the only NameNode of ${cluster.name}: when it fails nothing can be read or written${isExpected ? ', although the file expects it to survive that' : ''}.`,
        help: 'Add a second NameNode in another rack, with three JournalNodes.',
    });
}

function manyNameNodes(context: EngineContext, count: number): readonly Finding[] {
    if (count <= MOST_NAMENODES) {
        return [];
    }
    return about(context, {
        code: 'hadoop/many-namenodes',
        severity: 'warning',
        message: `${context.cluster.name} has ${String(count)} NameNodes: every DataNode reports to all of them, and the guide advises three and no more than five.`,
        help: 'Use three.',
        fixes: resizeTo(
            membersAs(context.cluster.members, 'namenode').map(({ source }) => source),
            3,
            'Use 3 NameNodes',
        ),
    });
}

function inOneRack(context: EngineContext): readonly Finding[] {
    const { members, name } = context.cluster;
    if (racksOf(context, members).size < 2 || racksOf(context, membersAs(members, 'namenode')).size > 1) {
        return [];
    }
    return about(context, {
        code: 'hadoop/namenodes-in-one-rack',
        severity: 'warning',
        message: `All NameNodes of ${name} stand in one rack: when it fails nothing can be read or written, although the data also stands elsewhere.`,
        help: 'Move one of them to another rack or zone.',
    });
}

function noJournalNodes(context: EngineContext, count: number): readonly Finding[] {
    const { members, name } = context.cluster;
    const standsElsewhere = context.written('dfs.namenode.shared.edits.dir') !== undefined;
    if (standsElsewhere || membersAs(members, 'journalnode').length > 0) {
        return [];
    }
    return about(context, {
        code: 'hadoop/no-journalnodes',
        severity: 'error',
        message: `${name} has ${String(count)} NameNodes and no JournalNode: a standby does not get the edits of the active one, so it cannot take over.`,
        help: 'Give three nodes in different racks the role `journalnode`, or name where the edits are shared: `dfs.namenode.shared.edits.dir`.',
        fixes: [added(context, 'Add three JournalNodes', 'nodes jn-[1..3] across zones as journalnode')],
    });
}

function fencing(context: EngineContext): readonly Finding[] {
    const { name } = context.cluster;
    const written = context.written(FENCING);
    const fixes = [setting(context, 'Add a method that succeeds', FENCING, '"sshfence, shell(/bin/true)"')];
    if (written === undefined) {
        return about(context, {
            code: 'hadoop/no-fencing',
            severity: 'error',
            message: `${name} names no fencing method, and there is no default: failover controllers refuse to start, and nobody takes over.`,
            help: 'Set `dfs.ha.fencing.methods`, for example to `"sshfence, shell(/bin/true)"`.',
            fixes,
        });
    }
    const methods = context.text(FENCING);
    if (!methods.includes('sshfence') || methods.includes('shell')) {
        return [];
    }
    return [
        {
            code: 'hadoop/sshfence-only',
            severity: 'warning',
            message: `${name} fences by \`sshfence\` alone: it has to log in to the old host, so when that host has lost power fencing fails and nobody takes over.`,
            help: 'Add `shell(/bin/true)` as the last method: JournalNodes refuse the old writer anyway.',
            source: written.source,
            fixes,
        },
    ];
}

function automaticFailover(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const isOn = context.boolean(AUTOMATIC);
    if (isOn) {
        return noZooKeeper(context);
    }
    const isExpected =
        mustSurvive(topology, cluster) ||
        cluster.failover?.promote === 'automatically' ||
        membersAs(cluster.members, 'zkfc').length > 0;
    if (!isExpected) {
        return [];
    }
    return about(context, {
        code: 'hadoop/automatic-failover-off',
        severity: 'error',
        runs: true,
        message: `${cluster.name} is expected to survive failures by itself, and automatic failover is off, which is the default: when the active NameNode fails the standby waits for an operator.`,
        help: 'Set `dfs.ha.automatic-failover.enabled = true`.',
        fixes: [setting(context, 'Turn automatic failover on', AUTOMATIC, 'true')],
    });
}

function noZooKeeper(context: EngineContext): readonly Finding[] {
    const { members, name } = context.cluster;
    if (membersAs(members, 'zookeeper').length > 0 || context.written('ha.zookeeper.quorum') !== undefined) {
        return [];
    }
    return about(context, {
        code: 'hadoop/no-zookeeper',
        severity: 'error',
        message: `Automatic failover of ${name} needs ZooKeeper, which decides who is active, and there is none: no NameNode becomes active.`,
        help: 'Give three nodes in different racks the role `zookeeper`, or name the servers: `ha.zookeeper.quorum`.',
        fixes: [added(context, 'Add three ZooKeeper servers', 'nodes zk-[1..3] across zones as zookeeper')],
    });
}

/** Failover controllers run beside every NameNode, unless some members are said to run one. */
function withoutZkfc(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    if (membersAs(cluster.members, 'zkfc').length === 0) {
        return [];
    }
    return membersAs(cluster.members, 'namenode')
        .filter(({ roles }) => !roles.includes('zkfc'))
        .map(({ node, source }) => ({
            code: 'hadoop/namenode-without-zkfc',
            severity: 'warning' as const,
            message: `${topology.nodes[node]!.name} is a NameNode without failover controller: nobody watches it, and it never takes over.`,
            help: 'Give it the role `zkfc`, too, or leave the role out everywhere: every NameNode then has one.',
            source,
        }));
}
