import {
    decidingInstant,
    knownFrom,
    outcomeOf,
    type ClauseVerdict,
    type ScenarioResult,
} from '../../analysis/index.js';
import {
    clientId,
    clusterId,
    EVENT_LIMIT,
    laneId,
    nodeId,
    type BeliefChange,
    type Lane,
    type LeaderHistory,
    type NodeHistory,
    type NodeConnection,
    type NodeState,
    type Playback,
    type PlaybackClause,
    type PlaybackEvent,
    type ReachChange,
    type SendingHistory,
    type Trouble,
} from '../../diagram/index.js';
import {
    groupedBy,
    isLeaderless,
    isServed,
    type ClusterId,
    type NodeId,
    type Shard,
    type ShardId,
    type Topology,
} from '../../topology/index.js';

type Run = ScenarioResult['run'];

/** A run in the words of the drawing. `scenario`: its name, unless it was clicked together. */
export function playbackOf(topology: Topology, { verdict, run }: ScenarioResult, scenario?: string): Playback {
    const lanes = new Map(topology.shards.map((shard) => [shard.id, laneOf(topology, shard)]));
    const told = run.trace.slice(0, EVENT_LIMIT);
    const expectations = topology.scenarios.find(({ name }) => name === verdict.name)?.expectations ?? [];
    return {
        ...(scenario === undefined ? {} : { scenario }),
        title: verdict.title ?? verdict.name,
        seed: run.seed,
        traceHash: run.traceHash,
        untilMs: run.untilMs,
        status: verdict.status === 'not-proved' ? 'failed' : verdict.status,
        summary: outcomeOf(topology, run),
        clauses: verdict.clauses.map((clause, at) => {
            const expectation = expectations[at];
            const atMs = expectation && decidingInstant(topology, run, expectation);
            return { ...clauseOf(clause), ...(atMs === undefined ? {} : { atMs }) };
        }),
        notes: [
            ...verdict.notes,
            ...(run.assumptions ?? [])
                .flatMap(({ sentence = [] }) => sentence)
                .map((sentence) => `Assumed: ${sentence}`),
        ],
        events: told.map((event) => eventOf(topology, event, lanes)),
        untold: run.trace.length - told.length,
        lanes: lanesOf(topology, run, lanes),
        nodes: nodeHistories(topology, run),
        reach: reachHistory(topology, run),
        sending: sendingHistories(topology, run),
        leaders: leaderHistories(topology, run, lanes),
        beliefs: told.flatMap((event) => beliefOf(topology, event)),
    };
}

function clauseOf({ text, status, actual, source }: ClauseVerdict): PlaybackClause {
    return { text, status: status === 'not-proved' ? 'failed' : status, actual, source };
}

type LaneIds = ReadonlyMap<ShardId, string>;

function laneOf(topology: Topology, shard: Shard): string {
    const cluster = topology.clusters[shard.cluster];
    if (cluster === undefined) throw new Error(`The shard ${shard.name} belongs to no cluster.`);
    return laneId(cluster, shard);
}

function eventOf(topology: Topology, event: Run['trace'][number], lanes: LaneIds): PlaybackEvent {
    const { atMs, kind, text, cause, source, knownTo } = event;
    const node = idOf(topology, event.node);
    const peer = idOf(topology, event.peer);
    const lane = event.shard === undefined ? undefined : lanes.get(event.shard);
    const from = source ?? topology.nodes[event.node ?? -1]?.source;
    return {
        atMs,
        kind,
        text,
        cause,
        ...(node === undefined ? {} : { node }),
        ...(peer === undefined ? {} : { peer }),
        ...(knownTo === undefined ? {} : { knownTo: knownTo.flatMap((each) => idOf(topology, each) ?? []) }),
        ...(event.belief === undefined && knownTo === undefined ? {} : { believes: true as const }),
        ...(lane === undefined ? {} : { lane }),
        ...(from === undefined ? {} : { source: from }),
    };
}

/** Who believes is a node, or the cluster as a whole where it has agreed; whoever writes down that one lives takes it for alive. */
function beliefOf(topology: Topology, event: Run['trace'][number]): BeliefChange[] {
    const { atMs, belief, node, cluster, knownTo = [] } = event;
    if (belief === undefined) return [];
    const { holds } = belief;
    const holder = belief.by === 'cluster' ? topology.clusters[cluster ?? -1] : undefined;
    const about = belief.about.flatMap((each) => idOf(topology, each) ?? []);
    const isOwn = holder === undefined || holds === 'alive';
    const others = belief.by === 'all-told' ? knownTo : [];
    return [
        holder && clusterId(holder),
        isOwn ? idOf(topology, node) : undefined,
        ...others.map((each) => idOf(topology, each)),
    ].flatMap((by) => (by === undefined ? [] : [{ atMs, by, about, holds }]));
}

function idOf(topology: Topology, node: NodeId | undefined): string | undefined {
    const found = node === undefined ? undefined : topology.nodes[node];
    return found && nodeId(found);
}

