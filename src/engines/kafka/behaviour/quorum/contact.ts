import type { Cause, HandlerId } from '../../../../simulator/index.js';
import type { NodeId } from '../../../../topology/index.js';
import { majority } from '../../../shared/checks/quorum.js';
import { connected } from '../../../shared/simulation/index.js';
import { CHECK_QUORUM_FACTOR, METADATA_MS } from '../../config.js';
import type { QuorumGroup } from './group.js';
import type { Voter } from './voter.js';

/** What the quorum tells the rest of the cluster. */
export interface QuorumListener {
    /** There is a new active controller. */
    activated(cause: Cause): void;
    /** Who beside the controllers finds it out. */
    informedOf(active: NodeId): readonly NodeId[];
    /** Whether there is one that can change the metadata may be different now. */
    changed(): void;
}

/** Who fetches from whom. While fetches flow nothing is scheduled; when they stop, clocks that count silence start. */
export class Contact {
    private readonly onActivation: HandlerId;
    private readonly onAnnouncement: HandlerId;
    /** Leaders that will tell the others again that they lead. */
    private readonly announcing = new Set<number>();

    constructor(
        private readonly group: QuorumGroup,
        private readonly listener: QuorumListener,
    ) {
        this.onActivation = group.world.handler((node, epoch) => this.activate(group.at(node), epoch));
        this.onAnnouncement = group.world.handler((node) => this.announce(group.at(node)));
    }

    /** Looks again who fetches from whom, and starts or stops the clocks that count silence. */
    review(cause: Cause): void {
        for (const voter of this.group.voters.values()) {
            if (voter.role === 'follower') {
                this.reviewFollower(voter, cause);
            }
        }
        for (const voter of this.group.voters.values()) {
            if (voter.role === 'leader') {
                this.reviewLeader(voter, cause);
            }
        }
        this.listener.changed();
    }

    private reviewFollower(voter: Voter, cause: Cause): void {
        const flows = this.group.flows(voter);
        if (flows && !voter.inTouch) {
            Object.assign(voter, { inTouch: true, hasFetched: true, isSearching: false, overdue: false });
            voter.deadline++;
        } else if (!flows && voter.inTouch) {
            Object.assign(voter, { inTouch: false, log: { epoch: voter.epoch, atMs: this.group.world.now }, cause });
            this.group.wait(voter, this.group.config.fetchTimeoutMs - this.group.sinceLastFetch(voter));
        }
    }

    private reviewLeader(leader: Voter, cause: Cause): void {
        const others = [...this.group.voters.values()].filter((other) => other !== leader);
        const followers = others.filter((other) => other.leader === leader.node && this.group.flows(other)).length;
        const inTouch = this.group.runs(leader.node) && followers + 1 >= majority(this.group.voters.size);
        if (inTouch && !leader.inTouch) {
            Object.assign(leader, { inTouch: true, overdue: false });
            leader.deadline++;
            if (!leader.isActive) {
                this.group.world.schedule(
                    this.group.world.now + METADATA_MS,
                    this.onActivation,
                    leader.node,
                    leader.epoch,
                );
            }
        } else if (!inTouch && leader.inTouch) {
            Object.assign(leader, { inTouch: false, cause });
            if (this.group.config.checkQuorum && this.group.voters.size > 1) {
                const patienceMs = CHECK_QUORUM_FACTOR * this.group.config.fetchTimeoutMs;
                this.group.wait(leader, patienceMs - this.group.sinceLastFetch(leader));
            }
        }
        const isUnknown = others.some(
            ({ node, leader: known }) =>
                known !== leader.node && this.group.runs(node) && connected(this.group.world, leader.node, node),
        );
        if (isUnknown && this.group.runs(leader.node) && !this.announcing.has(leader.node)) {
            this.announcing.add(leader.node);
            const withinMs = Math.floor(this.group.config.fetchTimeoutMs / 2);
            this.group.world.schedule(
                this.group.world.now + this.group.draw(leader, withinMs),
                this.onAnnouncement,
                leader.node,
            );
        }
    }

    /** Tells everyone who does not follow this leader that it leads, and goes on as long as there is somebody. */
    private announce(leader: Voter): void {
        this.announcing.delete(leader.node);
        if (leader.role === 'leader' && this.group.runs(leader.node)) {
            this.group.broadcast(leader, { kind: 'begin-epoch', epoch: leader.epoch, cause: leader.cause });
            this.reviewLeader(leader, leader.cause);
        }
    }

    private activate(voter: Voter, epoch: number): void {
        if (voter.role === 'leader' && voter.epoch === epoch && voter.inTouch && this.group.runs(voter.node)) {
            voter.isActive = true;
            voter.cause = this.group.tell('state', voter, 'is the active controller', voter.cause, {
                knownTo: this.listener.informedOf(voter.node),
            });
            this.listener.activated(voter.cause);
        }
    }
}
