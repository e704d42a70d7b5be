import type { HandlerId, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../simulation/index.js';

/** A member that reads nothing for so long closes the connection and dials anew: `ConnReadTimeout` (rafthttp/http.go). */
const READ_TIMEOUT_MS = 5_000;
/** Members that have nothing to tell each other let the other hear from them at least so often: a third of it (rafthttp/stream.go). */
const LINK_HEARTBEAT_MS = Math.floor(READ_TIMEOUT_MS / 3);
/** TCP repeats the SYN of a dial after so long, four times before it waits longer (`tcp_syn_linear_timeouts`, Linux 6.5). */
const RESYN_MS = 1_000;
/** A dial is given up, and the next one begun, when an election timeout and so much have passed (etcdserver: `peerDialTimeout`). */
const DIAL_SPARE_MS = 1_000;
/** TCP sends again what was not acknowledged after so long (`TCP_RTO_MIN`), and then after twice as long each time. */
const RESEND_MS = 200;

/** One direction between two members, while it carries nothing. */
interface BrokenLink {
    readonly from: NodeId;
    readonly to: NodeId;
    /** When the reader last heard anything, in ms. */
    readonly heardMs: number;
    /** When the first message was lost that TCP goes on sending, in ms. */
    lostMs?: number;
    /** When it carries messages again; Infinity: something is in its way. */
    opensMs: number;
}

/**
 * The connections between members. One that was cut does not carry messages again as soon as the cut heals: a short cut is over
 * when TCP next sends again what it could not deliver, and after a long one the connection has to be made anew.
 */
export class RaftLinks {
    private readonly broken = new Map<string, BrokenLink>();
    private readonly onOpen: HandlerId;

    constructor(
        private readonly world: World,
        private readonly nodes: readonly NodeId[],
        /** When the member last sent the other what it sends at every heartbeat, in ms; undefined: it sends nothing so often. */
        private readonly lastSent: (from: NodeId, to: NodeId) => number | undefined,
        /** The election timeout in whole ticks. */
        private readonly electionMs: number,
        /** To be called when a link carries messages again. */
        private readonly opened: () => void,
    ) {
        this.onOpen = world.handler(() => this.open());
    }

    /** Whether messages pass both ways. */
    isOpen(one: NodeId, other: NodeId): boolean {
        const isWhole = !this.broken.has(key(one, other)) && !this.broken.has(key(other, one));
        return isWhole && connected(this.world, one, other);
    }

    /** Whether a message passes that is sent now. */
    carries(from: NodeId, to: NodeId): boolean {
        const link = this.broken.get(key(from, to));
        if (link !== undefined) {
            link.lostMs ??= this.world.now;
        }
        return link === undefined && connected(this.world, from, to);
    }

    /** To be called when the network is different. */
    review(): void {
        for (const from of this.nodes) {
            for (const to of this.nodes.filter((other) => other !== from)) {
                this.reviewLink(from, to);
            }
        }
    }

    /** A new process dials all others at once, and its own messages go by other connections until it has been dialled. */
    started(node: NodeId): void {
        for (const { from, to } of [...this.broken.values()]) {
            if (from === node || to === node) {
                this.broken.delete(key(from, to));
                if (!connected(this.world, from, to)) {
                    this.break(from, to, this.world.now - READ_TIMEOUT_MS);
                }
            }
        }
    }

    private reviewLink(from: NodeId, to: NodeId): void {
        const { now } = this.world;
        const link = this.broken.get(key(from, to));
        if (!connected(this.world, from, to)) {
            if (link === undefined) {
                this.break(from, to, this.lastHeard(from, to));
            } else {
                link.opensMs = Infinity;
            }
        } else if (link?.opensMs === Infinity) {
            link.opensMs = nextOpening(link, this.electionMs + DIAL_SPARE_MS, now);
            this.world.schedule(link.opensMs, this.onOpen);
        }
    }

    private break(from: NodeId, to: NodeId, heardMs: number): void {
        this.broken.set(key(from, to), { from, to, heardMs, opensMs: Infinity });
    }

    private lastHeard(from: NodeId, to: NodeId): number {
        const { world } = this;
        const sentMs = this.lastSent(from, to);
        if (sentMs !== undefined) {
            return sentMs;
        }
        const [sender, reader] = [from, to].map((node) => world.topology.nodes[node]!.name);
        const stream = world.stream(`${sender} to ${reader}`, `link heartbeat at ${world.now}`);
        return world.now - stream.below(LINK_HEARTBEAT_MS);
    }

    private open(): void {
        const due = [...this.broken.values()].filter(({ opensMs }) => opensMs <= this.world.now);
        due.forEach(({ from, to }) => this.broken.delete(key(from, to)));
        if (due.length > 0) {
            this.opened();
        }
    }
}

/** When the direction carries messages again if nothing is in its way from now on and a dial takes so long at most. */
function nextOpening({ heardMs, lostMs }: BrokenLink, dialMs: number, now: number): number {
    const closedMs = heardMs + READ_TIMEOUT_MS;
    if (now >= closedMs) {
        const dialledMs = closedMs + Math.floor((now - closedMs) / dialMs) * dialMs;
        return dialledMs + Math.min(Math.ceil((now - dialledMs) / RESYN_MS) * RESYN_MS, dialMs);
    }
    if (lostMs === undefined) {
        return now;
    }
    let pauseMs = RESEND_MS;
    while (lostMs + pauseMs < now) {
        pauseMs *= 2;
    }
    return Math.min(lostMs + pauseMs, closedMs);
}

function key(from: NodeId, to: NodeId): string {
    return `${from}>${to}`;
}
