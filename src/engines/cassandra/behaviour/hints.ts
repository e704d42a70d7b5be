import type { HandlerId, World } from '../../../simulator/index.js';
import { figure, type NodeId } from '../../../topology/index.js';
import { HINT_TRIGGER_MS } from '../config.js';
import type { Gossip } from './gossip.js';
import type { Ledger } from './ledger.js';
import type { Nodes } from './nodes.js';
import { nextOf, phaseOf } from './phases.js';
import type { Writes } from './writes.js';

/** Coordinators bring what they kept to replicas that are back, at the throttled rate. */
export class Hints {
    private readonly phase: ReadonlyMap<NodeId, number>;
    /** By coordinator: whom it delivers to now, and who waits for a free thread. */
    private readonly deliveries = new Map<NodeId, { readonly under: Set<NodeId>; readonly waiting: NodeId[] }>();
    private readonly trigger: HandlerId;
    private readonly finish: HandlerId;

    constructor(
        private readonly world: World,
        private readonly nodes: Nodes,
        private readonly gossip: Gossip,
        private readonly ledger: Ledger,
        private readonly writes: Writes,
        /** A copy has got what it lacked. */
        private readonly delivered: () => void,
    ) {
        this.phase = new Map(nodes.ids.map((node) => [node, phaseOf(world, node, 'hint delivery', HINT_TRIGGER_MS)]));
        this.trigger = world.handler((from, to) => this.onTrigger(from, to));
        this.finish = world.handler((from, to) => this.onDelivered(from, to));
    }

    /** The copy may be reached again: the coordinator sees that when it looks for hints next. */
    due(from: NodeId, to: NodeId): void {
        if (!this.ledger.isHinted(to)) {
            return;
        }
        const atMs = nextOf(this.phase.get(from)!, HINT_TRIGGER_MS, this.world.now + 1);
        this.world.schedule(atMs, this.trigger, from, to);
    }

    /** Links have changed: whoever keeps hints for a copy that may be reached looks again. */
    reviewAll(): void {
        for (const to of this.ledger.hintedCopies().filter((copy) => this.nodes.gossips(copy))) {
            this.ledger.hintersFor(to).forEach((from) => this.due(from, to));
        }
    }

    private canDeliver(from: NodeId, to: NodeId): boolean {
        return this.nodes.gossips(from) && this.gossip.believesUp(from, to) && this.nodes.answers(from, to);
    }

    private onTrigger(from: NodeId, to: NodeId): void {
        const { under, waiting } = this.deliveriesOf(from);
        if (!under.has(to) && !waiting.includes(to)) {
            waiting.push(to);
            this.startWaiting(from);
        }
    }

    /** As many deliveries run side by side as there are threads. */
    private startWaiting(from: NodeId): void {
        const { under, waiting } = this.deliveriesOf(from);
        const { hintThreads, hintsPerMs, hintBytes } = this.nodes.config(from);
        while (waiting.length > 0 && under.size < hintThreads) {
            const to = waiting.shift()!;
            this.writes.settleOn(to);
            if (this.canDeliver(from, to) && this.ledger.keepsHintsFor(from, to)) {
                const count = this.ledger.hintsFor(from, to);
                under.add(to);
                if (count > 0) {
                    this.nodes.restOn(from, 'assumed_hint_size', `A hint takes ${figure(hintBytes)} bytes`);
                }
                this.world.schedule(this.world.now + Math.ceil(count / hintsPerMs), this.finish, from, to);
            }
        }
    }

    private onDelivered(from: NodeId, to: NodeId): void {
        this.deliveriesOf(from).under.delete(to);
        this.writes.settleOn(to);
        const count = this.ledger.hintsFor(from, to);
        if (!this.canDeliver(from, to)) {
            this.due(from, to);
        } else if (this.ledger.keepsHintsFor(from, to)) {
            this.ledger.delivered(from, to);
            const hints = count === 0 ? 'what the probe wrote' : `${count} ${count === 1 ? 'hint' : 'hints'}`;
            const text = `${this.nodes.name(from)} has delivered ${hints} to ${this.nodes.name(to)}`;
            this.world.record({ kind: 'recovery', text, cause: this.world.lastFault(to), node: from, peer: to });
            this.delivered();
        }
        this.startWaiting(from);
    }

    private deliveriesOf(from: NodeId) {
        const known = this.deliveries.get(from) ?? { under: new Set<NodeId>(), waiting: [] };
        this.deliveries.set(from, known);
        return known;
    }
}
