import type { Cause } from '../../../simulator/index.js';
import { MIGRATION_DELAY_MS } from '../config.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** The replica leaves one primary for another, whose shard has no replica left. */
type Move = (replica: Peer, from: Peer, to: Peer, shard: number) => void;

/** What a replica counts before it considers to move. */
interface Count {
    /** Replicas of each shard that are not marked as failed. */
    readonly good: Uint16Array;
    /** Shards whose primary lives and lost all of its replicas. */
    readonly orphaned: readonly number[];
    /** The most good replicas that a living primary has. */
    readonly most: number;
}

/** What a node draws for itself. */
interface Identity {
    /** Its name: of the replicas that could move, the one with the smallest does. */
    readonly id: number;
    /** In which order its process looks at the nodes: by their name and this number. */
    readonly hashSeed: number;
}

/**
 * A replica of the primary that has most moves to one that has lost all of its own, so that the next failure finds a
 * successor there, too. Each replica decides by itself, by what it sees; nobody votes.
 *
 * Follows clusterCron and clusterHandleSlaveMigration of Redis 7 (src/cluster.c). Others learn of the move with the next
 * ping of the replica; here they know at once, which makes no difference until a node timeout has passed.
 */
export class ReplicaMigration {
    /** Whether any shard has a replica to give. */
    readonly isPossible: boolean;
    private readonly barrier: number;
    /** Since when the replica has found each shard orphaned, in milliseconds. */
    private readonly orphanedSince = new Map<Peer, ReadonlyMap<number, number>>();
    private readonly identities = new Map<Peer, Identity>();
    /** When the replica looks again if it hears nothing new. */
    private readonly nextMs: Float64Array;

    constructor(
        private readonly state: ClusterState,
        private readonly move: Move,
    ) {
        const { config } = state;
        this.barrier = config.migrationBarrier;
        const most = Math.max(0, ...state.shards.map(({ copies }) => copies.length - 1));
        this.isPossible = config.replicasMove && most >= 2 && most > this.barrier;
        this.nextMs = new Float64Array(state.size).fill(Number.POSITIVE_INFINITY);
    }

    /** A new process has seen nobody orphaned yet. */
    started(peer: Peer): void {
        this.orphanedSince.delete(peer);
    }

    /** What the replica sees has changed. Returns whether its cron should run for that. */
    reconsider(peer: Peer): boolean {
        const isNew = this.nextMs[peer] !== Number.NEGATIVE_INFINITY;
        const concerned = isNew && this.isPossible && !this.state.isPrimary(peer);
        if (concerned) {
            this.nextMs[peer] = Number.NEGATIVE_INFINITY;
        }
        return concerned;
    }

    /** The replica's part of the cron. Returns when it wants the next one: Infinity if nothing but news can change its mind. */
    onCron(replica: Peer): number {
        if (this.state.world.now >= this.nextMs[replica]!) {
            this.nextMs[replica] = this.consider(replica);
        }
        return this.nextMs[replica]!;
    }

    private consider(replica: Peer): number {
        const { state } = this;
        const shard = state.shardOf[replica]!;
        if (shard < 0 || state.isPrimary(replica) || !state.answers(replica)) {
            return Number.POSITIVE_INFINITY;
        }
        const count = this.mayLeave(replica, shard) ? this.count(replica) : undefined;
        if (!count || !hasMost(count, shard)) {
            return Number.POSITIVE_INFINITY;
        }
        const { now } = state.world;
        const before = this.orphanedSince.get(replica);
        const since = new Map(count.orphaned.map((orphan) => [orphan, before?.get(orphan) ?? now]));
        this.orphanedSince.set(replica, since);
        if (this.candidate(replica, count) !== replica) {
            return Number.POSITIVE_INFINITY;
        }
        const target = this.firstOf(replica, count.orphaned);
        const readyMs = since.get(target)! + MIGRATION_DELAY_MS + 1;
        if (now < readyMs) {
            return readyMs;
        }
        this.move(replica, state.ownerSeenBy(replica, shard), state.ownerSeenBy(replica, target), target);
        return Number.POSITIVE_INFINITY;
    }

