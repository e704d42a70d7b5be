/** Where the replicas of a topic stand: on brokers, over racks, zones and regions. */
import type { Finding, NodeId, Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { rackOf, type RackSource } from '../racks.js';
import { isBroker } from '../roles.js';
import { objectivesAbout, type Topic } from './topics.js';

export function checkPlaces(context: EngineContext, topic: Topic): readonly Finding[] {
    const blocked = zoneBlocksWrites(context, topic);
    return [
        ...onControllers(context, topic),
        ...inOneRack(context, topic),
        ...(blocked.length > 0 ? blocked : fewRacks(context, topic)),
        ...acrossRegions(context, topic),
    ];
}

function onControllers({ topology, cluster }: EngineContext, topic: Topic): readonly Finding[] {
    const brokers = new Set(cluster.members.filter(isBroker).map(({ node }) => node));
    return topic.partitions.flatMap((partition): Finding[] => {
        const controller = partition.copies.find((node) => !brokers.has(node));
        return controller === undefined
            ? []
            : [
                  {
                      code: 'kafka/replica-on-controller',
                      severity: 'error',
                      message: `${topology.nodes[controller]!.name} is a controller and no broker, so it cannot hold a replica of ${partition.name}.`,
                      help: 'Name a broker, or make the node one with `as broker, controller`.',
                      source: partition.source,
                  },
              ];
    });
}

/** Zones are looked at for every system alike; racks that are no zones are Kafka's own. */
function inOneRack(context: EngineContext, topic: Topic): readonly Finding[] {
    const racks = racksOf(context);
    if (new Set(racks.values()).size < 2) {
        return [];
    }
    return topic.partitions.flatMap((partition): Finding[] => {
        const [rack, ...others] = new Set(partition.copies.map((node) => racks.get(node)));
        const isZone = context.topology.zones.some(({ qualifiedName }) => qualifiedName === rack);
        return partition.copies.length < 2 || others.length > 0 || rack === undefined || isZone
            ? []
            : [
                  {
                      code: 'kafka/replicas-in-one-rack',
                      severity: 'warning',
                      message: `All replicas of ${partition.name} stand in rack ${rack}: when that rack fails, so does ${partition.name}.`,
                      help: 'Move a replica to a broker in another rack.',
                      source: partition.source,
                  },
              ];
    });
}

/** A zone whose loss leaves fewer replicas than must be in sync. One that holds all of them is found for every system. */
function zoneBlocksWrites(context: EngineContext, topic: Topic): readonly Finding[] {
    const spare = topic.copies - topic.minInsync;
    const placed = topic.partitions.map((partition) => ({
        partition,
        ...fullest(partition, (node) => context.topology.nodes[node]!.zone),
    }));
    const [worst, ...others] = placed.filter(
        ({ partition, place, copies }) => place !== undefined && copies > spare && copies < partition.copies.length,
    );
    if (worst === undefined || spare < 1 || !topic.waitsForAll) {
        return [];
    }
    const { partition, copies } = worst;
    const zone = context.topology.zones[worst.place!]!.qualifiedName;
    const more = others.length === 0 ? '' : ` (and of ${String(others.length)} more)`;
    return [
        {
            code: 'kafka/zone-blocks-writes',
            severity: 'warning',
            message: `${zone} holds ${String(copies)} of ${String(partition.copies.length)} replicas of ${partition.name}${more}: when it fails, ${partition.copies.length - copies === 1 ? '1 is' : `${String(partition.copies.length - copies)} are`} left, ${String(topic.minInsync)} must be in sync, and writes with acks=all are refused.`,
            help: `Spread the replicas so that no zone holds more than ${spare === 1 ? 'one' : String(spare)} of them; that takes at least ${String(Math.ceil(topic.copies / spare))} zones.`,
            source: partition.placedBy === 'file' ? partition.source : topic.source,
        },
    ];
}

/** Fewer racks than replicas, where the loss of a zone is declared: the one that is lost may hold several of them. */
function fewRacks(context: EngineContext, topic: Topic): readonly Finding[] {
    const racks = new Set([...racksOf(context).values()].flatMap((rack) => rack ?? [])).size;
    const source = racks === 0 || racks >= topic.copies ? undefined : zoneLoss(context, topic);
    return source === undefined
        ? []
        : [
              {
                  code: 'kafka/fewer-racks-than-replicas',
                  severity: 'warning',
                  message: `${topic.name} has ${String(topic.copies)} replicas in ${racks === 1 ? 'one rack' : `${String(racks)} racks`}, so one rack holds several of them, and ${source.name} reckons with the loss of a zone.`,
                  help: `Let the brokers stand in at least ${String(topic.copies)} zones.`,
                  source: topic.source,
                  related: [{ source: source.source, message: `${source.name} is declared here.` }],
              },
          ];
}

/** An objective about the topic, or a scenario, in which a zone is lost. */
function zoneLoss(
    { topology }: EngineContext,
    { partitions }: Topic,
): { name: string; source: Finding['source'] } | undefined {
    const objectives = objectivesAbout(
        topology,
        partitions.map(({ id }) => id),
    );
    return (
        objectives.find(({ clauses }) =>
            clauses.some((clause) => clause.kind === 'tolerate' && clause.shape.some(({ level }) => level === 'zone')),
        ) ??
        topology.scenarios.find(({ steps }) =>
            steps.some(
                ({ fault }) =>
                    (fault.kind === 'fail' || fault.kind === 'isolate') &&
                    fault.selection.kind === 'places' &&
                    fault.selection.places.some(({ kind }) => kind === 'zone'),
            ),
        )
    );
}

function acrossRegions({ topology }: EngineContext, topic: Topic): readonly Finding[] {
    if (!topic.waitsForAll) {
        return [];
    }
    const stretched = topic.partitions.find((partition) => {
        const { copies } = fullest(partition, (node) => topology.nodes[node]!.region);
        return copies < Math.min(topic.minInsync, partition.copies.length);
    });
    return stretched === undefined
        ? []
        : [
              {
                  code: 'kafka/acks-across-regions',
                  severity: 'warning',
                  message: `No region holds the ${String(topic.minInsync)} replicas of ${stretched.name} that must be in sync: every write with acks=all waits for another region, and none succeeds while the regions are apart.`,
                  help: 'Keep a topic inside one region and replicate between clusters, or put enough replicas into one region.',
                  source: stretched.placedBy === 'file' ? stretched.source : topic.source,
              },
          ];
}

/** The place that holds most copies of a partition. Copies that stand in no place count as outside all. */
function fullest(
    { copies }: Shard,
    placeOf: (node: NodeId) => number | undefined,
): { readonly place: number | undefined; readonly copies: number } {
    const inside = new Map<number, number>();
    for (const node of copies) {
        const place = placeOf(node);
        if (place !== undefined) {
            inside.set(place, (inside.get(place) ?? 0) + 1);
        }
    }
    const [place, most] = [...inside].reduce<readonly [number | undefined, number]>(
        (best, entry) => (entry[1] > best[1] ? entry : best),
        [undefined, 0],
    );
    return { place, copies: most };
}

/** The rack of each broker. */
export function racksOf(context: EngineContext): ReadonlyMap<NodeId, string | undefined> {
    const { topology, cluster } = context;
    const source: RackSource = {
        node: (id) => topology.nodes[id]!,
        zoneOf: (id) => topology.zones[topology.nodes[id]!.zone ?? -1],
        settings: context,
    };
    return new Map(cluster.members.filter(isBroker).map((member) => [member.node, rackOf(member, source)]));
}
