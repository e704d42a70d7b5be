/** What a request meets: a node that coordinates it, and the copies that serve it. */
import {
    BASE_DELAY_MS,
    type Attempt,
    type AttemptContext,
    type Cause,
    type Steadiness,
    type StreamContext,
} from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { askServer, ContactList, roundTrip } from '../../shared/simulation/index.js';
import { activeCopiesAsked } from '../config.js';
import { entryNodes } from '../entries.js';
import { activeCopies, type ShardState } from './cluster-state.js';
import type { Disks } from './disks.js';
import type { Peer, Peers } from './peers.js';

/** The way that a read took. */
interface Way {
    readonly entry: NodeId;
    /** The copy that does not answer. */
    readonly silent?: NodeId;
}

export class Requests {
    private readonly contacts: ContactList;
    /** Nodes that owe a coordinating node an answer to a read: it prefers others meanwhile. */
    private readonly owing = new Map<NodeId, Set<NodeId>>();
    /** Whose turn it is among the copies of a shard, by coordinating node. */
    private readonly turns = new Map<string, number>();

    constructor(
        private readonly peers: Peers,
        private readonly disks: Disks,
    ) {
        this.contacts = new ContactList(peers.world, entryNodes(peers.product, peers.context.cluster.members));
    }

    attempt(context: AttemptContext): Attempt {
        if (context.operation === 'write') {
            return this.contacts.attempt(context, (entry) => this.write(context, entry));
        }
        const ways = new Map<Attempt, Way>();
        const answer = this.contacts.attempt(context, (entry) =>
            this.read(context, entry, this.turns.get(turnKey(context, entry)) ?? 0, ways),
        );
        this.learn(context, ways.get(answer));
        return answer;
    }

    steadiness(context: StreamContext): Steadiness {
        return this.contacts.steadiness(context.client, (entry) =>
            context.operation === 'write' ? this.write(context, entry) : this.anyRead(context, entry),
        );
    }

    private learn(context: StreamContext, way: Way | undefined): void {
        if (way === undefined) {
            return;
        }
        const key = turnKey(context, way.entry);
        this.turns.set(key, (this.turns.get(key) ?? 0) + 1);
        if (way.silent !== undefined) {
            const owing = this.owing.get(way.entry) ?? new Set();
            this.owing.set(way.entry, owing.add(way.silent));
            this.peers.world.changed();
        }
    }

    // ── Reads ──────────────────────────────────────────────────────────────────

    /** How a read ends through this node whichever copy is next in turn; one that hangs if that makes a difference. */
    private anyRead(context: StreamContext, entry: NodeId): Attempt {
        const shard = this.shardSeenBy(this.peers.at(entry), context);
        const turns = shard === undefined ? 1 : activeCopies(shard).length;
        const first = this.read(context, entry, 0);
        for (let turn = 0; turn < turns; turn++) {
            const answer = turn === 0 ? first : this.read(context, entry, turn);
            const isAlike =
                answer.outcome !== 'hang' &&
                first.outcome === answer.outcome &&
                answer.afterMs === first.afterMs &&
                (answer.outcome !== 'ok' || answer.stale !== true);
            if (!isAlike) {
                return { outcome: 'hang', node: entry, reason: 'copies answer differently' };
            }
        }
        return first;
    }

    private read(context: StreamContext, entry: NodeId, turn: number, ways?: Map<Attempt, Way>): Attempt {
        const { world } = this.peers;
        const met = askServer(world, context.client, entry, 0, world.lastFault(entry));
        if (met.outcome !== 'ok') {
            return met;
        }
        const peer = this.peers.at(entry);
        const shard = this.shardSeenBy(peer, context);
        if (shard === undefined || (this.peers.config.block === 'all' && !this.peers.hasManager(peer))) {
            const reason = `${peer.name} knows no ${this.peers.product.manager} and refuses reads`;
            return { outcome: 'error', node: entry, afterMs: met.afterMs, reason, cause: peer.cause };
        }
        let { afterMs } = met;
        for (const copy of this.inTurn(entry, activeCopies(shard), turn)) {
            const reach = world.reach(entry, copy);
            if (reach === 'silent') {
                return note(
                    ways,
                    { entry, silent: copy },
                    this.hang(entry, `${this.peers.at(copy).name} does not answer ${peer.name}`, world.lastFault(copy)),
                );
            }
            afterMs += this.hop(entry, copy);
            if (reach === 'open' && this.holdsActive(copy, context)) {
                const stale = this.disks.isBehind(this.peers.positionOf(context.shard), copy);
                return note(ways, { entry }, { outcome: 'ok', node: copy, afterMs, ...(stale && { stale }) });
            }
        }
        const reason = `no copy of ${this.nameOf(context)} is active`;
        return { outcome: 'error', node: entry, afterMs, reason, cause: this.causeOf(context, peer) };
    }

    /** Copies take turns, but for those that owe an answer: adaptive replica selection puts them last. */
    private inTurn(entry: NodeId, copies: readonly NodeId[], turn: number): readonly NodeId[] {
        const owing = this.owing.get(entry);
        const isOwing = (node: NodeId): boolean =>
            owing?.has(node) === true && this.peers.world.reach(entry, node) === 'silent';
        const others = copies.filter((node) => !isOwing(node));
        const first = others.length === 0 ? 0 : turn % others.length;
        return [...others.slice(first), ...others.slice(0, first), ...copies.filter(isOwing)];
    }