    private count(observer: Peer): Count {
        const { state } = this;
        const good = new Uint16Array(state.shards.length);
        const orphaned: number[] = [];
        let most = 0;
        for (let shard = 0; shard < good.length; shard++) {
            const replicas = this.replicasBelow(Flag.failed, observer, shard);
            good[shard] = replicas;
            if (state.flag(observer, state.ownerSeenBy(observer, shard)) !== Flag.failed) {
                most = Math.max(most, replicas);
                // A primary that was never given a replica is not taken for orphaned.
                if (replicas === 0 && state.shards[shard]!.copies.length > 1) {
                    orphaned.push(shard);
                }
            }
        }
        return { good, orphaned, most };
    }

    /** Its primary lives and keeps enough replicas. */
    private mayLeave(replica: Peer, shard: number): boolean {
        return (
            this.state.flag(replica, this.state.ownerSeenBy(replica, shard)) !== Flag.failed &&
            this.replicasBelow(Flag.suspected, replica, shard) > this.barrier
        );
    }

    /** Replicas of the shard of which the observer thinks better than that. */
    private replicasBelow(limit: Flag, observer: Peer, shard: number): number {
        const { state } = this;
        const owner = state.ownerSeenBy(observer, shard);
        let count = 0;
        for (const peer of state.holders[shard]!) {
            count += peer !== owner && state.flag(observer, peer) < limit ? 1 : 0;
        }
        return count;
    }

    /** The smallest name among all replicas of the shards that have most. It may have failed: then nobody moves. */
    private candidate(replica: Peer, { good, most }: Count): Peer {
        const { state } = this;
        let candidate = replica;
        good.forEach((replicas, shard) => {
            for (const peer of replicas === most ? state.holders[shard]! : []) {
                candidate =
                    !state.isPrimary(peer) && this.identityOf(peer).id < this.identityOf(candidate).id
                        ? peer
                        : candidate;
            }
        });
        return candidate;
    }

    /** The first in the order in which the process happens to keep the nodes. */
    private firstOf(replica: Peer, shards: readonly number[]): number {
        const { hashSeed } = this.identityOf(replica);
        const place = (shard: number): number =>
            (this.identityOf(this.state.ownerSeenBy(replica, shard)).id ^ hashSeed) >>> 0;
        return shards.reduce((one, other) => (place(other) < place(one) ? other : one));
    }

    private identityOf(peer: Peer): Identity {
        const known = this.identities.get(peer);
        if (known) {
            return known;
        }
        const { context, world } = this.state;
        const stream = world.stream(context.topology.nodes[this.state.nodeOf(peer)]!.qualifiedName, 'node id');
        const identity = { id: stream.below(2 ** 32), hashSeed: stream.below(2 ** 32) };
        this.identities.set(peer, identity);
        return identity;
    }
}

/** Somebody lacks a replica, and nobody has more than this shard. */
function hasMost({ good, orphaned, most }: Count, shard: number): boolean {
    return orphaned.length > 0 && most >= 2 && good[shard] === most;
}

/** Why the shard has no replica left: the last of what the observer learnt about its nodes. */
export function causeOfOrphan(
    state: ClusterState,
    shard: number,
    reasonAbout: (peer: Peer) => Cause,
    promotion: Cause = -1,
): Cause {
    const holders = state.holders[shard]!;
    const told = Math.max(promotion, ...holders.map(reasonAbout));
    return told >= 0 ? told : Math.max(...holders.map((peer) => state.world.lastFault(state.nodeOf(peer))));
}

export function tellMove(state: ClusterState, replica: Peer, from: Peer, to: Peer, shard: number, cause: Cause): void {
    state.world.record({
        kind: 'recovery',
        text: `${state.nameOf(replica)} leaves ${state.nameOf(from)} and becomes a replica of ${state.nameOf(to)}, which had none left for ${state.titleOf(shard)}`,
        cause,
        node: state.nodeOf(replica),
        peer: state.nodeOf(to),
        shard: state.shards[shard]!.id,
    });
}
