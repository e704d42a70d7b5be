import type { NodeId } from '../../../../topology/index.js';
import { majority } from '../../../shared/checks/quorum.js';
import type { Contact } from './contact.js';
import type { QuorumGroup } from './group.js';
import type { Transitions } from './transitions.js';
import { grants, isUpToDate, type QuorumMessage, type Voter } from './voter.js';

/** Voters that have lost their leader ask for votes, and the others give or refuse them. */
export class Elections {
    constructor(
        private readonly group: QuorumGroup,
        private readonly contact: Contact,
        private readonly transitions: Transitions,
    ) {}

    stand(voter: Voter): void {
        if (!voter.isSearching) {
            voter.isSearching = true;
            const text = `${this.reason(voter)} and asks for votes`;
            voter.cause = this.group.tell('election', voter, text, voter.cause, {
                ...(voter.leader !== undefined && { peer: voter.leader }),
            });
        }
        if (this.group.config.preVote) {
            this.prospect(voter);
        } else {
            this.campaign(voter);
        }
    }

    private reason({ role, leader, isDismissed }: Voter): string {
        if (role !== 'follower' || leader === undefined) {
            return 'knows no active controller';
        }
        return isDismissed
            ? `hears that ${this.group.nameOf(leader)} leaves`
            : `has not fetched from ${this.group.nameOf(leader)} for ${String(this.group.config.fetchTimeoutMs / 1000)} s`;
    }

    standAgain(voter: Voter): void {
        if (this.group.config.preVote) {
            this.prospect(voter);
        } else if (voter.isBackingOff) {
            this.campaign(voter);
        } else {
            this.backOff(voter);
        }
    }

    private backOff(voter: Voter): void {
        voter.isBackingOff = true;
        const doubled = 2 ** Math.min(10, voter.retries);
        this.group.wait(voter, Math.min(100 * this.group.draw(voter, doubled), this.group.config.maximumBackoffMs));
    }

    private prospect(voter: Voter): void {
        Object.assign(voter, { role: 'prospective', inTouch: false });
        this.group.waitForElection(voter);
        this.openPoll(voter, true);
    }

    private campaign(voter: Voter): void {
        Object.assign(voter, { role: 'candidate', inTouch: false, isBackingOff: false, leader: undefined });
        voter.epoch++;
        voter.retries++;
        voter.votedFor = voter.node;
        this.group.waitForElection(voter);
        this.openPoll(voter, false);
        this.contact.review(voter.cause);
    }

    private openPoll(voter: Voter, inAdvance: boolean): void {
        voter.granted.clear();
        voter.refused.clear();
        voter.granted.add(voter.node);
        this.askForVotes(voter, inAdvance);
        this.count(voter);
    }

    /** Whoever has not answered yet is asked, again if need be. */
    askForVotes(voter: Voter, inAdvance: boolean): void {
        const request = {
            kind: 'vote-request',
            epoch: voter.epoch,
            log: voter.log,
            inAdvance,
            cause: voter.cause,
        } as const;
        for (const node of this.group.voters.keys()) {
            if (!voter.granted.has(node) && !voter.refused.has(node)) {
                this.group.mailbox.send(voter.node, node, request);
            }
        }
    }

    private count(voter: Voter): void {
        const needed = majority(this.group.voters.size);
        const isHopeless = this.group.voters.size - voter.refused.size < needed;
        if (voter.granted.size >= needed) {
            if (voter.role === 'prospective') {
                this.campaign(voter);
            } else {
                this.lead(voter);
            }
        } else if (isHopeless && voter.role === 'prospective') {
            this.giveUp(voter);
        } else if (isHopeless && !this.group.config.preVote) {
            this.backOff(voter);
        }
    }

    /** A prospective without hope goes back to the leader that it knew, if any, and waits anew. */
    giveUp(voter: Voter): void {
        if (voter.leader === undefined) {
            this.transitions.unattach(voter, voter.epoch, true);
        } else {
            this.transitions.follow(voter, voter.leader, voter.epoch);
        }
        this.contact.review(voter.cause);
    }

    private lead(voter: Voter): void {
        const text = `has the votes of a majority of the controllers and leads in epoch ${String(voter.epoch)}`;
        voter.cause = this.group.tell('promotion', voter, text, voter.cause);
        Object.assign(voter, {
            role: 'leader',
            leader: voter.node,
            inTouch: false,
            isActive: false,
            isSearching: false,
            retries: 0,
        });
        voter.log = { epoch: voter.epoch, atMs: this.group.world.now };
        voter.deadline++;
        this.group.claim(voter, voter.cause);
        this.group.broadcast(voter, { kind: 'begin-epoch', epoch: voter.epoch, cause: voter.cause });
        this.contact.review(voter.cause);
    }

    onVoteRequest(
        voter: Voter,
        from: NodeId,
        { epoch, log, inAdvance, cause }: Extract<QuorumMessage, { kind: 'vote-request' }>,
    ): void {
        if (epoch < voter.epoch) {
            this.group.mailbox.send(voter.node, from, {
                kind: 'newer-epoch',
                epoch: voter.epoch,
                leader: voter.leader,
            });
            return;
        }
        if (epoch > voter.epoch) {
            voter.cause = cause;
            this.transitions.unattach(voter, epoch, false);
            this.contact.review(cause);
        }
        const granted = grants(voter, from, isUpToDate(log, this.group.logOf(voter)), inAdvance);
        if (granted && !inAdvance) {
            voter.votedFor = from;
            const text = `votes for ${this.group.nameOf(from)} in epoch ${String(epoch)}`;
            this.group.tell('vote', voter, text, cause, { peer: from });
        }
        this.group.mailbox.send(voter.node, from, { kind: 'vote', epoch, inAdvance, granted });
    }

    onVote(voter: Voter, from: NodeId, { epoch, inAdvance, granted }: Extract<QuorumMessage, { kind: 'vote' }>): void {
        const isAwaited = epoch === voter.epoch && voter.role === (inAdvance ? 'prospective' : 'candidate');
        if (isAwaited && !voter.isBackingOff) {
            (granted ? voter.granted : voter.refused).add(from);
            this.count(voter);
        }
    }
}
