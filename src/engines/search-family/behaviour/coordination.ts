/** Who follows whom: the modes of the nodes, the checks between them, and how those without a manager find one. */
import type { Cause, HostChange } from '../../../simulator/index.js';
import { assertNever, type NodeId } from '../../../topology/index.js';
import { Mailbox, whySilent } from '../../shared/simulation/index.js';
import type { Allocator } from './allocator.js';
import { isOlder, NO_STATE, persisted, type ClusterState } from './cluster-state.js';
import { Discovery } from './discovery.js';
import { Elections } from './elections.js';
import { Managers } from './managers.js';
import type { Freshness, Message } from './messages.js';
import type { Peer, Peers } from './peers.js';
import { Watch } from './watch.js';

export interface CoordinationHooks {
    readonly committed: (state: ClusterState, cause: Cause) => void;
    /** What the node acts by, or whether it has a manager, is different now. */
    readonly changed: (peer: Peer) => void;
    readonly elected: (peer: Peer, cause: Cause) => void;
    readonly stoodDown: (peer: Peer, cause: Cause) => void;
}

export class Coordination {
    readonly managers: Managers;
    private readonly mailbox: Mailbox<Message>;
    private readonly watch: Watch;
    private readonly elections: Elections;
    private readonly discovery: Discovery;

    constructor(
        private readonly peers: Peers,
        allocator: Allocator,
        private readonly hooks: CoordinationHooks,
    ) {
        const { world } = peers;
        this.mailbox = new Mailbox(world, ({ from, to, message }) =>
            this.receive(peers.at(to), peers.at(from), message),
        );
        this.watch = new Watch(peers, {
            followerFailed: (manager, peer, how, cause) => {
                if (how === 'closed') {
                    this.managers.disconnected(manager, peer.node);
                }
                this.managers.leave(manager, peer.node, cause);
            },
            leaderFailed: (peer, cause) => {
                peer.cause = cause;
                this.becomeCandidate(peer);
            },
            isFaulty: (manager, node) => this.managers.isFaulty(manager, node),
        });
        this.elections = new Elections(peers, this.mailbox, {
            stepsBack: (peer, term) => this.stepsBack(peer, term),
            won: (peer, voters) => this.lead(peer, voters),
        });
        this.managers = new Managers(peers, this.mailbox, allocator, {
            follows: (manager, nodes) => this.watch.checkFollowers(manager, nodes),
            committed: hooks.committed,
            applied: hooks.changed,
            failed: (manager, why, cause) => this.standDown(manager, why, cause),
        });
        this.discovery = new Discovery(peers, {
            sees: (peer, found) => this.sees(peer, found),
            foundManager: (peer, manager) => {
                const { node, term, life } = peer;
                peer.joining = manager.node;
                this.mailbox.send(node, manager.node, { kind: 'join', term, life });
            },
        });
    }

    /** Everyone follows the first manager, and all checks are answered. */
    start(first: Peer, state: ClusterState): void {
        for (const peer of this.peers.all) {
            Object.assign(peer, {
                mode: 'follower',
                term: state.term,
                leader: first.node,
                accepted: state,
                applied: state,
            });
        }
        first.mode = 'leader';
        this.managers.begin(first, -1, false);
        this.watch.start(first);
    }

    // ── Faults ─────────────────────────────────────────────────────────────────

    hostChanged(peer: Peer, change: HostChange, cause: Cause): void {
        switch (change) {
            case 'failed':
            case 'crashed':
            case 'stopped':
                this.mailbox.dropBacklog(peer.node);
                this.forget(peer);
                break;
            case 'started':
                this.begin(peer, cause);
                break;
            case 'unfrozen':
                this.mailbox.readBacklog(peer.node);
                this.watch.resume(peer);
                this.elections.resume(peer);
                this.managers.resume(peer);
                this.discovery.resume(peer);
                break;
            case 'frozen':
                break;
            case 'wiped':
                peer.lostDisk = true;
                break;
            default:
                assertNever(change);
        }
        this.watch.reviewAbout(peer);
        this.discovery.review();
    }

