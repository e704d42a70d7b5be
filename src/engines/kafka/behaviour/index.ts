import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import { assertNever, type Fault, type NodeId, type NodeSelector, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { LeaderAnswers } from './answers.js';
import { KafkaClients } from './clients.js';
import { ActiveController } from './controller.js';
import { Joining } from './joining.js';
import { PartitionLeaders } from './leaders.js';
import { ControllerQuorum } from './quorum/index.js';
import { Producers } from './producers.js';
import { Replication, type Death } from './replication.js';
import { KafkaState } from './state.js';

/** A Kafka cluster that fails and recovers. */
export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new KafkaBehaviour(context, world);
}

class KafkaBehaviour implements ClusterBehaviour {
    readonly answersBacklog = true;
    readonly lacks = {
        drain: 'Kafka has no such order. `stop node …` takes a broker out as an upgrade does: others lead before it ends (controlled shutdown). That its partitions are moved to other brokers for good (`kafka-reassign-partitions.sh`) is not simulated.',
        promote: 'Kafka has no such order.',
        switchover:
            'Kafka elects the preferred leaders by order with `kafka-leader-election.sh`, which is not simulated yet; it does so by itself every 5 min. `stop node …` of the leader makes another one lead.',
    };
    private readonly state: KafkaState;
    private readonly quorum: ControllerQuorum;
    private readonly controller: ActiveController;
    private readonly replication: Replication;
    private readonly partitionLeaders: PartitionLeaders;
    private readonly joining: Joining;
    private readonly answers: LeaderAnswers;
    private readonly producers: Producers;
    private readonly clients: KafkaClients;
    private readonly controlPlane: ShardId | undefined;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        const { cluster } = context;
        this.state = new KafkaState(context, world);
        this.controlPlane = cluster.controlPlane?.shard;
        this.quorum = new ControllerQuorum(world, this.controlPlane, this.state.controllers, this.state.config.quorum, {
            activated: (cause) => this.activated(cause),
            informedOf: (active) => this.state.brokersAt(active),
            changed: () => {
                this.controller.review();
                this.joining.review();
                this.partitionLeaders.retry();
            },
        });
        this.controller = new ActiveController(this.state, this.quorum, {
            learnt: (broker, from) => this.partitionLeaders.learnt(broker, from),
            delivered: (from) => this.delivered(from),
            unfenced: (broker) => this.unfenced(broker),
        });
        this.replication = new Replication(this.state, {
            attached: (leader) => this.partitionLeaders.planGrowth(leader),
            detached: (leader) => this.partitionLeaders.planCheck(leader),
        });
        this.partitionLeaders = new PartitionLeaders(this.state, this.replication, this.controller);
        this.joining = new Joining(this.state, this.controller, (broker, cause) => this.joined(broker, cause));
        this.answers = new LeaderAnswers(this.state, this.replication);
        this.producers = new Producers(this.state, this.answers);
        this.clients = new KafkaClients(this.state, this.answers, this.producers);
    }

    start(): void {
        this.replication.start();
        this.partitionLeaders.start();
        this.quorum.start();
    }

    finish(): void {
        this.replication.finish();
    }

    attempt(context: AttemptContext): Attempt {
        return this.clients.attempt(context);
    }

    steadiness(context: StreamContext): Steadiness {
        return this.clients.steadiness(context);
    }

    leaders(shard: ShardId): readonly NodeId[] {
        return shard === this.controlPlane
            ? this.quorum.leaders()
            : this.partitionLeaders.of(this.state.partitionOf(shard));
    }

    whyPowerless(shard: ShardId, leader: NodeId): string | undefined {
        return shard === this.controlPlane
            ? this.quorum.whyPowerless(leader)
            : this.answers.whyPowerless(this.state.partitionOf(shard), leader);
    }

    serving(node: NodeId): boolean {
        return this.state.isBroker(node)
            ? this.clients.isServedBy(node)
            : this.world.reach(this.world.outside, node) === 'open';
    }

    fullyReplicated(shards: readonly ShardId[]): boolean {
        return shards
            .map((shard) => this.state.partitionOf(shard))
            .every((partition) => {
                const { leader, isr } = this.state.current(partition);
                const { copies } = this.state.partitions[partition]!;
                return (
                    isr.length === copies.length &&
                    copies.every(
                        (replica) => replica === leader || this.replication.follows(partition, replica, leader),
                    )
                );
            });
    }

    unsupported(fault: Fault): string | undefined {
        return fault.kind === 'wipe' && fault.nodes.some((selector) => this.mayBeController(selector))
            ? 'a controller without its disk must not vote until it has been told to, and whether it can be depends on the version. Only the disks of brokers are.'
            : undefined;
    }

    private mayBeController(selector: NodeSelector): boolean {
        const { brokers, controllers } = this.state;
        return selector.kind === 'node'
            ? controllers.includes(selector.node)
            : selector.of.kind === 'cluster' || brokers.some((broker) => controllers.includes(broker));
    }

    slowestLink(one: NodeId, other: NodeId): number {
        const { controllers, config } = this.state;
        return controllers.includes(one) || controllers.includes(other)
            ? config.slowestToControllersMs
            : config.slowestFetchMs;
    }

    // ── What befalls the nodes ─────────────────────────────────────────────────

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        if (this.state.isBroker(node)) {
            this.brokerChanged(node, change, cause);
        }
        this.quorum.hostChanged(node, change, cause);
        this.controller.review(change === 'unfrozen' ? node : undefined);
        this.joining.review();
        this.producers.reachChanged(change === 'started' ? node : undefined);
        this.clients.changed();
        this.world.changed();
    }

    private brokerChanged(broker: NodeId, change: HostChange, cause: Cause): void {
        switch (change) {
            case 'failed':
            case 'crashed':
                this.died(broker, change === 'failed' ? 'power' : 'crash', cause);
                break;
            case 'stopped':
                this.stopped(broker, cause);
                break;
            case 'started':
                this.state.ended[broker] = 0;
                this.joining.started(broker, cause);
                break;
            case 'frozen':
                this.replication.reviewBroker(broker);
                break;
            case 'unfrozen':
                if (this.state.emptied[broker] === 1) {
                    this.wiped(broker, cause);
                }
                this.replication.reviewBroker(broker);
                this.partitionLeaders.unfrozen(broker);
                break;
            case 'wiped':
                this.wiped(broker, cause);
                break;
            default:
                assertNever(change);
        }
    }

    private stopped(broker: NodeId, cause: Cause): void {
        const { context, ended } = this.state;
        if (ended[broker] === 1) {
            return;
        }
        if (context.boolean('controlled.shutdown.enable', { member: this.state.memberOf(broker) })) {
            this.handOver(broker, cause);
        }
        this.died(broker, 'clean', cause);
    }

    private handOver(broker: NodeId, cause: Cause): void {
        if (!this.controller.handOver(broker, cause) && this.partitionLeaders.leadsAny(broker)) {
            const text = `${this.state.nameOf(broker)} finds no active controller that would let others lead in its place, and ends all the same`;
            this.world.record({ kind: 'state', text, cause, node: broker });
        }
    }

    /** A process that runs ends itself as soon as it notices (LogManager.scala); one that is frozen does when it goes on. */
    private wiped(broker: NodeId, cause: Cause): void {
        const { state, world } = this;
        let end = cause;
        if (state.isUp(broker)) {
            const text = `${state.nameOf(broker)} ends itself: its disk is gone`;
            end = world.record({ kind: 'state', text, cause, node: broker });
            state.ended[broker] = 1;
            this.died(broker, 'crash', end);
        }
        this.joining.wiped(broker);
        this.replication.wiped(broker);
        this.replication.countGone(broker, end);
    }

    private died(broker: NodeId, how: Death, cause: Cause): void {
        if (this.state.serving[broker] === 1) {
            this.state.deaths.set(broker, cause);
        }
        this.replication.died(broker, how);
        this.joining.died(broker, how === 'clean');
        this.replication.reviewBroker(broker);
        if (how === 'power') {
            this.replication.countGone(broker, cause);
        }
        this.partitionLeaders.died(broker, cause);
    }

    networkChanged(cause: Cause): void {
        this.state.brokers.forEach((broker) => this.replication.reviewBroker(broker));
        this.quorum.networkChanged(cause);
        this.controller.review();
        this.joining.review();
        this.producers.reachChanged(undefined);
        this.clients.changed();
        this.world.changed();
    }

    // ── What brokers learn ─────────────────────────────────────────────────────

    private activated(cause: Cause): void {
        this.partitionLeaders.unanswered(this.controller.activated(cause));
        this.joining.review();
        this.partitionLeaders.retry();
    }

    private delivered(from: number): void {
        this.clients.metadataChanged();
        this.producers.metadataChanged();
        this.world.changed(this.concernedSince(from));
    }

    /**
     * Only requests to partitions that the news are about can end differently, as long as it takes every broker the same time
     * to answer a client that asks for a leader.
     */
    private concernedSince(from: number): readonly ShardId[] | undefined {
        const { state, world } = this;
        const [first] = state.brokers;
        const isUniform = state.brokers.every((broker) => world.linksOf(broker) === world.linksOf(first!));
        return isUniform ? state.shardsOf(state.changedBetween(from, state.committed)) : undefined;
    }

    /** A new process has read all of the metadata before it serves. */
    private joined(broker: NodeId, cause: Cause): void {
        this.state.read(broker, this.state.committed);
        this.controller.unfence(broker, cause);
        this.replication.reviewBroker(broker);
        this.clients.changed();
        this.world.changed();
    }

    /** It may enter in-sync sets again. */
    private unfenced(broker: NodeId): void {
        for (const partition of this.state.partitionsOf.get(broker)!) {
            const { leader } = this.state.current(partition);
            if (leader >= 0) {
                this.partitionLeaders.planGrowth(leader);
            }
        }
    }
}
