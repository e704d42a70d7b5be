import type { Cause } from '../../../simulator/index.js';
import { FAIL_REPORT_VALIDITY, FAIL_UNDO_TIMEOUTS } from '../config.js';
import type { Bus } from './bus.js';
import { Flag, type ClusterState, type Peer } from './state.js';

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
    private readonly timeout: number;
    /** Who reported whom to whom: `[observer * size + other]` → reporter → time. */
    private readonly reports = new Map<number, Map<Peer, number>>();
    /** The trace event that tells of the opinion. */
    private readonly reasons = new Map<number, Cause>();

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly listener: OpinionListener,
    ) {
        this.timeout = state.config.nodeTimeoutMs;
    }

    /** The trace event that tells why the observer doubts the other, or -1. */
    reasonOf(observer: Peer, other: Peer): Cause {
        return this.reasons.get(this.pair(observer, other)) ?? -1;
    }

    /** A new process has heard nothing of anybody. */
    forget(observer: Peer, other: Peer): void {
        this.state.flags[this.pair(observer, other)] = Flag.alive;
        this.reports.delete(this.pair(observer, other));
    }

    /** The other has not answered for `silenceMs`. */
    suspect(observer: Peer, other: Peer, silenceMs: number): void {
        const { state } = this;
        state.flags[this.pair(observer, other)] = Flag.suspected;
        const silence = `no answer for ${(silenceMs / 1000).toFixed(1)} s`;
        const reason = this.tell('suspicion', observer, other, `suspects ${state.nameOf(other)}: ${silence}`);
        this.reasons.set(this.pair(observer, other), reason);
        if (state.shards.length === 1 && state.isPrimary(observer)) {
            this.markIfAgreed(observer, other);
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
        state.flags[this.pair(observer, other)] = Flag.alive;
        this.reasons.delete(this.pair(observer, other));
        const reason = this.tell('suspicion', observer, other, `hears from ${state.nameOf(other)} again`);
        this.listener.onOpinion(observer, other, reason);
    }

    /** A primary told the observer that it doubts the other. What is agreed upon already needs no more voices. */
    report(observer: Peer, other: Peer, reporter: Peer): void {
        if (this.state.flag(observer, other) === Flag.failed) {
            return;
        }
        const pair = this.pair(observer, other);
        const reports = this.reports.get(pair) ?? new Map<Peer, number>();
        reports.set(reporter, this.state.world.now);
        this.reports.set(pair, reports);
        this.markIfAgreed(observer, other);
    }

    /** A primary told the observer that the other is well. */
    withdraw(observer: Peer, other: Peer, reporter: Peer): void {
        this.reports.get(this.pair(observer, other))?.delete(reporter);
    }

    /** Primaries whose doubts about the other are fresh. */
    reporters(observer: Peer, other: Peer): number {
        const reports = this.reports.get(this.pair(observer, other));
        if (!reports) {
            return 0;
        }
        for (const [reporter, time] of reports) {
            if (this.state.world.now - time > FAIL_REPORT_VALIDITY * this.timeout) {
                reports.delete(reporter);
            }
        }
        return reports.size;
    }

    /** A FAIL message forces the opinion of whoever receives it. */
    onFail(observer: Peer, about: Peer, cause: Cause): void {
        if (observer !== about && this.state.flag(observer, about) !== Flag.failed) {
            this.setFailed(observer, about, cause);
        }
    }

    private markIfAgreed(observer: Peer, other: Peer): void {
        const { state } = this;
        if (state.flag(observer, other) !== Flag.suspected) {
            return;
        }
        const agreed = this.reporters(observer, other) + (state.isPrimary(observer) ? 1 : 0);
        if (agreed < state.quorum) {
            return;
        }
        const votes = `${agreed} of ${state.shards.length} primaries agree`;
        const reason = this.tell('detection', observer, other, `marks ${state.nameOf(other)} as failed: ${votes}`);
        this.setFailed(observer, other, reason);
        this.bus.broadcast(observer, { kind: 'fail', about: other, cause: reason });
    }

    private setFailed(observer: Peer, other: Peer, reason: Cause): void {
        const pair = this.pair(observer, other);
        this.state.flags[pair] = Flag.failed;
        this.state.failedSince[pair] = this.state.world.now;
        this.reasons.set(pair, reason);
        this.listener.onChange();
        this.listener.onOpinion(observer, other, reason);
        this.listener.onFailureLearnt(observer);
    }

    /** A primary that owns slots stays marked for two node timeouts, so that a replica can take over in peace. */
    private mayUndo(observer: Peer, other: Peer): boolean {
        const since = this.state.failedSince[this.pair(observer, other)]!;
        const protectedMs = FAIL_UNDO_TIMEOUTS * this.timeout;
        return !this.state.isPrimarySeenBy(observer, other) || this.state.world.now - since > protectedMs;
    }

    private tell(kind: 'suspicion' | 'detection', observer: Peer, other: Peer, what: string): Cause {
        const { state } = this;
        this.listener.onChange();
        const doubt = this.reasonOf(observer, other);
        // Either end may be the one that was cut off.
        const fault = Math.max(...[observer, other].map((peer) => state.world.lastFault(state.nodeOf(peer))));
        return state.world.record({
            kind,
            text: `${state.nameOf(observer)} ${what}`,
            cause: kind === 'detection' && doubt >= 0 ? doubt : fault,
            node: state.nodeOf(observer),
            peer: state.nodeOf(other),
        });
    }

    private pair(observer: Peer, other: Peer): number {
        return observer * this.state.size + other;
    }
}
