import type { HandlerId, Point } from '../../../simulator/index.js';
import { assertNever, type NodeId } from '../../../topology/index.js';
import { FIRST_RECONNECT_MS, LONGEST_RECONNECT_MS, type ProducerTimes } from '../patience.js';
import type { KafkaState } from './state.js';

/** What a producer waits for over a connection beside writes to a partition: the answer to a question for the metadata. */
export const METADATA = -1;

/**
 * A producer's connection to one broker. `open`: as far as it knows. `pausing`: lost, and opened again after a pause.
 * `closed`: the pause is over. `connecting`: nobody has answered yet.
 */
export interface Line {
    readonly node: NodeId;
    state: 'open' | 'pausing' | 'closed' | 'connecting';
    /** What tries that were sent over it are recognised by; each connection has its own. */
    ticket: number;
    /** Requests under way, by the partition or {@link METADATA}, and since when the oldest of them has gone unanswered. */
    readonly unanswered: Map<number, { readonly sinceMs: number; requests: number }>;
    /** When the pause or the wait for a connection ends. */
    untilMs: number;
    /** Losses in a row, and of those the ones that never were connections. */
    losses: number;
    vainSetups: number;
}

/** Recognises tries that wait inside the producer; those sent over a connection have later numbers. */
export const QUEUED = 0;

/**
 * A pause that doubles with every failure in a row, give or take a fifth, up to the longest; one that cannot grow is always the
 * same (ExponentialBackoff.java).
 */
export function backoffMs(firstMs: number, longestMs: number, failures: number, share: number): number {
    if (longestMs <= firstMs) {
        return firstMs;
    }
    const meanMs = Math.min(firstMs * 2 ** Math.min(failures, 30), longestMs);
    return Math.min(longestMs, Math.floor(meanMs * (0.8 + 0.4 * share)));
}

/** Requests that went unanswered longest decide when a connection is given up; Infinity: none has. */
function oldestMs({ unanswered }: Line): number {
    return Math.min(...Array.from(unanswered.values(), ({ sinceMs }) => sinceMs));
}

function underWay({ unanswered }: Line): number {
    return [...unanswered.values()].reduce((sum, { requests }) => sum + requests, 0);
}

export interface ConnectionListener {
    /** A connection is gone or has not come about, or a question for the metadata has got nowhere. */
    lost(): void;
    /** Requests to this broker end differently now. */
    turned(node: NodeId): void;
}

/** A producer's connections: how it notices that one is of no use any more, and when it tries for another. */
export class Connections {
    private readonly lines = new Map<NodeId, Line>();
    private readonly byTicket = new Map<number, Line>();
    private lastTicket = QUEUED;

    constructor(
        private readonly state: KafkaState,
        private readonly client: Point,
        private readonly times: ProducerTimes,
        private readonly draw: (purpose: string) => number,
        /** To be called with the producer's number and the broker. */
        private readonly onDue: HandlerId,
        private readonly number: number,
        private readonly listener: ConnectionListener,
    ) {}

    /** The connection that a try was sent over, if there still is one. */
    of(ticket: number | undefined): Line | undefined {
        return ticket === undefined ? undefined : this.byTicket.get(ticket);
    }

    /** Whether requests to the broker go through as far as the producer knows, and none waits for an answer. */
    flowsTo(node: NodeId): boolean {
        const line = this.lines.get(node);
        return line === undefined || (line.state === 'open' && line.unanswered.size === 0);
    }

    /** Processes or links are different now. */
    reachChanged(restarted: NodeId | undefined): void {
        // What was never asked about is connected, too, and notices when its peer goes.
        for (const node of this.state.brokers) {
            const line = this.lines.get(node);
            const reach = this.state.reach(this.client, node);
            const isLost = line?.state === 'open' || line === undefined;
            if (reach === 'refused' && (isLost || line.state === 'connecting')) {
                this.lose(this.lineTo(node));
            } else if (reach === 'open' && line?.state === 'connecting') {
                this.opened(line);
            } else if (isLost && node === restarted && line !== undefined) {
                this.lose(line);
            } else if (reach === 'open' && line?.state === 'open' && line.unanswered.delete(METADATA)) {
                this.listener.lost();
            }
        }
    }

