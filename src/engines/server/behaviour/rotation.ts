import type { World } from '../../../simulator/index.js';
import type { NodeId, ZoneId } from '../../../topology/index.js';
import type { BalancerFront } from '../front.js';

/** Whose turn it is. */
export class Rotation {
    /** Position behind the server that was chosen last. */
    private position = 0;
    private zonePosition = 0;
    /** Ends of the connections that each server still holds open, in ms. */
    private readonly open = new Map<NodeId, number[]>();

    constructor(
        private readonly world: World,
        private readonly front: BalancerFront,
        private readonly backends: readonly NodeId[],
    ) {}

    /** The next of the choices, which are in the order of all servers; undefined if there is none. */
    next(choices: readonly NodeId[]): NodeId | undefined {
        const local = this.front.crossZone ? choices : this.inNextZone(choices);
        const fewest = this.front.leastConnections ? this.withFewest(local) : local;
        const chosen = fewest.find((node) => this.backends.indexOf(node) >= this.position) ?? fewest[0];
        if (chosen !== undefined) {
            this.position = (this.backends.indexOf(chosen) + 1) % this.backends.length;
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
    private inNextZone(choices: readonly NodeId[]): readonly NodeId[] {
        const zones = [...new Set(choices.map((node) => this.zoneOf(node)))];
        const zone = zones[this.zonePosition++ % Math.max(1, zones.length)];
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

    private zoneOf(node: NodeId): ZoneId | undefined {
        return this.world.topology.nodes[node]?.zone;
    }
}
