/** What the checks ask of a keyspace. */
import {
    shardsOf,
    type Demand,
    type Objective,
    type Shard,
    type ShardGroup,
    type Target,
    type Workload,
} from '../../../topology/index.js';
import type { EngineContext, PlacementGround } from '../../engine.js';
import { levelOf, needsGlobalQuorum, needsLocalQuorum } from '../consistency.js';
import { datacentersOf, type Datacenter } from '../datacenters.js';
import { copiesIn, strategyOf } from '../replication.js';

export interface Keyspace {
    readonly name: string;
    readonly group: ShardGroup;
    readonly simple: boolean;
    readonly ranges: readonly Shard[];
    /** One for each datacenter with copies; a single one for all nodes where the strategy knows no datacenters. */
    readonly parts: readonly Part[];
    readonly requests: readonly Request[];
    /** Whether someone may need a majority of the copies in one part. */
    readonly needsQuorum: boolean;
}

export interface Part {
    /** `us-east-1`; the cluster’s name where all nodes are one part. */
    readonly name: string;
    /** Missing for all nodes together, and for those outside of any region. */
    readonly region?: number;
    readonly copies: number;
    readonly racks: Datacenter['racks'];
    readonly nodes: Datacenter['nodes'];
}

export interface Request {
    readonly workload: Workload;
    readonly demand: Demand;
    readonly level: ReturnType<typeof levelOf>;
}

export function keyspacesOf(context: EngineContext): readonly Keyspace[] {
    const { topology, cluster } = context;
    return cluster.groups.flatMap((id) => {
        const group = topology.groups[id];
        return group === undefined ? [] : [keyspaceOf(context, group)];
    });
}

function keyspaceOf(context: EngineContext, group: ShardGroup): Keyspace {
    const simple = strategyOf(context, group) === 'SimpleStrategy';
    const parts = simple ? [wholeRing(context, group)] : datacenterParts(context, group);
    const requests = requestsTo(context, group);
    return {
        name: group.name,
        group,
        simple,
        ranges: group.shards.flatMap((id) => context.topology.shards[id] ?? []),
        parts,
        requests,
        needsQuorum:
            requests.length === 0 ||
            requests.some(({ level }) => needsLocalQuorum(level) || (parts.length === 1 && needsGlobalQuorum(level))),
    };
}

function datacenterParts(context: EngineContext, group: ShardGroup): readonly Part[] {
    const datacenters = datacentersOf(groundOf(context));
    const copies = copiesIn(datacenters, group);
    return datacenters.flatMap(({ region, racks, nodes }, index) =>
        copies[index]! > 0
            ? [
                  {
                      name: datacenterName(context, region),
                      ...(region === undefined ? {} : { region }),
                      copies: copies[index]!,
                      racks,
                      nodes,
                  },
              ]
            : [],
    );
}

function wholeRing(context: EngineContext, { copies }: ShardGroup): Part {
    const datacenters = datacentersOf(groundOf(context));
    return {
        name: context.cluster.name,
        copies,
        racks: datacenters.flatMap(({ racks }) => racks),
        nodes: datacenters.flatMap(({ nodes }) => nodes),
    };
}

function requestsTo({ topology }: EngineContext, { shards }: ShardGroup): readonly Request[] {
    const own = new Set(shards);
    return topology.workloads.flatMap((workload) =>
        workload.demands
            .filter(({ target }) => shardsOf(topology, target).some((id) => own.has(id)))
            .map((demand) => ({ workload, demand, level: levelOf(demand) })),
    );
}

export function datacenterName({ topology }: EngineContext, region: number | undefined): string {
    return region === undefined ? 'no region' : topology.regions[region]!.name;
}

/** Whether a target speaks of a keyspace. */
export function isAbout({ topology }: EngineContext, { group }: Keyspace, targets: readonly Target[]): boolean {
    const own = new Set(group.shards);
    return targets.some((target) => shardsOf(topology, target).some((id) => own.has(id)));
}

/** The first objective about the keyspace that lets a region be lost and asks for this operation all the same. */
export function regionLoss(
    context: EngineContext,
    keyspace: Keyspace,
    operation: Demand['operation'],
): Objective | undefined {
    return context.topology.objectives.find(
        ({ targets, clauses }) =>
            isAbout(context, keyspace, targets) &&
            clauses.some(
                (clause) =>
                    clause.kind === 'tolerate' &&
                    (clause.operation ?? operation) === operation &&
                    clause.shape.some(({ level, count }) => level === 'region' && count > 0),
            ),
    );
}

/** The members of a cluster as placement sees them. */
export function groundOf({ topology, cluster }: EngineContext): Pick<PlacementGround, 'members' | 'node' | 'zoneOf'> {
    return {
        members: cluster.members,
        node: (id) => topology.nodes[id]!,
        zoneOf: (id) => topology.zones[topology.nodes[id]!.zone ?? -1],
    };
}
