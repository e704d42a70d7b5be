import type { AttemptContext, NodeOrNone, Point, RandomStream, World } from '../../../simulator/index.js';
import type { NodeId, ZoneId } from '../../../topology/index.js';
import type { Balancing } from './balancing.js';

type Requester = Pick<AttemptContext, 'client' | 'shard' | 'through' | 'operation' | 'attempt'>;

/** More than there are points in a run: nodes, workloads, zones and the probe. */
const POINTS = 2 ** 24;

interface Connection {
    /** In ms. */
    readonly endMs: number;
    /** The probe measures and is no client: what it holds weighs on no other's choice. */
    readonly isProbe: boolean;
}

/** Where one stream of requests has got to. */
interface Turn {
    /** Position behind the server that was chosen last, in each zone if zones take turns. */
    readonly positions: Map<ZoneId | undefined, number>;
    /** How often a zone was chosen. */
    zones: number;
}

/**
 * Whose turn it is. The requests of each client, operation and service, or address before it, take turns by themselves: in one common
 * rotation, streams that are evenly spaced would lock step, and one of them meet the same few servers for ever.
 */
export class Rotation {
    private readonly turns = new Map<number, Turn>();
    /** The connections that each server still holds open. */
    private readonly open = new Map<NodeId, readonly Connection[]>();
    private readonly order: ReadonlyMap<NodeId, number>;
    /** Of clients that try again. */
    private readonly luck: RandomStream;

    constructor(
        private readonly world: World,
        private readonly front: Balancing,
        private readonly backends: readonly NodeId[],
    ) {
        this.luck = world.stream(world.cluster.name, 'turns of retries');
        this.order = new Map(backends.map((node, index) => [node, index]));
    }

    /**
     * The next of the choices, which are in the order of all servers; undefined if there is none. A client that tries again may
     * meet the same server: how far the requests of others have moved the rotation meanwhile is left to chance.
     */
    next(choices: readonly NodeId[], requester: Requester): NodeId | undefined {
        const { client, shard, through = shard, operation, attempt } = requester;
        const turn = this.turnOf((through * POINTS + client) * 2 + (operation === 'read' ? 0 : 1));
        const zone = this.front.crossZone ? undefined : this.nextZone(choices, turn, attempt);
        const local = this.front.crossZone ? choices : choices.filter((node) => this.zoneOf(node) === zone);
        const candidates = this.front.leastConnections ? this.withFewest(local, client) : local;
        if (attempt > 0) {
            return candidates[this.luck.below(Math.max(1, candidates.length))];
        }
        const position = turn.positions.get(zone) ?? 0;
        const chosen = candidates[this.firstFrom(position, candidates)] ?? candidates[0];
        if (chosen !== undefined) {
            turn.positions.set(zone, (this.order.get(chosen)! + 1) % this.backends.length);
        }
        return chosen;
    }

    /** Index of the first candidate at or behind the position, among those that are in the order of all servers. */
    private firstFrom(position: number, candidates: readonly NodeId[]): number {
        let [low, high] = [0, candidates.length];
        while (low < high) {
            const middle = (low + high) >>> 1;
            if (this.order.get(candidates[middle]!)! < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Notes that a connection of the client to the server is held for so long. */
    opened(node: NodeOrNone, forMs: number, client: Point): void {
        if (node >= 0 && this.front.leastConnections) {
            const connection = { endMs: this.world.now + forMs, isProbe: client === this.world.outside };
            this.open.set(node, [...this.held(node), connection]);
        }
    }

    /** Without cross-zone balancing each zone that has a server gets an equal share of the requests. */
    private nextZone(choices: readonly NodeId[], turn: Turn, attempt: number): ZoneId | undefined {
        const zones = [...new Set(choices.map((node) => this.zoneOf(node)))];
        const count = Math.max(1, zones.length);
        return zones[attempt > 0 ? this.luck.below(count) : turn.zones++ % count];
    }

    private withFewest(choices: readonly NodeId[], client: Point): readonly NodeId[] {
        const counted = (node: NodeId): readonly Connection[] =>
            client === this.world.outside ? this.held(node) : this.held(node).filter(({ isProbe }) => !isProbe);
        const counts = choices.map((node) => counted(node).length);
        const fewest = Math.min(...counts);
        return choices.filter((_, index) => counts[index] === fewest);
    }

    private held(node: NodeId): readonly Connection[] {
        return (this.open.get(node) ?? []).filter(({ endMs }) => endMs > this.world.now);
    }

    private turnOf(stream: number): Turn {
        const known = this.turns.get(stream) ?? { positions: new Map<ZoneId | undefined, number>(), zones: 0 };
        this.turns.set(stream, known);
        return known;
    }

    private zoneOf(node: NodeId): ZoneId | undefined {
        return this.world.topology.nodes[node]?.zone;
    }
}
