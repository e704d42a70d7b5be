/** Who asks a keyspace: from where, and at which consistency. */
import type { FailureState } from '../../../proof/index.js';
import { clientStreams } from '../../../simulator/index.js';
import {
    assertNever,
    isWithin,
    type NodeId,
    type Operation,
    type PlaceId,
    type RegionId,
    type ShardId,
    type Topology,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { levelOf, type Level } from '../consistency.js';
import type { DatacenterId } from '../required.js';

export interface Asker {
    readonly level: Level;
    /** Missing for a client outside all places. */
    readonly place?: PlaceId;
    readonly region?: RegionId;
    /** Stands outside, asks every node that it sees, and one good answer is enough. */
    readonly isProbe: boolean;
    /** Requests per second. */
    readonly rate: number;
}

/** Everyone who asks each shard, by {@link askerKey}; alike ones once, with their rates together. */
export function askersOf({ topology, cluster }: EngineContext): ReadonlyMap<string, readonly Asker[]> {
    const own = new Set(cluster.shards);
    const found = new Map<string, Map<string, Asker>>();
    for (const stream of clientStreams(topology, 0).filter(({ shard }) => own.has(shard))) {
        const key = askerKey(stream.shard, stream.operation);
        const askers = found.get(key) ?? new Map<string, Asker>();
        found.set(key, askers);
        const level = levelOf(stream) ?? 'LOCAL_ONE';
        const place = stream.workload === undefined ? undefined : topology.workloads[stream.workload]!.place;
        const alike = `${level} ${JSON.stringify(place)}`;
        askers.set(alike, {
            level,
            ...(place !== undefined && { place, region: regionOf(topology, place) }),
            isProbe: stream.workload === undefined,
            rate: (askers.get(alike)?.rate ?? 0) + (stream.workload === undefined ? 0 : 1000 / stream.periodMs),
        });
    }
    return new Map([...found].map(([key, askers]) => [key, [...askers.values()]]));
}

export function askerKey(shard: ShardId, operation: Operation): string {
    return `${shard} ${operation}`;
}

/** Those whose place has power; all, if that is nobody: what they asked for must still be there. */
export function livingAskers(
    topology: Topology,
    askers: readonly Asker[],
    { dark = [] }: FailureState,
): readonly Asker[] {
    const living = askers.filter(({ place }) => !dark.some((gone) => isWithin(topology, place, gone)));
    return living.length > 0 ? living : askers;
}

/** Coordinators that the asker takes in turn: those of its own region while one lives, of these nodes. */
export function coordinatorsOf(
    topology: Topology,
    { region, isProbe }: Pick<Asker, 'region' | 'isProbe'>,
    nodes: readonly NodeId[],
    lives: (node: NodeId) => boolean,
): readonly NodeId[] {
    const living = nodes.filter(lives);
    const own = isProbe ? [] : living.filter((node) => region !== undefined && topology.nodes[node]!.region === region);
    return own.length > 0 ? own : living;
}

function regionOf(topology: Topology, place: PlaceId): RegionId {
    switch (place.kind) {
        case 'region':
            return place.region;
        case 'zone':
            return topology.zones[place.zone]!.region;
        default:
            return assertNever(place);
    }
}

/** The datacenters whose nodes coordinate for an asker; nearly all ranges are asked in the same ones. */
export class CoordinatingRegions {
    private state: FailureState | undefined;
    private readonly known = new Map<readonly NodeId[], Map<string, readonly DatacenterId[]>>();

    constructor(private readonly topology: Topology) {}

    of(asker: Asker, nodes: readonly NodeId[], state: FailureState): readonly DatacenterId[] {
        if (this.state !== state) {
            this.state = state;
            this.known.clear();
        }
        const ofNodes = this.known.get(nodes) ?? new Map<string, readonly DatacenterId[]>();
        this.known.set(nodes, ofNodes);
        const key = asker.isProbe ? 'probe' : String(asker.region);
        let regions = ofNodes.get(key);
        if (regions === undefined) {
            const coordinators = coordinatorsOf(this.topology, asker, nodes, (node) => state.alive[node] === 1);
            regions = [...new Set(coordinators.map((node) => this.topology.nodes[node]!.region))];
            ofNodes.set(key, regions);
        }
        return regions;
    }
}
