/** The nodes of one cluster, each with what it believes. */
import type { Cause, RandomStream, World } from '../../../simulator/index.js';
import type { NodeId, Shard, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { connected, roundTrip } from '../../shared/simulation/index.js';
import { delayedMs, searchConfig, wantedCopies, type SearchConfig } from '../config.js';
import { electableMembers, eligibleMembers, type SearchProduct } from '../product.js';
import { hasQuorum } from '../voting.js';
import { NO_STATE, type ClusterState, type Identity } from './cluster-state.js';

/** Far above the number of nodes in a workspace. */
const IDENTITIES = 2 ** 20;

export interface Peer {
    readonly node: NodeId;
    readonly name: string;
    readonly random: RandomStream;
    readonly votes: boolean;
    readonly electable: boolean;
    /** Counts the lives of its process. */
    life: number;
    /** Counts the disks that it has lost; with a new one it is another voter. */
    disk: number;
    /** Whether its disk is lost, which its process does not survive. */
    lostDisk: boolean;
    mode: 'candidate' | 'follower' | 'leader';
    term: number;
    maxTermSeen: number;
    leader: NodeId | undefined;
    /** The manager that it has asked to let it join, and that has not answered yet. */
    joining: NodeId | undefined;
    /** On its disk: what it has promised to apply. */
    accepted: ClusterState;
    /** What it acts by. */
    applied: ClusterState;
    /** The trace event that explains what it does next. */
    cause: Cause;
}

export class Peers {
    readonly config: SearchConfig;
    readonly all: readonly Peer[];
    readonly voters: readonly Peer[];
    readonly shards: readonly Shard[];
    /** By the position of the shard: how many copies it is to have, and how long lost ones are left alone, in ms. */
    readonly wanted: readonly number[];
    readonly delaysMs: readonly number[];
    private readonly byNode: readonly Peer[];
    private readonly positions: ReadonlyMap<ShardId, number>;

    constructor(
        readonly product: SearchProduct,
        readonly context: EngineContext,
        readonly world: World,
    ) {
        const { cluster, topology } = context;
        this.config = searchConfig(product, context);
        this.shards = cluster.shards.map((id) => topology.shards[id]!);
        this.wanted = this.shards.map((shard) => wantedCopies(context, shard));
        this.delaysMs = this.shards.map((shard) => delayedMs(product, context, shard));
        this.positions = new Map(cluster.shards.map((id, position) => [id, position]));
        const eligible = new Set(eligibleMembers(product, cluster.members));
        const electable = new Set(electableMembers(product, cluster.members));
        this.all = cluster.members.map((member) => ({
            node: member.node,
            name: topology.nodes[member.node]!.name,
            random: world.stream(topology.nodes[member.node]!.qualifiedName, 'elections'),
            votes: eligible.has(member),
            electable: electable.has(member),
            life: 0,
            disk: 0,
            lostDisk: false,
            mode: 'candidate',
            term: 0,
            maxTermSeen: 0,
            leader: undefined,
            joining: undefined,
            accepted: NO_STATE,
            applied: NO_STATE,
            cause: -1,
        }));
        this.voters = this.all.filter(({ votes }) => votes);
        const byNode: Peer[] = [];
        this.all.forEach((peer) => (byNode[peer.node] = peer));
        this.byNode = byNode;
    }

    at(node: NodeId): Peer {
        return this.byNode[node]!;
    }

    positionOf(shard: ShardId): number {
        return this.positions.get(shard)!;
    }

    runs({ node }: Peer): boolean {
        return this.world.process(node) === 'running';
    }

    linked(one: NodeId, other: NodeId): boolean {
        return connected(this.world, one, other);
    }

    /** What a check that one node sends another meets. An answer that comes too late is none. */
    answerTo(from: NodeId, to: NodeId, life: number | undefined, timeoutMs: number): 'open' | 'closed' | 'silent' {
        const reach = this.world.reach(from, to);
        if (reach === 'silent') {
            return 'silent';
        }
        if (reach === 'refused' || this.at(to).life !== life) {
            return 'closed';
        }
        return roundTrip(this.world, from, to) > timeoutMs ? 'silent' : 'open';
    }

    identityOf({ node, disk }: Peer): Identity {
        return node + IDENTITIES * disk;
    }

    nodeOf(identity: Identity): NodeId {
        return identity % IDENTITIES;
    }

    /** Whether these votes decide by this state: more than half of the configuration, and of the one before. */
    decide({ configuration, formerConfiguration }: ClusterState, votes: ReadonlySet<Identity>): boolean {
        const isThere = (identity: Identity): boolean => votes.has(identity);
        return hasQuorum(configuration, isThere) && hasQuorum(formerConfiguration, isThere);
    }

    /** Whether the node has a manager and acts by what that one published. */
    hasManager({ mode, leader, applied, term }: Peer): boolean {
        return mode !== 'candidate' && applied.manager === leader && applied.term === term;
    }
}
