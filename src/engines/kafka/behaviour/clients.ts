import type {
    Attempt,
    AttemptContext,
    HandlerId,
    NodeOrNone,
    Point,
    Steadiness,
    StreamContext,
} from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { roundTrip, steadinessOf } from '../../shared/simulation/index.js';
import type { LeaderAnswers, Request } from './answers.js';
import { maximumAgeMs } from './metadata-age.js';
import { NO_LEADER } from './partition.js';
import type { Producers } from './producers.js';
import type { KafkaState, PartitionId } from './state.js';

/** What one client believes. */
interface Knowledge {
    /** Up to where it has read the metadata. */
    offset: number;
    /** Partitions of which a request has failed: it asks for their leaders before every request until it hears something new. */
    readonly doubted: Set<PartitionId>;
    /** How long it waits for an answer about each partition, and when a leader that had held requests last answered them. */
    readonly waits: Map<PartitionId, number>;
    readonly answered: Map<PartitionId, number>;
    /** Who has failed it last. */
    distrusts: NodeId;
}

/** A client whose leader failed it asks again for the metadata after so long: `retry.backoff.ms`. */
const RETRY_MS = 100;

/**
 * Producers and consumers as patient as every client: they go to the leader that they know, and ask some other broker for the
 * metadata when that one has failed them, or any when what they know has grown old. What that broker believes they believe, if
 * it is newer than what they knew, since they compare epochs. The probe asks before every request, whoever knows most.
 */
