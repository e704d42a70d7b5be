import type { Cause, HostChange, World } from '../../../../simulator/index.js';
import { assertNever, type NodeId, type ShardId } from '../../../../topology/index.js';
import { majority } from '../../../shared/checks/quorum.js';
import { roundTrip } from '../../../shared/simulation/index.js';
import type { QuorumConfig } from '../../config.js';
import { Contact, type QuorumListener } from './contact.js';
import { Elections } from './elections.js';
import { QuorumGroup } from './group.js';
import { Transitions } from './transitions.js';
import type { QuorumMessage, Voter } from './voter.js';

/**
 * The controllers' own log, where followers fetch and the leader waits to be asked (KafkaRaftClient.java). A follower
 * whose fetches have gone unanswered for the fetch timeout looks for another leader; a leader that no majority fetches
 * from resigns.
 */
export class ControllerQuorum {
    private readonly group: QuorumGroup;
    private readonly contact: Contact;
    private readonly transitions: Transitions;
    private readonly elections: Elections;

    constructor(
        private readonly world: World,
        shard: ShardId | undefined,
        nodes: readonly NodeId[],
        config: QuorumConfig,
        listener: QuorumListener,
    ) {
        this.group = new QuorumGroup(
            world,
            shard,
            nodes,
            config,
            (voter, from, message) => this.receive(voter, from, message),
            (voter) => this.expire(voter),
        );
        this.contact = new Contact(this.group, listener);
        this.transitions = new Transitions(this.group);
        this.elections = new Elections(this.group, this.contact, this.transitions);
    }

    /** The first listed controller is active from the start, in epoch 1. */
    start(): void {
        const [first] = this.group.voters.values();
        if (first === undefined) {
            return;
        }
        for (const voter of this.group.voters.values()) {
            Object.assign(voter, { role: 'follower', epoch: 1, leader: first.node, log: { epoch: 1, atMs: 0 } });
        }
        Object.assign(first, { role: 'leader', votedFor: first.node, isActive: true });
        this.group.claim(first, -1);
        this.contact.review(-1);
    }

    /** Controllers that take themselves for the leader. */
    leaders(): readonly NodeId[] {
        return [...this.group.voters.values()].filter(({ role }) => role === 'leader').map(({ node }) => node);
    }

    /** The active controller, if it can change the metadata: a majority fetches from it. */
    active(): NodeId | undefined {
        let active: Voter | undefined;
        for (const voter of this.group.voters.values()) {
            const works = voter.role === 'leader' && voter.isActive && voter.inTouch && this.group.runs(voter.node);
            active = works && voter.epoch > (active?.epoch ?? 0) ? voter : active;
        }
        return active?.node;
    }

    /** Why the controller, which takes itself for the leader, can write nothing into the metadata; undefined: it can. */
    whyPowerless(leader: NodeId): string | undefined {
        return this.group.at(leader).inTouch ? undefined : 'no majority of the controllers fetches from it';
    }

    /** The active controller and those that fetch from it: they have what is written into the metadata. */
    informed(): readonly NodeId[] {
        const active = this.active();
        const fetches = (voter: Voter): boolean => voter.leader === active && this.group.flows(voter);
        return [...this.group.voters.values()]
            .filter((voter) => active !== undefined && (voter.node === active || fetches(voter)))
            .map(({ node }) => node);
    }

    /** Milliseconds until a majority has a new record of the active controller. */
    commitMs(leader: NodeId): number {
        const trips = [...this.group.voters.keys()]
            .filter((node) => node === leader || this.group.flows(this.group.at(node)))
            .map((node) => roundTrip(this.world, leader, node))
            .sort((one, other) => one - other);
        return trips[majority(this.group.voters.size) - 1] ?? 0;
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const voter = this.group.voters.get(node);
        if (voter === undefined) {
            return;
        }
        switch (change) {
            case 'stopped':
                this.leave(voter, cause);
                this.died(voter);
                break;
            case 'failed':
            case 'crashed':
                this.died(voter);
                break;
            case 'started':
                Object.assign(voter, { leader: undefined, cause });
                this.transitions.unattach(voter, voter.epoch, true);
                break;
            case 'unfrozen':
                this.thaw(voter);
                break;
            case 'frozen':
            case 'wiped':
                break;
            default:
                assertNever(change);
        }
        this.contact.review(cause);
    }

