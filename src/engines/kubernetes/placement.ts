import type { NodeId } from '../../topology/index.js';
import type { Placement, PlacementRequest, UnplacedShard } from '../engine.js';
import { isWorker } from './roles.js';

/**
 * Pods go to workers, each group on its own. With `spread zone` the next pod goes to the zone with fewest pods of the
 * group, and inside it to the node with fewest, the earlier declared among equals; with `spread node` or `none` zones do
 * not count. Without `spread` zones count: the scheduler's built-in constraints prefer it, though they do not insist.
 * Pods that the file places stay; a DaemonSet has one pod on each worker.
 */
export function place(request: PlacementRequest): Placement {
    const workers = request.members.filter(isWorker).map(({ node }) => node);
    if (workers.length === 0) {
        return {
            kind: 'impossible',
            message: `${request.cluster.name} has no worker, so none of its pods can run.`,
            help: 'Give nodes the role: `nodes worker-[1..3] across zones as worker`.',
        };
    }
    const zones = byZone(workers, request);
    const copies = request.shards.map((shard) => {
        const overNodes = shard.group?.spread === 'node' || shard.group?.spread === 'none';
        return placePods(shard, workers, overNodes ? [workers] : zones);
    });
    return { kind: 'placed', copies };
}

function byZone(workers: readonly NodeId[], request: PlacementRequest): readonly (readonly NodeId[])[] {
    const zones = new Map<number, NodeId[]>();
    for (const worker of workers) {
        const zone = request.zoneOf(worker)?.id ?? -1;
        const known = zones.get(zone) ?? [];
        known.push(worker);
        zones.set(zone, known);
    }
    return [...zones.values()];
}

/** @param areas the workers of each place that pods are spread over first */
function placePods(
    shard: UnplacedShard,
    workers: readonly NodeId[],
    areas: readonly (readonly NodeId[])[],
): readonly NodeId[] {
    if (shard.group?.word === 'daemonset') {
        return workers;
    }
    const given = shard.given ?? new Map<number, NodeId>();
    const next = emptiestNode(areas, [...given.values()]);
    return Array.from({ length: shard.copies }, (_, number) => given.get(number) ?? next());
}

/** Where the next pod goes, and the one after it, when these have their places. */
function emptiestNode(areas: readonly (readonly NodeId[])[], placed: readonly NodeId[]): () => NodeId {
    const onNode = new Map<NodeId, number>();
    for (const node of placed) {
        onNode.set(node, (onNode.get(node) ?? 0) + 1);
    }
    const podsOn = (node: NodeId): number => onNode.get(node) ?? 0;
    const places = areas.map((area) => ({
        nodes: emptiestFirst(area, podsOn),
        pods: placed.length === 0 ? 0 : area.reduce((sum, node) => sum + podsOn(node), 0),
    }));
    const order = emptiestFirst(places, ({ pods }) => pods);
    return () => order.next().value.nodes.next().value;
}

/** Names places without end: always the one that is filled least, counting those named before, the earlier among equals. */
function* emptiestFirst<Place>(
    places: readonly Place[],
    filledWith: (place: Place) => number,
): Generator<Place, never> {
    for (let level = 0; ; level++) {
        for (const place of places) {
            if (filledWith(place) <= level) {
                yield place;
            }
        }
    }
}
