import type { Attempt, StreamContext } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { waitsForAll } from '../acknowledgement.js';
import { askServer, roundTrip } from '../../shared/simulation/index.js';
import type { Replication } from './replication.js';
import type { KafkaState, PartitionId } from './state.js';

export type Request = Pick<StreamContext, 'client' | 'shard' | 'operation' | 'settings'>;

/** What brokers answer to clients that take them for the leader, each as far as it knows (ReplicaManager.scala). */
export class LeaderAnswers {
    constructor(
        private readonly state: KafkaState,
        private readonly replication: Replication,
    ) {}

    /** @param wayMs what the request has cost before, such as the question for the leader */
    ask(request: Request, partition: PartitionId, node: NodeId, wayMs: number): Attempt {
        const { state } = this;
        const answer = askServer(state.world, request.client, node, wayMs, -1);
        if (answer.outcome !== 'ok') {
            return answer;
        }
        const { afterMs } = answer;
        const name = state.nameOf(node);
        if (state.ended[node] === 1) {
            return { outcome: 'error', node, afterMs, reason: `${name} refuses the connection` };
        }
        if (!state.runs(node)) {
            return { outcome: 'error', node, afterMs, reason: `${name} has not joined the cluster yet` };
        }
        if (!this.takesItselfForLeader(node, partition)) {
            return { outcome: 'error', node, afterMs, reason: `${name} answers NOT_LEADER_OR_FOLLOWER` };
        }
        if (request.operation === 'read') {
            return this.replication.isOvertaken(partition, node) ? { ...answer, stale: true } : answer;
        }
        return waitsForAll(request.settings) ? this.replicate(partition, node, answer) : answer;
    }

    takesItselfForLeader(node: NodeId, partition: PartitionId): boolean {
        return this.state.seenBy(node, partition).leader === node;
    }

    /** A write that waits for every in-sync replica, as its leader knows them. The leader holds it until they have it. */
    private replicate(partition: PartitionId, leader: NodeId, answer: Extract<Attempt, { outcome: 'ok' }>): Attempt {
        const { state } = this;
        const { isr } = state.seenBy(leader, partition);
        const { needed } = state.ground(partition);
        if (isr.length < needed) {
            const reason = `${state.nameOf(leader)} answers NOT_ENOUGH_REPLICAS: ${String(isr.length)} in sync, ${String(needed)} needed`;
            return { outcome: 'error', node: leader, afterMs: answer.afterMs, reason };
        }
        let slowest = 0;
        for (const replica of isr) {
            if (replica === leader) {
                continue;
            }
            if (!this.replication.follows(partition, replica, leader)) {
                const cause = Math.max(state.world.lastFault(replica), state.world.lastFault(leader));
                const reason = `${state.nameOf(leader)} waits for ${state.nameOf(replica)}, which counts as in sync and does not fetch`;
                return { outcome: 'hang', node: leader, reason, cause, held: leader };
            }
            slowest = Math.max(slowest, roundTrip(state.world, leader, replica));
        }
        return { ...answer, afterMs: answer.afterMs + slowest };
    }
}