    private holdsActive(node: NodeId, context: StreamContext): boolean {
        const shard = this.shardSeenBy(this.peers.at(node), context);
        return shard !== undefined && activeCopies(shard).includes(node);
    }

    // ── Writes ─────────────────────────────────────────────────────────────────

    private write(context: StreamContext, entry: NodeId): Attempt {
        const { world } = this.peers;
        const met = askServer(world, context.client, entry, 0, world.lastFault(entry));
        if (met.outcome !== 'ok') {
            return met;
        }
        const peer = this.peers.at(entry);
        const shard = this.shardSeenBy(peer, context);
        if (shard === undefined || this.isBlocked(peer)) {
            return this.hang(entry, this.waitsForManager(peer), peer.cause);
        }
        if (shard.primary === undefined) {
            return this.hang(entry, `no primary of ${this.nameOf(context)} is active`, this.causeOf(context, peer));
        }
        const primary = this.peers.at(shard.primary);
        const reason = `${primary.name}, the primary of ${this.nameOf(context)}, does not answer ${peer.name}`;
        if (world.reach(entry, primary.node) !== 'open') {
            return this.hang(entry, reason, world.lastFault(primary.node));
        }
        const why = this.whyPrimaryWaits(context, primary);
        return why === undefined
            ? {
                  outcome: 'ok',
                  node: primary.node,
                  afterMs: met.afterMs + this.hop(entry, primary.node) + this.toCopies(context, primary),
              }
            : this.hang(entry, why.reason, why.cause);
    }

    /** A primary begins when enough copies are active, and acknowledges when every assigned copy has the write. */
    private whyPrimaryWaits(
        context: StreamContext,
        primary: Peer,
    ): { readonly reason: string; readonly cause: Cause } | undefined {
        const { world } = this.peers;
        const shard = this.shardSeenBy(primary, context);
        if (shard?.primary !== primary.node) {
            return { reason: `${primary.name} is not the primary of ${this.nameOf(context)}`, cause: primary.cause };
        }
        if (this.isBlocked(primary)) {
            return { reason: this.waitsForManager(primary), cause: primary.cause };
        }
        const active = activeCopies(shard).length;
        const asked = activeCopiesAsked(
            this.peers.context,
            this.peers.context.topology.shards[context.shard]!,
            context.settings,
        );
        if (active < asked) {
            const reason = `${active} of the ${asked} copies that the write waits for are active`;
            return { reason, cause: this.causeOf(context, primary) };
        }
        const silent = shard.copies.find(({ node }) => node !== primary.node && !this.takesWrites(primary, node));
        return silent === undefined
            ? undefined
            : {
                  reason: `${this.peers.at(silent.node).name} holds a copy in sync and does not answer ${primary.name}`,
                  cause: world.lastFault(silent.node),
              };
    }

    private takesWrites(primary: Peer, node: NodeId): boolean {
        return (
            this.peers.world.reach(primary.node, node) === 'open' &&
            primary.applied.nodes.get(node) === this.peers.at(node).life
        );
    }

    private isBlocked(peer: Peer): boolean {
        return this.peers.config.block !== 'metadata_write' && !this.peers.hasManager(peer);
    }

    private waitsForManager({ name }: Peer): string {
        return `${name} knows no ${this.peers.product.manager}, and writes wait for one`;
    }

    private toCopies(context: StreamContext, primary: Peer): number {
        const copies = this.shardSeenBy(primary, context)?.copies ?? [];
        const others = copies.filter(({ node }) => node !== primary.node);
        return Math.max(0, ...others.map(({ node }) => this.hop(primary.node, node)));
    }

    // ── Both ───────────────────────────────────────────────────────────────────

    /** What the node knows of the shard; undefined: it has not joined a cluster since it began. */
    private shardSeenBy({ applied }: Peer, { shard }: StreamContext): ShardState | undefined {
        return applied.shards[this.peers.positionOf(shard)];
    }

    /** Handing over to another node takes as long everywhere that nothing is slow, on the same node, too. */
    private hop(from: NodeId, to: NodeId): number {
        return Math.max(2 * BASE_DELAY_MS, roundTrip(this.peers.world, from, to));
    }

    private hang(node: NodeId, reason: string, cause: Cause): Attempt {
        return { outcome: 'hang', node, reason, ...(cause >= 0 && { cause }) };
    }

    private nameOf({ shard }: StreamContext): string {
        return this.peers.context.topology.shards[shard]!.name;
    }

    /** The last fault that struck a node of the shard, else what the node knows. */
    private causeOf({ shard }: StreamContext, peer: Peer): Cause {
        const { copies } = this.peers.context.topology.shards[shard]!;
        return Math.max(peer.cause, ...copies.map((node) => this.peers.world.lastFault(node)));
    }
}

/** Remembers the way, where somebody asks for it. */
function note(ways: Map<Attempt, Way> | undefined, way: Way, answer: Attempt): Attempt {
    ways?.set(answer, way);
    return answer;
}

function turnKey({ shard }: StreamContext, entry: NodeId): string {
    return `${entry} ${shard}`;
}
