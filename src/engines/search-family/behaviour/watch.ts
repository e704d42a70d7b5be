/** Which checks run between which nodes, what they meet, and what is told of those that fail. */
import type { Cause } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { Checks, type Answer } from './checks.js';
import type { ClusterState } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';

interface WatchHooks {
    readonly followerFailed: (manager: Peer, peer: Peer, how: Answer, cause: Cause) => void;
    readonly leaderFailed: (peer: Peer, cause: Cause) => void;
    /** Whether the node has failed the manager's checks and is yet to be removed. */
    readonly isFaulty: (manager: Peer, node: NodeId) => boolean;
}

export class Watch {
    private readonly followerChecks: Checks;
    private readonly leaderChecks: Checks;
    /** Which life of its manager a node follows. */
    private readonly lifeFollowed = new Map<NodeId, number>();
    /** Whom a node has found failed by itself, as long as no manager tells it who is there. */
    private readonly found = new Map<NodeId, Set<NodeId>>();

    constructor(
        private readonly peers: Peers,
        private readonly hooks: WatchHooks,
    ) {
        const { world, config } = peers;
        this.followerChecks = new Checks(world, {
            times: config.followerCheck,
            answer: (manager, node) => this.answerOfFollower(peers.at(manager), peers.at(node)),
            failed: (manager, node, how) => this.followerFailed(peers.at(manager), peers.at(node), how),
        });
        this.leaderChecks = new Checks(world, {
            times: config.leaderCheck,
            answer: (node, manager) => this.answerOfLeader(peers.at(node), peers.at(manager)),
            failed: (node, manager, how) => this.leaderFailed(peers.at(node), peers.at(manager), how),
        });
    }

    /** In health all checks are answered; those of one manager run in step, those of others each in its own time. */
    start(manager: Peer): void {
        const { followerCheck, leaderCheck } = this.peers.config;
        const phase = (peer: Peer, cycleMs: number): number => -peer.random.below(Math.max(1, Math.ceil(cycleMs)));
        const inStep = phase(manager, followerCheck.intervalMs);
        for (const peer of this.peers.all.filter((one) => one !== manager)) {
            this.lifeFollowed.set(peer.node, manager.life);
            this.followerChecks.start(manager.node, peer.node, inStep);
            this.leaderChecks.start(peer.node, manager.node, phase(peer, leaderCheck.intervalMs));
        }
    }

    reviewAll(): void {
        this.followerChecks.reviewAll();
        this.leaderChecks.reviewAll();
    }

    /** The node itself, or what it believes, has changed. */
    reviewAbout({ node }: Peer): void {
        this.followerChecks.reviewAbout(node);
        this.leaderChecks.reviewAbout(node);
    }

    resume(peer: Peer): void {
        this.followerChecks.resume(peer.node);
        this.leaderChecks.resume(peer.node);
    }

    stopFollowers(manager: Peer): void {
        this.followerChecks.stopAllOf(manager.node);
    }

    stopLeader(peer: Peer): void {
        this.leaderChecks.stopAllOf(peer.node);
    }

    isFollowing(peer: Peer, manager: Peer): boolean {
        return this.leaderChecks.isChecking(peer.node, manager.node);
    }

    /** The process is gone, and with it what it had found out. */
    forget(peer: Peer): void {
        this.stopFollowers(peer);
        this.stopLeader(peer);
        this.found.delete(peer.node);
    }

    /** The node checks its manager, and believes from now on as that one does who is there. */
    follow(peer: Peer, manager: Peer, cause: Cause): void {
        const { node, name } = peer;
        const { world, product } = this.peers;
        this.lifeFollowed.set(node, manager.life);
        this.leaderChecks.start(node, manager.node);
        const about = new Set([manager.node, ...(this.found.get(node) ?? [])]);
        this.found.delete(node);
        peer.cause = world.record({
            kind: 'state',
            text: `${name} follows ${manager.name}, ${product.manager} in term ${peer.term}`,
            cause,
            node,
            peer: manager.node,
            belief: { holds: 'alive', about: [...about] },
        });
    }

    /** The manager checks these nodes from now on, and no others. */
    checkFollowers(manager: Peer, nodes: ClusterState['nodes']): void {
        for (const { node } of this.peers.all) {
            const isMember = nodes.has(node) && node !== manager.node;
            if (!isMember) {
                this.followerChecks.stop(manager.node, node);
            } else if (!this.followerChecks.isChecking(manager.node, node) && !this.hooks.isFaulty(manager, node)) {
                this.followerChecks.start(manager.node, node);
            }
        }
        this.leaderChecks.reviewAll();
    }

    private answerOfFollower(manager: Peer, peer: Peer): Answer {
        const life = manager.accepted.nodes.get(peer.node);
        const reach = this.peers.answerTo(manager.node, peer.node, life, this.peers.config.followerCheck.timeoutMs);
        if (reach !== 'open') {
            return reach;
        }
        const follows = peer.mode === 'follower' && peer.leader === manager.node && peer.term === manager.term;
        const isNewToIt = peer.term <= manager.term && peer.accepted.term < manager.term;
        // It has asked to join, and hears soon that it has (`Coordinator.onFollowerCheckRequest`).
        const isJoining = peer.joining === manager.node && peer.term === manager.term;
        return follows || isNewToIt || isJoining ? 'fine' : 'rejected';
    }

    private answerOfLeader(peer: Peer, manager: Peer): Answer {
        const life = this.lifeFollowed.get(peer.node);
        const reach = this.peers.answerTo(peer.node, manager.node, life, this.peers.config.leaderCheck.timeoutMs);
        if (reach !== 'open') {
            return reach;
        }
        const knows = manager.mode === 'leader' && manager.accepted.nodes.get(peer.node) === peer.life;
        return knows && manager.term === peer.term ? 'fine' : 'rejected';
    }

    private followerFailed(manager: Peer, peer: Peer, how: Answer): void {
        const cause = this.tellFailure(manager, peer, how, this.peers.config.followerCheck.retries);
        this.hooks.followerFailed(manager, peer, how, cause);
    }

    private leaderFailed(peer: Peer, manager: Peer, how: Answer): void {
        this.hooks.leaderFailed(peer, this.tellFailure(peer, manager, how, this.peers.config.leaderCheck.retries));
    }

    private tellFailure(observer: Peer, target: Peer, how: Answer, checks: number): Cause {
        const { world, product } = this.peers;
        const isManager = observer.leader === target.node;
        const whom = isManager ? `the ${product.manager} ${target.name}` : target.name;
        const what = {
            closed: `sees the connection to ${whom} close`,
            silent: `takes ${whom} for failed: ${checks} checks in a row were not answered`,
            rejected: `takes ${whom} for failed: ${checks} checks in a row were rejected`,
            fine: `hears of ${whom} again`,
        }[how];
        const { node } = observer;
        this.found.set(node, (this.found.get(node) ?? new Set()).add(target.node));
        return world.record({
            kind: 'detection',
            text: `${observer.name} ${what}`,
            cause: this.causeOf(observer, target, how),
            node,
            peer: target.node,
            belief: { holds: 'failed', about: [target.node] },
        });
    }

    /** A node that answers and says no has come to that itself: it has stood down, or has removed the one who asks. */
    private causeOf(observer: Peer, target: Peer, how: Answer): Cause {
        const { world } = this.peers;
        const hasStoodDown = how === 'rejected' && target.mode !== 'leader';
        const fault = how === 'rejected' ? -1 : world.lastFault(target.node);
        return hasStoodDown ? target.cause : fault >= 0 ? fault : world.lastFault(observer.node);
    }
}
