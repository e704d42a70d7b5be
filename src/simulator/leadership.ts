import type { ClusterId, NodeId, ShardId, Topology } from '../topology/index.js';
import type { Cause } from './behaviour.js';
import type { DeposedLeader, LeaderChange, Run } from './result.js';

/** What tells whether those who act as leaders can. */
export interface LeaderHost {
    /** Whether the node's process can act at all: frozen, crashed and powerless ones cannot. */
    canAct(shard: ShardId, node: NodeId): boolean;
    /** Why nothing that the node accepts as leader comes into force, as part of a sentence; undefined: it does. */
    whyPowerless(shard: ShardId, node: NodeId): string | undefined;
    /** The node does not know yet that another leads, and can decide nothing. `cause` is what the other was told to lead by. */
    deposed(shard: ShardId, node: NodeId, why: string, cause: Cause): void;
}

/**
 * Who acts as leader of which shard, and since when two did. Two leaders are a split brain if both can acknowledge what they are
 * told: one that only believes that it leads, and waits in vain for others to agree, does no harm.
 */
export class Leadership {
    readonly changes: LeaderChange[] = [];
    readonly splitBrains: Run['splitBrains'][number][] = [];
    readonly deposed: DeposedLeader[] = [];
    private readonly claims = new Map<ShardId, NodeId[]>();
    /** Shards that two or more claim to lead, and the cause of the last claim to each. */
    private readonly contested = new Map<ShardId, Cause>();
    private readonly openDeposed = new Map<string, DeposedLeader>();
    /** What each node leads. */
    private readonly ledBy = new Map<NodeId, Set<ShardId>>();
    private readonly openSplits = new Map<ShardId, { readonly fromMs: number; nodes: readonly NodeId[] }>();
    /** Node that held each epoch of a shard. */
    private readonly epochs = new Map<string, NodeId>();

    constructor(
        private readonly topology: Topology,
        private readonly host: LeaderHost,
    ) {}

    /** Returns whether another claims to lead, too. */
    claim(shard: ShardId, node: NodeId, epoch: number, now: number, cause: Cause): boolean {
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
            return nodes.length > 1;
        }
        const from = nodes.at(-1) ?? null;
        this.claims.set(shard, [...nodes, node]);
        this.ledBy.set(node, (this.ledBy.get(node) ?? new Set()).add(shard));
        this.note(shard, from, node, now);
        if (nodes.length > 0) {
            this.contested.set(shard, cause);
        }
        this.review(shard, now);
        return nodes.length > 0;
    }

    release(shard: ShardId, node: NodeId, now: number): void {
        const nodes = this.claims.get(shard) ?? [];
        if (!nodes.includes(node)) {
            return;
        }
        const left = nodes.filter((other) => other !== node);
        this.claims.set(shard, left);
        this.ledBy.get(node)!.delete(shard);
        if (left.length < 2) {
            this.contested.delete(shard);
        }
        this.endDeposed(shard, node, now);
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

    /** Everything has reacted to what happened in this millisecond: who can act, and to what effect, may be different. */
    settle(now: number): void {
        for (const [shard, cause] of this.contested) {
            const former = this.claims.get(shard)!.slice(0, -1);
            const whys = former.map((node) =>
                this.host.canAct(shard, node) ? this.host.whyPowerless(shard, node) : 'it does not act',
            );
            // Where none of them can do anything it makes no difference who the last one is.
            if (whys.includes(undefined) || this.openSplits.has(shard)) {
                this.review(shard, now);
            }
            former.forEach((node, index) => this.noteDeposed(shard, node, whys[index], now, cause));
        }
    }

    private noteDeposed(shard: ShardId, node: NodeId, why: string | undefined, now: number, cause: Cause): void {
        const key = `${shard}/${node}`;
        if (why !== undefined && !this.openDeposed.has(key) && this.host.canAct(shard, node)) {
            this.openDeposed.set(key, { shard, node, fromMs: now, toMs: null });
            this.host.deposed(shard, node, why, cause);
        }
    }

    /** Opens or ends a split brain after a claim, a release, or a change in who can act, and to what effect. */
    review(shard: ShardId, now: number): void {
        const claims = this.contested.has(shard) ? this.claims.get(shard)! : [];
        const active = claims.filter(
            (node) => this.host.canAct(shard, node) && this.host.whyPowerless(shard, node) === undefined,
        );
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

    private endDeposed(shard: ShardId, node: NodeId, now: number): void {
        const open = this.openDeposed.get(`${shard}/${node}`);
        if (open !== undefined) {
            this.openDeposed.delete(`${shard}/${node}`);
            this.deposed.push({ ...open, toMs: now });
        }
    }

    finish(): void {
        this.deposed.push(...this.openDeposed.values());
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
