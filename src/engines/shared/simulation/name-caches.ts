import type { HandlerId, Point, World } from '../../../simulator/index.js';
import { TTL_ASSUMED, type LookedUp } from '../ttl.js';

/** What each client believes a name stands for: it asks anew every `ttlMs`, in its own phase. */
export class NameCaches<Answer> {
    /** Changes of the name, in order of time. */
    private readonly changes: { readonly atMs: number; readonly answer: Answer }[];
    private readonly refresh: HandlerId;
    private readonly phases = new Map<Point, number>();

    constructor(
        private readonly world: World,
        private readonly address: LookedUp,
        answer: Answer,
    ) {
        this.changes = [{ atMs: -Infinity, answer }];
        this.refresh = world.handler(() => world.changed());
    }

    /** What the name stands for now. */
    get current(): Answer {
        return this.changes.at(-1)!.answer;
    }

    change(answer: Answer): void {
        this.changes.push({ atMs: this.world.now, answer });
        if (!this.address.ttlDeclared && this.phases.size > 0) {
            this.world.assume(TTL_ASSUMED);
        }
        for (const phase of new Set(this.phases.values())) {
            this.world.schedule(this.lastRefresh(phase) + this.address.ttlMs, this.refresh);
        }
    }

    lookUp(client: Point): Answer {
        const asked = this.lastRefresh(this.phaseOf(client));
        return this.changes.findLast((change) => change.atMs <= asked)!.answer;
    }

    private lastRefresh(phase: number): number {
        const { address, world } = this;
        const { ttlMs } = address;
        return ttlMs === 0 ? world.now : phase + Math.floor((world.now - phase) / ttlMs) * ttlMs;
    }

    private phaseOf(client: Point): number {
        const known = this.phases.get(client);
        if (known !== undefined || this.address.ttlMs === 0) {
            return known ?? 0;
        }
        const phase = this.world
            .stream(`${this.world.cluster.name} client ${client}`, 'name cache')
            .below(this.address.ttlMs);
        this.phases.set(client, phase);
        return phase;
    }
}
