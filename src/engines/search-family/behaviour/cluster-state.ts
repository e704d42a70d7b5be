/** The cluster state that the manager publishes: plain data that nodes keep, each the version that it has. */
import type { NodeId } from '../../../topology/index.js';

/** A node's identity as a voter: a node that has lost its disk comes back as another. */
export type Identity = number;

interface CopyState {
    readonly node: NodeId;
    /** `initializing`: it gets the data, but answers no request. */
    readonly state: 'active' | 'initializing';
    /** The node whose copy goes when this one has the data. */
    readonly movesFrom?: NodeId;
}

/** A copy that a node took along when it left. */
interface LostCopy {
    readonly node: NodeId;
    /** From when on its place is kept free, in ms. */
    readonly sinceMs: number;
}

export interface ShardState {
    /** The copy that takes writes; undefined: the shard is red. */
    readonly primary: NodeId | undefined;
    /** Assigned copies, in the order in which they are promoted. */
    readonly copies: readonly CopyState[];
    /** Those of them that are active. */
    readonly active: readonly NodeId[];
    readonly lost: readonly LostCopy[];
    /** Numbers the primaries of the shard. */
    readonly term: number;
}

export interface ClusterState {
    readonly term: number;
    readonly version: number;
    readonly manager: NodeId | undefined;
    /** The nodes of the cluster, and which life of each: a process that starts anew is another member. */
    readonly nodes: ReadonlyMap<NodeId, number>;
    readonly configuration: readonly Identity[];
    /** The configuration before, until this one is committed: both must agree to a change. */
    readonly formerConfiguration: readonly Identity[];
    /** By the position of the shard in the cluster. */
    readonly shards: readonly ShardState[];
}

/** The state of a node that knows of no cluster. */
export const NO_STATE: ClusterState = {
    term: 0,
    version: 0,
    manager: undefined,
    nodes: new Map(),
    configuration: [],
    formerConfiguration: [],
    shards: [],
};

/**
 * What a process that starts finds on its disk: settings, indices and votes, but neither who was there nor where copies stood.
 * Copies are looked for on the disks of those that join, without delay (LucenePersistedState, `CLUSTER_RECOVERED`).
 */
export function persisted(state: ClusterState): ClusterState {
    const shards = state.shards.map(({ term }) => shardState({ primary: undefined, copies: [], lost: [], term }));
    return { ...state, manager: undefined, nodes: new Map(), shards };
}

/** Whether one state is older than the other. */
export function isOlder(
    one: Pick<ClusterState, 'term' | 'version'>,
    other: Pick<ClusterState, 'term' | 'version'>,
): boolean {
    return one.term < other.term || (one.term === other.term && one.version < other.version);
}

/** A shard whose copies are all active, the first one leads. */
export function healthyShard(copies: readonly NodeId[]): ShardState {
    return shardState({
        primary: copies[0],
        copies: copies.map((node) => ({ node, state: 'active' })),
        lost: [],
        term: 1,
    });
}

function shardState(state: Omit<ShardState, 'active'>): ShardState {
    const active = state.copies.filter((copy) => copy.state === 'active').map(({ node }) => node);
    return { ...state, active };
}

const positions = new WeakMap<readonly ShardState[], ReadonlyMap<NodeId, readonly number[]>>();

/** Positions, in rising order, of the shards that have a copy on the node. */
export function positionsOf(shards: readonly ShardState[], node: NodeId): readonly number[] {
    let known = positions.get(shards);
    if (known === undefined) {
        known = positionsByNode(shards);
        positions.set(shards, known);
    }
    return known.get(node) ?? [];
}

function positionsByNode(shards: readonly ShardState[]): ReadonlyMap<NodeId, readonly number[]> {
    const found = new Map<NodeId, number[]>();
    shards.forEach(({ copies }, position) => {
        for (const { node } of copies) {
            const list = found.get(node) ?? [];
            list.push(position);
            found.set(node, list);
        }
    });
    return found;
}

/**
 * The shard without its copies on these nodes; an active copy that is left takes over from a lost primary. The move of a
 * primary ends with it; that of a replica goes on as a new copy in its place (RoutingNodes.java, `failShard`).
 */
export function withoutNodes(shard: ShardState, gone: ReadonlySet<NodeId>, nowMs: number): ShardState {
    if (!shard.copies.some(({ node }) => gone.has(node))) {
        return shard;
    }
    const stays = ({ node, movesFrom }: CopyState): boolean =>
        !gone.has(node) && (movesFrom === undefined || movesFrom !== shard.primary || !gone.has(movesFrom));
    const left = shard.copies.filter(stays).map((copy) => settled(copy, gone));
    const isReplaced = (lost: NodeId): boolean => shard.copies.some((copy) => copy.movesFrom === lost && stays(copy));
    const lost = shard.copies
        .filter(({ node, state }) => gone.has(node) && state === 'active' && !isReplaced(node))
        .map(({ node }) => ({ node, sinceMs: nowMs }));
    const keepsPrimary = shard.primary !== undefined && !gone.has(shard.primary);
    const heir = left.find(({ state }) => state === 'active')?.node;
    return shardState({
        primary: keepsPrimary ? shard.primary : heir,
        // Copies that were being made have nowhere to copy from any more.
        copies: keepsPrimary || heir !== undefined ? left : [],
        lost: [...shard.lost, ...lost],
        term: keepsPrimary || heir === undefined ? shard.term : shard.term + 1,
    });
}

/** What was to take the place of a copy that is gone is a copy like any other. */
function settled(copy: CopyState, gone: ReadonlySet<NodeId>): CopyState {
    return copy.movesFrom !== undefined && gone.has(copy.movesFrom) ? { node: copy.node, state: copy.state } : copy;
}

/**
 * The copy has all data: it answers from now on, and leads where nobody else does, or where the copy did whose place it takes.
 */
export function withActive(shard: ShardState, node: NodeId): ShardState {
    const former = shard.copies.find((copy) => copy.node === node)?.movesFrom;
    const copies = shard.copies
        .filter((copy) => copy.node !== former)
        .map((copy) => (copy.node === node ? { node, state: 'active' as const } : copy));
    return shardState(
        shard.primary === undefined || shard.primary === former
            ? { ...shard, copies, primary: node, term: shard.term + 1 }
            : { ...shard, copies },
    );
}

/** Copies that the shard has or is to have, each counted once while it moves. */
export function copiesIn({ copies }: ShardState): number {
    return copies.filter(({ movesFrom }) => movesFrom === undefined).length;
}

/** The copy on one node is to move to the other. */
export function withMove(shard: ShardState, from: NodeId, to: NodeId): ShardState {
    return shardState({ ...shard, copies: [...shard.copies, { node: to, state: 'initializing', movesFrom: from }] });
}

/** A new copy begins on the node; it takes the place of one that was lost. */
export function withNewCopy(shard: ShardState, node: NodeId): ShardState {
    const own = shard.lost.findIndex((lost) => lost.node === node);
    const filled = own >= 0 ? own : 0;
    return shardState({
        ...shard,
        copies: [...shard.copies, { node, state: 'initializing' }],
        lost: shard.lost.filter((_, index) => index !== filled),
    });
}

/** A copy that was to be made on one node is made on the other instead. */
export function withCopyMoved(shard: ShardState, from: NodeId, to: NodeId): ShardState {
    return shardState({
        ...shard,
        copies: shard.copies.map((copy) => (copy.node === from ? { ...copy, node: to } : copy)),
        lost: shard.lost.filter(({ node }) => node !== to),
    });
}
