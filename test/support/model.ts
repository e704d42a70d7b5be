/** Topologies made by hand, without the language. */
import type {
    Assumption,
    Cluster,
    Demand,
    Expectation,
    Member,
    Node,
    Objective,
    ObjectiveClause,
    Operation,
    Scenario,
    Setting,
    SettingValue,
    Shard,
    SourceRange,
    Step,
    Target,
    Topology,
    Waiver,
    Workload,
    Zone,
} from '../../src/topology/index.js';

export const HERE: SourceRange = {
    uri: 'file:///made.cluster',
    start: { line: 3, character: 0 },
    end: { line: 3, character: 4 },
};

export interface ClusterShape {
    readonly name: string;
    readonly engine?: string;
    readonly version?: string;
    /** Zone and rack of each node, by name; `''` stands in no zone. */
    readonly nodes: Readonly<Record<string, { zone?: string; rack?: string; capacity?: number; settings?: Setting[] }>>;
    /** Nodes of each shard. Without shards there is one service on all nodes, named like the cluster. */
    readonly shards?: Readonly<Record<string, readonly string[]>>;
    readonly needs?: readonly { cluster: string; operation: Operation; wants?: boolean }[];
    readonly settings?: readonly Setting[];
    readonly waivers?: readonly Waiver[];
    readonly assumptions?: readonly Assumption[];
}

export interface WorkloadShape {
    readonly name: string;
    readonly zone?: string;
    readonly demands: readonly { cluster: string; operation: Operation; rate: number }[];
}

/** One region `r` with the zones that the nodes name. Nodes are numbered in the order in which they are written. */
export function topology(clusters: readonly ClusterShape[], workloads: readonly WorkloadShape[] = []): Topology {
    const zoneNames = [
        ...new Set(clusters.flatMap((shape) => Object.values(shape.nodes).flatMap(({ zone }) => zone ?? []))),
    ];
    const zones: Zone[] = zoneNames.map((name, id) => ({
        id,
        name,
        region: 0,
        qualifiedName: `r.${name}`,
        source: HERE,
    }));
    const nodes: Node[] = [];
    const shards: Shard[] = [];
    const clusterIdOf = (name: string): number => clusters.findIndex((shape) => shape.name === name);
    const made = clusters.map((shape, id) => cluster(shape, id, { zoneNames, nodes, shards, clusterIdOf }));
    return {
        uri: HERE.uri,
        regions: zones.length === 0 ? [] : [{ id: 0, name: 'r', zones: zones.map(({ id }) => id), source: HERE }],
        zones,
        nodes,
        clusters: made,
        groups: [],
        shards,
        workloads: workloads.map((shape, id) => workload(shape, id, zoneNames, clusterIdOf)),
        replications: [],
        addresses: [],
        objectives: [],
        scenarios: [],
    };
}

interface Parts {
    readonly zoneNames: readonly string[];
    readonly nodes: Node[];
    readonly shards: Shard[];
    readonly clusterIdOf: (name: string) => number;
}

function cluster(shape: ClusterShape, id: number, { zoneNames, nodes, shards, clusterIdOf }: Parts): Cluster {
    const members: Member[] = Object.entries(shape.nodes).map(([name, { zone, rack, capacity, settings }]) => {
        const node = nodes.length;
        nodes.push({
            id: node,
            name,
            qualifiedName: `${shape.name}.${name}`,
            ...(zone === undefined ? {} : { zone: zoneNames.indexOf(zone), region: 0 }),
            ...(rack === undefined ? {} : { rack }),
            owner: id,
            source: HERE,
        });
        return {
            node,
            roles: [],
            ...(capacity === undefined ? {} : { capacity }),
            settings: settings ?? [],
            source: HERE,
        };
    });
    const idOf = (name: string): number => members[Object.keys(shape.nodes).indexOf(name)]?.node ?? -1;
    const placed = shape.shards ?? { [shape.name]: Object.keys(shape.nodes) };
    const own = Object.entries(placed).map(([name, copies]) => {
        shards.push({
            id: shards.length,
            cluster: id,
            name,
            copies: copies.map(idOf),
            placedBy: 'file',
            settings: [],
            source: HERE,
        });
        return shards.length - 1;
    });
    return {
        id,
        name: shape.name,
        source: HERE,
        engine: shape.engine ?? 'toy',
        engineSource: HERE,
        places: [],
        ...(shape.version === undefined ? {} : { version: shape.version }),
        members,
        groups: [],
        shards: own,
        endpoints: [],
        needs: (shape.needs ?? []).map((need) => ({
            kind: need.wants === true ? ('wants' as const) : ('needs' as const),
            operation: need.operation,
            target: { kind: 'cluster', cluster: clusterIdOf(need.cluster), text: need.cluster },
            source: HERE,
        })),
        assumptions: shape.assumptions ?? [],
        waivers: shape.waivers ?? [],
        settings: shape.settings ?? [],
    };
}

function workload(
    shape: WorkloadShape,
    id: number,
    zoneNames: readonly string[],
    clusterIdOf: (name: string) => number,
): Workload {
    const demands: Demand[] = shape.demands.map((demand) => ({
        operation: demand.operation,
        target: { kind: 'cluster', cluster: clusterIdOf(demand.cluster), text: demand.cluster },
        rate: demand.rate,
        fromReplicas: false,
        settings: [],
        source: HERE,
    }));
    return {
        id,
        name: shape.name,
        ...(shape.zone === undefined ? {} : { place: { kind: 'zone', zone: zoneNames.indexOf(shape.zone) } }),
        arrivals: 'even',
        demands,
        source: HERE,
    };
}

export function targetOf(model: Topology, name: string): Target {
    const found = model.clusters.find((each) => each.name === name);
    if (found === undefined) {
        throw new Error(`The topology has no cluster ${name}.`);
    }
    return { kind: 'cluster', cluster: found.id, text: name };
}

type WithoutPlace<Kind> = Kind extends unknown ? Omit<Kind, 'source' | 'text'> & { readonly text?: string } : never;
export type BareClause = WithoutPlace<ObjectiveClause>;
export type BareExpectation = WithoutPlace<Expectation>;

/** The topology with one objective about the named clusters. */
export function withObjective(model: Topology, names: readonly string[], clauses: readonly BareClause[]): Topology {
    const objective: Objective = {
        name: 'promise',
        source: HERE,
        targets: names.map((name) => targetOf(model, name)),
        clauses: clauses.map((clause) => ({ text: clause.kind, ...clause, source: HERE })),
    };
    return { ...model, objectives: [objective] };
}

export function scenario(expectations: readonly BareExpectation[], steps: readonly Step[] = []): Scenario {
    return {
        name: 'story',
        title: 'A story',
        source: HERE,
        seed: 7,
        steps,
        untilMs: 120_000,
        expectations: expectations.map((each) => ({ text: each.kind, ...each, source: HERE })),
    };
}

export function setting(key: string, ...values: readonly (number | string | readonly [number, string])[]): Setting {
    return { key, values: values.map(valueOf), source: HERE, keySource: HERE };
}

function valueOf(value: number | string | readonly [number, string]): SettingValue {
    if (typeof value === 'string') {
        return { kind: 'word', text: value };
    }
    const [figure, unit] = typeof value === 'number' ? [value, ''] : value;
    return { kind: 'number', value: figure, unit, text: `${String(figure)}${unit}` };
}
