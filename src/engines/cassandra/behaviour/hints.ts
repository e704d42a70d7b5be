import type { HandlerId, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { HINT_TRIGGER_MS } from '../config.js';
import type { Range } from '../required.js';
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
    ) {
        this.phase = new Map(nodes.ids.map((node) => [node, phaseOf(world, node, 'hint delivery', HINT_TRIGGER_MS)]));
        this.trigger = world.handler((from, to) => this.onTrigger(from, to));
        this.finish = world.handler((from, to) => this.onDelivered(from, to));
    }

    /** The copy may be reached again: the coordinator sees that when it looks for hints next. */
    due(from: NodeId, to: NodeId): void {
        const atMs = nextOf(this.phase.get(from)!, HINT_TRIGGER_MS, this.world.now + 1);
        this.world.schedule(atMs, this.trigger, from, to);
    }

    /** Links have changed: whoever keeps hints looks again. */
    reviewAll(ranges: Iterable<Range>): void {
        const pairs = new Map<string, readonly [NodeId, NodeId]>();
        for (const { shard } of ranges) {
            for (const pair of this.keptFor(shard)) {
                pairs.set(pair.join(), pair);
            }
        }
        pairs.forEach(([from, to]) => this.due(from, to));
    }

    private keptFor(shard: ShardId): readonly (readonly [NodeId, NodeId])[] {
        return this.ledger
            .incomplete(shard)
            .flatMap(({ coordinator, hinted }) => [...hinted].map((copy) => [coordinator, copy] as const));
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
        const { hintThreads, hintsPerMs } = this.nodes.config(from);
        this.writes.settleAll();
        while (waiting.length > 0 && under.size < hintThreads) {
            const to = waiting.shift()!;
            const count = this.canDeliver(from, to) ? this.count(from, to) : 0;
            if (count > 0) {
                under.add(to);
                this.world.schedule(this.world.now + Math.ceil(count / hintsPerMs), this.finish, from, to);
            }
        }
    }

    private onDelivered(from: NodeId, to: NodeId): void {
        this.deliveriesOf(from).under.delete(to);
        this.writes.settleAll();
        const batches = this.ledger.hintsFor(from, to);
        if (!this.canDeliver(from, to)) {
            this.due(from, to);
        } else if (batches.length > 0) {
            const count = batches.reduce((sum, batch) => sum + batch.count, 0);
            this.ledger.delivered(batches, to);
            const hints = `${count} ${count === 1 ? 'hint' : 'hints'}`;
            const text = `${this.nodes.name(from)} has delivered ${hints} to ${this.nodes.name(to)}`;
            this.world.record({ kind: 'recovery', text, cause: this.world.lastFault(to), node: from, peer: to });
            this.world.changed();
        }
        this.startWaiting(from);
    }

    private deliveriesOf(from: NodeId) {
        const known = this.deliveries.get(from) ?? { under: new Set<NodeId>(), waiting: [] };
        this.deliveries.set(from, known);
        return known;
    }

    private count(from: NodeId, to: NodeId): number {
        return this.ledger.hintsFor(from, to).reduce((sum, batch) => sum + batch.count, 0);
    }
}
