/** Copies that are being made: each node sends and receives one at a time, as fast as the throttle allows. */
import type { Cause, HandlerId } from '../../../simulator/index.js';
import {
    duration,
    figure,
    setDuration,
    shardTitle,
    type Member,
    type NodeId,
    type ShardId,
} from '../../../topology/index.js';
import { restOnSetting } from '../../shared/assumed.js';
import { ASSUMED_CATCH_UP, ASSUMED_SHARD_SIZE, RECOVERY_RATE } from '../settings/allocation.js';
import type { ClusterState, ShardState } from './cluster-state.js';
import type { Disks } from './disks.js';
import type { Peer, Peers } from './peers.js';
import type { ReplicationGroups } from './replication-groups.js';

interface Job {
    readonly id: number;
    readonly position: number;
    readonly node: NodeId;
    /** Where the data comes from; undefined: from the node's own disk. */
    source: NodeId | undefined;
    phase: 'queued' | 'copying' | 'done';
    turn: number;
    /** Since when it has waited only for one of the two nodes to be done with another copy. */
    waitsSinceMs?: number | undefined;
    /** What led to it. */
    cause: Cause;
}

export class Copying {
    private readonly jobs = new Map<number, Job>();
    private readonly finish: HandlerId;
    private nextId = 0;
    private readonly members: ReadonlyMap<NodeId, Member>;
    private shards: readonly ShardState[] = [];

    constructor(
        private readonly peers: Peers,
        private readonly disks: Disks,
        private readonly groups: ReplicationGroups,
        /** The node tells the manager; whether it could. */
        private readonly copied: (peer: Peer, position: number, cause: Cause) => void,
        /** The shard's writes go to one more copy. */
        private readonly tracked: (shard: ShardId) => void,
    ) {
        this.finish = peers.world.handler((id, turn) => this.onFinish(id, turn));
        this.members = new Map(peers.context.cluster.members.map((member) => [member.node, member]));
    }

    /** The state that counts: copies that begin in it are made, those that are gone from it are given up. */
    committed({ shards }: ClusterState, cause: Cause): void {
        const known = new Set<string>();
        for (const job of [...this.jobs.values()]) {
            if (isBegun(shards[job.position], job.node)) {
                known.add(`${job.position} ${job.node}`);
            } else {
                this.giveUp(job, shards[job.position], cause);
            }
        }
        shards.forEach((shard, position) => {
            if (shard === this.shards[position]) {
                return;
            }
            for (const { node } of shard.copies.filter(({ state }) => state === 'initializing')) {
                if (!known.has(`${position} ${node}`)) {
                    const id = this.nextId++;
                    this.groups.forget(position, node);
                    this.jobs.set(id, { id, position, node, source: undefined, phase: 'queued', turn: 0, cause });
                }
            }
        });
        this.shards = shards;
        this.pump();
    }

    isQueued(position: number, node: NodeId): boolean {
        return [...this.jobs.values()].some(
            (job) => job.position === position && job.node === node && job.phase === 'queued',
        );
    }

    private giveUp(job: Job, shard: ShardState | undefined, cause: Cause): void {
        this.jobs.delete(job.id);
        const { id } = this.peers.shards[job.position]!;
        const name = shardTitle(this.peers.context.topology, id);
        const other = shard?.copies.find(
            ({ node, state }) => state === 'initializing' && this.disks.has(job.position, node),
        );
        const isReplaced = job.phase === 'copying' && other !== undefined && this.canCopy(job, job.source);
        if (isReplaced && job.source !== undefined && shard?.primary === job.source) {
            const text = `${this.peers.at(job.node).name} stops copying ${name}: ${this.peers.at(other.node).name} is back with the same data`;
            this.peers.world.record({ kind: 'state', text, cause, node: job.node, peer: other.node, shard: id });
        }
    }

    /** Hosts or links have changed: what cannot go on waits, what can begins. */
    review(): void {
        for (const job of this.jobs.values()) {
            if (job.phase === 'copying' && !this.canCopy(job, job.source)) {
                Object.assign(job, { phase: 'queued', turn: job.turn + 1 });
            }
        }
        this.pump();
    }

    /** A node that has a manager again tells it what has been copied meanwhile. */
    report(peer: Peer): void {
        for (const job of this.jobs.values()) {
            if (job.node === peer.node && job.phase === 'done') {
                this.copied(peer, job.position, job.cause);
            }
        }
    }

