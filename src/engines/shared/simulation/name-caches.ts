import type { HandlerId, Point, World } from '../../../simulator/index.js';

/** What each client believes a name stands for: it asks anew every `ttlMs`, in its own phase. */
export class NameCaches<Answer> {
    /** Changes of the name, in order of time. */
    private readonly changes: { readonly atMs: number; readonly answer: Answer }[];
    private readonly refresh: HandlerId;
    private readonly phases = new Map<Point, number>();

    constructor(
        private readonly world: World,
        private readonly ttlMs: number,
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
        for (const phase of new Set(this.phases.values())) {
            this.world.schedule(this.lastRefresh(phase) + this.ttlMs, this.refresh);
        }
    }

    lookUp(client: Point): Answer {
        const asked = this.lastRefresh(this.phaseOf(client));
        return this.changes.findLast((change) => change.atMs <= asked)!.answer;
    }

    private lastRefresh(phase: number): number {
        const { ttlMs, world } = this;
        return ttlMs === 0 ? world.now : phase + Math.floor((world.now - phase) / ttlMs) * ttlMs;
    }

    private phaseOf(client: Point): number {
        const known = this.phases.get(client);
        if (known !== undefined || this.ttlMs === 0) {
            return known ?? 0;
        }
        const phase = this.world.stream(`${this.world.cluster.name} client ${client}`, 'name cache').below(this.ttlMs);
        this.phases.set(client, phase);
        return phase;
    }
}
