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
    return { kind: 'placed', copies: request.shards.map((shard) => placePods(shard, workers, request)) };
}

function placePods(shard: UnplacedShard, workers: readonly NodeId[], request: PlacementRequest): readonly NodeId[] {
    if (shard.group?.word === 'daemonset') {
        return workers;
    }
    const given = shard.given ?? new Map<number, NodeId>();
    const next = emptiestNode(areas(shard, workers, request), [...given.values()]);
    return Array.from({ length: shard.copies }, (_, number) => given.get(number) ?? next());
}

/** What pods are spread over first: the workers of each zone, or all as one. */
function areas(
    { group }: UnplacedShard,
    workers: readonly NodeId[],
    request: PlacementRequest,
): readonly (readonly NodeId[])[] {
    if (group?.spread === 'node' || group?.spread === 'none') {
        return [workers];
    }
    const byZone = new Map<number, NodeId[]>();
    for (const worker of workers) {
        const zone = request.zoneOf(worker)?.id ?? -1;
        const known = byZone.get(zone) ?? [];
        known.push(worker);
        byZone.set(zone, known);
    }
    return [...byZone.values()];
}

/** Where the next pod goes, and the one after it, when these have their places. */
function emptiestNode(areas: readonly (readonly NodeId[])[], placed: readonly NodeId[]): () => NodeId {
    const podsOn = new Map<NodeId, number>();
    for (const node of placed) {
        podsOn.set(node, (podsOn.get(node) ?? 0) + 1);
    }
    const onNodes = areas.map((area) => area.map((node) => podsOn.get(node) ?? 0));
    const nodes = onNodes.map((pods) => emptiestFirst(pods));
    const order = emptiestFirst(onNodes.map((pods) => pods.reduce((sum, each) => sum + each, 0)));
    return () => {
        const area = order.next().value;
        return areas[area]![nodes[area]!.next().value]!;
    };
}

/** Positions without end: always the one that is filled least, counting those named before, the earlier among equals. */
function* emptiestFirst(filled: readonly number[]): Generator<number, never> {
    for (let level = 0; ; level++) {
        for (const [position, already] of filled.entries()) {
            if (already <= level) {
                yield position;
            }
        }
    }
}
