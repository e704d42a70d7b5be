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
    const takeFor = (others: readonly NodeId[]): NodeId => {
        const last = others.length === 0 ? -1 : zoneOf(others.at(-1)!);
        const cost = (node: NodeId): number => {
            const crowd = others.filter((other) => zoneOf(other) === zoneOf(node)).length;
            const turn = (zoneOf(node) - last - 1 + zones.length) % zones.length;
            return crowd * zones.length + turn;
        };
        const chosen = free.reduce((best, node) => (cost(node) < cost(best) ? node : best));
        free.splice(free.indexOf(chosen), 1);
        return chosen;
    };
    const primaries: NodeId[] = [];
    for (let shard = 0; shard < request.shards.length; shard++) {
        primaries.push(takeFor(primaries));
    }
    const copies = primaries.map((primary) => [primary]);
    const rounds = Math.max(0, ...request.shards.map((shard) => shard.copies - 1));
    for (let round = 1; round <= rounds; round++) {
        request.shards.forEach((shard, index) => {
            if (shard.copies > round) {
                copies[index]!.push(takeFor(copies[index]!));
            }
        });
    }
    return { kind: 'placed', copies };
}
