import type { Cause, HandlerId, World } from '../../../simulator/index.js';
import type { EngineContext } from '../../engine.js';
import { anyConnected, ASSUMED_LAG_MS, presence } from '../../shared/managed/index.js';
import { secondariesOf } from '../../shared/replications.js';
import { GLOBAL_RPO } from '../settings.js';

interface Secondary {
    readonly lagMs: number;
    readonly isReached: () => boolean;
    /** Since when nothing reaches it. */
    cutSinceMs: number;
}

/** `rds.global_db_rpo`: commits wait while every secondary Region lags by more than the limit. */
export class CommitHold {
    /** Why commits wait; undefined: they do not. */
    reason: string | undefined;
    private readonly limitMs: number;
    private readonly secondaries: readonly Secondary[];
    private readonly look: HandlerId;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        this.limitMs = context.written(GLOBAL_RPO.key) === undefined ? Infinity : context.duration(GLOBAL_RPO.key);
        const own = presence(world, context.cluster);
        this.secondaries = secondariesOf(context).map(({ cluster, replication }) => {
            const theirs = presence(world, cluster);
            return {
                lagMs: replication.lagMs ?? ASSUMED_LAG_MS,
                isReached: () => anyConnected(world, own, theirs),
                cutSinceMs: Infinity,
            };
        });
        this.look = world.handler(() => this.review(-1));
    }

    review(cause: Cause): void {
        if (this.limitMs === Infinity || this.secondaries.length === 0) {
            return;
        }
        for (const secondary of this.secondaries) {
            secondary.cutSinceMs = secondary.isReached() ? Infinity : Math.min(secondary.cutSinceMs, this.world.now);
        }
        const fromMs = Math.max(
            ...this.secondaries.map(({ lagMs, cutSinceMs }) => this.exceededFrom(lagMs, cutSinceMs)),
        );
        this.set(fromMs <= this.world.now, cause);
        if (fromMs > this.world.now && fromMs < Infinity) {
            this.world.schedule(fromMs, this.look);
        }
    }

    /** A lag above the limit already counts from the start. */
    private exceededFrom(lagMs: number, cutSinceMs: number): number {
        return lagMs > this.limitMs ? -Infinity : cutSinceMs + this.limitMs - lagMs + 1;
    }

    private set(holds: boolean, cause: Cause): void {
        if (holds === (this.reason !== undefined)) {
            return;
        }
        const limit = `${this.limitMs / 1000} s that \`${GLOBAL_RPO.key}\` allows`;
        const { name } = this.world.cluster;
        this.reason = holds
            ? `${name} holds commits back: every secondary Region lags by more than the ${limit}`
            : undefined;
        const text = this.reason ?? `${name} commits again: a secondary Region lags by less than the ${limit}`;
        this.world.record({ kind: 'state', text, cause });
        this.world.changed();
    }
}
