import type { Cause, HandlerId, HostChange } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { Api } from './api.js';
import type { Site } from './site.js';
import { Standbys } from './standbys.js';

/** Who acts as controller manager or as scheduler. */
export interface Actor {
    /** Whether somebody acts, and can read and write. */
    readonly acts: boolean;
    /** When whoever acts began to, in ms; it knows nothing from before. */
    readonly sinceMs: number;
}

/**
 * Components of which one acts at a time: the one that holds a lease in the API, and renews it at every retry period. The others
 * look at it now and then and take it when they have not seen a renewal for as long as it lasts
 * (client-go, leaderelection.go: acquire, tryAcquireOrRenew).
 */
export class LeaderLease implements Actor {
    sinceMs = Number.NEGATIVE_INFINITY;
    private holder: NodeId | undefined;
    /** Whether the holder can renew. */
    private renewing = true;
    private renewedMs = 0;
    private attempts = 0;
    private lastHolder: NodeId;
    /** A time at which the holder renews; it does so at every retry period from there. */
    private phaseMs: number;
    private readonly standbys: Standbys;
    private readonly giveUp: HandlerId;
    private readonly look: HandlerId;

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
        this.phaseMs = world.stream(`${title} of ${world.cluster.name}`, 'lease').below(site.config.election.retryMs);
        this.standbys = new Standbys(site, title, candidates);
        this.giveUp = world.handler((attempt) => this.onGiveUp(attempt));
        this.look = world.handler((node, attempt) => this.onLook(node, attempt));
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
        if (change === 'started' && !this.renewing) {
            this.standbys.begin(node);
        }
    }

    review(): void {
        const can = this.holder !== undefined && this.canRenew(this.holder);
        if (can) {
            this.renewing = true;
            this.attempts++;
        } else if (this.renewing) {
            this.stopRenewing();
            const { renewDeadlineMs } = this.site.config.election;
            this.site.world.schedule(this.renewedMs + renewDeadlineMs, this.giveUp, this.attempts);
        } else {
            this.wakeStandbys();
        }
        this.standbys.note((node) => this.canRenew(node));
    }

    private stopRenewing(): void {
        if (this.renewing && this.holder !== undefined) {
            this.renewing = false;
            this.attempts++;
            this.lastHolder = this.holder;
            const { now } = this.site.world;
            const { retryMs } = this.site.config.election;
            this.renewedMs = this.phaseMs + Math.floor((now - this.phaseMs) / retryMs) * retryMs;
            for (const node of this.candidates.filter((other) => other !== this.holder)) {
                this.site.world.schedule(this.standbys.lost(node, this.renewedMs), this.look, node, this.attempts);
            }
        }
    }

    private wakeStandbys(): void {
        for (const node of this.candidates.filter((other) => other !== this.holder && this.canRenew(other))) {
            const atMs = this.standbys.wake(node);
            if (atMs !== undefined) {
                this.site.world.schedule(atMs, this.look, node, this.attempts);
            }
        }
    }

    private onLook(node: NodeId, attempt: number): void {
        if (attempt !== this.attempts || this.renewing || node === this.holder) {
            return;
        }
        if (!this.canRenew(node)) {
            this.standbys.sleep(node);
            return;
        }
        const nextMs = this.standbys.look(node);
        if (nextMs === undefined) {
            this.acquire(node);
        } else {
            this.site.world.schedule(nextMs, this.look, node, attempt);
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
        this.standbys.begin(this.holder);
        this.holder = undefined;
        this.site.changed();
    }

    private acquire(node: NodeId): void {
        const { world } = this.site;
        this.holder = node;
        this.renewing = true;
        this.attempts++;
        this.sinceMs = world.now;
        this.phaseMs = world.now;
        const cause: Cause = this.site.blame(this.lastHolder);
        const text = `the ${this.title} on ${this.site.nameOf(node)} takes over: the lease of the one on ${this.site.nameOf(this.lastHolder)} is over`;
        world.record({ kind: 'promotion', text, cause, node });
        this.site.changed();
    }

    private canRenew(node: NodeId): boolean {
        return this.site.runs(node) && this.api.worksAt(node);
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