    /** What is found on the node's own disk is soon up to date; whole copies take turns. */
    private pump(): void {
        const busy = this.busyNodes();
        for (const job of this.jobs.values()) {
            const source = this.shards[job.position]?.primary;
            if (job.phase !== 'queued' || !this.canCopy(job, source)) {
                continue;
            }
            if (source === undefined || this.disks.has(job.position, job.node)) {
                this.begin(job, source);
            } else if (!busy.has(job.node) && !busy.has(source)) {
                busy.add(job.node).add(source);
                this.begin(job, source);
            } else {
                job.waitsSinceMs ??= this.peers.world.now;
            }
        }
    }

    /** Nodes that send or receive a whole copy. */
    private busyNodes(): Set<NodeId> {
        const busy = new Set<NodeId>();
        for (const { phase, position, node, source } of this.jobs.values()) {
            if (phase === 'copying' && source !== undefined && !this.disks.has(position, node)) {
                busy.add(node).add(source);
            }
        }
        return busy;
    }

    private begin(job: Job, source: NodeId | undefined): void {
        const { world } = this.peers;
        Object.assign(job, { phase: 'copying', source, turn: job.turn + 1 });
        world.schedule(world.now + this.durationMs(job), this.finish, job.id, job.turn);
        if (this.disks.has(job.position, job.node)) {
            this.track(job);
        }
        const { id } = this.peers.shards[job.position]!;
        const name = shardTitle(this.peers.context.topology, id);
        const peer = this.peers.at(job.node);
        const what =
            source === undefined
                ? `recovers ${name} from its own disk`
                : this.disks.has(job.position, job.node)
                  ? `catches up with ${this.peers.at(source).name} on ${name}`
                  : `copies ${name} from ${this.peers.at(source).name}`;
        const text = `${peer.name} ${what}${this.waited(job)}`;
        job.waitsSinceMs = undefined;
        job.cause = world.record({ kind: 'recovery', text, cause: job.cause, node: job.node, shard: id });
    }

    /** Whoever has joined meanwhile wonders why the copy is not made there: that was decided before. */
    private waited({ waitsSinceMs = Infinity }: Job): string {
        const ms = this.peers.world.now - waitsSinceMs;
        return ms > 0 ? `, after waiting ${setDuration(ms)} for its turn` : '';
    }

    private onFinish(id: number, turn: number): void {
        const job = this.jobs.get(id);
        if (job?.turn !== turn || job.phase !== 'copying') {
            return;
        }
        job.phase = 'done';
        this.track(job);
        this.copied(this.peers.at(job.node), job.position, job.cause);
        this.pump();
    }

    private track({ position, node }: Job): void {
        this.groups.track(position, node);
        this.tracked(this.peers.shards[position]!.id);
    }

    private canCopy({ node }: Job, source: NodeId | undefined): boolean {
        const { world } = this.peers;
        return (
            world.process(node) === 'running' &&
            (source === undefined || (world.process(source) === 'running' && this.peers.linked(node, source)))
        );
    }

    private durationMs({ position, node, source }: Job): number {
        const { context, shards, world } = this.peers;
        if (source === undefined || this.disks.has(position, node)) {
            const takesMs = context.duration(ASSUMED_CATCH_UP);
            const fact = `A copy whose files are there is up to date after ${setDuration(takesMs)}`;
            restOnSetting(world, context, ASSUMED_CATCH_UP, fact);
            return takesMs;
        }
        const rates = [node, source].map((end) => context.number(RECOVERY_RATE, { member: this.members.get(end)! }));
        const at = { shard: shards[position]! };
        const bytes = context.number(ASSUMED_SHARD_SIZE, at);
        const takesMs = Math.ceil((1000 * bytes) / Math.min(...rates));
        const fact = `A shard holds ${figure(bytes / 1024 ** 3)} GiB, so that a new copy takes ${duration(takesMs)}`;
        restOnSetting(world, context, ASSUMED_SHARD_SIZE, fact, at);
        return takesMs;
    }
}

function isBegun(shard: ShardState | undefined, wanted: NodeId): boolean {
    return shard?.copies.some(({ node, state }) => node === wanted && state === 'initializing') === true;
}
