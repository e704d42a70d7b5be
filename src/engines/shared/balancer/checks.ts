import type { Cause, HandlerId, HostChange, World } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import { hangs, roundTrip } from '../simulation/index.js';
import { assumeRequests } from './asking.js';
import type { Balancing } from './balancing.js';
import { HealthCounter, inARow, type ServiceCheck } from './health.js';

interface Backend {
    readonly node: NodeId;
    readonly health: HealthCounter;
    /** Number of the check under way or to come: events of older ones are void. */
    round: number;
    /** Whether a check waits for an answer that has not come. */
    waiting: boolean;
    /** When the last check began, in ms. */
    begunMs: number;
    /** When the first of the failed checks in a row began, in ms. */
    failingSince: number;
    cause: Cause;
}

/**
 * The balancer's health checks, each server's in its own phase. A server that hangs is found out later than one that refuses:
 * its checks last the whole timeout, and where the pause follows the end of a check, as in HAProxy, each adds its own.
 */
export class BackendChecks {
    /** The event in the trace that took the last server out, or -1. */
    lastRemoval: Cause = -1;
    private readonly backends = new Map<NodeId, Backend>();
    private readonly begin: HandlerId;
    private readonly end: HandlerId;

    constructor(
        private readonly world: World,
        private readonly front: Balancing,
        private readonly nodes: readonly NodeId[],
        /** Called with the event in the trace when a server was taken out or back: clients may notice that. */
        private readonly onVerdict: (event: Cause) => void,
    ) {
        this.begin = world.handler((node, round) => this.onBegin(node, round));
        this.end = world.handler((node, coded) => this.onEnd(node, coded));
    }

    start(): void {
        const { check } = this.front;
        if (check === undefined) {
            return;
        }
        const draws = this.world.stream(this.world.cluster.name, 'health checks');
        const phase = draws.below(check.everyMs);
        this.nodes.forEach((node, index) => {
            const health = new HealthCounter(check, true);
            this.backends.set(node, { node, health, round: 0, waiting: false, begunMs: 0, failingSince: 0, cause: -1 });
            // HAProxy spreads the first checks of its servers evenly over one interval (start_check_task in src/check.c); of the
            // balancers of AWS nothing is known but that they check every target by itself.
            const share = Math.floor((check.everyMs * index) / this.nodes.length);
            const firstMs = check.startToStart === true ? draws.below(check.everyMs) : (phase + share) % check.everyMs;
            this.world.schedule(this.world.now + firstMs, this.begin, node, 0);
        });
    }

    /** Without checks the balancer believes in every server for ever. */
    isUp(node: NodeId): boolean {
        return this.backends.get(node)?.health.up ?? true;
    }

    /** What explains that requests to the server fail, as far as the trace tells. */
    causeOf(node: NodeId): Cause {
        return this.world.lastFault(node);
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const backend = this.backends.get(node);
        if (backend !== undefined) {
            backend.cause = cause;
            // The kernel of a frozen process has accepted the check's connection: the answer comes with the thaw.
            if (change === 'unfrozen' && backend.waiting && this.world.reach(this.world.outside, node) === 'open') {
                this.onEnd(node, code(backend.round, true));
            }
        }
        this.world.changed();
    }

    private onBegin(node: NodeId, round: number): void {
        const { world } = this;
        const backend = this.backends.get(node)!;
        if (round !== backend.round) {
            return;
        }
        const reach = world.reach(world.outside, node);
        backend.begunMs = world.now;
        backend.waiting = reach === 'silent';
        if (backend.health.doubts === 0) {
            backend.failingSince = world.now;
        }
        const { timeoutMs, connectMs } = this.check;
        const longestMs = backend.waiting && !hangs(world, world.outside, node) ? (connectMs ?? timeoutMs) : timeoutMs;
        const answerMs = backend.waiting ? Infinity : roundTrip(world, world.outside, node);
        const inTime = answerMs <= longestMs;
        world.schedule(
            world.now + Math.min(answerMs, longestMs),
            this.end,
            node,
            code(round, inTime && reach === 'open'),
        );
    }

    private onEnd(node: NodeId, coded: number): void {
        const backend = this.backends.get(node)!;
        if (coded >> 1 !== backend.round) {
            return;
        }
        backend.waiting = false;
        backend.round++;
        const wasUp = backend.health.up;
        const before = backend.health.doubts;
        const isSettled = backend.health.note((coded & 1) === 1);
        const { now } = this.world;
        this.world.schedule(now + backend.health.pauseAfter(now - backend.begunMs), this.begin, node, backend.round);
        if (isSettled) {
            this.tellVerdict(backend);
        } else if (backend.health.doubts === 1 && before === 0 && wasUp) {
            this.tellDoubt(backend);
        }
    }

    private tellDoubt(backend: Backend): void {
        backend.cause = this.world.record({
            kind: 'suspicion',
            text: `${this.front.address} notes a first failed check of ${this.nameOf(backend.node)}`,
            cause: this.world.lastFault(backend.node),
            peer: backend.node,
            belief: { holds: 'suspected', about: [backend.node], by: 'cluster' },
            source: this.front.source,
        });
    }

    private tellVerdict(backend: Backend): void {
        const { world } = this;
        const name = this.nameOf(backend.node);
        if (backend.health.up) {
            backend.cause = world.record({
                kind: 'recovery',
                text: `${this.front.address} sends requests to ${name} again: ${inARow(this.check.rise, 'passed')}`,
                cause: world.lastFault(backend.node),
                peer: backend.node,
                belief: { holds: 'alive', about: [backend.node], by: 'cluster' },
                source: this.front.source,
            });
        } else {
            const spent = setDuration(world.now - backend.failingSince);
            backend.cause = this.lastRemoval = world.record({
                kind: 'detection',
                text: `${this.front.address} takes ${name} out: ${inARow(this.check.fall, 'failed')} within ${spent}`,
                cause: backend.cause,
                peer: backend.node,
                belief: { holds: 'failed', about: [backend.node], by: 'cluster' },
                source: this.front.source,
            });
            if (!this.front.checksAsk && hangs(world, world.outside, backend.node)) {
                assumeRequests(world, this.front);
            }
        }
        this.onVerdict(backend.cause);
    }

    private get check(): ServiceCheck {
        return this.front.check!;
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}

/** A check's number with its result in the last bit. */
function code(round: number, success: boolean): number {
    return round * 2 + (success ? 1 : 0);
}