export class KafkaClients {
    private readonly known = new Map<Point, Knowledge>();
    private readonly planned = new Set<Point>();
    /** When each client asks for the metadata next because it doubts something. */
    private readonly askingAt = new Map<Point, number>();
    /** The broker that each client would ask for the metadata, -1 for none; empty when anything has changed. */
    private readonly advisers = new Map<Point, NodeId>();
    /** The brokers that each client reaches; empty when anything has changed. */
    private readonly open = new Map<Point, readonly NodeId[]>();
    /** The same of one outside all places, by node: 1 if it does, 2 if not, 0 where it has not been asked. */
    private readonly openOutside: Uint8Array;
    /** Whether all brokers that run have read the same metadata; undefined when anything has changed. */
    private brokersAgree: boolean | undefined;
    private readonly onFailure: HandlerId;
    private readonly onSilence: HandlerId;
    private readonly onRefresh: HandlerId;
    private readonly onOldAge: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly answers: LeaderAnswers,
        private readonly producers: Producers,
    ) {
        this.openOutside = new Uint8Array(state.context.topology.nodes.length);
        this.onFailure = state.world.handler((client, key) => this.doubt(client, key));
        this.onSilence = state.world.handler((client, key) => {
            const partition = Math.floor(key / state.context.topology.nodes.length);
            const { waits, answered } = this.of(client);
            const sentMs = state.world.now - (waits.get(partition) ?? 0);
            if ((answered.get(partition) ?? Number.NEGATIVE_INFINITY) < sentMs) {
                this.doubt(client, key);
            }
        });
        this.onRefresh = state.world.handler((client) => this.refresh(client));
        this.onOldAge = state.world.handler((client) => this.growOld(client));
    }

    attempt(context: AttemptContext): Attempt {
        const own = this.producers.attempt(context);
        if (own !== undefined) {
            return own;
        }
        const { world } = this.state;
        const { client, timeoutMs, held } = context;
        const partition = this.state.partitionOf(context.shard);
        const answer =
            held === undefined ? this.answer(context, partition) : this.answers.ask(context, partition, held, 0);
        if (context.final === true) {
            return answer;
        }
        if (held === undefined && this.asks(context, partition)) {
            this.learn(client, this.adviserOf(client));
        }
        if (answer.outcome === 'error') {
            const noticedMs = Math.min(answer.afterMs, timeoutMs);
            world.schedule(world.now + noticedMs, this.onFailure, client, this.keyOf(partition, answer.node));
        } else if (answer.outcome === 'hang' && held === undefined) {
            this.of(client).waits.set(partition, timeoutMs);
            world.schedule(world.now + timeoutMs, this.onSilence, client, this.keyOf(partition, answer.node));
        } else if (answer.outcome === 'ok' && held !== undefined) {
            this.of(client).answered.set(partition, world.now);
            const cause = this.state.causeOf(held, partition);
            return cause < 0 ? answer : { ...answer, cause };
        }
        return answer;
    }

    steadiness(context: StreamContext): Steadiness {
        const own = this.producers.steadiness(context);
        if (own !== undefined) {
            return own;
        }
        const partition = this.state.partitionOf(context.shard);
        const first = this.answer(context, partition);
        const mayFindBetter = first.outcome === 'error' && !this.asksFirst(context.client, partition);
        const isStale = first.outcome === 'ok' && first.stale === true;
        return mayFindBetter || isStale ? { kind: 'varies' } : steadinessOf([first]);
    }

    /** Processes, links, or what brokers have read are different now: clients in doubt hear of it when they ask next. */
    changed(): void {
        this.advisers.clear();
        this.open.clear();
        this.openOutside.fill(0);
        this.brokersAgree = undefined;
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

    /** Whether the broker would answer a client outside all places. */
    isServedBy(broker: NodeId): boolean {
        if (this.openOutside[broker] === 0) {
            this.openOutside[broker] = this.isOpen(this.state.world.outside, broker) ? 1 : 2;
        }
        return this.openOutside[broker] === 1;
    }

    // ── One request ────────────────────────────────────────────────────────────

    /** How a request ends that is made now, without any effect. */
    private answer(request: Request & { readonly attempt?: number }, partition: PartitionId): Attempt {
        const { client } = request;
        const { state } = this;
        const known = this.known.get(client)?.offset ?? 0;
        const { leader } = state.at(known, partition);
        const asksFirst = this.asks(request, partition);
        if (!asksFirst && leader !== NO_LEADER) {
            return this.answers.ask(request, partition, leader, 0);
        }
        const broker = this.adviserOf(client);
        if (broker < 0) {
            return this.hang();
        }
        const wayMs = roundTrip(state.world, client, broker);
        const found = state.at(Math.max(known, state.offsetOf(broker)), partition).leader;
        if (found === NO_LEADER) {
            const reason = `${state.titleOf(partition)} has no leader`;
            return { outcome: 'error', node: broker, afterMs: wayMs, reason };
        }
        return this.answers.ask(request, partition, found, wayMs);
    }

    /** Nobody is left to be asked, because of what befell the last of them. */
    private hang(): Attempt {
        const { state } = this;
        const [first, ...others] = state.brokers;
        const node = others.reduce((last, each) => (state.blameOf(each) > state.blameOf(last) ? each : last), first!);
        return { outcome: 'hang', node, reason: 'no broker answers', cause: state.blameOf(node) };
    }

    // ── What clients know ──────────────────────────────────────────────────────

    /** A retry follows a failure, after which a client does not trust what it knew. */
    private asks({ client, attempt = 0 }: Request & { readonly attempt?: number }, partition: PartitionId): boolean {
        return attempt > 0 || this.asksFirst(client, partition);
    }

    private asksFirst(client: Point, partition: PartitionId): boolean {
        return client === this.state.world.outside || this.known.get(client)?.doubted.has(partition) === true;
    }

    /** The broker that the client asks for the metadata: of those that it reaches and that have not just failed it, any. */
    private adviserOf(client: Point): NodeId {
        let adviser = this.advisers.get(client);
        if (adviser === undefined) {
            const open = this.openTo(client);
            const distrusted = this.known.get(client)?.distrusts;
            const isTrusted = (broker: NodeId): boolean => open.length === 1 || broker !== distrusted;
            adviser = this.allAgree() ? open.find(isTrusted) : this.anyOf(client, open.filter(isTrusted));
            this.advisers.set(client, adviser ?? -1);
        }
        return adviser ?? -1;
    }

    private agree(brokers: readonly NodeId[]): boolean {
        return brokers.every((broker) => this.state.offsetOf(broker) === this.state.offsetOf(brokers[0]!));
    }

    private allAgree(): boolean {
        this.brokersAgree ??= this.agree(this.state.brokers.filter((broker) => this.state.runs(broker)));
        return this.brokersAgree;
    }

    /** Brokers that run and that the client reaches. */
    private openTo(client: Point): readonly NodeId[] {
        const open = this.open.get(client) ?? this.state.brokers.filter((broker) => this.isOpen(client, broker));
        this.open.set(client, open);
        return open;
    }

    private isOpen(client: Point, broker: NodeId): boolean {
        return this.state.runs(broker) && this.state.world.reach(client, broker) === 'open';
    }

    /** The first where it makes no difference. The probe is no client: it asks whoever knows most. */
    private anyOf(client: Point, brokers: readonly NodeId[]): NodeId | undefined {
        const { state } = this;
        if (this.agree(brokers)) {
            return brokers[0];
        }
        if (client === state.world.outside) {
            return brokers.toSorted((one, other) => state.offsetOf(other) - state.offsetOf(one))[0];
        }
        const name = `client ${String(client)} of ${state.context.cluster.name}`;
        const random = state.world.stream(name, `broker asked for the metadata at ${String(state.world.now)}`);
        return brokers[random.below(brokers.length)];
    }

    /** A partition and who has failed a request to it, as one number. */
    private keyOf(partition: PartitionId, node: NodeOrNone): number {
        return partition * this.state.context.topology.nodes.length + Math.max(0, node);
    }

    private doubt(client: Point, key: number): void {
        const known = this.of(client);
        const nodes = this.state.context.topology.nodes.length;
        const [partition, node] = [Math.floor(key / nodes), key % nodes];
        const { leader } = this.state.at(known.offset, partition);
        if (leader !== NO_LEADER && leader !== node && !known.doubted.has(partition)) {
            // It has heard of another leader since it asked this one.
            return;
        }
        const isNew = !known.doubted.has(partition);
        known.distrusts = node;
        known.doubted.add(partition);
        // Another broker may know more than the one that was asked.
        if (isNew || !this.allAgree()) {
            this.advisers.delete(client);
            this.state.world.changed([this.state.partitions[partition]!.id]);
        }
    }

    private refresh(client: Point): void {
        const broker = this.adviserOf(client);
        if (broker >= 0) {
            const { doubted } = this.of(client);
            this.state.world.changed(this.state.shardsOf(doubted));
            doubted.clear();
            this.learn(client, broker);
        }
    }

    /** What the broker believes the client believes, if it is news. The probe believes nothing for longer than a request. */
    private learn(client: Point, broker: NodeId): void {
        const { state } = this;
        const known = this.of(client);
        if (broker < 0 || client === state.world.outside || state.offsetOf(broker) <= known.offset) {
            return;
        }
        const news = state.changedBetween(known.offset, state.offsetOf(broker));
        known.offset = state.offsetOf(broker);
        news.forEach((partition) => known.doubted.delete(partition));
        state.world.changed(state.shardsOf(news));
    }

    /** The client asks anybody, since nobody has failed it; if that one knows nothing new, again when as much time has passed. */
    private growOld(client: Point): void {
        const { world, committed } = this.state;
        this.of(client).distrusts = NO_LEADER;
        this.advisers.delete(client);
        this.refresh(client);
        if (this.of(client).offset < committed) {
            world.schedule(world.now + this.maximumAgeMs(client), this.onOldAge, client);
        } else {
            this.planned.delete(client);
        }
    }

    private maximumAgeMs(client: Point): number {
        const { context } = this.state;
        const workload = context.topology.workloads[client - context.topology.nodes.length];
        return maximumAgeMs(context, workload?.demands.flatMap(({ settings }) => settings) ?? []);
    }

    private of(client: Point): Knowledge {
        const known = this.known.get(client) ?? {
            offset: 0,
            doubted: new Set<PartitionId>(),
            waits: new Map<PartitionId, number>(),
            answered: new Map<PartitionId, number>(),
            distrusts: NO_LEADER,
        };
        this.known.set(client, known);
        return known;
    }
}
