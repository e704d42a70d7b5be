/** Where the instances and the storage stand. */
import { counted, listed, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { regionsOf } from '../../shared/replications.js';

const STORAGE_ZONES = 3;

export function checkZones(context: EngineContext): readonly Finding[] {
    const regions = regionsOf(context.topology, context.cluster);
    return regions.size > 1
        ? severalRegions(context, regions)
        : [...instancesInOneZone(context), ...fewZones(context, regions)];
}

function severalRegions({ cluster, topology }: EngineContext, regions: ReadonlySet<number>): readonly Finding[] {
    const names = [...regions].map((region) => topology.regions[region]!.name);
    return [
        {
            code: 'aurora/several-regions',
            severity: 'error',
            message: `Instances of ${cluster.name} stand in ${listed(names, { limit: 4 })}: they share one volume, and a volume belongs to one Region.`,
            help: 'Declare a cluster in each Region and `replicate` from one to the other: that is a Global Database.',
            source: cluster.source,
        },
    ];
}

function instancesInOneZone({ cluster, topology }: EngineContext): readonly Finding[] {
    const zones = new Set(cluster.members.map(({ node }) => topology.nodes[node]?.zone));
    const [zone] = zones;
    if (cluster.members.length < 2 || zones.size > 1 || zone === undefined) {
        return [];
    }
    const name = topology.zones[zone]!.qualifiedName;
    return [
        {
            code: 'aurora/instances-in-one-zone',
            severity: 'warning',
            message: `All instances of ${cluster.name} stand in ${name}: when it fails the data is safe in the other zones, but nobody serves it until somebody creates an instance there.`,
            help: 'Put a reader in another zone.',
            source: cluster.source,
            related: [{ source: topology.zones[zone]!.source, message: `${name} is declared here.` }],
        },
    ];
}

/** A file may leave out zones that it does not use, so this is told and not held against it. */
function fewZones({ cluster, topology }: EngineContext, regions: ReadonlySet<number>): readonly Finding[] {
    return [...regions].flatMap((id): Finding[] => {
        const region = topology.regions[id]!;
        const count = region.zones.length;
        return count === 0 || count >= STORAGE_ZONES
            ? []
            : [
                  {
                      code: 'aurora/fewer-than-three-zones',
                      severity: 'information',
                      message: `${region.name} has ${counted(count, 'zone')} in this file, and Aurora keeps the data of ${cluster.name} in three: the failure of a zone that is not declared cannot be asked about.`,
                      help: `Declare the third zone of ${region.name}, even if no instance stands there.`,
                      source: cluster.source,
                      related: [{ source: region.source, message: `${region.name} is declared here.` }],
                  },
              ];
    });
}
