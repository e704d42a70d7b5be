import type { Attempt, AttemptContext, HandlerId, Point, Steadiness, StreamContext } from '../../../simulator/index.js';
import { parseDuration, type NodeId } from '../../../topology/index.js';
import { waitsForAll } from '../acknowledgement.js';
import { askServer, roundTrip, steadinessOf } from '../../shared/simulation/index.js';
import { NO_LEADER } from './partition.js';
import type { Replication } from './replication.js';
import type { KafkaState, PartitionId } from './state.js';

type Request = Pick<StreamContext, 'client' | 'shard' | 'operation' | 'settings'> &
    Partial<Pick<AttemptContext, 'attempt'>>;

/** What one client believes. */
interface Knowledge {
    /** Up to where it has read the metadata. */
    offset: number;
    /** Partitions of which a request has failed: it asks for their leaders before every request until it hears something new. */
    readonly doubted: Set<PartitionId>;
}

/** A client whose leader failed it asks again for the metadata after so long: `retry.backoff.ms`. */
const RETRY_MS = 100;

/**
 * Producers and consumers: they go to the leader that they know, and ask any broker for the metadata when that one has
 * failed them or what they know has grown old. Of several answers the newest counts, since clients compare epochs. The
 * probe asks before every request.
 */
export class KafkaClients {
    private readonly known = new Map<Point, Knowledge>();
    private readonly planned = new Set<Point>();
    /** When each client asks for the metadata next because it doubts something. */
    private readonly askingAt = new Map<Point, number>();
    /** The broker with the newest metadata that each client reaches, -1 for none; empty when anything has changed. */
    private readonly newest = new Map<Point, NodeId>();
    private readonly onFailure: HandlerId;
    private readonly onRefresh: HandlerId;
    private readonly onOldAge: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly replication: Replication,
    ) {
        this.onFailure = state.world.handler((client, partition) => this.doubt(client, partition));
        this.onRefresh = state.world.handler((client) => this.refresh(client));
        this.onOldAge = state.world.handler((client) => {
            this.planned.delete(client);
            this.refresh(client);
        });
    }

    attempt(context: AttemptContext): Attempt {
        const { world } = this.state;
        const { client, timeoutMs } = context;
        const partition = this.state.partitionOf(context.shard);
        const answer = this.answer(context, partition);
        if (answer.outcome !== 'ok' && !this.asksFirst(client, partition)) {
            const noticedMs = answer.outcome === 'hang' ? timeoutMs : Math.min(answer.afterMs, timeoutMs);
            world.schedule(world.now + noticedMs, this.onFailure, client, partition);
        }
        return answer;
    }

    steadiness(context: StreamContext): Steadiness {
        const partition = this.state.partitionOf(context.shard);
        const first = this.answer(context, partition);
        const mayFindBetter = first.outcome === 'error' && !this.asksFirst(context.client, partition);
        const isStale = first.outcome === 'ok' && first.stale === true;
        return mayFindBetter || isStale ? { kind: 'varies' } : steadinessOf([first]);
    }

    /** Processes, links, or what brokers have read are different now: clients in doubt hear of it when they ask next. */
    changed(): void {
        this.newest.clear();
        const atMs = this.state.world.now + RETRY_MS;
        for (const [client, { doubted }] of this.known) {
            if (doubted.size > 0 && this.askingAt.get(client) !== atMs) {
                this.askingAt.set(client, atMs);
                this.state.world.schedule(atMs, this.onRefresh, client);
            }
        }
    }

    /** Leaders have changed: a client whose requests still succeed learns of it when its metadata has grown old. */
    metadataChanged(): void {
        this.changed();
        const { world, context } = this.state;
        for (const { id, demands } of context.topology.workloads) {
            const client = context.topology.nodes.length + id;
            const isOurs = demands.some(
                ({ target }) => target.kind !== 'workload' && target.cluster === context.cluster.id,
            );
            if (isOurs && !this.planned.has(client)) {
                this.planned.add(client);
                const name = `client ${String(client)} of ${context.cluster.name}`;
                const random = world.stream(name, `age of the metadata at ${String(world.now)}`);
                world.schedule(world.now + random.below(this.maximumAgeMs(client)), this.onOldAge, client);
            }
        }
    }

    // ── One request ────────────────────────────────────────────────────────────

    /** How a request ends that is made now, without any effect. */
    private answer(request: Request, partition: PartitionId): Attempt {
        const { client } = request;
        const { state } = this;
        const { leader } = state.at(this.known.get(client)?.offset ?? 0, partition);
        // A retry follows a failure, after which a client does not trust what it knew.
        const asksFirst = this.asksFirst(client, partition) || (request.attempt ?? 0) > 0;
        if (!asksFirst && leader !== NO_LEADER) {
            return this.ask(request, partition, leader, 0);
        }
        const broker = this.newestFor(client);
        if (broker < 0) {
            const node = state.partitions[partition]!.copies[0]!;
            return { outcome: 'hang', node, reason: 'no broker answers', cause: state.world.lastFault(node) };
        }
        const wayMs = roundTrip(state.world, client, broker);
        const found = state.seenBy(broker, partition).leader;
        if (found === NO_LEADER) {
            const reason = `${state.partitions[partition]!.name} has no leader`;
            return { outcome: 'error', node: broker, afterMs: wayMs, reason };
        }
        return this.ask(request, partition, found, wayMs);
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
                const cause = Math.max(state.world.lastFault(replica), state.world.lastFault(leader));
                const reason = `${state.nameOf(leader)} waits for ${state.nameOf(replica)}, which counts as in sync and does not fetch`;
                return { outcome: 'hang', node: leader, reason, cause };
            }
            slowest = Math.max(slowest, roundTrip(state.world, leader, replica));
        }
        return { ...answer, afterMs: answer.afterMs + slowest };
    }

    // ── What clients know ──────────────────────────────────────────────────────

    private asksFirst(client: Point, partition: PartitionId): boolean {
        return client === this.state.world.outside || this.known.get(client)?.doubted.has(partition) === true;
    }

    private newestFor(client: Point): NodeId {
        let best = this.newest.get(client);
        if (best === undefined) {
            best = -1;
            for (const broker of this.state.brokers) {
                const isOpen = this.state.runs(broker) && this.state.world.reach(client, broker) === 'open';
                if (isOpen && (best < 0 || this.state.offsetOf(broker) > this.state.offsetOf(best))) {
                    best = broker;
                }
            }
            this.newest.set(client, best);
        }
        return best;
    }

    private doubt(client: Point, partition: PartitionId): void {
        const { doubted } = this.of(client);
        if (!doubted.has(partition)) {
            doubted.add(partition);
            this.state.world.changed([this.state.partitions[partition]!.id]);
        }
    }

    private refresh(client: Point): void {
        const known = this.of(client);
        const broker = this.newestFor(client);
        if (broker >= 0) {
            const offset = Math.max(known.offset, this.state.offsetOf(broker));
            const news = this.state.changedBetween(known.offset, offset);
            this.state.world.changed(this.state.shardsOf([...news, ...known.doubted]));
            known.offset = offset;
            known.doubted.clear();
        }
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
        const known = this.known.get(client) ?? { offset: 0, doubted: new Set<PartitionId>() };
        this.known.set(client, known);
        return known;
    }
}
