/** What is wrong with how many copies the blocks have and where they stand. */
import { setDuration, type Finding, type ShardGroup } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { isDatanode, rackOf } from '../roles.js';
import { about, racksOf, setting, silenceUntilDead } from './cluster.js';

const POLICY = 'dfs.client.block.write.replace-datanode-on-failure';

export function checkBlocks(context: EngineContext): readonly Finding[] {
    const groups = context.cluster.groups.map((id) => context.topology.groups[id]!);
    return [
        ...racks(context),
        ...noSpareDatanode(context, groups),
        ...groups.flatMap((group) => [
            ...byPlace(group),
            ...tooFewDatanodes(context, group),
            ...fewReplicas(context, group),
        ]),
    ];
}

function byPlace({ name, copies, perPlace, source }: ShardGroup): readonly Finding[] {
    if (perPlace === undefined) {
        return [];
    }
    return [
        {
            code: 'hadoop/replicas-by-place',
            severity: 'error',
            message: `${name} counts its replicas by place; HDFS has one number, and its placement policy decides where they go.`,
            help: `Write \`replicas ${String(copies)}\`.`,
            source,
            fixes: [useReplicas(source, copies)],
        },
    ];
}

function tooFewDatanodes({ cluster, topology }: EngineContext, group: ShardGroup): readonly Finding[] {
    const datanodes = cluster.members.filter(isDatanode).length;
    const short = group.shards
        .map((id) => topology.shards[id]!)
        .find(({ placedBy, copies }) => placedBy === 'engine' && copies.length > 0 && copies.length < group.copies);
    if (short === undefined) {
        return [];
    }
    // With a copy on each of them a writer that loses one finds no other.
    const fitting = Math.max(Math.min(3, short.copies.length), Math.min(short.copies.length, datanodes - 1));
    const why =
        datanodes < group.copies
            ? `there are ${String(datanodes)} DataNodes, and one holds no two copies of a block`
            : 'the racks have no room for more, since HDFS bounds the copies in each';
    return [
        {
            code: 'hadoop/too-few-datanodes',
            severity: 'error',
            runs: true,
            message: `${group.name} wants ${String(group.copies)} copies of each block and gets ${String(short.copies.length)}: ${why}.`,
            help: 'Add DataNodes, in further racks if these are full, or lower `replicas`.',
            source: group.source,
            fixes: [useReplicas(group.source, fitting)],
        },
    ];
}

function fewReplicas(context: EngineContext, group: ShardGroup): readonly Finding[] {
    if (group.copies > 2) {
        return [];
    }
    const isSingle = group.copies === 1;
    return [
        {
            code: isSingle ? 'hadoop/single-replica' : 'hadoop/two-replicas',
            severity: 'warning',
            message: isSingle
                ? `${group.name} has one copy of each block: every disk that fails takes its blocks with it.`
                : `${group.name} has two copies of each block: no lost one is made again before its DataNode has been silent for ${setDuration(silenceUntilDead(context))}, and until then a second failed disk loses data.`,
            help: 'Use three replicas, the default.',
            source: group.source,
            fixes: [useReplicas(group.source, 3)],
        },
    ];
}

function racks(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const datanodes = cluster.members.filter(isDatanode);
    const inRacks = [...racksOf(context, datanodes)].map((rack) =>
        datanodes.filter(({ node }) => rackOf(topology.nodes[node]!) === rack),
    );
    if (datanodes.length > 1 && inRacks.length === 1) {
        return about(context, {
            code: 'hadoop/one-rack',
            severity: 'warning',
            message: `All ${String(datanodes.length)} DataNodes of ${cluster.name} stand in one rack: when it is lost, all copies of every block are.`,
            help: 'Spread the DataNodes over zones, or name their racks: `node dn-1 { rack r1 }`.',
        });
    }
    const alone =
        inRacks.length === 2 && datanodes.length > 2 ? inRacks.find(({ length }) => length === 1)?.[0] : undefined;
    if (alone === undefined) {
        return [];
    }
    return [
        {
            code: 'hadoop/thin-rack',
            severity: 'warning',
            message: `${topology.nodes[alone.node]!.name} is the only DataNode in its rack, and there is one other rack: with three replicas it gets a copy of every block, and there is no room for two copies in its rack.`,
            help: 'Add DataNodes to its rack, or a third rack.',
            source: alone.source,
        },
    ];
}

/** Writers that must replace a lost DataNode and find none fail. */
function noSpareDatanode(context: EngineContext, groups: readonly ShardGroup[]): readonly Finding[] {
    const datanodes = context.cluster.members.filter(isDatanode).length;
    const most = groups.reduce((largest, { copies }) => Math.max(largest, copies), 0);
    const mustReplace =
        context.boolean(`${POLICY}.enable`) &&
        context.text(`${POLICY}.policy`) === 'DEFAULT' &&
        !context.boolean(`${POLICY}.best-effort`);
    if (!mustReplace || most < 3 || datanodes !== most) {
        return [];
    }
    return about(context, {
        code: 'hadoop/no-spare-datanode',
        severity: 'warning',
        message: `${context.cluster.name} has ${String(datanodes)} DataNodes for ${String(most)} copies: when one fails while a file is appended to or flushed, the writer must replace it, finds none, and the write fails.`,
        help: `Add a DataNode, or set \`${POLICY}.policy = NEVER\`, as HDFS advises for clusters this small.`,
        fixes: [setting(context, 'Go on with the DataNodes that are left', `${POLICY}.policy`, 'NEVER')],
    });
}
