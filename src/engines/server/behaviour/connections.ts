import type { Attempt, AttemptContext, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { askPatiently, hangs, roundTrip } from '../../shared/simulation/index.js';
import type { BalancerFront } from '../front.js';

/** What the balancer believes of its servers, and whose turn it is. */
export interface Servers {
    /** Those that requests may go to now. */
    choices(): readonly NodeId[];
    next(context: AttemptContext): NodeId | undefined;
    isUp(node: NodeId): boolean;
    /** The answer where there is no server to go to. */
    nobody(wayMs: number): Attempt;
}

/** A request whose balancer tries one server again and again. */
interface Waiting {
    readonly node: NodeId;
    /** Tries made so far, the last of which failed at `sinceMs`; the next ones follow at this distance. */
    readonly tries: number;
    readonly sinceMs: number;
    readonly everyMs: number;
    readonly endMs: number;
}

interface Failure {
    /** Distance between two tries. */
    readonly everyMs: number;
    /** From a try until its failure is known. */
    readonly lastsMs: number;
}

/** Requests that a frozen server has are known by its number from here on; lower ones are those that wait for a next try. */
const FIRST_CONNECTED = 2 ** 32;
/** HAProxy waits this long before it asks a server again that refused, unless `timeout connect` is shorter. */
const PAUSE_MS = 1000;

/**
 * How a load balancer makes its connection to a server, up to `retries` times more where that fails. With `redispatch` the next
 * try goes to another server at once; without, or where there is no other, to the same one after a pause.
 *
 * Follows back_handle_st_cer and stream_choose_redispatch of HAProxy (src/backend.c, include/haproxy/stream.h). There
 * `redispatch` goes on at once where the balance is no hash, in 2.6 only with round robin.
 */
export class Connections {
    private readonly waiting = new Map<number, Waiting>();
    private count = 0;

    constructor(
        private readonly world: World,
        private readonly front: BalancerFront,
        private readonly servers: Servers,
    ) {}

    open(node: NodeId, wayMs: number, context: AttemptContext): Attempt {
        return this.connect(node, 1, 0, wayMs, context);
    }

    /** Something has changed while the balancer waits for its next try, or for a frozen server that it is connected with. */
    goOn(held: number, wayMs: number, context: AttemptContext): Attempt {
        if (held >= FIRST_CONNECTED) {
            return this.ask(held - FIRST_CONNECTED, wayMs);
        }
        const waiting = this.waiting.get(held)!;
        const { node, sinceMs, everyMs } = waiting;
        if (this.failureOf(node)?.everyMs === everyMs && !this.mayLeave(node)) {
            return this.pending(held, waiting, wayMs);
        }
        this.waiting.delete(held);
        const { now } = this.world;
        const made = Math.max(1, Math.ceil((now - sinceMs) / everyMs));
        return this.connect(node, waiting.tries + made, sinceMs + made * everyMs - now, wayMs, context);
    }

    /** Whether a connection to the server fails now, so that it matters how often it is tried. */
    fails(node: NodeId): boolean {
        return this.failureOf(node) !== undefined;
    }

    /** The try of this number, made `laterMs` from now. */
    private connect(node: NodeId, tries: number, laterMs: number, wayMs: number, context: AttemptContext): Attempt {
        const { servers, front, world } = this;
        const failure = this.failureOf(node);
        if (failure === undefined) {
            return this.ask(node, wayMs + laterMs);
        }
        const failedMs = laterMs + failure.lastsMs;
        if (tries > front.retries) {
            return this.givenUp(node, wayMs + failedMs);
        }
        if (this.mayLeave(node)) {
            const next = servers.next(context);
            return next === undefined
                ? servers.nobody(wayMs + failedMs)
                : this.connect(next, tries + 1, failedMs, wayMs, context);
        }
        const sinceMs = world.now + laterMs;
        const { everyMs, lastsMs } = failure;
        const endMs = sinceMs + (front.retries - tries + 1) * everyMs + lastsMs;
        const waiting = { node, tries, sinceMs, everyMs, endMs };
        return this.pending(this.hold(waiting), waiting, wayMs);
    }

    private ask(node: NodeId, wayMs: number): Attempt {
        const { world } = this;
        const answer = askPatiently(world, world.outside, node, wayMs, world.lastFault(node));
        return answer.outcome === 'hang' && answer.held !== undefined
            ? { ...answer, held: FIRST_CONNECTED + node }
            : answer;
    }

    private mayLeave(node: NodeId): boolean {
        return this.front.redispatch && (this.servers.choices().length > 1 || !this.servers.isUp(node));
    }

    /** As things stand, all further tries fail as well. */
    private pending(held: number, { node, endMs }: Waiting, wayMs: number): Attempt {
        return { ...this.givenUp(node, wayMs + endMs - this.world.now), held };
    }

    private givenUp(node: NodeId, afterMs: number): Attempt & { readonly outcome: 'error' } {
        const { name } = this.world.topology.nodes[node]!;
        const why =
            this.world.reach(this.world.outside, node) === 'refused' ? 'refuses the connection' : 'does not answer';
        const cause = this.world.lastFault(node);
        return { outcome: 'error', node, afterMs, reason: `${name} ${why}`, ...(cause >= 0 && { cause }) };
    }

    /** How a connection to the server fails now; undefined: it is made. */
    private failureOf(node: NodeId): Failure | undefined {
        const { world, front } = this;
        const longestMs = front.connectMs ?? Infinity;
        switch (world.reach(world.outside, node)) {
            case 'open':
                return undefined;
            case 'refused':
                return { everyMs: Math.min(PAUSE_MS, longestMs), lastsMs: roundTrip(world, world.outside, node) };
            case 'silent': {
                const isMade = hangs(world, world.outside, node);
                return isMade || longestMs === Infinity ? undefined : { everyMs: longestMs, lastsMs: longestMs };
            }
        }
    }

    private hold(waiting: Waiting): number {
        for (const [held, { endMs }] of this.waiting) {
            if (endMs >= this.world.now) {
                break;
            }
            this.waiting.delete(held);
        }
        this.waiting.set(++this.count, waiting);
        return this.count;
    }
}
