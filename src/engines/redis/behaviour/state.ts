import type { World } from '../../../simulator/index.js';
import type { Member, NodeId, Shard, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { quorum, redisConfig, type RedisConfig } from '../config.js';

/** A node's place in the cluster's member list; everything in this folder counts by it. */
export type Peer = number;

/** How one node sees another: well, suspected by this node alone, or failed, as a majority of primaries agreed. */
export const Flag = { alive: 0, suspected: 1, failed: 2 } as const;
export type Flag = (typeof Flag)[keyof typeof Flag];

/** What every node of the cluster believes. Tables hold one row per observer: `table[observer * size + other]`. */
export class ClusterState {
    readonly config: RedisConfig;
    readonly members: readonly Member[];
    readonly size: number;
    readonly shards: readonly Shard[];
    /** Votes that decide. */
    readonly quorum: number;
    /** Index in `shards` of the shard that a node holds, or -1. */
    readonly shardOf: Int32Array;
    readonly flags: Uint8Array;
    readonly failedSince: Float64Array;
    /** Owner of each shard as each node knows it, and the epoch in which it became that: `[observer * shards + shard]`. */
    readonly owners: Int32Array;
    readonly ownerEpochs: Int32Array;
    readonly currentEpoch: Int32Array;
    /** Whether the node answers requests at all. */
    readonly answering: Uint8Array;
    private readonly peers = new Map<NodeId, Peer>();
    private readonly shardIndex = new Map<ShardId, number>();

    constructor(
        readonly context: EngineContext,
        readonly world: World,
    ) {
        this.config = redisConfig(context);
        this.members = context.cluster.members;
        this.size = this.members.length;
        this.shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
        this.quorum = quorum(this.shards.length);
        this.members.forEach(({ node }, peer) => this.peers.set(node, peer));
        this.shardOf = new Int32Array(this.size).fill(-1);
        this.shards.forEach(({ id, copies }, index) => {
            this.shardIndex.set(id, index);
            for (const node of copies) {
                this.shardOf[this.peerOf(node)] = index;
            }
        });
        const pairs = this.size * this.size;
        this.flags = new Uint8Array(pairs);
        this.failedSince = new Float64Array(pairs);
        this.owners = new Int32Array(this.size * this.shards.length);
        this.ownerEpochs = new Int32Array(this.size * this.shards.length);
        this.currentEpoch = new Int32Array(this.size).fill(this.shards.length);
        this.answering = new Uint8Array(this.size).fill(1);
        for (let observer = 0; observer < this.size; observer++) {
            this.shards.forEach(({ copies }, index) => {
                this.owners[observer * this.shards.length + index] = this.peerOf(copies[0]!);
                this.ownerEpochs[observer * this.shards.length + index] = index + 1;
            });
        }
    }

    peerOf(node: NodeId): Peer {
        return this.peers.get(node)!;
    }

    nodeOf(peer: Peer): NodeId {
        return this.members[peer]!.node;
    }

    nameOf(peer: Peer): string {
        return this.context.topology.nodes[this.nodeOf(peer)]!.name;
    }

    indexOf(shard: ShardId): number {
        return this.shardIndex.get(shard)!;
    }

    flag(observer: Peer, other: Peer): Flag {
        return this.flags[observer * this.size + other] as Flag;
    }

    ownerSeenBy(observer: Peer, shard: number): Peer {
        return this.owners[observer * this.shards.length + shard]!;
    }

    epochSeenBy(observer: Peer, shard: number): number {
        return this.ownerEpochs[observer * this.shards.length + shard]!;
    }

    setOwner(observer: Peer, shard: number, owner: Peer, epoch: number): void {
        this.owners[observer * this.shards.length + shard] = owner;
        this.ownerEpochs[observer * this.shards.length + shard] = epoch;
    }

    /** Whether the node believes that it is a primary with slots: then it votes. */
    isPrimary(peer: Peer): boolean {
        const shard = this.shardOf[peer]!;
        return shard >= 0 && this.ownerSeenBy(peer, shard) === peer;
    }

    /** Whether the observer takes the other for a primary with slots. */
    isPrimarySeenBy(observer: Peer, other: Peer): boolean {
        const shard = this.shardOf[other]!;
        return shard >= 0 && this.ownerSeenBy(observer, shard) === other;
    }

    runs(peer: Peer): boolean {
        return this.world.process(this.nodeOf(peer)) === 'running';
    }

    /** Whether a message can go from one node to the other and be confirmed. */
    connected(one: Peer, other: Peer): boolean {
        return (
            this.world.delay(this.nodeOf(one), this.nodeOf(other)) >= 0 &&
            this.world.delay(this.nodeOf(other), this.nodeOf(one)) >= 0
        );
    }

    /** `cluster-…` keys that a member may set for itself. */
    placeOf(peer: Peer): { readonly member: Member; readonly shard?: Shard } {
        const shard = this.shards[this.shardOf[peer]!];
        return shard === undefined ? { member: this.members[peer]! } : { member: this.members[peer]!, shard };
    }
}
