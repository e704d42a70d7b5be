/** The nodes that take requests, told apart only by what makes their answers differ. */
import type { NodeId, RegionId, ShardId } from '../../../topology/index.js';
import { entryNodes } from '../entries.js';
import { positionsOf, type ShardState } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';

/** Shards whose requests may end differently now; `all`: any may. */
export type Concerned = 'all' | readonly ShardId[];

/** Running nodes of one region that are of one kind. */
export interface Kind {
    readonly region: RegionId | undefined;
    readonly nodes: ReadonlySet<NodeId>;
}

/**
 * Nodes of one kind act by the same state of the shards, have a manager or have none, and reach and are reached by the same
 * others: what one answers, all answer. As long as the kinds that there are stay the same, a node that goes from one to
 * another changes only what becomes of the shards that it holds itself.
 */
export class Entries {
    readonly nodes: readonly NodeId[];
    /** Counts the changes of hosts and links. */
    version = 0;
    private readonly isEntry: ReadonlySet<NodeId>;
    private readonly kindAt = new Map<NodeId, string>();
    /** undefined: to be found anew. */
    private kinds: Map<string, { readonly region: RegionId | undefined; readonly nodes: Set<NodeId> }> | undefined;
    private readonly acted = new Map<NodeId, readonly ShardState[]>();
    private readonly numbers = new WeakMap<readonly ShardState[], number>();
    private nextNumber = 0;

    constructor(private readonly peers: Peers) {
        this.nodes = entryNodes(peers.product, peers.context.cluster.members);
        this.isEntry = new Set(this.nodes);
    }

    /** The kinds that there are. */
    all(): Iterable<Kind> {
        this.kinds ??= this.sorted();
        return this.kinds.values();
    }

    /** Hosts or links have changed: everybody looks anew. */
    reset(): void {
        this.kinds = undefined;
        this.version++;
    }

    /** The node acts by another state, or has found or lost its manager: whose requests that concerns. */
    changed(peer: Peer): Concerned {
        const { shards } = peer.applied;
        const before = this.acted.get(peer.node);
        this.acted.set(peer.node, shards);
        if (this.isEntry.has(peer.node) && this.makesOthers(peer.node)) {
            return 'all';
        }
        const positions = [...positionsOf(shards, peer.node)];
        if (before !== undefined && before !== shards) {
            positions.push(...positionsOf(before, peer.node));
        }
        return positions.map((position) => this.peers.shards[position]!.id);
    }

    /** Whether the kinds that there are become others by the node's change. */
    private makesOthers(node: NodeId): boolean {
        if (this.kinds === undefined) {
            this.kinds = this.sorted();
            return true;
        }
        const before = this.kindAt.get(node);
        const after = this.kindOf(node);
        if (before === undefined || before === after) {
            return false;
        }
        const isNew = !this.kinds.has(after);
        const left = this.kinds.get(before)!.nodes;
        left.delete(node);
        if (left.size === 0) {
            this.kinds.delete(before);
        }
        this.add(this.kinds, node, after);
        return isNew || left.size === 0;
    }

    private sorted(): NonNullable<typeof this.kinds> {
        const kinds: NonNullable<typeof this.kinds> = new Map();
        this.kindAt.clear();
        for (const node of this.nodes.filter((each) => this.peers.runs(this.peers.at(each)))) {
            this.add(kinds, node, this.kindOf(node));
        }
        return kinds;
    }

    private add(kinds: NonNullable<typeof this.kinds>, node: NodeId, name: string): void {
        const { region } = this.peers.context.topology.nodes[node]!;
        const kind = kinds.get(name) ?? { region, nodes: new Set() };
        kinds.set(name, kind);
        kind.nodes.add(node);
        this.kindAt.set(node, name);
    }

    private kindOf(node: NodeId): string {
        const peer = this.peers.at(node);
        const { shards } = peer.applied;
        const number = this.numbers.get(shards) ?? this.nextNumber++;
        this.numbers.set(shards, number);
        const { region } = this.peers.context.topology.nodes[node]!;
        return `${number} ${this.peers.hasManager(peer)} ${this.peers.world.linksOf(node)} ${region}`;
    }
}
