import type { Cause } from '../../../simulator/index.js';
import { groupedBy, listed, type NodeId } from '../../../topology/index.js';
import { producersOf } from '../acknowledgement.js';
import type { KafkaState, PartitionId } from './state.js';

const MOST_NAMED = 5;

/** Tells when a leader begins to refuse writes with `acks=all` for want of in-sync replicas, and when it takes them again. */
export class Shortage {
    /** By broker: partitions that it leads and refuses such writes to. */
    private readonly refused = new Map<NodeId, Set<PartitionId>>();
    private readonly isAsked: readonly boolean[];

    constructor(private readonly state: KafkaState) {
        const producers = producersOf(state.context);
        this.isAsked = state.partitions.map(({ id }) => producers(id).patient);
    }

    /** A new process begins anew. */
    died(broker: NodeId): void {
        this.refused.delete(broker);
    }

    /** The broker has read news about these partitions of its own. */
    review(
        broker: NodeId,
        news: readonly PartitionId[],
        cause: Cause,
        leads: (partition: PartitionId) => boolean,
    ): void {
        const refused = this.refused.get(broker) ?? new Set();
        this.refused.set(broker, refused);
        const [begins, ends]: [PartitionId[], PartitionId[]] = [[], []];
        for (const partition of news) {
            const isLed = leads(partition);
            const isShort = isLed && this.isAsked[partition] && this.inSync(broker, partition) < this.needed(partition);
            if (isShort && !refused.has(partition)) {
                refused.add(partition);
                begins.push(partition);
            } else if (!isShort && refused.delete(partition) && isLed) {
                ends.push(partition);
            }
        }
        const counts = (partition: PartitionId): string =>
            `${String(this.inSync(broker, partition))} in sync, ${String(this.needed(partition))} needed`;
        for (const [shortage, some] of groupedBy(begins, counts)) {
            this.tell(
                broker,
                `refuses writes with acks=all to ${this.named(some)} (NOT_ENOUGH_REPLICAS): ${shortage}`,
                cause,
            );
        }
        if (ends.length > 0) {
            this.tell(broker, `takes writes with acks=all to ${this.named(ends)} again`, cause);
        }
    }

    private tell(broker: NodeId, text: string, cause: Cause): void {
        this.state.world.record({ kind: 'state', text: `${this.state.nameOf(broker)} ${text}`, cause, node: broker });
    }

    private inSync(broker: NodeId, partition: PartitionId): number {
        return this.state.seenBy(broker, partition).isr.length;
    }

    private needed(partition: PartitionId): number {
        return this.state.ground(partition).needed;
    }

    private named(partitions: readonly PartitionId[]): string {
        return listed(
            partitions.map((partition) => this.state.titleOf(partition)),
            { limit: MOST_NAMED },
        );
    }
}
