import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { listed, setDuration, type NodeId } from '../../../topology/index.js';
import type { Reviews } from '../../shared/simulation/index.js';
import { GOSSIP_MS, LOCAL_PAUSE_MS } from '../config.js';
import { Components } from './components.js';
import type { Nodes } from './nodes.js';
import { nextOf, phaseOf } from './phases.js';

/** An observer's judgement that a node is down. */
interface Verdict {
    readonly sinceMs: number;
    readonly event: Cause;
}

/** What one node knows of the others, sparsely: who is not mentioned is up and was heard of a moment ago. */
interface View {
    readonly roundPhaseMs: number;
    readonly ages: RandomStream;
    readonly peers: RandomStream;
    readonly down: Map<NodeId, Verdict>;
    /** When the last heartbeat came of those that heartbeats cannot come from now. */
    readonly silent: Map<NodeId, number>;
    /** Those whose heartbeats could come again, and have not yet, with what made it possible. */
    readonly awaited: Map<NodeId, Cause>;
    /** After a pause of its own the node marks nobody as down until then. */
    pausedUntilMs: number;
    frozenAtMs: number;
    gossiping: boolean;
}

export interface GossipListener {
    /** Heartbeats of the peers come again. */
    heard(observer: NodeId, peers: readonly NodeId[]): void;
    markedDown(observer: NodeId, peers: readonly NodeId[]): void;
    markedUp(): void;
}

/**
 * Who takes whom for up. Each node judges by itself, from the heartbeats that gossip brings it from anybody; rounds of gossip
 * are simulated only while somebody could hear of a node that it has lost sight of.
 */
export class Gossip {
    private readonly views: ReadonlyMap<NodeId, View>;
    private readonly look: HandlerId;
    private readonly round: HandlerId;
    /** Grows whenever somebody changes his mind about anybody. */
    revision = 0;
    private components: Components;
    private readonly others = new Map<NodeId, readonly NodeId[]>();

    constructor(
        private readonly world: World,
        private readonly nodes: Nodes,
        private readonly seeds: readonly NodeId[],
        private readonly reviews: Reviews,
        private readonly listener: GossipListener,
    ) {
        const streamOf = (node: NodeId, purpose: string): RandomStream =>
            world.stream(`${world.cluster.name} ${nodes.name(node)}`, purpose);
        this.views = new Map(
            nodes.ids.map((node) => [
                node,
                {
                    roundPhaseMs: phaseOf(world, node, 'gossip rounds', GOSSIP_MS),
                    ages: streamOf(node, 'ages of heartbeats'),
                    peers: streamOf(node, 'gossip peers'),
                    down: new Map<NodeId, Verdict>(),
                    silent: new Map<NodeId, number>(),
                    awaited: new Map<NodeId, Cause>(),
                    pausedUntilMs: 0,
                    frozenAtMs: -1,
                    gossiping: false,
                },
            ]),
        );
        this.look = world.handler((node) => this.onLook(node));
        this.round = world.handler((node) => this.onRound(node));
        this.components = new Components(nodes);
    }

    believesUp(observer: NodeId, peer: NodeId): boolean {
        return !this.views.get(observer)!.down.has(peer);
    }

    /** Whom the observer takes for down. */
    downFor(observer: NodeId): Iterable<NodeId> {
        return this.views.get(observer)!.down.keys();
    }

    verdict(observer: NodeId, peer: NodeId): Verdict | undefined {
        return this.views.get(observer)!.down.get(peer);
    }

    /** The process is gone, and all that it knew. */
    forget(node: NodeId): void {
        const view = this.views.get(node)!;
        view.down.clear();
        view.silent.clear();
        view.awaited.clear();
        this.revision++;
    }

    /** A node that has started takes nobody for up before it hears of them. */
    returned(node: NodeId, cause: Cause): void {
        this.forget(node);
        const { down } = this.views.get(node)!;
        for (const peer of this.nodes.ids.filter((other) => other !== node)) {
            down.set(peer, { sinceMs: this.world.now, event: cause });
        }
        this.revision++;
    }

