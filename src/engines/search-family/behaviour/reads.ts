/** How reads end: the node that takes them asks the copies in turn. */
import type { Attempt, StreamContext } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { whySilent } from '../../shared/simulation/index.js';
import type { Answers } from './answers.js';
import type { ShardState } from './cluster-state.js';
import type { Disks } from './disks.js';
import type { Peer, Peers } from './peers.js';

export class Reads {
    /** Nodes that wait for the answer of a silent one to a read, by the silent node: they prefer others meanwhile. */
    private readonly waiting = new Map<NodeId, Set<NodeId>>();
    /** Whose turn it is among the copies of a shard, for each node that asks them. */
    private readonly turns = new Map<ShardId, Uint16Array>();

    constructor(
        private readonly peers: Peers,
        private readonly disks: Disks,
        private readonly answers: Answers,
        /** A node has learnt whom to leave out, so that its answers may be more alike than before. */
        private readonly learnt: () => void,
    ) {}

    /** One read through this node. */
    attempt(context: StreamContext, entry: NodeId): Attempt {
        const turns = this.turnsOf(context.shard);
        const answer = this.ask(context, entry, turns[entry]!);
        const isSilent = answer.outcome === 'hang' && answer.node !== entry;
        if (answer.outcome === 'ok' || isSilent) {
            turns[entry]!++;
        }
        return isSilent ? this.owed(entry, answer) : answer;
    }

    private turnsOf(shard: ShardId): Uint16Array {
        const turns = this.turns.get(shard) ?? new Uint16Array(this.peers.context.topology.nodes.length);
        this.turns.set(shard, turns);
        return turns;
    }

    /** The node will leave out the silent one, as long as that owes an answer. */
    private owed(entry: NodeId, answer: Attempt): Attempt {
        const waiting = this.waiting.get(answer.node) ?? new Set();
        this.waiting.set(answer.node, waiting.add(entry));
        this.learnt();
        return { ...answer, node: entry };
    }

    /**
     * The probe asks all nodes at once and is content with one answer. Each has its own turn among the copies, so that some
     * node meets one that answers wherever there is one.
     */
    probe(context: StreamContext, entry: NodeId): Attempt {
        const answer = this.ask(context, entry, 'any');
        return answer.outcome === 'hang' ? { ...answer, node: entry } : answer;
    }

    /** How reads end whichever of these nodes takes them and whichever copy is next in turn; one that hangs if that matters. */
    alike(context: StreamContext, entry: NodeId, fellows: readonly NodeId[]): Attempt {
        const { world } = this.peers;
        const copies = this.copies(context, entry);
        const silent = copies.filter((copy) => world.reach(entry, copy) === 'silent');
        if (silent.length > 0 && !silent.every((copy) => this.allWaitFor(copy, fellows))) {
            return this.differ(entry);
        }
        const first = this.ask(context, entry, 0);
        // Data that others write to will be behind as soon as they do.
        if (copies.some((copy) => this.disks.mayBeBehind(this.peers.positionOf(context.shard), copy))) {
            return first.outcome === 'error' ? first : this.differ(entry);
        }
        for (let turn = 1; turn < copies.length; turn++) {
            const answer = this.ask(context, entry, turn);
            if (answer.outcome === 'hang' || first.outcome !== answer.outcome || answer.afterMs !== first.afterMs) {
                return this.differ(entry);
            }
        }
        return first;
    }

    /** Copies that the node asks. */
    copies(context: StreamContext, entry: NodeId): readonly NodeId[] {
        const shard = this.answers.shardSeenBy(this.peers.at(entry), context);
        return shard === undefined ? [] : shard.active;
    }

    private allWaitFor(copy: NodeId, nodes: readonly NodeId[]): boolean {
        const waiting = this.waiting.get(copy);
        return waiting !== undefined && waiting.size >= nodes.length && nodes.every((node) => waiting.has(node));
    }

    private differ(entry: NodeId): Attempt {
        return { outcome: 'hang', node: entry, reason: 'copies answer differently' };
    }

    /** Copies are asked from this turn on, or only those that are heard; one that is silent makes the read hang, on its account. */
    private ask(context: StreamContext, entry: NodeId, turn: number | 'any'): Attempt {
        const { world } = this.peers;
        const met = this.answers.met(context, entry);
        if (typeof met !== 'number') {
            return met;
        }
        const peer = this.peers.at(entry);
        const shard = this.answers.shardSeenBy(peer, context);
        if (shard === undefined || (this.peers.config.block === 'all' && !this.peers.hasManager(peer))) {
            const reason = `${peer.name} knows no ${this.peers.product.manager} and refuses reads`;
            return { outcome: 'error', node: entry, afterMs: met, reason, cause: peer.cause };
        }
        let afterMs = met;
        for (const copy of turn === 'any' ? this.heard(entry, shard.active) : this.inTurn(entry, shard.active, turn)) {
            const reach = world.reach(entry, copy);
            if (reach === 'silent') {
                const reason = `${this.peers.at(copy).name} does not answer ${peer.name}`;
                return this.answers.hang(copy, reason, whySilent(world, entry, copy));
            }
            afterMs += this.answers.hop(entry, copy);
            if (reach === 'open' && this.holdsActive(this.peers.at(copy), shard, context)) {
                const stale = this.disks.isBehind(this.peers.positionOf(context.shard), copy);
                return { outcome: 'ok', node: copy, afterMs, ...(stale && { stale }) };
            }
        }
        const reason = `no copy of ${this.answers.nameOf(context)} is active`;
        return { outcome: 'error', node: entry, afterMs, reason, cause: this.answers.causeOf(context, peer) };
    }

    private heard(entry: NodeId, copies: readonly NodeId[]): readonly NodeId[] {
        const heard = copies.filter((copy) => this.peers.world.reach(entry, copy) !== 'silent');
        return heard.length > 0 ? heard : copies;
    }

    /** Copies take turns, but for those that owe an answer: adaptive replica selection puts them last. */
    private inTurn(entry: NodeId, copies: readonly NodeId[], turn: number): readonly NodeId[] {
        const isOwing = (node: NodeId): boolean =>
            this.waiting.get(node)?.has(entry) === true && this.peers.world.reach(entry, node) === 'silent';
        const isAnyOwing = this.waiting.size > 0 && copies.some(isOwing);
        const others = isAnyOwing ? copies.filter((node) => !isOwing(node)) : copies;
        const first = others.length === 0 ? 0 : turn % others.length;
        return first === 0 && !isAnyOwing
            ? copies
            : [...others.slice(first), ...others.slice(0, first), ...(isAnyOwing ? copies.filter(isOwing) : [])];
    }

    private holdsActive(peer: Peer, seen: ShardState, context: StreamContext): boolean {
        const own = this.answers.shardSeenBy(peer, context);
        return own === seen || (own !== undefined && own.active.includes(peer.node));
    }
}
