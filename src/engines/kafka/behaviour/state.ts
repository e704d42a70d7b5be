import type { Cause, Point, Reach, World } from '../../../simulator/index.js';
import { shardTitle, type Member, type NodeId, type Shard, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { connected } from '../../shared/simulation/index.js';
import { inSyncNeeded, kafkaConfig, type KafkaConfig } from '../config.js';
import { isBroker, isController } from '../roles.js';
import { NO_LEADER, type ElectionGround, type PartitionState } from './partition.js';

/** A partition's number within the cluster. */
export type PartitionId = number;

/** What the metadata may say about a broker itself. */
export type BrokerNews = 'fenced' | 'leaving' | 'returned';

/** What makes a change of the metadata necessary. */
export interface Occasion {
    /** The broker that goes, comes or asks, or the controller that decides by itself. */
    readonly about: NodeId;
    readonly news?: BrokerNews;
    readonly cause: Cause;
}

/** One change of the metadata: what it changed, and why. */
export interface MetadataBatch extends Occasion {
    readonly offset: number;
    readonly partitions: readonly PartitionId[];
}

/**
 * The metadata and how much of it each broker has read. What a broker believes is the metadata up to its own offset, so
 * that what all agree upon is stored once.
 */
export class KafkaState {
    readonly config: KafkaConfig;
    readonly brokers: readonly NodeId[];
    readonly controllers: readonly NodeId[];
    readonly partitions: readonly Shard[];
    /** By broker: the partitions that it has a replica of. */
    readonly partitionsOf = new Map<NodeId, PartitionId[]>();
    readonly batches: MetadataBatch[] = [];
    /** Offset of the last change that a majority of the controllers has. */
    committed = 0;
    /** Brokers that the controllers count as gone, by node. */
    readonly fenced: Uint8Array;
    /** Brokers whose process is up and has joined: they serve. By node. */
    readonly serving: Uint8Array;
    /** Why the last process of each broker that served ended; missing: none did. */
    readonly deaths = new Map<NodeId, Cause>();
    /** Brokers that have ended themselves because their disk is gone; the host lives. By node. */
    readonly ended: Uint8Array;
    /** Brokers whose disk is gone and whose next process begins with an empty one. By node. */
    readonly emptied: Uint8Array;
    private readonly offsets: Float64Array;
    private readonly versions: { readonly offset: number; readonly state: PartitionState }[][];
    private readonly grounds: readonly ElectionGround[];
    private readonly partitionIds = new Map<ShardId, PartitionId>();
    private readonly members: ReadonlyMap<NodeId, Member>;

    constructor(
        readonly context: EngineContext,
        readonly world: World,
    ) {
        const { topology, cluster } = context;
        this.config = kafkaConfig(context);
        this.brokers = cluster.members.filter(isBroker).map(({ node }) => node);
        this.controllers = cluster.members.filter(isController).map(({ node }) => node);
        this.members = new Map(cluster.members.map((member) => [member.node, member]));
        this.partitions = cluster.shards.map((id) => topology.shards[id]!);
        this.partitions.forEach(({ id }, partition) => this.partitionIds.set(id, partition));
        this.brokers.forEach((broker) => this.partitionsOf.set(broker, []));
        this.partitions.forEach(({ copies }, partition) =>
            copies.forEach((broker) => this.partitionsOf.get(broker)?.push(partition)),
        );
        this.fenced = new Uint8Array(topology.nodes.length);
        this.serving = new Uint8Array(topology.nodes.length);
        this.brokers.forEach((broker) => (this.serving[broker] = 1));
        this.ended = new Uint8Array(topology.nodes.length);
        this.emptied = new Uint8Array(topology.nodes.length);
        this.offsets = new Float64Array(topology.nodes.length);
        this.versions = this.partitions.map(({ copies }) => [{ offset: 0, state: inHealth(copies) }]);
        this.grounds = this.partitions.map((shard) => this.groundOf(shard));
    }

    /** As the controllers have it, agreed upon or not yet. */
    current(partition: PartitionId): PartitionState {
        return this.versions[partition]!.at(-1)!.state;
    }

    /** As the broker believes it. */
    seenBy(broker: NodeId, partition: PartitionId): PartitionState {
        return this.at(this.offsets[broker]!, partition);
    }

    /** As somebody believes it who has read the metadata up to this offset. */
    at(offset: number, partition: PartitionId): PartitionState {
        const versions = this.versions[partition]!;
        let index = versions.length - 1;
        while (versions[index]!.offset > offset) {
            index--;
        }
        return versions[index]!.state;
    }

    /** Offset up to which the broker has read the metadata. */
    offsetOf(broker: NodeId): number {
        return this.offsets[broker]!;
    }

    read(broker: NodeId, offset: number): void {
        this.offsets[broker] = Math.max(this.offsets[broker]!, offset);
    }

    /** Changes behind the first offset, up to and with the second. Offsets are numbers in a row, from 1 on. */
    batchesBetween(from: number, upTo: number): readonly MetadataBatch[] {
        return this.batches.slice(from, upTo);
    }

    changedBetween(from: number, upTo: number): ReadonlySet<PartitionId> {
        return new Set(this.batchesBetween(from, upTo).flatMap(({ partitions }) => partitions));
    }

    /** Brokers that have a replica of any of these partitions. */
    holdersOf(partitions: Iterable<PartitionId>): ReadonlySet<NodeId> {
        return new Set(Array.from(partitions, (partition) => this.partitions[partition]!.copies).flat());
    }

    /** Why the broker believes about the partition what it does; -1: it never changed. */
    causeOf(broker: NodeId, partition: PartitionId): Cause {
        const known = this.batchesBetween(0, this.offsetOf(broker));
        return known.findLast(({ partitions }) => partitions.includes(partition))?.cause ?? -1;
    }

    append(changes: ReadonlyMap<PartitionId, PartitionState>, occasion: Occasion): MetadataBatch {
        const offset = (this.batches.at(-1)?.offset ?? this.committed) + 1;
        for (const [partition, state] of changes) {
            this.versions[partition]!.push({ offset, state });
        }
        const batch = { ...occasion, offset, partitions: [...changes.keys()] };
        this.batches.push(batch);
        return batch;
    }

    /** The controller that made them is gone before anybody else had these changes. Returns them, the oldest first. */
    dropUncommitted(): readonly MetadataBatch[] {
        const dropped = this.batches.splice(this.committed);
        for (const { partitions } of dropped) {
            partitions.forEach((partition) => this.versions[partition]!.pop());
        }
        return dropped;
    }

    ground(partition: PartitionId): ElectionGround {
        return this.grounds[partition]!;
    }

    isBroker(node: NodeId): boolean {
        return this.partitionsOf.has(node);
    }

    partitionOf(shard: ShardId): PartitionId {
        return this.partitionIds.get(shard)!;
    }

    shardsOf(partitions: Iterable<PartitionId>): readonly ShardId[] {
        return Array.from(partitions, (partition) => this.partitions[partition]!.id);
    }

    /** Whether the broker's process runs and has joined. */
    runs(broker: NodeId): boolean {
        return this.serving[broker] === 1 && this.isUp(broker);
    }

    /** Whether the broker's process runs, be it that it has not joined yet. */
    isUp(broker: NodeId): boolean {
        return this.ended[broker] === 0 && this.world.process(broker) === 'running';
    }

    /** What a connection to the broker meets. */
    reach(from: Point, broker: NodeId): Reach {
        const reach = this.world.reach(from, broker);
        return reach === 'open' && this.ended[broker] === 1 ? 'refused' : reach;
    }

    /** Why the broker's process is gone, or what befell it last; a process that is back and has not joined is away for what ended it. */
    blameOf(broker: NodeId): Cause {
        const death = this.serving[broker] === 1 ? undefined : this.deaths.get(broker);
        return death ?? this.world.lastFault(broker);
    }

    linked(one: NodeId, other: NodeId): boolean {
        return one === other || connected(this.world, one, other);
    }

    /** Brokers that can fetch from the controller, and fetch. */
    brokersAt(controller: NodeId): readonly NodeId[] {
        return this.brokers.filter((broker) => this.runs(broker) && this.linked(broker, controller));
    }

    memberOf(node: NodeId): Member {
        return this.members.get(node)!;
    }

    titleOf(partition: PartitionId): string {
        return shardTitle(this.world.topology, this.partitions[partition]!.id);
    }

    nameOf(node: NodeId): string {
        return this.context.topology.nodes[node]!.name;
    }

    private groundOf(shard: Shard): ElectionGround {
        return {
            replicas: shard.copies,
            needed: inSyncNeeded(this.context, shard),
            eligibleLeaderReplicas: this.config.eligibleLeaderReplicas,
            unclean: this.context.boolean('unclean.leader.election.enable', { shard }),
            isActive: (node) => this.fenced[node] === 0,
        };
    }
}

function inHealth(copies: readonly NodeId[]): PartitionState {
    return { leader: copies[0]!, epoch: 1, isr: copies, elr: [], lastLeader: NO_LEADER };
}
