/**
 * Where KRaft's striped placer puts replicas: over the racks in turn, and inside a rack over its brokers in turn. Each
 * partition begins one rack further than the one before, and one broker further in each rack that it uses.
 *
 * The real placer begins at a random rack and a random broker, and shuffles both once it has placed as many partitions as
 * there are brokers. Here the first topic begins with the first rack and the first broker, each further topic one rack on,
 * and nothing is shuffled, so that the same file always gives the same places.
 *
 * Source: https://github.com/apache/kafka/blob/4.0/metadata/src/main/java/org/apache/kafka/metadata/placement/StripedReplicaPlacer.java
 */
import type { Member, NodeId } from '../../topology/index.js';
import type { Placement, PlacementRequest, UnplacedShard } from '../engine.js';
import { rackOf } from './racks.js';
import { isBroker } from './roles.js';

export function place(request: PlacementRequest): Placement {
    const brokers = request.members.filter(isBroker);
    const greedy = request.shards.find(({ copies }) => copies > brokers.length);
    if (greedy !== undefined) {
        return impossible(request, greedy, brokers.length);
    }
    const racks = racksOf(brokers, request);
    const stripes = new Map<UnplacedShard['group'], Stripe>();
    const copies = request.shards.map((shard) => {
        let stripe = stripes.get(shard.group);
        if (stripe === undefined) {
            stripe = new Stripe(racks, stripes.size);
            stripes.set(shard.group, stripe);
        }
        return stripe.next(shard.copies);
    });
    return { kind: 'placed', copies };
}

/** Brokers of each rack in order of declaration, racks in order of their names; those without a rack come first. */
function racksOf(brokers: readonly Member[], request: PlacementRequest): readonly (readonly NodeId[])[] {
    const racks = new Map<string, NodeId[]>();
    for (const broker of brokers) {
        const name = rackOf(broker, request) ?? '';
        const nodes = racks.get(name) ?? [];
        racks.set(name, nodes);
        nodes.push(broker.node);
    }
    return [...racks].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, nodes]) => nodes);
}

/** The brokers of one rack as partitions use them. */
interface Turn {
    readonly brokers: readonly NodeId[];
    offset: number;
    /** Brokers taken for the partition that is being placed. */
    taken: number;
    /** The last partition that took one. */
    partition: number;
}

class Stripe {
    private readonly turns: readonly Turn[];
    private partition = 0;

    /** @param start how many racks on the first partition begins */
    constructor(
        racks: readonly (readonly NodeId[])[],
        private readonly start: number,
    ) {
        const lap = Math.floor(start / racks.length);
        this.turns = racks.map((brokers) => ({ brokers, offset: lap % brokers.length, taken: 0, partition: 0 }));
    }

    /** Replicas of the next partition, the preferred leader first. */
    next(copies: number): NodeId[] {
        const replicas: NodeId[] = [];
        for (let rack = this.start + this.partition; replicas.length < copies; rack++) {
            const broker = this.take(this.turns[rack % this.turns.length]!);
            if (broker !== undefined) {
                replicas.push(broker);
            }
        }
        this.partition++;
        return replicas;
    }

    /** The rack's next broker; undefined when this partition has all of them. */
    private take(turn: Turn): NodeId | undefined {
        if (turn.partition !== this.partition) {
            turn.partition = this.partition;
            turn.taken = 0;
            turn.offset = (turn.offset + 1) % turn.brokers.length;
        }
        return turn.taken === turn.brokers.length
            ? undefined
            : turn.brokers[(turn.taken++ + turn.offset) % turn.brokers.length];
    }
}

function impossible({ cluster }: PlacementRequest, { name, copies }: UnplacedShard, brokers: number): Placement {
    return brokers === 0
        ? {
              kind: 'impossible',
              message: `${cluster.name} has no broker, so nothing can hold ${name}: controllers hold no partitions.`,
              help: 'Add brokers, for example `nodes brk-[1..3] across zones as broker`.',
          }
        : {
              kind: 'impossible',
              message: `${name} wants ${String(copies)} replicas, each on a broker of its own, and ${cluster.name} has ${brokers === 1 ? 'one broker' : `${String(brokers)} brokers`}: Kafka refuses to create it.`,
              help: 'Add brokers, or lower `replicas`.',
          };
}