    /** The node tells its manager that a copy of its own has all data. */
    reportCopied(peer: Peer, position: number, cause: Cause): void {
        if (peer.mode === 'leader') {
            this.managers.copied(peer, position, peer.node, cause);
        } else if (peer.leader !== undefined) {
            this.mailbox.send(peer.node, peer.leader, { kind: 'copied', position, cause });
        }
    }

    /** The copies on the node are gone, and its manager is told of each. */
    diskLost(peer: Peer, cause: Cause): void {
        if (!this.peers.runs(peer) || peer.leader === undefined) {
            return;
        }
        peer.applied.shards.forEach(({ copies }, position) => {
            if (copies.some(({ node }) => node === peer.node)) {
                this.managers.broken(this.peers.at(peer.leader!), position, peer.node, cause);
            }
        });
    }

    /** Links have changed. */
    reviewAll(): void {
        this.watch.reviewAll();
        this.discovery.review();
    }

    /** The process is gone, and with it all that it knew but did not write down. */
    private forget(peer: Peer): void {
        this.stopLeading(peer, peer.cause);
        this.elections.stop(peer);
        this.discovery.end(peer);
        this.watch.forget(peer);
        Object.assign(peer, { mode: 'candidate', leader: undefined, joining: undefined, applied: NO_STATE });
    }

    private begin(peer: Peer, cause: Cause): void {
        this.forget(peer);
        Object.assign(peer, { life: peer.life + 1, cause });
        if (peer.lostDisk) {
            Object.assign(peer, { lostDisk: false, disk: peer.disk + 1, term: 0, accepted: NO_STATE });
        } else if (peer.accepted !== NO_STATE) {
            peer.accepted = persisted(peer.accepted);
        }
        this.hooks.changed(peer);
        this.discovery.begin(peer);
    }

    // ── Modes ──────────────────────────────────────────────────────────────────

    private becomeCandidate(peer: Peer): void {
        if (peer.mode === 'leader') {
            this.stopLeading(peer, peer.cause);
        }
        this.watch.stopLeader(peer);
        Object.assign(peer, { mode: 'candidate', leader: undefined, joining: undefined });
        this.hooks.changed(peer);
        this.watch.reviewAbout(peer);
        this.discovery.begin(peer);
    }

    private standDown(peer: Peer, why: string, cause = this.managers.causeOf(peer)): void {
        peer.cause = this.peers.world.record({
            kind: 'demotion',
            text: `${peer.name} stands down as ${this.peers.product.manager}: ${why}`,
            cause,
            node: peer.node,
        });
        this.becomeCandidate(peer);
    }

    private stopLeading(peer: Peer, cause: Cause): void {
        if (peer.mode === 'leader') {
            this.managers.end(peer);
            this.watch.stopFollowers(peer);
            this.hooks.stoodDown(peer, cause);
        }
    }

    /** A later term begins for the node. */
    private stepsBack(peer: Peer, term: number): void {
        if (peer.mode === 'leader') {
            this.standDown(peer, `term ${term} has begun`);
        } else if (peer.mode === 'follower') {
            this.becomeCandidate(peer);
        }
        peer.term = term;
    }

    private lead(peer: Peer, voters: ReadonlyMap<NodeId, number>): void {
        Object.assign(peer, { mode: 'leader', leader: peer.node, joining: undefined });
        this.discovery.end(peer);
        peer.cause = this.peers.world.record({
            kind: 'promotion',
            text: `${peer.name} has the votes of a majority and is elected ${this.peers.product.manager} in term ${peer.term}`,
            cause: peer.cause,
            node: peer.node,
        });
        this.hooks.elected(peer, peer.cause);
        this.managers.begin(peer, peer.cause);
        for (const [node, life] of voters) {
            this.managers.join(peer, node, life, peer.cause);
        }
        this.discovery.review();
    }

    private follow(peer: Peer, manager: Peer, cause: Cause): void {
        if (peer.mode === 'follower' && peer.leader === manager.node && this.watch.isFollowing(peer, manager)) {
            return;
        }
        this.elections.stop(peer);
        this.discovery.end(peer);
        this.watch.stopLeader(peer);
        Object.assign(peer, { mode: 'follower', leader: manager.node, joining: undefined });
        this.watch.follow(peer, manager, cause);
        this.hooks.changed(peer);
    }