    /** A clean stop is announced to everyone that the node reaches, and they mark it as down at once. */
    announceEnd(node: NodeId, cause: Cause): void {
        const { world, nodes } = this;
        const text = `${nodes.name(node)} tells the others that it shuts down, and they mark it as down`;
        const event = world.record({ kind: 'state', text, cause, node });
        for (const [observer, view] of this.views) {
            const reached = world.delay(node, observer) >= 0 && world.delay(observer, node) >= 0;
            if (observer !== node && reached && nodes.gossips(observer) && !view.down.has(node)) {
                view.silent.delete(node);
                view.down.set(node, { sinceMs: world.now, event });
                this.revision++;
                this.listener.markedDown(observer, [node]);
            }
        }
    }

    frozen(node: NodeId): void {
        this.views.get(node)!.frozenAtMs = this.world.now;
    }

    unfrozen(node: NodeId): void {
        const view = this.views.get(node)!;
        if (this.world.now - view.frozenAtMs > LOCAL_PAUSE_MS) {
            view.pausedUntilMs = this.world.now + LOCAL_PAUSE_MS;
        }
    }

    /** Looks anew at whose heartbeats can reach whom. */
    connectionsChanged(cause: Cause): void {
        this.components = new Components(this.nodes);
        for (const [observer, view] of this.views) {
            if (this.nodes.remembers(observer)) {
                this.reviewPeers(observer, view, cause);
                this.arm(observer, view);
            }
        }
        this.gossipWhileAwaited();
    }

    private reviewPeers(observer: NodeId, view: View, cause: Cause): void {
        for (const peer of this.nodes.ids) {
            if (peer === observer) {
                continue;
            }
            if (!this.components.connect(observer, peer)) {
                view.awaited.delete(peer);
                if (!view.down.has(peer) && !view.silent.has(peer)) {
                    view.silent.set(peer, this.world.now - view.ages.below(this.nodes.config(observer).heartbeatMs));
                }
            } else if (view.silent.has(peer) || (view.down.has(peer) && this.nodes.answers(observer, peer))) {
                view.awaited.set(peer, view.awaited.get(peer) ?? cause);
            }
        }
    }

    // ── Silence ────────────────────────────────────────────────────────────────

    /** The next look at which somebody's silence has been too long. */
    private arm(node: NodeId, { silent, roundPhaseMs, pausedUntilMs }: View): void {
        if (silent.size > 0) {
            let longest = Infinity;
            for (const lastMs of silent.values()) {
                longest = Math.min(longest, lastMs);
            }
            const due = Math.floor(longest + this.nodes.config(node).silenceMs) + 1;
            const from = Math.max(due, pausedUntilMs, this.world.now + 1);
            this.world.schedule(nextOf(roundPhaseMs, GOSSIP_MS, from), this.look, node);
        }
    }

    private onLook(node: NodeId): void {
        const view = this.views.get(node)!;
        if (!this.nodes.gossips(node) || this.world.now < view.pausedUntilMs) {
            return;
        }
        const { silenceMs, heartbeatMs } = this.nodes.config(node);
        const due: NodeId[] = [];
        for (const [peer, lastMs] of view.silent) {
            if (this.world.now - lastMs > silenceMs) {
                due.push(peer);
            }
        }
        due.sort((one, other) => one - other);
        if (due.length > 0) {
            const often = `Heartbeats of a node reach the others every ${setDuration(heartbeatMs)} on average`;
            this.nodes.restOn(node, 'assumed_heartbeat_interval', often);
            const text = `${this.nodes.name(node)} marks ${this.namesOf(due)} as down: no heartbeat for ${(silenceMs / 1000).toFixed(1)} s`;
            const cause = this.world.lastFault(due[0]!);
            const own = this.world.lastFault(node);
            const event = this.world.record({
                kind: 'detection',
                text,
                cause: Math.max(cause, own),
                node,
                peer: due[0]!,
                belief: { holds: 'failed', about: due },
            });
            for (const peer of due) {
                view.silent.delete(peer);
                view.down.set(peer, { sinceMs: this.world.now, event });
            }
            this.revision++;
            this.listener.markedDown(node, due);
            // What succeeds with a silent node also succeeds when it is marked as down.
            this.reviews.soon();
        }
        this.arm(node, view);
    }