    networkChanged(cause: Cause): void {
        for (const voter of this.group.voters.values()) {
            if (voter.role === 'prospective' || voter.role === 'candidate') {
                this.elections.askForVotes(voter, voter.role === 'prospective');
            }
        }
        this.contact.review(cause);
    }

    private expire(voter: Voter): void {
        switch (voter.role) {
            case 'follower':
            case 'unattached':
            case 'resigned':
                this.elections.stand(voter);
                break;
            case 'prospective':
                this.elections.giveUp(voter);
                break;
            case 'candidate':
                this.elections.standAgain(voter);
                break;
            case 'leader':
                this.resign(voter);
                break;
            default:
                assertNever(voter.role);
        }
    }

    private thaw(voter: Voter): void {
        // The state is looked at before anything that came in meanwhile is read.
        if (voter.overdue) {
            voter.overdue = false;
            this.expire(voter);
        }
        this.group.mailbox.readBacklog(voter.node);
    }

    private resign(voter: Voter): void {
        voter.cause = this.group.tell(
            'demotion',
            voter,
            'hears no majority of the controllers any more and resigns',
            voter.cause,
        );
        this.leave(voter, voter.cause);
        Object.assign(voter, { role: 'resigned', leader: undefined });
        this.group.waitForElection(voter);
        this.contact.review(voter.cause);
    }

    /** A leader that goes tells the others, who then need not wait for their fetches to fail. */
    private leave(voter: Voter, cause: Cause): void {
        if (voter.role === 'leader') {
            const successors = [...this.group.voters.keys()].filter((node) => node !== voter.node);
            this.group.broadcast(voter, { kind: 'end-epoch', epoch: voter.epoch, successors, cause });
            this.transitions.standDown(voter, cause);
        }
    }

    private died(voter: Voter): void {
        this.transitions.standDown(voter, this.world.lastFault(voter.node));
        Object.assign(voter, { role: 'unattached', inTouch: false, overdue: false });
        voter.deadline++;
        this.group.mailbox.dropBacklog(voter.node);
    }

    private receive(voter: Voter, from: NodeId, message: QuorumMessage): void {
        switch (message.kind) {
            case 'vote-request':
                this.elections.onVoteRequest(voter, from, message);
                break;
            case 'vote':
                this.elections.onVote(voter, from, message);
                break;
            case 'begin-epoch':
                this.onBeginEpoch(voter, from, message.epoch, message.cause);
                break;
            case 'end-epoch':
                this.onEndEpoch(voter, from, message);
                break;
            case 'newer-epoch':
                this.onNewerEpoch(voter, message.epoch, message.leader);
                break;
            default:
                assertNever(message);
        }
    }

    private onBeginEpoch(voter: Voter, leader: NodeId, epoch: number, cause: Cause): void {
        if (epoch < voter.epoch) {
            this.group.mailbox.send(voter.node, leader, {
                kind: 'newer-epoch',
                epoch: voter.epoch,
                leader: voter.leader,
            });
        } else if (epoch > voter.epoch || voter.leader !== leader || voter.role === 'prospective') {
            voter.cause = cause;
            this.transitions.follow(voter, leader, epoch);
            this.contact.review(cause);
        }
    }

    /** The first successor stands at once, each further one later. */
    private onEndEpoch(
        voter: Voter,
        from: NodeId,
        { epoch, successors, cause }: Extract<QuorumMessage, { kind: 'end-epoch' }>,
    ): void {
        if (voter.role === 'follower' && voter.leader === from && voter.epoch === epoch) {
            const place = successors.indexOf(voter.node);
            const { maximumBackoffMs } = this.group.config;
            const step = Math.floor(maximumBackoffMs / 2 ** (this.group.voters.size - 1));
            voter.cause = cause;
            Object.assign(voter, { inTouch: false, isDismissed: true });
            voter.log = { epoch, atMs: this.world.now };
            this.group.wait(voter, place === 0 ? 0 : Math.min(maximumBackoffMs, step * 2 ** place));
        }
    }

    private onNewerEpoch(voter: Voter, epoch: number, leader: NodeId | undefined): void {
        if (epoch <= voter.epoch) {
            return;
        }
        if (leader === undefined || leader === voter.node) {
            this.transitions.unattach(voter, epoch, false);
        } else {
            this.transitions.follow(voter, leader, epoch);
        }
        this.contact.review(voter.cause);
    }
}
