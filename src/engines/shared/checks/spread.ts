/** What a group says about the places of its copies and its system has no word for. */
import { counted, type Finding, type NodeId, type ShardGroup } from '../../../topology/index.js';
import type { Engine, EngineContext, GroupWord } from '../../engine.js';
import { useReplicas } from './fixes.js';

export function checkSpread(engine: Engine, context: EngineContext): readonly Finding[] {
    return context.cluster.groups.flatMap((id) => {
        const group = context.topology.groups[id]!;
        const word = engine.groupWords.find((each) => each.word === group.word);
        return word === undefined
            ? []
            : [...spreadIgnored(engine, context, group, word), ...placesIgnored(engine, group, word)];
    });
}

/** What the system does of itself, or by chance, is for information. */
function spreadIgnored(
    { title }: Engine,
    context: EngineContext,
    group: ShardGroup,
    { ignoresSpread }: GroupWord,
): readonly Finding[] {
    const { name, spread, source } = group;
    if (spread === undefined || ignoresSpread === undefined) {
        return [];
    }
    const isSo = spread === 'none' || group.shards.every((shard) => isSpread(context, shard, spread));
    return [
        {
            code: 'topology/spread-ignored',
            severity: isSo ? 'information' : 'warning',
            message: `\`spread ${spread}\` changes nothing for ${name}: ${title} has no such setting, and ${ignoresSpread.why}.${isSo ? '' : ` The copies of ${name} are not spread over ${spread === 'zone' ? 'zones' : 'nodes'} as it asks.`}`,
            help: ignoresSpread.instead,
            source,
            fixes: [
                { kind: 'remove-property', title: `Remove spread ${spread}`, declaration: source, keyword: 'spread' },
            ],
        },
    ];
}

/** Whether the copies stand in as many places as they could. */
function isSpread({ topology, cluster }: EngineContext, shard: number, spread: 'zone' | 'node'): boolean {
    const copies = topology.shards[shard]?.copies ?? [];
    const placeOf = (node: NodeId): number => (spread === 'node' ? node : (topology.nodes[node]?.zone ?? -1));
    const places = new Set(cluster.members.map(({ node }) => placeOf(node))).size;
    return new Set(copies.map(placeOf)).size >= Math.min(copies.length, places);
}

function placesIgnored(
    { title }: Engine,
    group: ShardGroup,
    { ignoresPlaces, replicasCount }: GroupWord,
): readonly Finding[] {
    const { name, perPlace, copies, source } = group;
    if (perPlace === undefined || ignoresPlaces !== true) {
        return [];
    }
    const replicas = replicasCount === 'all' ? copies : copies - 1;
    return [
        {
            code: 'topology/places-ignored',
            severity: 'warning',
            message: `${name} counts its replicas by place, and ${title} has one number for all: ${counted(replicas, 'replica')} in all are placed by its own rule, wherever that puts them.`,
            help: `Write \`replicas ${String(replicas)}\`, and place shards by hand where it matters.`,
            source,
            fixes: [useReplicas(source, replicas)],
        },
    ];
}
