import { BASE_DELAY_MS, type Cause, type HostChange, type World } from '../../../simulator/index.js';
import { shardTitle, type Member, type NodeId, type Shard, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { quorum, redisConfig, type RedisConfig } from '../config.js';

/** A node's place in the cluster's member list; everything in this folder counts by it. */
export type Peer = number;

/** How one node sees another: well, suspected by this node alone, or failed, as a majority of primaries agreed. */
export const Flag = { alive: 0, suspected: 1, failed: 2 } as const;
export type Flag = (typeof Flag)[keyof typeof Flag];

/** From this many nodes on a cluster is large: see GossipSections and Gossip for what is then done in bulk. */
const LARGE = 100;

/** What every node of the cluster believes. Tables hold one row per observer: `table[observer * size + other]`. */
export class ClusterState {
    readonly config: RedisConfig;
    readonly members: readonly Member[];
    readonly nodes: readonly NodeId[];
    readonly size: number;
    readonly isLarge: boolean;
    readonly shards: readonly Shard[];
    /** Votes that decide. */
    readonly quorum: number;
    /** Index in `shards` of the shard that a node holds, or -1. */
    readonly shardOf: Int32Array;
    readonly flags: Uint8Array;
    /** How many others each node suspects. */
    readonly suspects: Int32Array;
    /** The nodes that hold each shard, in the order of members. */
    readonly holders: (readonly Peer[])[];
    /** Of the shards' owners, as each node knows them: those that it takes for alive, and those it takes for failed. */
    readonly ownersInSight: Int32Array;
    readonly ownersFailed: Int32Array;
    /** Counts what may change who is reached or answers: processes, the network, and who answers. */
    era = 0;
    /** Whether any two nodes are near each other; undefined: not known since the network has changed. */
    private allNear: boolean | undefined;
    /** Owner of each shard as each node knows it, and the epoch in which it became that: `[observer * shards + shard]`. */
    private readonly owners: Int32Array;
    private readonly ownerEpochs: Int32Array;
    readonly currentEpoch: Int32Array;
    /** The fault that silenced each node's process; -1: it runs. */
    readonly silencedBy: Int32Array;
    /** What the trace tells of why each node stopped answering. */
    readonly whyStopped: Int32Array;
    /** Whether the node answers requests at all. */
    private readonly answering: Uint8Array;
    private readonly barred: Uint8Array;
    private readonly peers: Int32Array;
    private readonly shardIndex = new Map<ShardId, number>();
    /** Shards that nodes held before they moved: somebody who has not heard of anything since may take them for the owner. */
    private readonly left = new Map<Peer, readonly number[]>();
    /** Members in whose place a process runs that the others do not know. */
    private readonly strangers = new Set<Peer>();
    /** Pairs: the observer has found a stranger where the other was. */
    private readonly addressLost = new Set<number>();

    constructor(
        readonly context: EngineContext,
        readonly world: World,
        largeFrom = LARGE,
    ) {
        this.config = redisConfig(context);
        this.members = context.cluster.members;
        this.nodes = this.members.map(({ node }) => node);
        this.size = this.members.length;
        this.isLarge = this.size >= largeFrom;
        this.shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
        this.quorum = quorum(this.shards.length);
        this.peers = new Int32Array(context.topology.nodes.length).fill(-1);
        this.nodes.forEach((node, peer) => (this.peers[node] = peer));
        this.shardOf = new Int32Array(this.size).fill(-1);
        this.shards.forEach(({ id, copies }, index) => {
            this.shardIndex.set(id, index);
            for (const node of copies) {
                this.shardOf[this.peerOf(node)] = index;
            }
        });
        const holders: Peer[][] = this.shards.map(() => []);
        this.shardOf.forEach((shard, peer) => holders[shard]?.push(peer));
        this.holders = holders;
        this.barred = Uint8Array.from(this.members, (_, peer) =>
            context.boolean('cluster-replica-no-failover', this.placeOf(peer)) ? 1 : 0,
        );
        this.flags = new Uint8Array(this.size * this.size);
        this.suspects = new Int32Array(this.size);
        this.ownersInSight = new Int32Array(this.size).fill(this.shards.length);
        this.ownersFailed = new Int32Array(this.size);
        this.owners = new Int32Array(this.size * this.shards.length);
        this.ownerEpochs = new Int32Array(this.size * this.shards.length);
        // `redis-cli --cluster create` gives every node an epoch of its own, so that the first election is the next one.
        this.currentEpoch = new Int32Array(this.size).fill(this.size);
        this.answering = new Uint8Array(this.size).fill(1);
        this.silencedBy = new Int32Array(this.size).fill(-1);
        this.whyStopped = new Int32Array(this.size).fill(-1);
        const firsts = this.shards.map(({ copies }) => this.peerOf(copies[0]!));
        const epochs = this.shards.map((_, index) => index + 1);
        for (let observer = 0; observer < this.size; observer++) {
            this.owners.set(firsts, observer * this.shards.length);
            this.ownerEpochs.set(epochs, observer * this.shards.length);
        }
    }

    peerOf(node: NodeId): Peer {
        return this.peers[node]!;
    }

    nodeOf(peer: Peer): NodeId {
        return this.nodes[peer]!;
    }

    titleOf(shard: number): string {
        return shardTitle(this.context.topology, this.shards[shard]!.id);
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

    setFlag(observer: Peer, other: Peer, flag: Flag): void {
        const owned = observer === other ? 0 : this.shardsOwnedBy(observer, other);
        const pair = observer * this.size + other;
        const before = this.flags[pair];
        this.flags[pair] = flag;
        this.suspects[observer]! += (flag === Flag.suspected ? 1 : 0) - (before === Flag.suspected ? 1 : 0);
        this.ownersInSight[observer]! += owned * ((flag === Flag.alive ? 1 : 0) - (before === Flag.alive ? 1 : 0));
        this.ownersFailed[observer]! += owned * ((flag === Flag.failed ? 1 : 0) - (before === Flag.failed ? 1 : 0));
    }

    /** The replica holds another shard from now on. */
    move(replica: Peer, shard: number): void {
        const before = this.shardOf[replica]!;
        this.left.set(replica, [...new Set([...(this.left.get(replica) ?? []), before])]);
        this.holders[before] = this.holders[before]!.filter((peer) => peer !== replica);
        this.holders[shard] = [...this.holders[shard]!, replica].sort((one, other) => one - other);
        this.shardOf[replica] = shard;
    }

    ownerSeenBy(observer: Peer, shard: number): Peer {
        return this.owners[observer * this.shards.length + shard]!;
    }

    epochSeenBy(observer: Peer, shard: number): number {
        return this.ownerEpochs[observer * this.shards.length + shard]!;
    }

    setOwner(observer: Peer, shard: number, owner: Peer, epoch: number): void {
        this.countOwner(observer, this.ownerSeenBy(observer, shard), -1);
        this.countOwner(observer, owner, 1);
        this.owners[observer * this.shards.length + shard] = owner;
        this.ownerEpochs[observer * this.shards.length + shard] = epoch;
    }

    /** Whether the node believes that it is a primary with slots: then it votes. */
    isPrimary(peer: Peer): boolean {
        const shard = this.shardOf[peer]!;
        return shard >= 0 && this.ownerSeenBy(peer, shard) === peer;
    }

    /** The shard that the node tells the others to be its own, or -1. */
    shardClaimedBy(peer: Peer): number {
        return this.isPrimary(peer) ? this.shardOf[peer]! : -1;
    }

    /** Whether the observer takes the other for a primary with slots. */
    isPrimarySeenBy(observer: Peer, other: Peer): boolean {
        return this.shardsOwnedBy(observer, other) > 0;
    }

    private shardsOwnedBy(observer: Peer, other: Peer): number {
        const shard = this.shardOf[other]!;
        const owned = shard >= 0 && this.ownerSeenBy(observer, shard) === other ? 1 : 0;
        const left = this.left.get(other);
        return left === undefined
            ? owned
            : owned + left.filter((each) => each !== shard && this.ownerSeenBy(observer, each) === other).length;
    }

    answers(peer: Peer): boolean {
        return this.answering[peer] === 1;
    }

    setAnswers(peer: Peer, answers: boolean): void {
        this.answering[peer] = answers ? 1 : 0;
        this.era++;
    }

    private countOwner(observer: Peer, owner: Peer, by: number): void {
        const flag = observer === owner ? Flag.alive : this.flag(observer, owner);
        this.ownersInSight[observer]! += flag === Flag.alive ? by : 0;
        this.ownersFailed[observer]! += flag === Flag.failed ? by : 0;
    }

    /** Whether the member itself runs, not a stranger in its place. */
    runs(peer: Peer): boolean {
        return this.world.process(this.nodeOf(peer)) === 'running' && !this.isStranger(peer);
    }

    estrange(peer: Peer): void {
        this.strangers.add(peer);
        this.setAnswers(peer, false);
    }

    isStranger(peer: Peer): boolean {
        return this.strangers.has(peer);
    }

    /** Whether the observer knows where the other is. */
    knowsAddress(observer: Peer, other: Peer): boolean {
        return this.addressLost.size === 0 || !this.addressLost.has(observer * this.size + other);
    }

    forgetAddress(observer: Peer, other: Peer): void {
        this.addressLost.add(observer * this.size + other);
    }

    /** Whether a message can go from one node to the other and be confirmed. */
    connected(one: Peer, other: Peer): boolean {
        return (
            this.areAllNear() ||
            (this.world.delay(this.nodeOf(one), this.nodeOf(other)) >= 0 &&
                this.world.delay(this.nodeOf(other), this.nodeOf(one)) >= 0)
        );
    }

    /** A disk that is lost silences nobody, and who answers in the place of a stranger is not the member. */
    processChanged(peer: Peer, change: HostChange, cause: Cause): void {
        this.era++;
        if (change === 'unfrozen') {
            this.silencedBy[peer] = -1;
        } else if (change !== 'started' && change !== 'wiped') {
            this.silencedBy[peer] = cause;
        }
    }

    networkChanged(): void {
        this.era++;
        this.allNear = undefined;
    }

    /** Whether messages both ways take no longer than between two hosts that nothing slows, and none is lost by chance. */
    areNear(one: Peer, other: Peer): boolean {
        return this.areAllNear() || this.isNear(this.nodeOf(one), this.nodeOf(other));
    }

    /** Where the links of all nodes are alike, any two tell. */
    private areAllNear(): boolean {
        this.allNear ??=
            this.nodes.every((node) => this.world.linksOf(node) === this.world.linksOf(this.nodes[0]!)) &&
            this.isNear(this.nodes[0]!, this.nodes[1] ?? this.nodes[0]!);
        return this.allNear;
    }

    private isNear(from: NodeId, to: NodeId): boolean {
        const { world } = this;
        return (
            world.delay(from, to) === BASE_DELAY_MS &&
            world.delay(to, from) === BASE_DELAY_MS &&
            world.loss(from, to) === 0
        );
    }

    /** `cluster-replica-no-failover`. */
    neverStands(peer: Peer): boolean {
        return this.barred[peer] === 1;
    }

    /** `cluster-…` keys that a member may set for itself. */
    placeOf(peer: Peer): { readonly member: Member; readonly shard?: Shard } {
        const shard = this.shards[this.shardOf[peer]!];
        return shard === undefined ? { member: this.members[peer]! } : { member: this.members[peer]!, shard };
    }
}