/** Every shard that clients ask for, in the file's order. */
function lanesOf(topology: Topology, run: Run, lanes: LaneIds): readonly Lane[] {
    // A copy that takes no writes is in no trouble.
    const failures = run.outages.filter(({ copyOf }) => copyOf === undefined);
    const troubles = groupedBy(failures, ({ shard }) => shard);
    return topology.clusters.flatMap((cluster) =>
        topology.shards
            .filter((shard) => shard.cluster === cluster.id && isServed(topology, shard))
            .map((shard) => ({
                id: lanes.get(shard.id) ?? '',
                cluster: clusterId(cluster),
                label: shard.name,
                source: shard.source,
                troubles: (troubles.get(shard.id) ?? []).map((outage) => troubleOf(topology, run, outage)),
            })),
    );
}

/**
 * Drawn from when its first failed request was sent, but not from before the fault that struck while that was under way: no
 * effect stands before its cause. Its length counts as in the verdict, from the last answer if that came just before.
 */
function troubleOf(topology: Topology, { faults }: Run, outage: Run['outages'][number]): Trouble {
    const { operation, fromMs: answeredMs, sentMs, toMs, form, workload } = outage;
    const name = workload === undefined ? undefined : topology.workloads[workload]?.name;
    const struck = faults.find(
        ({ atMs, affected }) =>
            affected > 0 && atMs >= sentMs && atMs - sentMs <= UNDER_WAY_MS && atMs < (toMs ?? Infinity),
    );
    return {
        operation,
        fromMs: struck?.atMs ?? sentMs,
        toMs,
        ...(toMs === null || answeredMs === 0 || knownFrom(outage) !== answeredMs
            ? {}
            : { lengthMs: toMs - answeredMs }),
        form,
        ...(name === undefined ? {} : { workload: name }),
    };
}

/** A request that was sent so long before a fault may have been under way when it struck. */
const UNDER_WAY_MS = 1_000;

const BADNESS: readonly NodeState[] = ['serving', 'frozen', 'stopped', 'crashed', 'off'];

function nodeHistories(topology: Topology, run: Run): readonly NodeHistory[] {
    const touched = new Set([...run.processes, ...run.links].map(({ node }) => node));
    return topology.nodes.filter(({ id }) => touched.has(id)).map((node) => nodeHistory(topology, run, node.id));
}

/** A node looks like the worst of its processes. */
function nodeHistory(topology: Topology, run: Run, node: NodeId): NodeHistory {
    const processes = run.processes.filter((change) => change.node === node);
    const links = run.links.filter((change) => change.node === node);
    const times = [...new Set([...processes, ...links].map(({ atMs }) => atMs))].sort((one, other) => one - other);
    const states = new Map<number, NodeState>();
    let connection: NodeConnection = 'whole';
    return {
        id: idOf(topology, node) ?? '',
        changes: times.map((atMs) => {
            for (const change of processes.filter((each) => each.atMs === atMs))
                states.set(change.cluster, change.state === 'running' ? 'serving' : change.state);
            connection = links.findLast((each) => each.atMs === atMs)?.state ?? connection;
            const worst = Math.max(0, ...[...states.values()].map((state) => BADNESS.indexOf(state)));
            return { atMs, state: BADNESS[worst] ?? 'serving', connection };
        }),
    };
}

function reachHistory(topology: Topology, { reach = [] }: Run): readonly ReachChange[] {
    return reach.map(({ atMs, groups, severed }) => ({
        atMs,
        groups: groups.map(({ nodes, workloads }) => [
            ...nodes.flatMap((node) => idOf(topology, node) ?? []),
            ...workloads.flatMap((id) => topology.workloads[id] ?? []).map(clientId),
        ]),
        severed,
    }));
}

function sendingHistories(topology: Topology, { sending = [] }: Run): readonly SendingHistory[] {
    const ids = (clusters: readonly ClusterId[]): string[] =>
        clusters.flatMap((id) => topology.clusters[id] ?? []).map(clusterId);
    return [...groupedBy(sending, ({ workload, address }) => `${workload} ${address}`).values()].flatMap((all) => {
        const [first] = all;
        const workload = topology.workloads[first?.workload ?? -1];
        const changes = all.map(({ atMs, clusters }) => ({ atMs, clusters: ids(clusters) }));
        return first && workload
            ? [{ client: clientId(workload), service: ids([first.address])[0] ?? '', changes }]
            : [];
    });
}

function leaderHistories(topology: Topology, run: Run, lanes: LaneIds): readonly LeaderHistory[] {
    const changes = groupedBy(run.leaders, ({ shard }) => shard);
    return topology.shards
        .filter((shard) => !isLeaderless(topology, shard))
        .flatMap((shard) => {
            const first = shard.copies[0];
            const known = changes.get(shard.id) ?? [];
            const start = first === undefined || known[0]?.atMs === 0 ? [] : [{ atMs: 0, to: first }];
            const history = [...start, ...known].map(({ atMs, to }) => ({
                atMs,
                node: to === null ? null : (idOf(topology, to) ?? null),
            }));
            return history.length === 0 ? [] : [{ lane: lanes.get(shard.id) ?? '', changes: history }];
        });
}
