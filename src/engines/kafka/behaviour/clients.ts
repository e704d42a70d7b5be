import type { Attempt, AttemptContext, HandlerId, Point, Steadiness, StreamContext } from '../../../simulator/index.js';
import { parseDuration, type NodeId } from '../../../topology/index.js';
import { waitsForAll } from '../acknowledgement.js';
import { askServer, roundTrip, steadinessOf } from '../../shared/simulation/index.js';
import { NO_LEADER } from './partition.js';
import type { Replication } from './replication.js';
import type { KafkaState, PartitionId } from './state.js';

type Request = Pick<StreamContext, 'client' | 'shard' | 'operation' | 'settings'>;

/** What one client believes. */
interface Knowledge {
    /** The leader of each partition, where it is not the first listed replica any more. */
    readonly leaders: Map<PartitionId, NodeId>;
    /** Partitions whose leader failed it: it asks for the leader before every request. */
    readonly doubts: Set<PartitionId>;
}

/**
 * Producers and consumers: they go to the leader that they know, and ask any broker for the metadata when that one has
 * failed them or what they know has grown old. Of several answers the one with the newest leader counts, since clients
 * compare epochs. The probe asks before every request.
 */
export class KafkaClients {
    private readonly known = new Map<Point, Knowledge>();
    private readonly refreshPlanned = new Set<Point>();
    private readonly onFailure: HandlerId;
    private readonly onRefresh: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly replication: Replication,
    ) {
        this.onFailure = state.world.handler((client, partition) => this.doubt(client, partition));
        this.onRefresh = state.world.handler((client) => this.refresh(client));
    }

    attempt(context: AttemptContext): Attempt {
        const { world } = this.state;
        const partition = this.state.partitionOf(context.shard);
        const answer = this.answer(context, partition);
        if (context.client === world.outside) {
            return answer;
        }
        if (answer.outcome === 'ok') {
            this.trust(context.client, partition, answer.node);
        } else {
            const noticedMs =
                answer.outcome === 'hang' ? context.timeoutMs : Math.min(answer.afterMs, context.timeoutMs);
            world.schedule(world.now + noticedMs, this.onFailure, context.client, partition);
        }
        return answer;
    }

    steadiness(context: StreamContext): Steadiness {
        const partition = this.state.partitionOf(context.shard);
        const first = this.answer(context, partition);
        if (first.outcome === 'error' && !this.asksFirst(context.client, partition)) {
            return { kind: 'varies' };
        }
        return first.outcome === 'ok' && first.stale === true ? { kind: 'varies' } : steadinessOf([first]);
    }

    /** Leaders have changed: a client whose requests still succeed learns of it when it asks for the metadata next. */
    metadataChanged(): void {
        const { topology, cluster } = this.state.context;
        for (const { id, demands } of topology.workloads) {
            if (demands.some(({ target }) => target.kind !== 'workload' && target.cluster === cluster.id)) {
                this.planRefresh(topology.nodes.length + id);
            }
        }
    }

    // ── One request ────────────────────────────────────────────────────────────

    /** How a request ends that is made now, without any effect. */
    private answer(request: Request, partition: PartitionId): Attempt {
        const { client } = request;
        let leader = this.leaderKnownTo(client, partition);
        let wayMs = 0;
        if (this.asksFirst(client, partition)) {
            const found = this.newestLeader(client, partition);
            if (found === undefined) {
                const cause = this.state.world.lastFault(leader);
                return { outcome: 'hang', node: leader, reason: 'no broker answers', cause };
            }
            wayMs = roundTrip(this.state.world, client, found.broker);
            if (found.leader === NO_LEADER) {
                const reason = `${this.state.partitions[partition]!.name} has no leader`;
                return { outcome: 'error', node: found.broker, afterMs: wayMs, reason };
            }
            leader = found.leader;
        }
        return this.ask(request, partition, leader, wayMs);
    }

    private ask(request: Request, partition: PartitionId, node: NodeId, wayMs: number): Attempt {
        const { state } = this;
        const answer = askServer(state.world, request.client, node, wayMs, -1);
        if (answer.outcome !== 'ok') {
            return answer;
        }
        const { afterMs } = answer;
        const name = state.nameOf(node);
        if (!state.runs(node)) {
            return { outcome: 'error', node, afterMs, reason: `${name} has not joined the cluster yet` };
        }
        if (state.seenBy(node, partition).leader !== node) {
            return { outcome: 'error', node, afterMs, reason: `${name} answers NOT_LEADER_OR_FOLLOWER` };
        }
        if (request.operation === 'read') {
            return this.replication.isOvertaken(partition, node) ? { ...answer, stale: true } : answer;
        }
        return waitsForAll(request.settings) ? this.replicate(partition, node, answer) : answer;
    }

    /** A write that waits for every in-sync replica, as its leader knows them. */
    private replicate(partition: PartitionId, leader: NodeId, answer: Extract<Attempt, { outcome: 'ok' }>): Attempt {
        const { state } = this;
        const { isr } = state.seenBy(leader, partition);
        const { needed } = state.ground(partition);
        if (isr.length < needed) {
            const reason = `${state.nameOf(leader)} answers NOT_ENOUGH_REPLICAS: ${String(isr.length)} in sync, ${String(needed)} needed`;
            return { outcome: 'error', node: leader, afterMs: answer.afterMs, reason };
        }
        let slowest = 0;
        for (const replica of isr) {
            if (replica === leader) {
                continue;
            }
            if (!this.replication.follows(partition, replica, leader)) {
                const reason = `${state.nameOf(leader)} waits for ${state.nameOf(replica)}, which counts as in sync and does not fetch`;
                return { outcome: 'hang', node: leader, reason, cause: state.world.lastFault(replica) };
            }
            slowest = Math.max(slowest, roundTrip(state.world, leader, replica));
        }
        return { ...answer, afterMs: answer.afterMs + slowest };
    }

    // ── What clients know ──────────────────────────────────────────────────────

    private asksFirst(client: Point, partition: PartitionId): boolean {
        return client === this.state.world.outside || this.known.get(client)?.doubts.has(partition) === true;
    }

    private leaderKnownTo(client: Point, partition: PartitionId): NodeId {
        return this.known.get(client)?.leaders.get(partition) ?? this.state.partitions[partition]!.copies[0]!;
    }

    /** What the brokers that answer this client have for the partition's leader; the newest counts. */
    private newestLeader(
        client: Point,
        partition: PartitionId,
    ): { readonly broker: NodeId; readonly leader: NodeId } | undefined {
        let best: { readonly broker: NodeId; readonly leader: NodeId; readonly epoch: number } | undefined;
        for (const broker of this.state.brokers) {
            if (this.state.runs(broker) && this.state.world.reach(client, broker) === 'open') {
                const { leader, epoch } = this.state.seenBy(broker, partition);
                best = epoch > (best?.epoch ?? 0) ? { broker, leader, epoch } : best;
            }
        }
        return best;
    }

    private trust(client: Point, partition: PartitionId, leader: NodeId): void {
        const known = this.of(client);
        if (known.doubts.has(partition) || this.leaderKnownTo(client, partition) !== leader) {
            known.doubts.delete(partition);
            known.leaders.set(partition, leader);
            this.state.world.changed();
        }
    }

    private doubt(client: Point, partition: PartitionId): void {
        const known = this.of(client);
        if (!known.doubts.has(partition)) {
            known.doubts.add(partition);
            this.state.world.changed();
        }
    }

    private planRefresh(client: Point): void {
        const { world, context } = this.state;
        if (!this.refreshPlanned.has(client)) {
            this.refreshPlanned.add(client);
            const random = world.stream(
                `client ${String(client)} of ${context.cluster.name}`,
                `metadata after ${String(world.now)}`,
            );
            world.schedule(world.now + random.below(this.maximumAgeMs(client)), this.onRefresh, client);
        }
    }

    private refresh(client: Point): void {
        this.refreshPlanned.delete(client);
        const { leaders } = this.of(client);
        for (let partition = 0; partition < this.state.partitions.length; partition++) {
            const leader = this.newestLeader(client, partition)?.leader ?? NO_LEADER;
            if (leader !== NO_LEADER) {
                leaders.set(partition, leader);
            }
        }
        this.state.world.changed();
    }

    private maximumAgeMs(client: Point): number {
        const { context } = this.state;
        const { topology } = context;
        const workload = topology.workloads[client - topology.nodes.length];
        const written = workload?.demands
            .flatMap(({ settings }) => settings)
            .findLast(({ key }) => key === 'metadata.max.age.ms')?.values[0];
        const own = written?.kind === 'number' ? (parseDuration(written.text) ?? written.value) : undefined;
        return Math.max(1, own ?? context.duration('metadata.max.age.ms'));
    }

    private of(client: Point): Knowledge {
        const known = this.known.get(client) ?? { leaders: new Map(), doubts: new Set() };
        this.known.set(client, known);
        return known;
    }
}
