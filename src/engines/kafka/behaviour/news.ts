/** What brokers read in the metadata, as the trace tells it. */
import type { NodeId } from '../../../topology/index.js';
import { groupedBy, listed } from '../../../topology/index.js';
import { NO_LEADER, same, type PartitionState } from './partition.js';
import type { BrokerNews, KafkaState, MetadataBatch, PartitionId } from './state.js';

/** Where more nodes than this take part, what each of them reads would bury the rest of the story. */
const MOST_NODES = 50;
const MOST_NAMED = 5;

const SAID: Readonly<Record<BrokerNews, string>> = {
    fenced: 'is fenced',
    leaving: 'shuts down',
    returned: 'is no longer fenced',
};

/** Tells once what several brokers read at one instant: who is gone or back, who leads, who is in sync. */
export class MetadataNews {
    private readonly isTold: boolean;

    constructor(private readonly state: KafkaState) {
        this.isTold = state.context.cluster.members.length <= MOST_NODES;
    }

    /**
     * @param readers brokers that have read the metadata up to one offset and now read on up to another
     * @param controllers who else has it by now
     */
    tell(readers: readonly NodeId[], from: number, upTo: number, controllers: readonly NodeId[]): void {
        const [first] = readers;
        if (!this.isTold || first === undefined) {
            return;
        }
        const batches = this.state.batchesBetween(from, upTo);
        const knownTo = [...new Set([...readers, ...controllers])].filter((node) => node !== first);
        const lastAbout = new Map(batches.flatMap(({ about, partitions }) => partitions.map((one) => [one, about])));
        for (const [about, own] of groupedBy(batches, (batch) => batch.about)) {
            const partitions = [...lastAbout].filter(([, last]) => last === about).map(([partition]) => partition);
            const facts = [...this.newsOf(about, own), ...this.changesOf(partitions, from, upTo)];
            if (facts.length > 0) {
                this.state.world.record({
                    kind: 'state',
                    text: `${this.named(readers)} ${readers.length === 1 ? 'reads' : 'read'} in the metadata: ${facts.join('; ')}`,
                    cause: own.at(-1)!.cause,
                    node: first,
                    peer: about,
                    knownTo,
                });
            }
        }
    }

    private newsOf(about: NodeId, batches: readonly MetadataBatch[]): readonly string[] {
        const news = batches.findLast((batch) => batch.news !== undefined)?.news;
        return news === undefined ? [] : [`${this.state.nameOf(about)} ${SAID[news]}`];
    }

    private changesOf(partitions: readonly PartitionId[], from: number, upTo: number): readonly string[] {
        const all = partitions.map((partition) => ({
            partition,
            before: this.state.at(from, partition),
            now: this.state.at(upTo, partition),
        }));
        const led = all.filter(({ before, now }) => before.epoch !== now.epoch);
        const kept = all.filter(({ before, now }) => before.epoch === now.epoch && !same(before.isr, now.isr));
        const eligible = all.filter(({ before, now }) => !same(before.elr, now.elr) && isShort(now, before));
        return [
            ...Array.from(
                groupedBy(led, ({ now }) => now.leader),
                ([leader, some]) => {
                    const names = this.partitionsIn(some);
                    return leader === NO_LEADER
                        ? `nobody leads ${names}`
                        : `${this.state.nameOf(leader)} leads ${names}`;
                },
            ),
            ...Array.from(
                groupedBy(kept, ({ now }) => this.named(now.isr)),
                ([names, some]) => `in sync for ${this.partitionsIn(some)}: ${names === '' ? 'nobody' : names}`,
            ),
            ...Array.from(
                groupedBy(eligible, ({ now }) => this.named(now.elr)),
                ([names, some]) =>
                    `eligible to lead ${this.partitionsIn(some)} beside those in sync: ${names === '' ? 'nobody' : names}`,
            ),
        ];
    }

    private partitionsIn(some: readonly { readonly partition: PartitionId }[]): string {
        const names = some.map(({ partition }) => this.state.titleOf(partition));
        return listed(names, { limit: MOST_NAMED });
    }

    private named(nodes: readonly NodeId[]): string {
        return listed(
            nodes.map((node) => this.state.nameOf(node)),
            { limit: MOST_NAMED },
        );
    }
}

/** An in-sync set that has grown to what is needed makes eligible replicas superfluous: that is no news. */
function isShort(now: PartitionState, before: PartitionState): boolean {
    return now.elr.length > 0 || now.isr.length <= before.isr.length;
}
