/** How writes end: the primary takes them, and acknowledges when every copy of its replication group has them. */
import type { Attempt, Cause, StreamContext } from '../../../simulator/index.js';
import type { NodeId, Setting, ShardId } from '../../../topology/index.js';
import { whySilent } from '../../shared/simulation/index.js';
import { activeCopiesAsked } from '../config.js';
import type { Answers } from './answers.js';
import type { ShardState } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';
import type { ReplicationGroups } from './replication-groups.js';

export class Writes {
    /** Copies that each client's writes wait for, by shard. */
    private readonly asked = new Map<readonly Setting[], Map<ShardId, number>>();

    constructor(
        private readonly peers: Peers,
        private readonly groups: ReplicationGroups,
        private readonly answers: Answers,
    ) {}

    /** One write through this node. */
    attempt(context: StreamContext, entry: NodeId): Attempt {
        const { world } = this.peers;
        const met = this.answers.met(context, entry);
        if (typeof met !== 'number') {
            return met;
        }
        const peer = this.peers.at(entry);
        const shard = this.answers.shardSeenBy(peer, context);
        if (shard === undefined || this.isBlocked(peer)) {
            return this.answers.hang(entry, this.waitsForManager(peer), peer.cause);
        }
        if (shard.primary === undefined) {
            const reason = `no primary of ${this.answers.nameOf(context)} is active`;
            return this.answers.hang(entry, reason, this.answers.causeOf(context, peer));
        }
        const primary = this.peers.at(shard.primary);
        if (world.reach(entry, primary.node) !== 'open') {
            const name = this.answers.nameOf(context);
            const reason = `${primary.name}, the primary of ${name}, does not answer ${peer.name}`;
            return this.answers.hang(entry, reason, whySilent(world, entry, primary.node));
        }
        const why = this.whyPrimaryWaits(context, primary);
        return why === undefined
            ? {
                  outcome: 'ok',
                  node: primary.node,
                  afterMs: met + this.answers.hop(entry, primary.node) + this.toCopies(context, primary),
              }
            : this.answers.hang(entry, why.reason, why.cause);
    }

    /** The copy that the node hands writes to. */
    copies(context: StreamContext, entry: NodeId): readonly NodeId[] {
        const primary = this.answers.shardSeenBy(this.peers.at(entry), context)?.primary;
        return primary === undefined ? [] : [primary];
    }

    /** A primary begins when enough copies are active, and acknowledges when every copy of its group has the write. */
    private whyPrimaryWaits(
        context: StreamContext,
        primary: Peer,
    ): { readonly reason: string; readonly cause: Cause } | undefined {
        const { world } = this.peers;
        const shard = this.answers.shardSeenBy(primary, context);
        if (shard?.primary !== primary.node) {
            const reason = `${primary.name} is not the primary of ${this.answers.nameOf(context)}`;
            return { reason, cause: primary.cause };
        }
        if (this.isBlocked(primary)) {
            return { reason: this.waitsForManager(primary), cause: primary.cause };
        }
        const active = shard.active.length;
        const asked = this.copiesAsked(context);
        if (active < asked) {
            const reason = `${active} of the ${asked} copies that the write waits for are active`;
            return { reason, cause: this.answers.causeOf(context, primary) };
        }
        const silent = this.followers(context, shard).find((node) => !this.takesWrites(primary, node));
        if (silent === undefined) {
            return undefined;
        }
        const holds = shard.active.includes(silent) ? 'holds a copy in sync' : 'gets all writes for its new copy';
        return {
            reason: `${this.peers.at(silent).name} ${holds} and does not answer ${primary.name}`,
            cause: whySilent(world, primary.node, silent),
        };
    }

    private copiesAsked({ settings, shard }: StreamContext): number {
        const known = this.asked.get(settings) ?? new Map<ShardId, number>();
        this.asked.set(settings, known);
        const asked =
            known.get(shard) ??
            activeCopiesAsked(this.peers.context, this.peers.context.topology.shards[shard]!, settings);
        known.set(shard, asked);
        return asked;
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
        const shard = this.answers.shardSeenBy(primary, context);
        const followers = shard === undefined ? [] : this.followers(context, shard);
        return Math.max(0, ...followers.map((node) => this.answers.hop(primary.node, node)));
    }

    private followers({ shard }: StreamContext, state: ShardState): readonly NodeId[] {
        return this.groups.followers(this.peers.positionOf(shard), state);
    }
}
