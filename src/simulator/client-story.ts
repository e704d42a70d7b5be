/** What the clients noticed, as events of the trace. */
import { clock, figure, shardTitle, type Topology } from '../topology/index.js';
import type { Cause } from './behaviour.js';
import type { ClientStreamSpec } from './demands.js';
import { beginsUnseen, knownFrom, type Completed, type TrackedOutage } from './outages.js';
import { copiedBy, type Copies } from './story.js';
import type { Menders } from './menders.js';
import type { TraceEvent } from './trace.js';
import { troublesOf, type Trouble } from './troubles.js';

interface Observed {
    readonly spec: ClientStreamSpec;
    readonly outages: readonly TrackedOutage[];
    readonly completed: readonly Completed[];
}

/** Events to be told behind those of the trace, whose causes count on from it. */
export function clientEvents(
    topology: Topology,
    observed: readonly Observed[],
    copies: Copies,
    trace: readonly TraceEvent[],
    menders: Menders,
    endMs: number,
): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (const { spec, outages, completed } of observed) {
        for (const trouble of troublesOf(spec.shard, outages, completed, menders, endMs)) {
            const isCopy = copiedBy(topology.shards[spec.shard]!.cluster, spec, trouble, copies) !== undefined;
            const next = trace.length + events.length;
            events.push(...(isCopy ? firstWrites(topology, spec, trouble) : eventsOf(topology, spec, trouble, next)));
        }
    }
    return events;
}

/** That a copy takes no writes is its nature, and no event; that it does is one. */
function firstWrites(topology: Topology, spec: ClientStreamSpec, { overMs, endCause }: Trouble): TraceEvent[] {
    const text = `${subject(topology, spec)} succeed for the first time`;
    return overMs === null ? [] : [clientEvent(topology, spec, overMs, text, endCause)];
}

/** `begin`: what the index of the first event will be. */
function eventsOf(topology: Topology, spec: ClientStreamSpec, trouble: Trouble, begin: Cause): TraceEvent[] {
    const { noticedMs, overMs, reason, cause, endCause, isPending } = trouble;
    const what = subject(topology, spec);
    if (isPending) {
        return [clientEvent(topology, spec, noticedMs, `${what} still wait for an answer, ${reason}`, cause)];
    }
    // A client that waits long may notice only when others succeed again.
    if (overMs !== null && noticedMs >= overMs) {
        const text = `${what} fail for a while: ${failuresIn(trouble)}, ${reason}`;
        return [clientEvent(topology, spec, noticedMs, text, cause)];
    }
    const begins = clientEvent(topology, spec, noticedMs, `${what} fail, ${reason}`, cause);
    if (overMs === null) {
        return [begins];
    }
    const text =
        trouble.form === 'dark'
            ? `${what} succeed after ${lengthOf(trouble)}`
            : `${what} succeed all again: ${failuresIn(trouble)}`;
    // Where nothing changed, clients have turned elsewhere because they failed.
    return [begins, clientEvent(topology, spec, overMs, text, endCause < 0 ? begin : endCause)];
}

/** `19.322 s`, or `up to 40.000 s` where the last answer came long before anything failed. */
function lengthOf(trouble: Trouble): string {
    const seconds = (((trouble.toMs ?? 0) - trouble.fromMs) / 1000).toFixed(3);
    return `${beginsUnseen(trouble) ? 'up to ' : ''}${seconds} s`;
}

/** An outage counts what failed by when it was sent. That its clients waited for an answer longer than it lasted makes it no longer. */
function failuresIn(trouble: Trouble): string {
    const [from, to] = [knownFrom(trouble), trouble.toMs ?? trouble.lastTriedMs];
    return `${figure(trouble.failed)} sent between ${clock(from)} and ${clock(to)} failed`;
}

function subject(topology: Topology, { workload, operation, shard }: ClientStreamSpec): string {
    const who = workload === undefined ? 'the probe' : topology.workloads[workload]!.name;
    return `${who}: ${operation}s of ${shardTitle(topology, shard)}`;
}

function clientEvent(
    topology: Topology,
    { shard }: ClientStreamSpec,
    atMs: number,
    text: string,
    cause: Cause,
): TraceEvent {
    return { kind: 'client', cluster: topology.shards[shard]!.cluster, shard, atMs, text, cause };
}
