import type { Cause, HandlerId, HostChange } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { Api } from './api.js';
import type { Site } from './site.js';

/** Who acts as controller manager or as scheduler. */
export interface Actor {
    /** Whether somebody acts, and can read and write. */
    readonly acts: boolean;
    /** When whoever acts began to, in ms; it knows nothing from before. */
    readonly sinceMs: number;
}

/** Components of which one acts at a time: the one that holds a lease in the API. */
export class LeaderLease implements Actor {
    sinceMs = Number.NEGATIVE_INFINITY;
    private holder: NodeId | undefined;
    /** Whether the holder can renew. */
    private renewing = true;
    private renewedMs = 0;
    private attempts = 0;
    private lastHolder: NodeId;
    private readonly phases: ReadonlyMap<NodeId, number>;
    private readonly giveUp: HandlerId;
    private readonly acquire: HandlerId;

    constructor(
        private readonly site: Site,
        private readonly api: Api,
        /** `controller manager` */
        private readonly title: string,
        /** One beside each API server; the first holds the lease at the start. */
        private readonly candidates: readonly NodeId[],
    ) {
        const { world } = site;
        this.holder = candidates[0];
        this.lastHolder = candidates[0]!;
        this.phases = new Map(
            candidates.map((node) => [
                node,
                world.stream(`${title} on ${site.nameOf(node)}`, 'lease').below(site.config.election.retryMs),
            ]),
        );
        this.giveUp = world.handler((attempt) => this.onGiveUp(attempt));
        this.acquire = world.handler((node, attempt) => this.onAcquire(node, attempt));
    }

    get acts(): boolean {
        return this.holder !== undefined && this.canRenew(this.holder);
    }

    /** A process that starts anew is another candidate, even on the same node. */
    hostChanged(node: NodeId, change: HostChange): void {
        if (node === this.holder && (change === 'crashed' || change === 'stopped' || change === 'failed')) {
            this.stopRenewing();
            this.holder = undefined;
        }
    }

    review(): void {
        const can = this.holder !== undefined && this.canRenew(this.holder);
        if (can) {
            this.renewing = true;
            this.attempts++;
            return;
        }
        if (this.renewing) {
            this.stopRenewing();
            const { renewDeadlineMs } = this.site.config.election;
            this.site.world.schedule(this.renewedMs + renewDeadlineMs, this.giveUp, this.attempts);
        }
        this.seekHolder();
    }

    private stopRenewing(): void {
        if (this.renewing && this.holder !== undefined) {
            this.renewing = false;
            this.attempts++;
            this.lastHolder = this.holder;
            this.renewedMs = this.tickBefore(this.holder, this.site.world.now);
        }
    }

    /** The standby that looks first once the lease is over takes it. */
    private seekHolder(): void {
        const { world, config } = this.site;
        const from = Math.max(world.now, this.renewedMs + config.election.leaseMs);
        const looks = this.candidates
            .filter((node) => node !== this.holder && this.canRenew(node))
            .map((node) => ({ node, atMs: this.tickFrom(node, from) }));
        if (looks.length > 0) {
            const first = looks.reduce((best, look) => (look.atMs < best.atMs ? look : best));
            world.schedule(first.atMs, this.acquire, first.node, this.attempts);
        }
    }

    private onGiveUp(attempt: number): void {
        if (attempt !== this.attempts || this.renewing || this.holder === undefined) {
            return;
        }
        if (this.site.runs(this.holder)) {
            this.site.world.record({
                kind: 'demotion',
                text: `the ${this.title} on ${this.site.nameOf(this.holder)} could not renew its lease and stops`,
                cause: this.site.blame(this.holder),
                node: this.holder,
            });
        }
        this.holder = undefined;
        this.site.changed();
    }

    private onAcquire(node: NodeId, attempt: number): void {
        const isFree = attempt === this.attempts && !this.renewing && node !== this.holder;
        if (!isFree || !this.canRenew(node)) {
            return;
        }
        const { world } = this.site;
        this.holder = node;
        this.renewing = true;
        this.attempts++;
        this.sinceMs = world.now;
        const cause: Cause = this.site.blame(this.lastHolder);
        const text = `the ${this.title} on ${this.site.nameOf(node)} takes over: the lease of the one on ${this.site.nameOf(this.lastHolder)} is over`;
        world.record({ kind: 'promotion', text, cause, node });
        this.site.changed();
    }

    private canRenew(node: NodeId): boolean {
        return this.site.runs(node) && this.api.worksAt(node);
    }

    private tickBefore(node: NodeId, time: number): number {
        return this.tickFrom(node, time) - this.site.config.election.retryMs;
    }

    private tickFrom(node: NodeId, time: number): number {
        const { retryMs } = this.site.config.election;
        const phase = this.phases.get(node)!;
        return phase + Math.ceil((time - phase) / retryMs) * retryMs;
    }
}

/** In a managed control plane somebody always acts while it works. */
export class ManagedActor implements Actor {
    readonly sinceMs = Number.NEGATIVE_INFINITY;

    constructor(private readonly api: Api) {}

    get acts(): boolean {
        return this.api.worksAt(-1);
    }
}
