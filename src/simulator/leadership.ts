import type { ClusterId, NodeId, ShardId, Topology } from '../topology/index.js';
import type { LeaderChange, Run } from './result.js';

/** Who acts as leader of which shard, and since when two did. */
export class Leadership {
    readonly changes: LeaderChange[] = [];
    readonly splitBrains: Run['splitBrains'][number][] = [];
    private readonly claims = new Map<ShardId, NodeId[]>();
    /** What each node leads. */
    private readonly ledBy = new Map<NodeId, Set<ShardId>>();
    private readonly openSplits = new Map<ShardId, { readonly fromMs: number; nodes: readonly NodeId[] }>();
    /** Node that held each epoch of a shard. */
    private readonly epochs = new Map<string, NodeId>();

    constructor(
        private readonly topology: Topology,
        /** Whether the node's process can act at all: frozen, crashed and powerless ones cannot. */
        private readonly canAct: (shard: ShardId, node: NodeId) => boolean,
    ) {}

    claim(shard: ShardId, node: NodeId, epoch: number, now: number): void {
        const key = `${shard}/${epoch}`;
        const holder = this.epochs.get(key);
        if (holder !== undefined && holder !== node) {
            throw new Error(
                `Invariant broken at ${now} ms: ${this.nameOf(holder)} and ${this.nameOf(node)} both lead ` +
                    `${this.topology.shards[shard]!.name} in epoch ${epoch}.`,
            );
        }
        this.epochs.set(key, node);
        const nodes = this.claims.get(shard) ?? [];
        if (nodes.includes(node)) {
            return;
        }
        const from = nodes.at(-1) ?? null;
        this.claims.set(shard, [...nodes, node]);
        this.ledBy.set(node, (this.ledBy.get(node) ?? new Set()).add(shard));
        this.note(shard, from, node, now);
        this.review(shard, now);
    }

    release(shard: ShardId, node: NodeId, now: number): void {
        const nodes = this.claims.get(shard) ?? [];
        if (!nodes.includes(node)) {
            return;
        }
        const left = nodes.filter((other) => other !== node);
        this.claims.set(shard, left);
        this.ledBy.get(node)!.delete(shard);
        if (nodes.at(-1) === node) {
            this.note(shard, node, left.at(-1) ?? null, now);
        }
        this.review(shard, now);
    }

    /** The cluster's process on the node can act again, cannot, or is gone and with it every claim. */
    actorChanged(cluster: ClusterId, node: NodeId, isGone: boolean, now: number): void {
        const led = [...(this.ledBy.get(node) ?? [])].filter(
            (shard) => this.topology.shards[shard]!.cluster === cluster,
        );
        for (const shard of led.sort((one, other) => one - other)) {
            if (isGone) {
                this.release(shard, node, now);
            } else {
                this.review(shard, now);
            }
        }
    }

    /** Opens or ends a split brain after a claim, a release, or a change in who can act. */
    review(shard: ShardId, now: number): void {
        const active = (this.claims.get(shard) ?? []).filter((node) => this.canAct(shard, node));
        const open = this.openSplits.get(shard);
        if (active.length > 1) {
            this.openSplits.set(shard, { fromMs: open?.fromMs ?? now, nodes: active });
        } else if (open) {
            this.openSplits.delete(shard);
            if (open.fromMs < now) {
                this.splitBrains.push({ shard, fromMs: open.fromMs, toMs: now, nodes: open.nodes });
            }
        }
    }

    finish(): void {
        for (const [shard, open] of this.openSplits) {
            this.splitBrains.push({ shard, fromMs: open.fromMs, toMs: null, nodes: open.nodes });
        }
        this.splitBrains.sort((one, other) => one.fromMs - other.fromMs || one.shard - other.shard);
    }

    private note(shard: ShardId, from: NodeId | null, to: NodeId | null, atMs: number): void {
        const last = this.changes.at(-1);
        const cluster = this.topology.shards[shard]!.cluster;
        // A leader that is dropped and replaced in one instant changed once.
        if (last && last.atMs === atMs && last.shard === shard && last.to === from && atMs > 0) {
            this.changes.pop();
            from = last.from;
        }
        if (from !== to) {
            this.changes.push({ atMs, cluster, shard, from, to });
        }
    }

    private nameOf(node: NodeId): string {
        return this.topology.nodes[node]!.qualifiedName;
    }
}
