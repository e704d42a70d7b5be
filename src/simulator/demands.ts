import {
    addressOf,
    isServed,
    parseDuration,
    shardsOf,
    type AddressId,
    type Demand,
    type Operation,
    type Setting,
    type SharedAddress,
    type ShardId,
    type Topology,
    type WorkloadId,
    type ZoneId,
} from '../topology/index.js';
import type { Point } from './behaviour.js';
import { randomStream } from './random.js';

/** The probe that watches what no workload exercises; see "Observer" in the language. */
export const PROBE = { periodMs: 20, timeoutMs: 250, retries: 0, settings: [] };
/** A workload's client that says nothing else. */
const CLIENT = { timeoutMs: 1000, retries: 1 };

/**
 * A client's first tries follow one another at once; before each further one it pauses, as every client does that is told to try
 * very often. Without that a refused request would be sent hundreds of times a second. An assumption.
 */
const TRIES_AT_ONCE = 10;
const PAUSE_MS = 1_000;

/** How long a client waits after this try, the first of which is 0, before the next; where it has a deadline its system decides. */
export function pauseAfter(attempt: number, { deadlineMs }: Pick<ClientStreamSpec, 'deadlineMs'>): number {
    return deadlineMs === undefined && attempt + 1 >= TRIES_AT_ONCE ? PAUSE_MS : 0;
}

/** The longest that a client goes on with one request, in milliseconds: every try in vain, with the pauses between them. */
export function patienceMs({
    timeoutMs,
    retries,
    deadlineMs,
}: Pick<ClientStreamSpec, 'timeoutMs' | 'retries' | 'deadlineMs'>): number {
    const pausesMs = deadlineMs === undefined ? PAUSE_MS * Math.max(0, retries + 1 - TRIES_AT_ONCE) : 0;
    return Math.min(timeoutMs * (1 + retries) + pausesMs, deadlineMs ?? Infinity);
}

/** One client's requests of one kind to one shard. */
export interface ClientStreamSpec {
    readonly client: Point;
    readonly shard: ShardId;
    readonly operation: Operation;
    readonly fromReplicas: boolean;
    /** Time between two requests, in milliseconds; may be a fraction. */
    readonly periodMs: number;
    readonly phaseMs: number;
    /** Whether the requests arrive at random; then `periodMs` is the mean of the gaps. */
    readonly random?: boolean;
    readonly timeoutMs: number;
    readonly retries: number;
    /** Time after which the client gives a request up, however many tries it has left; missing: the tries decide. */
    readonly deadlineMs?: number;
    readonly settings: readonly Setting[];
    /** Missing for the probe. */
    readonly workload?: WorkloadId;
    /** Index of the demand in the workload. */
    readonly demand?: number;
    /** Of requests to an address before several clusters: which of its streams this is, from 0. */
    readonly turn?: number;
}

/** Point of a workload's clients. */
export function workloadPoint(topology: Topology, workload: WorkloadId): Point {
    return topology.nodes.length + workload;
}

/** Point of the probe. */
export function probePoint(topology: Topology): Point {
    return topology.nodes.length + topology.workloads.length;
}

/** Point of what a provider has in the zone. */
export function providerPoint(topology: Topology, zone: ZoneId): Point {
    return probePoint(topology) + 1 + zone;
}

/** Point of what checks those behind an address before several clusters. */
export function checkerPoint(topology: Topology, address: AddressId): Point {
    return probePoint(topology) + 1 + topology.zones.length + address;
}

/** Every stream of requests of a run: the workloads', and the probe's for each shard and operation that none exercises. */
export function clientStreams(topology: Topology, seed: number): ClientStreamSpec[] {
    const streams = topology.workloads.flatMap((workload) =>
        workload.demands.flatMap((demand, index) => demandStreams(topology, workload.id, demand, index, seed)),
    );
    const exercised = new Set(streams.map(({ shard, operation }) => `${shard}/${operation}`));
    for (const shard of topology.shards.filter((each) => isServed(topology, each))) {
        for (const operation of ['read', 'write'] as const) {
            if (!exercised.has(`${shard.id}/${operation}`)) {
                const phaseMs = randomStream(seed, nameOf(topology, shard.id), `probe ${operation}`).below(
                    PROBE.periodMs,
                );
                const each = { ...PROBE, client: probePoint(topology), operation, fromReplicas: false, phaseMs };
                streams.push(...turnsTo(topology, shard.id).map((turn) => ({ ...each, ...turn })));
            }
        }
    }
    return streams;
}

/** Requests go to the shards in turn, so each shard sees an even share; random ones to any, which gives each its own process. */
function demandStreams(
    topology: Topology,
    workload: WorkloadId,
    demand: Demand,
    index: number,
    seed: number,
): ClientStreamSpec[] {
    const shards = shardsOf(topology, demand.target).flatMap((shard) => turnsTo(topology, shard));
    const { name, arrivals } = topology.workloads[workload]!;
    const spacingMs = 1000 / demand.rate;
    const start = randomStream(seed, name, `arrivals ${index}`).below(1000) / 1000;
    const patience = demand.patience ?? {
        timeoutMs: clientSetting(demand.settings, 'timeout') ?? CLIENT.timeoutMs,
        retries: clientSetting(demand.settings, 'retries') ?? CLIENT.retries,
    };
    return shards.map((turn, position) => ({
        client: workloadPoint(topology, workload),
        ...turn,
        operation: demand.operation,
        fromReplicas: demand.fromReplicas,
        periodMs: spacingMs * shards.length,
        phaseMs: spacingMs * (start + position),
        ...(arrivals === 'poisson' && { random: true }),
        ...patience,
        settings: demand.settings,
        workload,
        demand: index,
    }));
}

/**
 * Requests to an address before several clusters are as many streams as it takes to give each shard of a cluster behind it, and
 * by weight each of these clusters that are healthy, its share.
 */
function turnsTo(topology: Topology, shard: ShardId): readonly Pick<ClientStreamSpec, 'shard' | 'turn'>[] {
    const address = addressOf(topology, topology.clusters[topology.shards[shard]!.cluster]!);
    if (address === undefined) {
        return [{ shard }];
    }
    const most = address.routes.reduce((count, route) => Math.max(count, shardsOf(topology, route).length), 1);
    const count = most * sharesOf(address);
    return Array.from({ length: count }, (_, turn) => ({ shard, turn }));
}

/** Into how many shares requests to an address can be divided evenly, however many of its routes are healthy. */
export function sharesOf({ by, routes }: SharedAddress): number {
    return by === 'weight' ? (EVEN_SHARES[routes.length] ?? routes.length) : 1;
}

/** Least numbers that can be divided by all up to their index. */
const EVEN_SHARES = [1, 1, 2, 6, 12];

/** The name of a stream's random decisions, in words of the file. */
export function streamName(topology: Topology, { workload, demand, shard, operation, turn }: ClientStreamSpec): string {
    const who = workload === undefined ? 'probe' : `${topology.workloads[workload]!.name} ${demand}`;
    return `${who}: ${operation}s of ${nameOf(topology, shard)}${turn === undefined ? '' : ` ${turn}`}`;
}

function nameOf(topology: Topology, shard: ShardId): string {
    const { cluster, name } = topology.shards[shard]!;
    return `${topology.clusters[cluster]!.name}.${name}`;
}

/** The client's own setting; the last one counts. Bare durations are milliseconds, as in the clients' own configuration. */
function clientSetting(settings: readonly Setting[], key: string): number | undefined {
    const value = settings.findLast((setting) => setting.key === key)?.values[0];
    return value?.kind === 'number' ? (parseDuration(value.text) ?? value.value) : undefined;
}
