import type { Cause } from '../../../../simulator/index.js';
import type { NodeId } from '../../../../topology/index.js';
import { whySilent } from '../../../shared/simulation/index.js';
import type { QuorumGroup } from './group.js';
import type { Voter } from './voter.js';

/** How a voter gives up what it was. */
export class Transitions {
    constructor(private readonly group: QuorumGroup) {}

    standDown(voter: Voter, cause: Cause): void {
        if (voter.role === 'leader') {
            this.group.release(voter, cause);
        }
        if (voter.role === 'leader' || (voter.role === 'follower' && voter.inTouch)) {
            voter.log = { epoch: voter.epoch, atMs: this.group.world.now };
        }
        Object.assign(voter, { isActive: false, inTouch: false });
    }

    /**
     * The voter follows nobody. One that was waiting for an election already goes on waiting as long as it meant to, lest
     * others who cannot win put it off again and again.
     */
    unattach(voter: Voter, epoch: number, startsAnew: boolean): void {
        const { role } = voter;
        this.moveTo(voter, epoch);
        Object.assign(voter, { role: 'unattached', leader: undefined, isBackingOff: false });
        if (startsAnew || role === 'follower' || role === 'leader') {
            this.group.waitForElection(voter);
        }
    }

    follow(voter: Voter, leader: NodeId, epoch: number): void {
        const isNews = voter.leader !== leader;
        this.moveTo(voter, epoch);
        if (isNews) {
            const text = `follows ${this.group.nameOf(leader)} in epoch ${String(epoch)}`;
            // A voter that nothing has befallen follows anew because the leader was away.
            const cause = voter.cause < 0 ? whySilent(this.group.world, voter.node, leader) : voter.cause;
            voter.cause = this.group.tell('state', voter, text, cause, { peer: leader });
        }
        Object.assign(voter, { role: 'follower', leader, hasFetched: false, isDismissed: false, retries: 0 });
        this.group.wait(voter, this.group.config.fetchTimeoutMs);
    }

    private moveTo(voter: Voter, epoch: number): void {
        if (voter.role === 'leader') {
            voter.cause = this.group.tell(
                'demotion',
                voter,
                `learns of epoch ${String(epoch)} and no longer leads`,
                Math.max(voter.cause, this.group.world.lastFault(voter.node)),
            );
        }
        this.standDown(voter, voter.cause);
        if (epoch > voter.epoch) {
            Object.assign(voter, { epoch, votedFor: undefined });
        }
    }
}
