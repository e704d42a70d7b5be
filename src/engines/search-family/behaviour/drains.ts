/** Nodes that an operator empties: `cluster.routing.allocation.exclude._name`. */
import type { Cause, DrainState } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { positionsOf, type ClusterState, type ShardState } from './cluster-state.js';
import type { Disks } from './disks.js';
import type { Peers } from './peers.js';

interface Drain {
    readonly cause: Cause;
    /** What the trace says of it. */
    told: 'nothing' | 'waits' | 'done';
}

export class Drains {
    private readonly all = new Map<NodeId, Drain>();

    constructor(
        private readonly peers: Peers,
        private readonly disks: Disks,
    ) {}

    begin(node: NodeId, cause: Cause): void {
        if (!this.all.has(node)) {
            this.all.set(node, { cause, told: 'nothing' });
        }
    }

    /** No further copy is made on the node. */
    excludes(node: NodeId): boolean {
        return this.all.has(node);
    }

    get isAnyExcluded(): boolean {
        return this.all.size > 0;
    }

    state(node: NodeId, shards: readonly ShardState[]): DrainState {
        if (!this.all.has(node)) {
            return 'none';
        }
        const held = positionsOf(shards, node).map((position) => shards[position]!);
        if (held.length === 0) {
            return this.isNeeded(node, shards) ? 'blocked' : 'done';
        }
        return held.every(({ copies }) => copies.some(({ movesFrom }) => movesFrom === node)) ? 'none' : 'blocked';
    }

    /** A shard that is red may be restored from the node's disk. */
    private isNeeded(node: NodeId, shards: readonly ShardState[]): boolean {
        return shards.some(({ primary }, position) => primary === undefined && this.disks.has(position, node));
    }

    /** The shards are assigned anew, and a majority has agreed to it. A node that is lost has not been drained by that. */
    committed({ nodes, shards }: ClusterState): void {
        for (const [node, drain] of this.all) {
            if (drain.told !== 'done' && nodes.has(node) && this.state(node, shards) === 'done') {
                this.tell(node, drain, 'done', `${this.nameOf(node)} is drained: no copy of a shard is left on it`);
            }
        }
    }

    /** The copy stays for want of a node that may take it. */
    findsNoNode(node: NodeId, position: number): void {
        const { name } = this.peers.shards[position]!;
        this.waits(node, `no other node may take its copy of ${name}`);
    }

    waits(node: NodeId, why: string): void {
        const drain = this.all.get(node);
        if (drain?.told === 'nothing') {
            this.tell(node, drain, 'waits', `the drain of ${this.nameOf(node)} waits: ${why}`);
        }
    }

    private tell(node: NodeId, drain: Drain, told: Drain['told'], text: string): void {
        drain.told = told;
        this.peers.world.record({ kind: 'state', text, cause: drain.cause, node });
    }

    private nameOf(node: NodeId): string {
        return this.peers.at(node).name;
    }
}
