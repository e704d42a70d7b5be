import type { RandomStream } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { longestLookMs } from '../config.js';
import type { Site } from './site.js';

interface Standby {
    readonly draws: RandomStream;
    /** When it saw the last renewal, in ms; undefined: not yet. */
    observedMs: number | undefined;
    /** It could not look when it was due: `fresh`: it is a new process and begins with a look. */
    rest: 'none' | 'asleep' | 'fresh';
    /** Whether it could look until now. */
    looks: boolean;
}

/** Enough looks before the last renewal for where they fall to be left to chance. */
const LOOKS_BEFORE = 8;

/** When those who wait for a lease look at it: 1 to 2.2 retry periods after their last look (client-go: `JitterFactor`). */
export class Standbys {
    private readonly all: ReadonlyMap<NodeId, Standby>;

    constructor(
        private readonly site: Site,
        title: string,
        candidates: readonly NodeId[],
    ) {
        const { world } = site;
        this.all = new Map(
            candidates.map((node) => {
                const draws = world.stream(`${title} on ${site.nameOf(node)}`, 'looks at the lease');
                return [node, { draws, observedMs: undefined, rest: 'none', looks: true }];
            }),
        );
    }

    /** To be called after every change. */
    note(canLook: (node: NodeId) => boolean): void {
        for (const [node, standby] of this.all) {
            standby.looks = canLook(node);
        }
    }

    /** The holder has renewed for the last time; until now this one has looked as always. Returns when it looks next, in ms. */
    lost(node: NodeId, renewedMs: number): number {
        const { now } = this.site.world;
        const standby = this.of(node);
        let lookMs = renewedMs - LOOKS_BEFORE * longestLookMs(this.site.config);
        while (lookMs <= renewedMs) {
            lookMs += this.gapMs(standby);
        }
        standby.rest = 'none';
        standby.observedMs = standby.looks && lookMs < now ? lookMs : undefined;
        return standby.observedMs === undefined ? Math.max(now, lookMs) : this.afterLease(standby, lookMs);
    }

    /** A process that starts knows nothing of the lease. */
    begin(node: NodeId): void {
        const standby = this.all.get(node);
        if (standby !== undefined) {
            Object.assign(standby, { observedMs: undefined, rest: 'fresh' });
        }
    }

    sleep(node: NodeId): void {
        this.of(node).rest = 'asleep';
    }

    /** When it looks next, now that it can; undefined: it has not slept. */
    wake(node: NodeId): number | undefined {
        const standby = this.of(node);
        const { rest } = standby;
        const { now } = this.site.world;
        standby.rest = 'none';
        switch (rest) {
            case 'none':
                return undefined;
            case 'fresh':
                return now;
            case 'asleep':
                return now + standby.draws.below(longestLookMs(this.site.config));
        }
    }

    /** It looks now. Returns when it looks again; undefined: it finds the lease over. */
    look(node: NodeId): number | undefined {
        const standby = this.of(node);
        const { now } = this.site.world;
        standby.observedMs ??= now;
        return now > standby.observedMs + this.site.config.election.leaseMs ? undefined : this.afterLease(standby, now);
    }

    /** Looks before the lease is over change nothing. */
    private afterLease(standby: Standby, fromMs: number): number {
        const overMs = Math.max(this.site.world.now, standby.observedMs! + this.site.config.election.leaseMs);
        let lookMs = fromMs;
        while (lookMs <= overMs) {
            lookMs += this.gapMs(standby);
        }
        return lookMs;
    }

    private gapMs({ draws }: Standby): number {
        const { retryMs } = this.site.config.election;
        return retryMs + draws.below(longestLookMs(this.site.config) - retryMs + 1);
    }

    private of(node: NodeId): Standby {
        return this.all.get(node)!;
    }
}
