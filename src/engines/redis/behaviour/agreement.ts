import type { Belief, Cause } from '../../../simulator/index.js';
import { listed } from '../../../topology/index.js';
import { FAIL_UNDO_TIMEOUTS } from '../config.js';
import type { Bus } from './bus.js';
import type { Reports } from './reports.js';
import { Flag, type ClusterState, type Peer } from './state.js';

const MOST_NAMED = 5;

/** What follows from a change of opinion. */
export interface OpinionListener {
    /** The observer's opinion of the other changed. */
    onOpinion(observer: Peer, other: Peer, cause: Cause): void;
    /** The observer has reason to act at its next cron. */
    onFailureLearnt(observer: Peer): void;
    /** Something happened that makes the next minutes worth following. */
    onChange(): void;
}

/**
 * From one node's suspicion to everybody's conviction, and back.
 *
 * Follows markNodeAsFailingIfNeeded and clearNodeFailureIfNeeded of Redis 7 (src/cluster.c): a node marks another as failed
 * when it suspects it by itself and a majority of primaries has told it that they do, and then forces its opinion on all.
 */
export class Agreement {
    private readonly failedSince: Float64Array;
    /** One more than the trace event that tells of the opinion, or 0: `[observer * size + other]`. */
    private readonly reasons: Int32Array;
    /** Suspects that perhaps enough primaries doubt: the next one that tells of its doubt decides. */
    private readonly ripe: readonly Set<Peer>[];
    /** What was told last about each node in a large cluster. */
    private readonly told = new Map<Peer, { readonly doubted: boolean; readonly reason: Cause }>();

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly reports: Reports,
        private readonly listener: OpinionListener,
    ) {
        this.failedSince = new Float64Array(state.size * state.size);
        this.reasons = new Int32Array(state.size * state.size);
        this.ripe = state.members.map(() => new Set());
        reports.onEnough = (observer, other) => this.ripe[observer]!.add(other);
    }

    /** The trace event that tells why the observer doubts the other, or -1. */
    reasonOf(observer: Peer, other: Peer): Cause {
        return this.reasons[this.pair(observer, other)]! - 1;
    }

    /** A new process has heard nothing of anybody. */
    forgetAll(observer: Peer): void {
        for (let other = 0; other < this.state.size; other++) {
            this.changeFlag(observer, other, Flag.alive);
        }
        this.reports.forgetAll(observer);
        this.ripe[observer]!.clear();
    }

    /** The other has not answered for `silenceMs`. */
    suspect(observer: Peer, other: Peer, silenceMs: number): void {
        const { state } = this;
        this.changeFlag(observer, other, Flag.suspected);
        const reason = this.tellDoubt(observer, other, silenceMs);
        this.reasons[this.pair(observer, other)] = reason + 1;
        if (state.shards.length === 1 && state.isPrimary(observer)) {
            this.markIfAgreed(observer, other);
        }
        if (this.reports.areEnough(observer, other)) {
            this.ripe[observer]!.add(other);
        }
        this.listener.onOpinion(observer, other, reason);
    }

    /** The other has answered. */
    answered(observer: Peer, other: Peer): void {
        const { state } = this;
        const flag = state.flag(observer, other);
        if (flag === Flag.alive || (flag === Flag.failed && !this.mayUndo(observer, other))) {
            return;
        }
        this.changeFlag(observer, other, Flag.alive);
        this.reasons[this.pair(observer, other)] = 0;
        const reason = this.tellOnce(observer, other, false, () => `hears from ${state.nameOf(other)} again`);
        this.listener.onOpinion(observer, other, reason);
    }

    /** A primary told the observer of its first `doubts` doubts. What is agreed upon already needs no more voices. */
    hear(observer: Peer, reporter: Peer, doubts: number): void {
        this.reports.expire(observer);
        this.reports.tell(observer, reporter, doubts);
        const waiting = this.ripe[observer]!;
        for (const other of waiting) {
            if (this.state.flag(observer, other) !== Flag.suspected || !this.reports.areEnough(observer, other)) {
                waiting.delete(other);
            } else if (this.state.flag(reporter, other) !== Flag.alive) {
                this.markIfAgreed(observer, other);
            }
        }
    }

    /** Those are about to read a FAIL message, which forces their opinion. In a large cluster whoever sent it has spoken for all. */
    tellFail(observers: readonly Peer[], about: Peer, cause: Cause): void {
        const { state } = this;
        const told = observers
            .filter((each) => !state.isStranger(each) && this.isNews(each, about))
            .map((each) => state.nodeOf(each));
        const [node, ...knownTo] = told;
        if (node === undefined || state.isLarge) {
            return;
        }
        const names = listed(
            told.map((each) => state.context.topology.nodes[each]!.name),
            { limit: MOST_NAMED },
        );
        state.world.record({
            kind: 'detection',
            text: `${names} ${knownTo.length === 0 ? 'is' : 'are'} told that ${state.nameOf(about)} has failed`,
            cause,
            node,
            peer: state.nodeOf(about),
            knownTo,
            belief: { holds: 'failed', about: [state.nodeOf(about)], by: 'all-told' },
        });
    }

    /** A FAIL message forces the opinion of whoever receives it. */
    onFail(observer: Peer, about: Peer, cause: Cause): void {
        if (this.isNews(observer, about)) {
            this.setFailed(observer, about, cause);
        }
    }

    private isNews(observer: Peer, about: Peer): boolean {
        return observer !== about && this.state.flag(observer, about) !== Flag.failed;
    }

    private markIfAgreed(observer: Peer, other: Peer): void {
        const { state } = this;
        if (state.flag(observer, other) !== Flag.suspected) {
            return;
        }
        const agreed = this.reports.count(observer, other) + (state.isPrimary(observer) ? 1 : 0);
        if (agreed < state.quorum) {
            return;
        }
        const votes = `${agreed} of ${state.shards.length} primaries agree`;
        const reason = this.tell(
            'detection',
            'failed',
            observer,
            other,
            `marks ${state.nameOf(other)} as failed: ${votes}`,
        );
        this.setFailed(observer, other, reason);
        this.bus.broadcast(observer, { kind: 'fail', about: other, cause: reason });
    }

    private setFailed(observer: Peer, other: Peer, reason: Cause): void {
        const pair = this.pair(observer, other);
        this.changeFlag(observer, other, Flag.failed);
        this.failedSince[pair] = this.state.world.now;
        this.reasons[pair] = reason + 1;
        this.listener.onChange();
        this.listener.onOpinion(observer, other, reason);
        this.listener.onFailureLearnt(observer);
    }

    /** A primary that owns slots stays marked for two node timeouts, so that a replica can take over in peace. */
    private mayUndo(observer: Peer, other: Peer): boolean {
        const since = this.failedSince[this.pair(observer, other)]!;
        const protectedMs = FAIL_UNDO_TIMEOUTS * this.state.config.nodeTimeoutMs;
        return !this.state.isPrimarySeenBy(observer, other) || this.state.world.now - since > protectedMs;
    }

    /** What others hear of the observer's doubts changes with its opinion. */
    private changeFlag(observer: Peer, other: Peer, flag: Flag): void {
        const before = this.state.flag(observer, other);
        this.state.setFlag(observer, other, flag);
        if (before === Flag.alive && flag !== Flag.alive) {
            this.reports.doubts(observer, other);
        } else if (before !== Flag.alive && flag === Flag.alive) {
            this.reports.trusts(observer, other);
        }
    }

    private tellDoubt(observer: Peer, other: Peer, silenceMs: number): Cause {
        const seconds = (): string => (silenceMs / 1000).toFixed(1);
        return this.tellOnce(
            observer,
            other,
            true,
            () => `suspects ${this.state.nameOf(other)}: no answer for ${seconds()} s`,
        );
    }

    /** In a large cluster the first observer speaks for those that notice the same after it. */
    private tellOnce(observer: Peer, other: Peer, doubted: boolean, what: () => string): Cause {
        const last = this.told.get(other);
        if (last?.doubted === doubted && this.state.isLarge) {
            this.listener.onChange();
            return last.reason;
        }
        const reason = this.tell('suspicion', doubted ? 'suspected' : 'alive', observer, other, what());
        this.told.set(other, { doubted, reason });
        return reason;
    }

    private tell(
        kind: 'suspicion' | 'detection',
        holds: Belief['holds'],
        observer: Peer,
        other: Peer,
        what: string,
    ): Cause {
        const { state } = this;
        this.listener.onChange();
        const doubt = this.reasonOf(observer, other);
        return state.world.record({
            kind,
            text: `${state.nameOf(observer)} ${what}`,
            cause: kind === 'detection' && doubt >= 0 ? doubt : this.faultBetween(observer, other),
            node: state.nodeOf(observer),
            peer: state.nodeOf(other),
            // Where one observer speaks for all, another may take back what the first one said.
            belief: { holds, about: [state.nodeOf(other)], ...(state.isLarge ? { by: 'cluster' as const } : {}) },
        });
    }

    /** Where both run, either may be the one that was cut off or is back. */
    private faultBetween(observer: Peer, other: Peer): Cause {
        const { state } = this;
        const silenced = state.silencedBy[other]!;
        return silenced >= 0
            ? silenced
            : Math.max(...[observer, other].map((peer) => state.world.lastFault(state.nodeOf(peer))));
    }

    private pair(observer: Peer, other: Peer): number {
        return observer * this.state.size + other;
    }
}
