import type { NodeId } from '../../topology/index.js';
import type { Placement, PlacementRequest } from '../engine.js';

/**
 * Primaries first, spread over the zones; then, round by round, each shard's next replica in the zone that holds fewest of
 * its copies, the next zone in turn among equals. A node holds one shard. It is what an operator with
 * `redis-cli --cluster create` aims at: Redis itself knows hosts, not zones.
 */
export function place(request: PlacementRequest): Placement {
    const taken = new Set(request.placed.flatMap(({ copies }) => copies));
    const free = request.members.map(({ node }) => node).filter((node) => !taken.has(node));
    const wanted = request.shards.reduce((sum, { copies }) => sum + copies, 0);
    if (wanted > free.length) {
        return {
            kind: 'impossible',
            message: `The shards of ${request.cluster.name} want ${wanted} nodes, one for each copy, and ${free.length} are free.`,
            help: 'Add nodes, or lower `replicas`: a Redis Cluster node holds one shard.',
        };
    }
    const zones = [...new Set(request.members.map(({ node }) => request.zoneOf(node)?.id ?? -1))];
    const zoneOf = (node: NodeId): number => zones.indexOf(request.zoneOf(node)?.id ?? -1);
    const freeIn: NodeId[][] = zones.map(() => []);
    free.toReversed().forEach((node) => freeIn[zoneOf(node)]!.push(node));
    /** From the zone that holds fewest of the others, the next in turn among equals. */
    const takeBeside = (crowd: readonly number[], lastZone: number): NodeId => {
        const cost = (zone: number): number =>
            crowd[zone]! * zones.length + ((zone - lastZone - 1 + zones.length) % zones.length);
        const open = [...zones.keys()].filter((zone) => freeIn[zone]!.length > 0);
        return freeIn[open.reduce((best, zone) => (cost(zone) < cost(best) ? zone : best))]!.pop()!;
    };
    const crowds = request.shards.map(() => zones.map(() => 0));
    const primariesIn = zones.map(() => 0);
    const copies: NodeId[][] = [];
    request.shards.forEach((_, shard) => {
        const before = copies.at(-1);
        const primary = takeBeside(primariesIn, before === undefined ? -1 : zoneOf(before[0]!));
        primariesIn[zoneOf(primary)]!++;
        crowds[shard]![zoneOf(primary)]!++;
        copies.push([primary]);
    });
    const rounds = Math.max(0, ...request.shards.map((shard) => shard.copies - 1));
    for (let round = 1; round <= rounds; round++) {
        request.shards.forEach((shard, index) => {
            if (shard.copies > round) {
                const replica = takeBeside(crowds[index]!, zoneOf(copies[index]!.at(-1)!));
                crowds[index]![zoneOf(replica)]!++;
                copies[index]!.push(replica);
            }
        });
    }
    return { kind: 'placed', copies };
}