    due(node: NodeId): void {
        const line = this.lineTo(node);
        const { now } = this.state.world;
        if (line.state === 'open') {
            if (oldestMs(line) + this.times.requestMs <= now) {
                this.lose(line);
            } else if (line.unanswered.size > 0) {
                this.plan(line, oldestMs(line) + this.times.requestMs);
            }
        } else if (line.untilMs <= now && line.state === 'connecting') {
            line.vainSetups++;
            this.lose(line);
        } else if (line.untilMs <= now && line.state === 'pausing') {
            line.state = 'closed';
            this.listener.turned(line.node);
        }
    }

    lineTo(node: NodeId): Line {
        let line = this.lines.get(node);
        if (line === undefined) {
            const unanswered: Line['unanswered'] = new Map();
            line = { node, state: 'open', ticket: 0, unanswered, untilMs: 0, losses: 0, vainSetups: 0 };
            this.lines.set(node, line);
            this.give(line);
        }
        return line;
    }

    private give(line: Line): void {
        line.ticket = ++this.lastTicket;
        this.byTicket.set(line.ticket, line);
    }

    /** Whether one more request may be sent before the others are answered. */
    takesMore(line: Line): boolean {
        return underWay(line) < this.times.requestsUnderWay;
    }

    /** A request has been sent that is not answered at once. */
    await(line: Line, what: number): void {
        const earlier = line.unanswered.get(what);
        if (earlier !== undefined) {
            earlier.requests++;
            return;
        }
        const { now } = this.state.world;
        line.unanswered.set(what, { sinceMs: now, requests: 1 });
        this.plan(line, now + this.times.requestMs);
    }

    lose(line: Line): void {
        const { world } = this.state;
        this.byTicket.delete(line.ticket);
        line.unanswered.clear();
        line.vainSetups = line.state === 'connecting' ? line.vainSetups : 0;
        line.state = 'pausing';
        const pauseMs = backoffMs(FIRST_RECONNECT_MS, LONGEST_RECONNECT_MS, line.losses++, this.draw('reconnect'));
        line.untilMs = world.now + pauseMs;
        this.plan(line, line.untilMs);
        this.listener.lost();
        this.listener.turned(line.node);
    }

    connect(line: Line): void {
        const { world } = this.state;
        const reach = this.state.reach(this.client, line.node);
        switch (reach) {
            case 'open':
                this.opened(line);
                break;
            case 'refused':
                this.lose(line);
                break;
            case 'silent': {
                const { setupMs, longestSetupMs } = this.times;
                line.state = 'connecting';
                line.untilMs = world.now + backoffMs(setupMs, longestSetupMs, line.vainSetups, this.draw('connect'));
                this.plan(line, line.untilMs);
                break;
            }
            default:
                assertNever(reach);
        }
    }

    private opened(line: Line): void {
        Object.assign(line, { state: 'open', losses: 0, vainSetups: 0 });
        this.give(line);
        this.listener.turned(line.node);
    }

    private plan(line: Line, atMs: number): void {
        this.state.world.schedule(atMs, this.onDue, this.number, line.node);
    }

    /** Any connected broker that owes no answer, else the one that owes the fewest, else one to connect to. */
    leastLoaded(): Line | undefined {
        const open = this.state.brokers.filter((node) => (this.lines.get(node)?.state ?? 'open') === 'open');
        const owes = (node: NodeId): number => {
            const line = this.lines.get(node);
            return line === undefined ? 0 : underWay(line);
        };
        const fewest = Math.min(...open.map(owes));
        const best = open.filter((node) => owes(node) === fewest);
        if (best.length > 0) {
            return this.lineTo(best[Math.floor(this.draw('metadata') * best.length)]!);
        }
        const next = [...this.lines.values()].find(({ state }) => state === 'closed');
        if (next !== undefined) {
            this.connect(next);
        }
        return next?.state === 'open' ? next : undefined;
    }
}
