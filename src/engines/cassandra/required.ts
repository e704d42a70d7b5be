/** How many replicas must answer a request, and which of them count. */
import { listed, type NodeId, type Operation, type RegionId, type Shard, type ShardId } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { COUNTS, type Level } from './consistency.js';
import { datacentersOf, type Datacenter } from './datacenters.js';
import { copiesIn, strategyOf } from './replication.js';

/** A datacenter; undefined for nodes that stand in no region. */
export type DatacenterId = RegionId | undefined;

/** The replicas of one token range. */
export interface Range {
    readonly shard: ShardId;
    readonly name: string;
    readonly copies: readonly NodeId[];
    /** Copies that the keyspace is to have in all; there are fewer where nodes are missing. */
    readonly wanted: number;
    readonly datacenters: readonly RangePart[];
    /** The nodes that clients of the range ask: members of the datacenters that hold it. */
    readonly nodes: readonly NodeId[];
    /** Copies are counted without regard to datacenters. */
    readonly simple: boolean;
}

interface RangePart {
    readonly datacenter: DatacenterId;
    readonly name: string;
    readonly copies: readonly NodeId[];
    readonly wanted: number;
}

/** So many of these replicas must answer. */
export interface Requirement {
    readonly count: number;
    readonly among: readonly NodeId[];
    /** `the 3 copies in us-east-1`. */
    readonly text: string;
}

/** What a request waits for; `forbidden`: Cassandra refuses it, whatever is up. */
export type Demanded =
    | { readonly kind: 'answers'; readonly requirements: readonly Requirement[]; readonly orHint: boolean }
    | { readonly kind: 'forbidden'; readonly reason: string };

export function rangesOf(context: EngineContext): ReadonlyMap<ShardId, Range> {
    const { topology, cluster } = context;
    const datacenters = datacentersOf({
        members: cluster.members,
        node: (id) => topology.nodes[id]!,
        zoneOf: (id) => {
            const { zone } = topology.nodes[id]!;
            return zone === undefined ? undefined : topology.zones[zone];
        },
    });
    const knownNodes = new Map<string, readonly NodeId[]>();
    const nodesOf = (parts: readonly RangePart[]): readonly NodeId[] => {
        const holding = new Set(parts.map(({ datacenter }) => datacenter));
        const key = [...holding].join();
        const known =
            knownNodes.get(key) ??
            cluster.members.map(({ node }) => node).filter((node) => holding.has(topology.nodes[node]!.region));
        knownNodes.set(key, known);
        return known;
    };
    return new Map(
        cluster.shards.map((id) => {
            const range = rangeOf(context, topology.shards[id]!, datacenters);
            return [id, { ...range, nodes: nodesOf(range.datacenters) }];
        }),
    );
}

function rangeOf(context: EngineContext, shard: Shard, datacenters: readonly Datacenter[]): Omit<Range, 'nodes'> {
    const { topology } = context;
    const group = shard.group === undefined ? undefined : topology.groups[shard.group];
    const simple = strategyOf(context, group) === 'SimpleStrategy';
    const declared = shard.placedBy === 'engine' && group !== undefined && !simple ? copiesIn(datacenters, group) : [];
    const parts = datacenters
        .map(({ region }, index): RangePart => {
            const copies = shard.copies.filter((node) => topology.nodes[node]!.region === region);
            return {
                datacenter: region,
                name: region === undefined ? 'the datacenter' : topology.regions[region]!.name,
                copies,
                wanted: declared[index] ?? copies.length,
            };
        })
        .filter(({ wanted }) => wanted > 0);
    const wanted = simple
        ? Math.max(group?.copies ?? 0, shard.copies.length)
        : parts.reduce((sum, part) => sum + part.wanted, 0);
    return { shard: shard.id, name: shard.name, copies: shard.copies, wanted, datacenters: parts, simple };
}

/** What a request of this level waits for when a node of this datacenter coordinates it. */
export function demanded(
    range: Range,
    level: Level,
    operation: Operation,
    local: DatacenterId,
    localName: string,
): Demanded {
    if (level === 'ANY') {
        return operation === 'read'
            ? { kind: 'forbidden', reason: 'ANY is for writes only' }
            : { ...answers(1, range.copies, 'all'), orHint: true };
    }
    const { among, of } = COUNTS[level];
    if (among === 'local') {
        const part = range.datacenters.find(({ datacenter }) => datacenter === local);
        const wanted = range.simple ? range.wanted : (part?.wanted ?? 0);
        return answers(of(wanted), part?.copies ?? [], part === undefined ? localName : part.name);
    }
    return among === 'each' && !range.simple ? ofEach(range, of) : answers(of(range.wanted), range.copies, 'all');
}

function ofEach({ datacenters }: Range, of: (copies: number) => number): Demanded {
    return {
        kind: 'answers',
        requirements: datacenters.map(({ wanted, copies, name }) => requirement(of(wanted), copies, name)),
        orHint: false,
    };
}

function answers(count: number, among: readonly NodeId[], place: string): Extract<Demanded, { kind: 'answers' }> {
    return { kind: 'answers', requirements: [requirement(count, among, place)], orHint: false };
}

function requirement(count: number, among: readonly NodeId[], place: string): Requirement {
    const copies = among.length === 1 ? '1 copy' : `${among.length} copies`;
    return { count, among, text: place === 'all' ? copies : `${copies} in ${place}` };
}

/** The first requirement that these nodes do not meet; undefined if they meet all. */
export function unmet(
    requirements: readonly Requirement[],
    counts: (node: NodeId) => boolean,
): Requirement | undefined {
    return requirements.find(({ among, count }) => {
        let met = 0;
        for (const node of among) {
            met += counts(node) ? 1 : 0;
        }
        return met < count;
    });
}

/** Why a requirement is not met, as the end of a sentence that began with the range. */
export function whyUnmet(
    { count, among, text }: Requirement,
    counts: (node: NodeId) => boolean,
    nameOf: (node: NodeId) => string,
): string {
    const left = among.filter(counts).map(nameOf);
    const answering = left.length === 0 ? 'none is up' : `only ${listed(left)} ${left.length === 1 ? 'is' : 'are'} up`;
    return `needs ${count} of ${text}, and ${answering}`;
}
