/** Checks that nodes send each other in a loop: follower checks of the manager, and leader checks of all others. */
import { BASE_DELAY_MS, type HandlerId, type World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { CheckTimes } from '../config.js';

/** `rejected`: an answer that says no. `closed`: the connection is gone, which counts at once. */
export type Answer = 'fine' | 'rejected' | 'silent' | 'closed';

export interface CheckRules {
    readonly times: CheckTimes;
    /** What a check that is sent now meets. */
    readonly answer: (observer: NodeId, target: NodeId) => Answer;
    readonly failed: (observer: NodeId, target: NodeId, how: Answer) => void;
}

interface Loop {
    readonly id: number;
    readonly observer: NodeId;
    readonly target: NodeId;
    /** `resting`: all checks are answered and none is simulated. */
    phase: 'resting' | 'waiting' | 'asking' | 'closing';
    /** When a check was sent, or would have been. */
    anchorMs: number;
    failures: number;
    /** Tells an event that counts from one that is outdated. */
    turn: number;
}

/**
 * The next check is sent one interval after the answer to the one before, or after its timeout. While every check would be
 * answered none is simulated: the loop knows when the next one is due.
 */
export class Checks {
    private readonly loops = new Map<number, Loop>();
    /** By observer, then by target. */
    private readonly byObserver = new Map<NodeId, Map<NodeId, Loop>>();
    private readonly byTarget = new Map<NodeId, Map<NodeId, Loop>>();
    private readonly wake: HandlerId;
    private nextId = 0;

    constructor(
        private readonly world: World,
        private readonly rules: CheckRules,
    ) {
        this.wake = world.handler((id, turn) => this.onWake(id, turn));
    }

    /** The first check is sent at once, or was at `anchorMs`. */
    start(observer: NodeId, target: NodeId, anchorMs = this.world.now): void {
        this.stop(observer, target);
        const loop: Loop = { id: this.nextId++, observer, target, phase: 'resting', anchorMs, failures: 0, turn: 0 };
        this.loops.set(loop.id, loop);
        put(this.byObserver, observer, target, loop);
        put(this.byTarget, target, observer, loop);
        this.review(loop);
    }

    stop(observer: NodeId, target: NodeId): void {
        const loop = this.byObserver.get(observer)?.get(target);
        if (loop !== undefined) {
            this.loops.delete(loop.id);
            this.byObserver.get(observer)?.delete(target);
            this.byTarget.get(target)?.delete(observer);
        }
    }

    stopAllOf(observer: NodeId): void {
        for (const target of [...(this.byObserver.get(observer)?.keys() ?? [])]) {
            this.stop(observer, target);
        }
    }

    isChecking(observer: NodeId, target: NodeId): boolean {
        return this.byObserver.get(observer)?.has(target) === true;
    }

    /** Answers may differ from now on. */
    reviewAll(): void {
        for (const loop of [...this.loops.values()]) {
            this.review(loop);
        }
    }

    /** What the node answers and what it is answered may differ from now on. */
    reviewAbout(node: NodeId): void {
        const own = this.byObserver.get(node)?.values() ?? [];
        const others = this.byTarget.get(node)?.values() ?? [];
        for (const loop of [...own, ...others].sort((one, other) => one.id - other.id)) {
            this.review(loop);
        }
    }

    /** A process that was frozen does at once what it has missed. */
    resume(observer: NodeId): void {
        for (const loop of [...(this.byObserver.get(observer)?.values() ?? [])]) {
            this.plan(loop, 'waiting', this.world.now);
        }
    }

    private review(loop: Loop): void {
        if (this.world.process(loop.observer) !== 'running' || loop.phase === 'closing') {
            return;
        }
        const answer = this.rules.answer(loop.observer, loop.target);
        if (answer === 'closed') {
            this.plan(loop, 'closing', this.world.now + BASE_DELAY_MS);
        } else if (answer === 'fine' && loop.phase === 'asking') {
            this.rest(loop);
        } else if (answer !== 'fine' && loop.phase === 'resting') {
            this.plan(loop, 'waiting', this.nextCheck(loop));
        }
    }

    /** The first due time of a loop whose checks were answered all the while. */
    private nextCheck({ anchorMs }: Loop): number {
        const cycleMs = this.rules.times.intervalMs + 2 * BASE_DELAY_MS;
        return anchorMs + Math.max(0, Math.ceil((this.world.now - anchorMs) / cycleMs)) * cycleMs;
    }

    private onWake(id: number, turn: number): void {
        const loop = this.loops.get(id);
        if (loop?.turn !== turn || this.world.process(loop.observer) !== 'running') {
            return;
        }
        if (loop.phase === 'asking') {
            this.countFailure(loop, 'silent');
            return;
        }
        const answer = this.rules.answer(loop.observer, loop.target);
        switch (answer) {
            case 'fine':
                this.rest(loop);
                break;
            case 'silent':
                this.plan(loop, 'asking', this.world.now + this.rules.times.timeoutMs);
                break;
            case 'rejected':
                this.countFailure(loop, answer);
                break;
            case 'closed':
                this.fail(loop, answer);
                break;
        }
    }

    private countFailure(loop: Loop, how: Answer): void {
        loop.failures++;
        if (loop.failures >= this.rules.times.retries) {
            this.fail(loop, how);
        } else {
            this.plan(loop, 'waiting', this.world.now + this.rules.times.intervalMs);
        }
    }

    private fail(loop: Loop, how: Answer): void {
        this.stop(loop.observer, loop.target);
        this.rules.failed(loop.observer, loop.target, how);
    }

    private rest(loop: Loop): void {
        Object.assign(loop, { phase: 'resting', failures: 0, anchorMs: this.world.now, turn: loop.turn + 1 });
    }

    private plan(loop: Loop, phase: Loop['phase'], atMs: number): void {
        Object.assign(loop, { phase, turn: loop.turn + 1 });
        this.world.schedule(atMs, this.wake, loop.id, loop.turn);
    }
}

type Pairs = Map<NodeId, Map<NodeId, Loop>>;

function put(pairs: Pairs, one: NodeId, other: NodeId, loop: Loop): void {
    const loops = pairs.get(one) ?? new Map<NodeId, Loop>();
    pairs.set(one, loops.set(other, loop));
}
