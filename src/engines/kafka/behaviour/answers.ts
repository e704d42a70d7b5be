import type { Attempt, StreamContext } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { producersOf, waitsForAll, type Producers } from '../acknowledgement.js';
import { askPatiently, roundTrip } from '../../shared/simulation/index.js';
import type { Replication } from './replication.js';
import type { KafkaState, PartitionId } from './state.js';

export type Request = Pick<StreamContext, 'client' | 'shard' | 'operation' | 'settings'>;

/** What brokers answer to clients that take them for the leader, each as far as it knows (ReplicaManager.scala). */
export class LeaderAnswers {
    private readonly producers: (shard: ShardId) => Producers;

    constructor(
        private readonly state: KafkaState,
        private readonly replication: Replication,
    ) {
        this.producers = producersOf(state.context);
    }

    /** @param wayMs what the request has cost before, such as the question for the leader */
    ask(request: Request, partition: PartitionId, node: NodeId, wayMs: number): Attempt {
        const { state } = this;
        const answer = askPatiently(state.world, request.client, node, wayMs, -1);
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

    /** Why the leader can acknowledge no write of any of the partition's producers; undefined: it can. */
    whyPowerless(partition: PartitionId, leader: NodeId): string | undefined {
        if (this.producers(this.state.partitions[partition]!.id).hasty) {
            return undefined;
        }
        const { isr } = this.state.seenBy(leader, partition);
        const silent = this.silentIn(partition, isr, leader);
        if (silent === undefined && isr.length >= this.state.ground(partition).needed) {
            return undefined;
        }
        return silent === undefined
            ? 'too few replicas are in sync, and every producer waits for them (acks=all)'
            : `${this.state.nameOf(silent)} counts as in sync there and does not fetch from it, and every producer waits for that (acks=all)`;
    }

    private silentIn(partition: PartitionId, isr: readonly NodeId[], leader: NodeId): NodeId | undefined {
        return isr.find((replica) => replica !== leader && !this.replication.follows(partition, replica, leader));
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
        const silent = this.silentIn(partition, isr, leader);
        if (silent !== undefined) {
            const cause = Math.max(state.world.lastFault(silent), state.world.lastFault(leader));
            const reason = `${state.nameOf(leader)} waits for ${state.nameOf(silent)}, which counts as in sync and does not fetch`;
            return { outcome: 'hang', node: leader, reason, cause, held: leader };
        }
        let slowest = 0;
        for (const replica of isr) {
            slowest = Math.max(slowest, replica === leader ? 0 : roundTrip(state.world, leader, replica));
        }
        return { ...answer, afterMs: answer.afterMs + slowest };
    }
}
