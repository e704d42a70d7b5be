/** What a run leaves out that may decide more than what it shows. */
import { engineContext } from '../../engines/index.js';
import { declaredLoad, type FailureState } from '../../proof/index.js';
import { placesStruck, PROBE, type CapacityChange, type Run } from '../../simulator/index.js';
import {
    duration,
    figure,
    isWithin,
    listed,
    type Cluster,
    type ClusterId,
    type PlaceId,
    type Scenario,
    type Topology,
} from '../../topology/index.js';
import type { EngineLookup } from '../models.js';
import { instant, plural } from '../words.js';
import { overloadBehind } from './address-overload.js';

export function caveats(topology: Topology, scenario: Scenario, run: Run, lookup: EngineLookup): readonly string[] {
    return [
        ...impatience(topology, run),
        ...topology.clusters.flatMap((cluster) => overload(topology, scenario, run, cluster, lookup)),
        ...overloadBehind(topology, run, lookup),
        ...startsAtOnce(topology, run),
    ];
}

/** Of what the probe alone saw fail, and only because it does not wait. */
function impatience(topology: Topology, run: Run): readonly string[] {
    const late = run.outages.filter(({ workload, isLate }) => workload === undefined && isLate === true);
    const [first] = late;
    if (first === undefined) {
        return [];
    }
    const names = [...new Set(late.map(({ cluster }) => topology.clusters[cluster]?.name ?? ''))];
    const waits = duration(PROBE.timeoutMs);
    const own = `\`workload W { ${plural(first.operation)} ${names[0] ?? ''} 10/s with timeout = 2s }\``;
    return [
        `The probe that asks ${listed(names)} where no workload does gives up after ${waits}, and answers came later than that. ${own} asks with a time-out of your own.`,
    ];
}

/** Every request is answered as if there were room for it: said once, where what is left carries less than is sent. */
function overload(
    topology: Topology,
    scenario: Scenario,
    run: Run,
    cluster: Cluster,
    lookup: EngineLookup,
): readonly string[] {
    const engine = lookup(cluster.engine);
    if (engine?.rules === undefined || declaredLoad(topology, cluster.id) === 0) {
        return [];
    }
    const rules = engine.rules(engineContext(topology, cluster, engine));
    const spans = run.capacity
        .filter((change) => change.cluster === cluster.id && change.group === undefined)
        .map((change) => ({
            atMs: change.atMs,
            carries: rules.capacity(without(topology, change)),
            sent: sentAt(topology, scenario, cluster, change.atMs),
        }));
    // Where nothing serves, requests fail, and nobody needs to be told; what is over in the same instant meets no request.
    const over = spans.filter(
        ({ atMs, carries, sent }, index) => carries > 0 && carries < sent && spans[index + 1]?.atMs !== atMs,
    );
    const [first] = over;
    if (first === undefined) {
        return [];
    }
    const worst = over.reduce((one, other) => (other.carries - other.sent < one.carries - one.sent ? other : one));
    const after = spans.slice(spans.indexOf(over.at(-1) ?? first) + 1)[0];
    const span = `from ${instant(first.atMs)}${after === undefined ? ' on' : ` to ${instant(after.atMs)}`}`;
    return [
        `Overload fails no request here: ${span} what serves of ${cluster.name} carries ${figure(worst.carries)} requests/s, and ${figure(worst.sent)} are sent.`,
    ];
}

/** The survivors alone, as objectives see them. */
function without({ nodes }: Topology, { idle = [] }: CapacityChange): FailureState {
    const alive = new Uint8Array(nodes.length).fill(1);
    for (const node of idle) {
        alive[node] = 0;
    }
    return { alive, failed: idle };
}

/** Requests a second, without those of clients that have failed with their place. */
function sentAt(topology: Topology, { steps }: Scenario, { id }: Cluster, atMs: number): number {
    const dark = new Map<string, PlaceId>();
    for (const { fault } of steps.filter((step) => step.atMs <= atMs)) {
        for (const place of placesStruck(fault)) {
            const key = JSON.stringify(place);
            if (fault.kind === 'fail') {
                dark.set(key, place);
            } else {
                dark.delete(key);
            }
        }
    }
    const workloads = topology.workloads.filter(
        ({ place }) => ![...dark.values()].some((each) => isWithin(topology, place, each)),
    );
    return declaredLoad({ ...topology, workloads }, id);
}

/** Where processes started whose start is not modelled, and its length would have shown. */
function startsAtOnce({ clusters }: Topology, run: Run): readonly string[] {
    const counting = (run.startedAtOnce ?? []).filter((start) => shows(run, start)).map(({ cluster }) => cluster);
    if (counting.length === 0) {
        return [];
    }
    const names = listed(clusters.filter(({ id }) => counting.includes(id)).map(({ name }) => name));
    return [
        `Not modelled: how long a process of ${names} takes to start; each was at work at once. \`stop node …\` and, that much later, \`restart node …\` give a start its time.`,
    ];
}

/** A process that ran until then was never away; or clients waited for it; or what followed met it at work. */
function shows({ processes, outages, faults }: Run, { cluster, atMs }: { cluster: ClusterId; atMs: number }): boolean {
    const wasAway = processes.some((change) => change.cluster === cluster && change.atMs === atMs);
    const wasMissed = outages.some(
        (outage) => outage.cluster === cluster && outage.fromMs < atMs && (outage.toMs ?? Infinity) >= atMs,
    );
    return !wasAway || wasMissed || faults.some((fault) => fault.atMs > atMs && fault.affected > 0);
}
