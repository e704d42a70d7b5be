/** How nodes without a manager elect one (PreVoteCollector.java, ElectionSchedulerFactory.java, CoordinationState.java). */
import type { HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { Mailbox } from '../../shared/simulation/index.js';
import { longestWait } from '../config.js';
import { isOlder, type Identity } from './cluster-state.js';
import type { Freshness, Message } from './messages.js';
import type { Peer, Peers } from './peers.js';

interface Campaign {
    /** Tells events that count from those of an earlier campaign. */
    turn: number;
    isRunning: boolean;
    tries: number;
    /** Nodes that would vote, in the current try; undefined: it has led to an election. */
    prevotes: Set<Identity> | undefined;
    votes: Set<Identity>;
    /** Who voted, with the life of its process: they join with their vote. */
    voters: Map<NodeId, number>;
}

export interface ElectionHooks {
    /** The node takes part in an election of a later term. */
    readonly stepsBack: (peer: Peer, term: number) => void;
    readonly won: (peer: Peer, voters: ReadonlyMap<NodeId, number>) => void;
}

export class Elections {
    private readonly campaigns = new Map<NodeId, Campaign>();
    private readonly attempt: HandlerId;

    constructor(
        private readonly peers: Peers,
        private readonly mailbox: Mailbox<Message>,
        private readonly hooks: ElectionHooks,
    ) {
        this.attempt = peers.world.handler((node, turn) => this.onAttempt(node, turn));
    }

    /** The node sees a majority of the voters, or sees it no more. */
    sees(peer: Peer, majority: boolean): void {
        const campaign = this.campaignOf(peer);
        if (!majority || !peer.electable) {
            this.stop(peer);
        } else if (!campaign.isRunning) {
            Object.assign(campaign, { isRunning: true, tries: 0, turn: campaign.turn + 1 });
            this.plan(peer, campaign, 0);
        }
    }

    stop(peer: Peer): void {
        const campaign = this.campaignOf(peer);
        if (campaign.isRunning) {
            Object.assign(campaign, { isRunning: false, turn: campaign.turn + 1, prevotes: undefined });
        }
    }

    /** A process that was frozen tries at once what it has missed. */
    resume(peer: Peer): void {
        const campaign = this.campaignOf(peer);
        if (campaign.isRunning) {
            campaign.turn++;
            this.plan(peer, campaign, 0);
        }
    }

    /** A random wait, which may grow with every try. */
    private plan(peer: Peer, campaign: Campaign, pauseMs: number): void {
        const waitMs = peer.random.between(1, longestWait(this.peers.config, campaign.tries++));
        this.peers.world.schedule(this.peers.world.now + pauseMs + waitMs, this.attempt, peer.node, campaign.turn);
    }

    private onAttempt(node: NodeId, turn: number): void {
        const peer = this.peers.at(node);
        const campaign = this.campaignOf(peer);
        if (campaign.turn !== turn || peer.mode !== 'candidate' || !this.peers.runs(peer)) {
            return;
        }
        this.plan(peer, campaign, this.peers.config.electionMs);
        campaign.prevotes = new Set([this.peers.identityOf(peer)]);
        this.toVoters(peer, { kind: 'prevote' });
        this.countPrevotes(peer, campaign);
    }

    /** A node that trusts its manager lets nobody else stand. */
    onPrevote(peer: Peer, from: Peer): void {
        const trusts = peer.mode !== 'candidate' && peer.leader !== from.node;
        if (peer.votes && !trusts) {
            const { term, accepted } = peer;
            this.mailbox.send(peer.node, from.node, { kind: 'prevote-granted', term, accepted: freshness(accepted) });
        }
    }

    onPrevoteGranted(peer: Peer, from: Peer, term: number, accepted: Freshness): void {
        const campaign = this.campaignOf(peer);
        if (peer.mode !== 'candidate' || campaign.prevotes === undefined) {
            return;
        }
        peer.maxTermSeen = Math.max(peer.maxTermSeen, term);
        if (!isOlder(peer.accepted, accepted)) {
            campaign.prevotes.add(this.peers.identityOf(from));
            this.countPrevotes(peer, campaign);
        }
    }

    private countPrevotes(peer: Peer, campaign: Campaign): void {
        if (campaign.prevotes !== undefined && this.peers.decide(peer.accepted, campaign.prevotes)) {
            campaign.prevotes = undefined;
            this.stand(peer);
        }
    }

    /** Asks for votes in a term that nobody has seen. */
    stand(peer: Peer): void {
        const term = Math.max(peer.term, peer.maxTermSeen) + 1;
        peer.cause = this.peers.world.record({
            kind: 'election',
            text: `${peer.name} asks for votes in term ${term}`,
            cause: peer.cause,
            node: peer.node,
        });
        this.toVoters(peer, { kind: 'start-join', term });
        this.onStartJoin(peer, peer, term);
    }

    onStartJoin(peer: Peer, from: Peer, term: number): void {
        if (term <= peer.term) {
            return;
        }
        this.hooks.stepsBack(peer, term);
        const accepted = freshness(peer.accepted);
        if (peer === from) {
            Object.assign(this.campaignOf(peer), { votes: new Set(), voters: new Map() });
            this.onVote(peer, peer, term, accepted, peer.life);
        } else {
            this.mailbox.send(peer.node, from.node, { kind: 'vote', term, accepted, life: peer.life });
        }
    }

    onVote(peer: Peer, from: Peer, term: number, accepted: Freshness, life: number): void {
        const campaign = this.campaignOf(peer);
        if (term !== peer.term || peer.mode !== 'candidate' || isOlder(peer.accepted, accepted)) {
            return;
        }
        campaign.votes.add(this.peers.identityOf(from));
        campaign.voters.set(from.node, life);
        if (this.peers.decide(peer.accepted, campaign.votes)) {
            this.stop(peer);
            this.hooks.won(peer, campaign.voters);
        }
    }

    private toVoters(peer: Peer, message: Message): void {
        for (const voter of this.peers.voters) {
            if (voter !== peer && this.peers.world.reach(peer.node, voter.node) === 'open') {
                this.mailbox.send(peer.node, voter.node, message);
            }
        }
    }

    private campaignOf({ node }: Peer): Campaign {
        const known = this.campaigns.get(node);
        if (known !== undefined) {
            return known;
        }
        const campaign: Campaign = {
            turn: 0,
            isRunning: false,
            tries: 0,
            prevotes: undefined,
            votes: new Set(),
            voters: new Map(),
        };
        this.campaigns.set(node, campaign);
        return campaign;
    }
}

function freshness({ term, version }: Freshness): Freshness {
    return { term, version };
}
