/** What is wrong with the places of copies, whatever the system calls them. */
import { counted, listed, type Finding, type Shard, type ZoneId } from '../../../topology/index.js';
import type { Engine, EngineContext } from '../../engine.js';
import { bySource } from '../by-source.js';

/** Shards of one declaration whose copies all stand in one zone. */
interface Crowd {
    readonly zone: ZoneId;
    readonly shards: Shard[];
}

/**
 * Shards with several copies, all in one zone, although members that could hold some stand in several.
 *
 * @param ruleIsTold whether another finding says already why the system's own rule puts copies together
 */
export function checkCopies(engine: Engine, context: EngineContext, ruleIsTold: boolean): readonly Finding[] {
    const { topology, cluster } = context;
    const holders = cluster.members.filter((member) => engine.holds?.(member) !== false);
    const zones = new Set(holders.flatMap(({ node }) => topology.nodes[node]?.zone ?? []));
    return zones.size < 2
        ? []
        : crowds(context)
              .filter(({ shards }) => !ruleIsTold || shards[0]?.placedBy === 'file')
              .map((crowd) => finding(engine, context, crowd, zones));
}

/** One for each declaration and zone: what holds for all shards of a group is said once. */
function crowds({ topology, cluster }: EngineContext): readonly Crowd[] {
    const shards = cluster.shards.flatMap((id) => topology.shards[id] ?? []);
    return bySource(shards).flatMap((declared) => {
        const byZone = new Map<ZoneId, Crowd>();
        for (const shard of declared) {
            const zone = onlyZone(topology.nodes, shard);
            if (zone !== undefined) {
                const crowd = byZone.get(zone) ?? { zone, shards: [] };
                crowd.shards.push(shard);
                byZone.set(zone, crowd);
            }
        }
        return [...byZone.values()];
    });
}

function onlyZone(nodes: EngineContext['topology']['nodes'], { copies }: Shard): ZoneId | undefined {
    const zones = new Set(copies.map((node) => nodes[node]?.zone));
    const [zone] = zones;
    return copies.length > 1 && zones.size === 1 ? zone : undefined;
}

function finding(
    { keepsApart }: Engine,
    { topology, cluster }: EngineContext,
    { zone, shards }: Crowd,
    zones: ReadonlySet<ZoneId>,
): Finding {
    const place = topology.zones[zone]?.qualifiedName ?? '';
    const others = [...zones]
        .filter((other) => other !== zone)
        .map((other) => topology.zones[other]?.qualifiedName ?? '');
    const [{ name, copies, source, placedBy, group }] = shards as [Shard, ...Shard[]];
    const byHand = placedBy === 'file';
    const some = listed(
        shards.map((shard) => shard.name),
        { limit: 2 },
    );
    const count = copies.length === 2 ? 'Both' : `All ${String(copies.length)}`;
    const subject = shards.length === 1 ? `${count} copies of ${name} stand` : `All copies of ${some} stand`;
    const lost = shards.length === 1 ? `${name} is gone` : `${counted(shards.length, 'shard')} are gone`;
    return {
        code: 'topology/copies-in-one-zone',
        severity: 'warning',
        message: `${subject} in ${place}: when that zone fails, ${lost}, although the cluster also stands in ${listed(others)}.`,
        help: byHand
            ? `Move a copy of ${shards.length === 1 ? name : 'each'} to a node in ${listed(others, { word: 'or' })}.`
            : (keepsApart?.help ?? `Add nodes in ${listed(others, { word: 'or' })}, or place the copies by hand.`),
        source,
        fixes: byHand ? [] : (keepsApart?.fixes({ cluster, group: topology.groups[group ?? -1] }) ?? []),
    };
}
