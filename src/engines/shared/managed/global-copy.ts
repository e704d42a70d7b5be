/** A cluster that is an asynchronous copy of another Region's, until somebody promotes it. */
import type { Cause, ClusterBehaviour, HandlerId, World } from '../../../simulator/index.js';
import type { Cluster, Replication, ShardId } from '../../../topology/index.js';
import { drawDelay, type ManagedDelay } from './delays.js';
import { Followers } from './followers.js';
import { anyConnected, presence } from './regions.js';

/** Lag of a copy whose file gives none: an assumption, since AWS documents it as usually below. */
export const ASSUMED_LAG_MS = 1000;

/** A cluster that another Region's copy can take over from. */
export interface Supersedable {
    /**
     * Another cluster has been promoted in its place: it takes no writes any more as soon as it can be told. Returns false if one
     * has been before.
     *
     * @param canBeTold whether the new one reaches it now
     */
    supersede(canBeTold: () => boolean, cause: Cause): boolean;
}

export interface GlobalCopyHooks {
    /** Whether what the primary writes leaves its Region and arrives here. */
    flows(): boolean;
    /** Takes writes from now on; false: no node lives that could. */
    activate(cause: Cause): boolean;
}

export class GlobalCopy {
    /** Whether the cluster follows another and takes no writes. */
    isCopy = true;
    private readonly followers: Followers;
    private readonly shards: readonly ShardId[];
    private readonly lagMs: number;
    private readonly due: HandlerId;
    private readonly look: HandlerId;
    private ordered: Cause | undefined;
    /** The order is carried out, as soon as a node lives that could lead. */
    private waiting = false;
    /** What each shard of the primary had counted one lag before the promotion. */
    private arrivedLast: readonly number[] = [];
    /** Writes of each of the primary's shards that have been counted: those that had arrived, and those that are lost. */
    private settled: number[] | undefined;

    constructor(
        private readonly world: World,
        replication: Replication,
        readonly primary: Cluster,
        private readonly delay: ManagedDelay,
        private readonly hooks: GlobalCopyHooks,
    ) {
        this.shards = primary.shards;
        this.lagMs = replication.lagMs ?? ASSUMED_LAG_MS;
        this.followers = new Followers(world, {
            copies: this.shards.length,
            lagMs: () => this.lagMs,
            count: (copy) => this.acknowledged(copy),
            flows: () => hooks.flows(),
        });
        this.due = world.handler(() => this.onDue());
        this.look = world.handler(() => this.noteArrived());
    }

    start(): void {
        this.followers.start();
    }

    review(): void {
        if (!this.isCopy) {
            return;
        }
        this.followers.review();
        if (this.waiting) {
            this.takeOver();
        }
    }

    /** Whether a read misses writes that the primary acknowledged: while they come, always those of one lag. */
    isBehind(shard: number, writeEveryMs: number): boolean {
        return this.followers.isCutOff(shard)
            ? this.followers.has(shard) < this.acknowledged(shard)
            : this.lagMs >= writeEveryMs && this.primaryLeads(shard);
    }

    /** Whether the next write of the primary makes reads here stale. */
    isAboutToMiss(shard: number): boolean {
        return this.followers.isAboutToMiss(shard) && this.primaryLeads(shard);
    }

    promote(cause: Cause): void {
        if (!this.isCopy || this.ordered !== undefined) {
            const text = this.isCopy
                ? `${this.world.cluster.name} is being promoted already`
                : `${this.world.cluster.name} takes writes already`;
            this.world.record({ kind: 'state', text, cause });
            return;
        }
        const { now } = this.world;
        this.ordered = cause;
        const at =
            now + drawDelay(this.world, this.delay, this.world.stream(this.world.cluster.name, `promotion at ${now}`));
        this.world.schedule(Math.max(now, at - this.lagMs), this.look);
        this.world.schedule(at, this.due);
    }

    /** What the former primary went on acknowledging is lost, too. */
    finish(): void {
        this.loseMore(this.ordered ?? -1);
    }

    private noteArrived(): void {
        this.arrivedLast = this.shards.map((_, shard) => this.followers.has(shard));
    }

    private onDue(): void {
        this.waiting = true;
        this.followers.review();
        this.takeOver();
    }

    private takeOver(): void {
        const { cluster, topology } = this.world;
        const ordered = this.ordered ?? -1;
        const former = this.world.behaviourOf(this.primary.id);
        const points = { own: presence(this.world, cluster), theirs: presence(this.world, this.primary) };
        const canBeTold = (): boolean => anyConnected(this.world, points.own, points.theirs);
        this.isCopy = false;
        if (!this.hooks.activate(ordered)) {
            this.isCopy = true;
            return;
        }
        this.waiting = false;
        const cause = this.world.record({
            kind: 'promotion',
            text: `${cluster.name} is promoted and takes writes in the place of ${topology.clusters[this.primary.id]!.name}`,
            cause: ordered,
        });
        if (isSupersedable(former) && former.supersede(canBeTold, cause)) {
            this.settled = this.shards.map((_, shard) =>
                this.followers.isCutOff(shard) ? this.followers.has(shard) : this.arrivedLast[shard]!,
            );
            const reason = `a promotion does not wait for what ${cluster.name} had not got yet`;
            this.shards.forEach((shard) => this.world.mayLose(shard, reason));
            this.loseMore(cause);
        }
        this.world.changed();
    }

    private loseMore(cause: Cause): void {
        this.settled?.forEach((settled, index) => {
            const total = this.acknowledged(index);
            this.world.lose(this.shards[index]!, total - settled, cause);
            this.settled![index] = Math.max(total, settled);
        });
    }

    private primaryLeads(shard: number): boolean {
        return this.world.behaviourOf(this.primary.id).leaders(this.shards[shard]!).length > 0;
    }

    private acknowledged(shard: number): number {
        const id = this.shards[shard]!;
        return this.primary.members.reduce((sum, { node }) => sum + this.world.acknowledged(id, node), 0);
    }
}

function isSupersedable(behaviour: ClusterBehaviour): behaviour is ClusterBehaviour & Supersedable {
    return 'supersede' in behaviour;
}