    /** A node that reaches a majority of the voters stands for election, unless it finds a manager. */
    private sees(peer: Peer, found: readonly Peer[]): void {
        const identities = new Set(found.map((voter) => this.peers.identityOf(voter)));
        this.elections.sees(peer, peer.accepted !== NO_STATE && this.peers.decide(peer.accepted, identities));
    }

    // ── Messages ───────────────────────────────────────────────────────────────

    private receive(peer: Peer, from: Peer, message: Message): void {
        switch (message.kind) {
            case 'prevote':
                this.elections.onPrevote(peer, from);
                break;
            case 'prevote-granted':
                this.elections.onPrevoteGranted(peer, from, message.term, message.accepted);
                break;
            case 'start-join':
                this.elections.onStartJoin(peer, from, message.term);
                break;
            case 'vote':
                this.onVote(peer, from, message);
                break;
            case 'publish':
                this.onPublish(peer, from, message);
                break;
            case 'published':
                this.managers.published(peer, from, message.state, message.accepted);
                break;
            case 'commit':
                this.onCommit(peer, from, message.state);
                break;
            case 'applied':
                this.managers.applied(peer, from.node, message.state);
                break;
            case 'join':
                this.onJoin(peer, from, { ...message, cause: this.whyJoins(peer, from) });
                break;
            case 'copied':
                this.managers.copied(peer, message.position, from.node, message.cause);
                break;
            default:
                assertNever(message);
        }
    }

    /** Whoever votes joins with that, be the election won already or not. */
    private onVote(peer: Peer, from: Peer, { term, accepted, life }: Extract<Message, { kind: 'vote' }>): void {
        if (peer.mode === 'leader' && peer.term === term) {
            this.onJoin(peer, from, { term, life, cause: peer.cause });
        } else {
            this.elections.onVote(peer, from, term, accepted, life);
        }
    }

    private onPublish(peer: Peer, from: Peer, { state, cause }: Extract<Message, { kind: 'publish' }>): void {
        const isNewer = state.term >= peer.term && isOlder(peer.accepted, state);
        if (isNewer) {
            this.stepsBackFor(peer, from, state.term, cause);
            peer.accepted = state;
            peer.cause = cause;
            this.follow(peer, from, cause);
        }
        const { term, version } = state;
        this.mailbox.send(peer.node, from.node, { kind: 'published', state: { term, version }, accepted: isNewer });
    }

    private stepsBackFor(peer: Peer, manager: Peer, term: number, cause: Cause): void {
        if (peer.mode === 'leader' && peer !== manager) {
            this.standDown(peer, `it hears of ${manager.name}, which leads in term ${term}`, cause);
        }
        peer.term = term;
    }

    private onCommit(peer: Peer, from: Peer, { term, version }: Freshness): void {
        if (peer.accepted.term !== term || peer.accepted.version !== version) {
            return;
        }
        peer.accepted = { ...peer.accepted, formerConfiguration: peer.accepted.configuration };
        peer.applied = peer.accepted;
        this.hooks.changed(peer);
        this.mailbox.send(peer.node, from.node, { kind: 'applied', state: { term, version } });
    }

    /** It was away, or the manager was, or else what it did last led it there. */
    private whyJoins(manager: Peer, from: Peer): Cause {
        const fault = whySilent(this.peers.world, manager.node, from.node);
        return fault < 0 ? from.cause : fault;
    }

    /** A member in a later term makes the manager be elected anew, in a still later one. */
    private onJoin(
        peer: Peer,
        from: Peer,
        { term, life, cause }: { readonly term: number; readonly life: number; readonly cause: Cause },
    ): void {
        if (peer.mode !== 'leader') {
            return;
        }
        if (term > peer.term && !this.managers.isPublishing(peer)) {
            peer.maxTermSeen = Math.max(peer.maxTermSeen, term);
            this.standDown(peer, `${from.name} is in term ${term} already`);
            this.elections.stand(peer);
        } else if (
            term <= peer.term &&
            !(this.managers.isPublishing(peer) && peer.accepted.nodes.get(from.node) === life)
        ) {
            this.managers.join(peer, from.node, life, cause);
        }
    }
}
