import type { HandlerId, World } from '../../../simulator/index.js';
import type { NodeId, Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { History } from './history.js';

/** Primaries that refuse writes because too few replicas follow them (`min-replicas-to-write`). */
export class WriteGate {
    private readonly needed: number;
    private readonly countsForMs: number;
    /** Since when a replica is silent. */
    private readonly silentSince = new Map<NodeId, number>();
    private readonly look: HandlerId;

    constructor(
        context: EngineContext,
        private readonly world: World,
        private readonly shard: Shard,
        private readonly history: History,
        private readonly primary: () => NodeId,
    ) {
        this.countsForMs = context.duration('min-replicas-max-lag');
        this.needed = this.countsForMs === 0 ? 0 : context.number('min-replicas-to-write');
        this.look = world.handler(() => world.changed());
    }

    /** To be called after every change. */
    review(): void {
        if (this.needed === 0) {
            return;
        }
        for (const node of this.shard.copies) {
            if (!this.history.isCutOff(node)) {
                this.silentSince.delete(node);
            } else if (!this.silentSince.has(node)) {
                this.silentSince.set(node, this.world.now);
                this.world.schedule(this.world.now + this.countsForMs, this.look);
            }
        }
    }

    get refuses(): boolean {
        const replicas = this.shard.copies.filter((node) => node !== this.primary());
        return replicas.filter((node) => this.counts(node)).length < this.needed;
    }

    /** A replica that closed its connection is gone at once, a silent one when its last acknowledgement is too old. */
    private counts(node: NodeId): boolean {
        const since = this.silentSince.get(node);
        const process = this.world.process(node);
        const closed = process === 'crashed' || process === 'stopped';
        return since === undefined || (!closed && this.world.now < since + this.countsForMs);
    }
}
