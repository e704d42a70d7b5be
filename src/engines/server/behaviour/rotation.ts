import type { AttemptContext, World } from '../../../simulator/index.js';
import type { NodeId, ZoneId } from '../../../topology/index.js';
import type { BalancerFront } from '../front.js';

type Requester = Pick<AttemptContext, 'client' | 'operation'>;

/** Where one stream of requests has got to. */
interface Turn {
    /** Position behind the server that was chosen last. */
    position: number;
    zones: number;
}

/**
 * Whose turn it is. The requests of each client and operation take turns by themselves: in one common rotation, streams
 * that are evenly spaced would lock step, and one of them meet the same few servers for ever.
 */
export class Rotation {
    private readonly turns = new Map<number, Turn>();
    /** Ends of the connections that each server still holds open, in ms. */
    private readonly open = new Map<NodeId, number[]>();

    constructor(
        private readonly world: World,
        private readonly front: BalancerFront,
        private readonly backends: readonly NodeId[],
    ) {}

    /** The next of the choices, which are in the order of all servers; undefined if there is none. */
    next(choices: readonly NodeId[], { client, operation }: Requester): NodeId | undefined {
        const turn = this.turnOf(client * 2 + (operation === 'read' ? 0 : 1));
        const local = this.front.crossZone ? choices : this.inNextZone(choices, turn);
        const fewest = this.front.leastConnections ? this.withFewest(local) : local;
        const chosen = fewest.find((node) => this.backends.indexOf(node) >= turn.position) ?? fewest[0];
        if (chosen !== undefined) {
            turn.position = (this.backends.indexOf(chosen) + 1) % this.backends.length;
        }
        return chosen;
    }

    /** Notes that a connection to the server is held for so long. */
    opened(node: NodeId | -1, forMs: number): void {
        if (node >= 0 && this.front.leastConnections) {
            this.open.set(node, [...this.held(node), this.world.now + forMs]);
        }
    }

    /** Without cross-zone balancing each zone that has a server gets an equal share of the requests. */
    private inNextZone(choices: readonly NodeId[], turn: Turn): readonly NodeId[] {
        const zones = [...new Set(choices.map((node) => this.zoneOf(node)))];
        const zone = zones[turn.zones++ % Math.max(1, zones.length)];
        return choices.filter((node) => this.zoneOf(node) === zone);
    }

    private withFewest(choices: readonly NodeId[]): readonly NodeId[] {
        const counts = choices.map((node) => this.held(node).length);
        const fewest = Math.min(...counts);
        return choices.filter((_, index) => counts[index] === fewest);
    }

    private held(node: NodeId): readonly number[] {
        return (this.open.get(node) ?? []).filter((end) => end > this.world.now);
    }

    private turnOf(stream: number): Turn {
        const known = this.turns.get(stream) ?? { position: 0, zones: 0 };
        this.turns.set(stream, known);
        return known;
    }

    private zoneOf(node: NodeId): ZoneId | undefined {
        return this.world.topology.nodes[node]?.zone;
    }
}