    // ── Hearing again ──────────────────────────────────────────────────────────

    private gossipWhileAwaited(): void {
        if (!this.someoneIsAwaited()) {
            return;
        }
        for (const [node, view] of this.views) {
            if (!view.gossiping && this.nodes.gossips(node)) {
                view.gossiping = true;
                this.world.schedule(nextOf(view.roundPhaseMs, GOSSIP_MS, this.world.now + 1), this.round, node);
            }
        }
    }

    private someoneIsAwaited(): boolean {
        for (const { awaited } of this.views.values()) {
            if (awaited.size > 0) {
                return true;
            }
        }
        return false;
    }

    private onRound(node: NodeId): void {
        const view = this.views.get(node)!;
        view.gossiping = this.nodes.gossips(node) && this.someoneIsAwaited();
        if (!view.gossiping) {
            return;
        }
        for (const peer of this.peersOfRound(node, view)) {
            if (this.nodes.answers(node, peer)) {
                this.exchange(node, peer);
            }
        }
        this.world.schedule(this.world.now + GOSSIP_MS, this.round, node);
    }

    /**
     * One node that is up, perhaps one that is down, and perhaps a seed.
     *
     * Source: https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/gms/Gossiper.java
     */
    private peersOfRound(node: NodeId, { down, peers }: View): readonly NodeId[] {
        const live = down.size === 0 ? this.othersOf(node) : this.othersOf(node).filter((other) => !down.has(other));
        const chosen: NodeId[] = [];
        if (live.length > 0) {
            chosen.push(live[peers.below(live.length)]!);
        }
        if (down.size > 0 && peers.below(live.length + 1) < down.size) {
            chosen.push([...down.keys()][peers.below(down.size)]!);
        }
        const seeds = this.seeds.filter((seed) => seed !== node);
        const metSeed = live.length >= this.seeds.length && chosen.slice(0, 1).some((peer) => seeds.includes(peer));
        if (seeds.length > 0 && !metSeed) {
            const others = live.length + down.size;
            if (live.length === 0 || peers.below(others) < this.seeds.length) {
                chosen.push(seeds[peers.below(seeds.length)]!);
            }
        }
        return chosen;
    }

    private othersOf(node: NodeId): readonly NodeId[] {
        const others = this.others.get(node) ?? this.nodes.ids.filter((other) => other !== node);
        this.others.set(node, others);
        return others;
    }

    /** Both learn all that the other one has heard since it could. */
    private exchange(one: NodeId, other: NodeId): void {
        const newToOne = this.newsFor(one, other);
        const newToOther = this.newsFor(other, one);
        this.hear(one, newToOne);
        this.hear(other, newToOther);
    }

    private newsFor(node: NodeId, source: NodeId): readonly NodeId[] {
        const { awaited } = this.views.get(source)!;
        return [...this.views.get(node)!.awaited.keys()].filter((peer) => peer === source || !awaited.has(peer));
    }

    private hear(node: NodeId, peers: readonly NodeId[]): void {
        const view = this.views.get(node)!;
        const cause = Math.max(-1, ...peers.map((peer) => view.awaited.get(peer) ?? -1));
        peers.forEach((peer) => {
            view.silent.delete(peer);
            view.awaited.delete(peer);
        });
        // Before a node is marked as up it must have answered directly.
        const up = peers.filter((peer) => view.down.has(peer) && this.nodes.answers(node, peer)).sort((a, b) => a - b);
        if (up.length > 0) {
            up.forEach((peer) => view.down.delete(peer));
            this.revision++;
            const text = `${this.nodes.name(node)} hears of ${this.namesOf(up)} and marks ${up.length === 1 ? 'it' : 'them'} as up`;
            this.world.record({
                kind: 'recovery',
                text,
                cause,
                node,
                peer: up[0]!,
                belief: { holds: 'alive', about: up },
            });
            this.listener.markedUp();
        }
        this.listener.heard(node, peers);
    }

    private namesOf(nodes: readonly NodeId[]): string {
        return nodes.length > MANY ? `${nodes.length} nodes` : listed(nodes.map((node) => this.nodes.name(node)));
    }
}

/** More nodes than these are counted, not named. */
const MANY = 6;
