/** What elected managers do: one change of the cluster state after the other. */
import type { Cause, HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { whySilent, type Mailbox } from '../../shared/simulation/index.js';
import type { Allocator } from './allocator.js';
import { AppliedVersions } from './applied-versions.js';
import type { ClusterState } from './cluster-state.js';
import type { Freshness, Message } from './messages.js';
import { NextState, type Tasks } from './next-state.js';
import type { Peer, Peers } from './peers.js';
import { Publication } from './publication.js';

/** One manager at work. */
interface Reign extends Tasks {
    /** Nodes that have failed their checks, until they are removed. */
    readonly faulty: Set<NodeId>;
    readonly appliedVersions: AppliedVersions;
    publication: Publication | undefined;
    isKicked: boolean;
}

export interface ManagerHooks {
    /** The manager checks these nodes from now on, and no others. */
    readonly follows: (manager: Peer, nodes: ClusterState['nodes']) => void;
    readonly committed: (state: ClusterState, cause: Cause) => void;
    readonly applied: (manager: Peer) => void;
    /** A change finds no majority: the manager stands down. */
    readonly failed: (manager: Peer, why: string, cause: Cause) => void;
}

export class Managers {
    private readonly reigns = new Map<NodeId, Reign>();
    private readonly nextState: NextState;
    private readonly work: HandlerId;
    private readonly timeout: HandlerId;
    private readonly lag: HandlerId;

    constructor(
        private readonly peers: Peers,
        private readonly mailbox: Mailbox<Message>,
        allocator: Allocator,
        private readonly hooks: ManagerHooks,
    ) {
        this.nextState = new NextState(peers, allocator, (timeMs, { node }) =>
            peers.world.schedule(timeMs, this.work, node),
        );
        this.work = peers.world.handler((node) => this.onWork(node));
        this.timeout = peers.world.handler((node, version) => this.onTimeout(node, version));
        this.lag = peers.world.handler((node, version) => this.onLag(node, version));
    }

    /** In health the first manager has nothing to do. */
    begin(peer: Peer, cause: Cause, isNew = true): void {
        const reign: Reign = {
            peer,
            joins: new Map(),
            leaves: new Map(),
            faulty: new Set(),
            appliedVersions: new AppliedVersions(),
            copied: [],
            broken: [],
            publication: undefined,
            isNew,
            isKicked: false,
            cause,
        };
        this.reigns.set(peer.node, reign);
        if (isNew) {
            this.kick(reign);
        }
    }

    end(peer: Peer): void {
        this.reigns.delete(peer.node);
    }

    isPublishing(peer: Peer): boolean {
        return this.reigns.get(peer.node)?.publication !== undefined;
    }

    join(manager: Peer, node: NodeId, life: number, cause: Cause): void {
        this.task(manager, cause, (reign) => reign.joins.set(node, life));
    }

    /** The node's checks have failed. */
    leave(manager: Peer, node: NodeId, cause: Cause): void {
        this.task(manager, cause, (reign) => {
            reign.faulty.add(node);
            reign.leaves.set(node, cause);
        });
    }

    /** What was sent over a connection that is closed gets no answer any more. */
    disconnected(manager: Peer, node: NodeId): void {
        const reign = this.reigns.get(manager.node);
        reign?.publication?.failed(node);
        this.review(reign);
    }

    isFaulty(manager: Peer, node: NodeId): boolean {
        return this.reigns.get(manager.node)?.faulty.has(node) === true;
    }

    causeOf(manager: Peer): Cause {
        return this.reigns.get(manager.node)?.cause ?? manager.cause;
    }

    copied(manager: Peer, position: number, node: NodeId, cause: Cause): void {
        this.task(manager, cause, (reign) => reign.copied.push({ position, node }));
    }

    /** The shards are to be assigned anew. */
    reroute(manager: Peer, cause: Cause): void {
        this.task(manager, cause, () => undefined);
    }

    broken(manager: Peer, position: number, node: NodeId, cause: Cause): void {
        this.task(manager, cause, (reign) => reign.broken.push({ position, node }));
    }

    published(manager: Peer, from: Peer, state: Freshness, accepted: boolean): void {
        const reign = this.reignOf(manager, state);
        if (accepted) {
            reign?.publication?.accepted(from);
        } else {
            reign?.publication?.failed(from.node);
        }
        this.review(reign);
    }

    applied(manager: Peer, from: NodeId, state: Freshness): void {
        if (state.term === manager.term) {
            this.reigns.get(manager.node)?.appliedVersions.applied(from, state.version);
        }
        const reign = this.reignOf(manager, state);
        reign?.publication?.applied(from);
        this.review(reign);
    }

    private reignOf(manager: Peer, { term, version }: Freshness): Reign | undefined {
        const reign = this.reigns.get(manager.node);
        const state = reign?.publication?.state;
        return state?.term === term && state.version === version ? reign : undefined;
    }

    private task(manager: Peer, cause: Cause, add: (reign: Reign) => void): void {
        const reign = this.reigns.get(manager.node);
        if (reign !== undefined) {
            add(reign);
            reign.cause = cause;
            this.kick(reign);
        }
    }

    // ── Changes ────────────────────────────────────────────────────────────────

    /** Tasks of one instant make one change. */
    private kick(reign: Reign): void {
        if (!reign.isKicked && reign.publication === undefined) {
            reign.isKicked = true;
            this.peers.world.schedule(this.peers.world.now, this.work, reign.peer.node);
        }
    }

    private onWork(node: NodeId): void {
        const reign = this.reigns.get(node);
        if (reign === undefined || reign.publication !== undefined || !this.peers.runs(reign.peer)) {
            return;
        }
        reign.isKicked = false;
        const base = reign.peer.accepted;
        const changed = this.nextState.changed(reign, base);
        if (changed !== undefined) {
            this.publish(reign, changed);
            return;
        }
        const improved = this.nextState.improved(reign, base);
        if (improved !== undefined) {
            this.publish(reign, improved);
        }
    }

    /** A process that was frozen works on. */
    resume(peer: Peer): void {
        const reign = this.reigns.get(peer.node);
        if (reign !== undefined) {
            reign.isKicked = false;
            this.kick(reign);
            if (reign.publication !== undefined) {
                const { version } = reign.publication.state;
                this.peers.world.schedule(reign.publication.endsMs, this.timeout, peer.node, version);
            }
        }
    }

    // ── Publication ────────────────────────────────────────────────────────────

    private publish(reign: Reign, state: ClusterState): void {
        const { peer } = reign;
        const { world } = this.peers;
        const publication = new Publication(this.peers, state, peer, world.now);
        reign.publication = publication;
        // What failed was the life before: a process that has joined anew is another member.
        for (const node of reign.faulty) {
            if (state.nodes.get(node) !== peer.accepted.nodes.get(node)) {
                reign.faulty.delete(node);
            }
        }
        peer.accepted = state;
        this.hooks.follows(peer, state.nodes);
        reign.appliedVersions.track(state.nodes);
        for (const node of publication.targets) {
            if (reign.faulty.has(node) || this.isClosed(peer, node, state)) {
                publication.failed(node);
            } else {
                this.mailbox.send(peer.node, node, { kind: 'publish', state, cause: reign.cause });
            }
        }
        world.schedule(publication.endsMs, this.timeout, peer.node, state.version);
        this.review(reign);
    }

    /** Nobody listens, or another process than the member that the state names. */
    private isClosed(peer: Peer, node: NodeId, { nodes }: ClusterState): boolean {
        const reach = this.peers.world.reach(peer.node, node);
        return reach === 'refused' || (reach === 'open' && this.peers.at(node).life !== nodes.get(node));
    }

    private review(reign: Reign | undefined): void {
        const publication = reign?.publication;
        if (reign === undefined || publication === undefined) {
            return;
        }
        if (!publication.isCommitted && publication.hasMajority) {
            publication.isCommitted = true;
            this.hooks.committed(publication.state, reign.cause);
        }
        if (publication.isCommitted) {
            const { term, version } = publication.state;
            for (const node of publication.takeUntold()) {
                this.mailbox.send(reign.peer.node, node, { kind: 'commit', state: { term, version } });
            }
        }
        if (!publication.mayCommit) {
            this.failed(reign, publication, 'no majority is left that could accept a change');
        } else if (publication.isCommitted && publication.isDone) {
            this.done(reign, publication);
        }
    }

    private onTimeout(node: NodeId, version: number): void {
        const reign = this.reigns.get(node);
        const publication = reign?.publication;
        if (reign === undefined || publication?.state.version !== version || !this.peers.runs(reign.peer)) {
            return;
        }
        if (publication.isCommitted) {
            this.done(reign, publication);
        } else {
            this.failed(reign, publication, 'no majority accepted a change within `cluster.publish.timeout`');
        }
    }

    /** Because of what keeps the voters silent, whatever else the manager has heard meanwhile. */
    private failed({ peer, cause }: Reign, { missing }: Publication, why: string): void {
        const { world } = this.peers;
        const silent = missing.filter((voter) => world.reach(peer.node, voter) !== 'open');
        const fault = Math.max(-1, ...silent.map((voter) => whySilent(world, peer.node, voter)));
        this.hooks.failed(peer, why, fault < 0 ? cause : fault);
    }

    /** The manager itself applies a change last. */
    private done(reign: Reign, publication: Publication): void {
        const { peer } = reign;
        reign.publication = undefined;
        peer.accepted = { ...publication.state, formerConfiguration: publication.state.configuration };
        peer.applied = peer.accepted;
        const { version } = publication.state;
        if (reign.appliedVersions.watch(version, peer.node)) {
            const atMs = this.peers.world.now + this.peers.config.followerLagMs;
            this.peers.world.schedule(atMs, this.lag, peer.node, version);
        }
        this.hooks.applied(peer);
        this.kick(reign);
    }

    /** Nodes that have not applied a change long after it was committed are removed. */
    private onLag(node: NodeId, version: number): void {
        const reign = this.reigns.get(node);
        if (reign === undefined || !this.peers.runs(reign.peer)) {
            return;
        }
        for (const member of reign.appliedVersions.lagging(version)) {
            const text = `${reign.peer.name} finds that ${this.peers.at(member).name} lags behind`;
            const cause = this.peers.world.record({
                kind: 'detection',
                text,
                cause: whySilent(this.peers.world, node, member),
                node,
                peer: member,
            });
            this.leave(reign.peer, member, cause);
        }
    }
}
