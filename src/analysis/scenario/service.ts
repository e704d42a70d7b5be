/** Expectations about reads and writes: restored, uninterrupted, interrupted, available, unavailable. */
import type { Outage, Run, Window } from '../../simulator/index.js';
import {
    duration,
    listed,
    looksUntilMs,
    assertNever,
    shardsOf,
    type ShardId,
    type Topology,
} from '../../topology/index.js';
import { instant, plural, shardPath } from '../words.js';
import type { Evidence, Answer } from './judge.js';
import { describe } from './outages.js';
import { counting, missingObserver, type ServiceExpectation } from './observers.js';

export function judgeService(evidence: Evidence, expectation: ServiceExpectation): Answer {
    const missing = missingObserver(evidence.topology, expectation);
    if (missing !== undefined) {
        return { status: 'error', actual: missing };
    }
    const { outcome } = expectation;
    switch (outcome.kind) {
        case 'restored':
            return judgeRestored(evidence, expectation, outcome.limitMs);
        case 'uninterrupted':
            return judgeUninterrupted(evidence, expectation);
        case 'interrupted':
            return judgeInterrupted(evidence, expectation, outcome.limitMs);
        case 'available':
        case 'unavailable':
            return judgeAvailable(evidence, expectation, outcome.kind, outcome.atMs);
        default:
            return assertNever(outcome);
    }
}

function judgeRestored(evidence: Evidence, expectation: ServiceExpectation, limitMs: number): Answer {
    const { topology, run } = evidence;
    const outages = outagesFor(evidence, expectation);
    if (outages.length === 0) {
        const note = 'there was no outage at all, so nothing had to be restored.';
        return { status: 'passed', actual: 'There was no outage.', valueMs: 0, note };
    }
    const measured = outages.map((outage) => {
        const since = faultBefore(run, outage);
        return { outage, since, took: (outage.toMs ?? run.untilMs) - since };
    });
    const slowest = measured.reduce((one, other) => (longer(other, one) ? other : one));
    const worst = slowest.outage.toMs === null ? slowest : mostTelling(measured, slowest, limitMs);
    const what = describe(topology, worst.outage, run.untilMs);
    const others = shardsAffected(evidence, expectation, outages);
    if (worst.outage.toMs === null && worst.took < limitMs) {
        return { status: 'error', actual: `${what}; ${endsBefore(limitMs)}.`, valueMs: worst.took };
    }
    if (worst.outage.toMs === null) {
        return { status: 'failed', actual: `${what}${others}; allowed are ${duration(limitMs)}.` };
    }
    const over = worst.took - limitMs;
    const fault = `${duration(worst.took)} after the fault at ${instant(worst.since)}`;
    const verdict =
        over > 0
            ? `and came back ${fault}, ${duration(over)} longer than allowed`
            : `and came back ${fault}, within the ${duration(limitMs)} allowed`;
    return { status: over > 0 ? 'failed' : 'passed', actual: `${what} ${verdict}${others}.`, valueMs: worst.took };
}

function endsBefore(limitMs: number): string {
    return `the scenario ends before ${duration(limitMs)} are over. A later 'until' decides it`;
}

interface Measured {
    readonly outage: Outage;
    readonly since: number;
    readonly took: number;
}

function longer(one: Measured, other: Measured): boolean {
    if ((one.outage.toMs === null) !== (other.outage.toMs === null)) {
        return one.outage.toMs === null;
    }
    return one.took > other.took;
}

/** Of the outages that ended together with the slowest one, and as well or badly, the longest: it tells most. */
function mostTelling(measured: readonly Measured[], slowest: Measured, limitMs: number): Measured {
    return measured
        .filter(({ took }) => slowest.took - took <= TOGETHER_MS && took > limitMs === slowest.took > limitMs)
        .reduce((one, other) => (lengthIn(other) > lengthIn(one) ? other : one), slowest);
}

const TOGETHER_MS = 50;

function lengthIn({ outage }: Measured): number {
    return (outage.toMs ?? Infinity) - outage.fromMs;
}

/**
 * When the last fault struck before the first of the failing requests was sent: the time to restore counts from then.
 * Without such a fault, the first one during the outage; without any, the outage's own beginning.
 */
export function faultBefore(run: Run, outage: Outage): number {
    const before = run.faults.filter((fault) => fault.atMs <= outage.sentMs).at(-1);
    const during = run.faults.find((fault) => fault.atMs <= (outage.toMs ?? run.untilMs));
    return (before ?? during)?.atMs ?? outage.fromMs;
}

function judgeUninterrupted(evidence: Evidence, expectation: ServiceExpectation): Answer {
    const outages = outagesFor(evidence, expectation);
    const worst = longest(evidence, outages);
    if (worst === undefined) {
        return { status: 'passed', actual: 'There was no outage.', valueMs: 0 };
    }
    const what = describe(evidence.topology, worst, evidence.run.untilMs);
    const actual = `${what}${shardsAffected(evidence, expectation, outages)}.`;
    return { status: 'failed', actual, valueMs: lengthOf(evidence, worst) };
}

function judgeInterrupted(evidence: Evidence, expectation: ServiceExpectation, minimumMs: number): Answer {
    const worst = longest(evidence, outagesFor(evidence, expectation));
    if (worst === undefined) {
        const actual = `There was no outage; at least ${duration(minimumMs)} were expected.`;
        return { status: 'failed', actual, valueMs: 0 };
    }
    const length = lengthOf(evidence, worst);
    const what = describe(evidence.topology, worst, evidence.run.untilMs);
    if (worst.toMs === null && length < minimumMs) {
        return { status: 'error', actual: `${what}; ${endsBefore(minimumMs)}.`, valueMs: length };
    }
    return length >= minimumMs
        ? { status: 'passed', actual: `${what}.`, valueMs: length }
        : {
              status: 'failed',
              actual: `${what}, ${duration(minimumMs - length)} shorter than expected.`,
              valueMs: length,
          };
}

function judgeAvailable(
    evidence: Evidence,
    expectation: ServiceExpectation,
    expected: 'available' | 'unavailable',
    atMs: number,
): Answer {
    const { topology, run } = evidence;
    const isCounted = counting(topology, expectation);
    const windows = run.windows.filter((window) => window.atMs === atMs && isCounted(window));
    const shards = byShard(windows).filter(({ sent }) => sent > 0);
    const failing = shards.filter(({ failed }) => failed > 0);
    const dark = shards.filter(({ ok }) => ok === 0);
    const mayYetFail = expected === 'available' ? failing.length === 0 : dark.length > 0;
    if (looksUntilMs(expectation) > run.untilMs && (mayYetFail || shards.length === 0)) {
        const rest = `before the second after ${instant(atMs)} is over. A later 'until' decides it`;
        return { status: 'error', actual: `The run ends at ${instant(run.untilMs)}, ${rest}.` };
    }
    if (shards.length === 0) {
        return {
            status: 'error',
            actual: `No request was sent in the second after ${instant(atMs)}, so nobody can tell.`,
        };
    }
    const operation = plural(expectation.operation);
    const names = listed(dark.slice(0, 3).map(({ shard }) => shardPath(topology, shard)));
    const after = `in the second after ${instant(atMs)}`;
    if (expected === 'available') {
        return failing.length === 0
            ? {
                  status: 'passed',
                  actual: `All ${operation} of ${ofAll(shards.length, shards.length)} succeeded ${after}.`,
              }
            : {
                  status: 'failed',
                  actual: `${failures(topology, operation, failing)} failed ${after}: ${ofAll(failing.length, shards.length)}.`,
              };
    }
    return dark.length > 0
        ? {
              status: 'passed',
              actual: `All ${operation} of ${names} failed ${after}: ${ofAll(dark.length, shards.length)}.`,
          }
        : { status: 'failed', actual: `No shard was dark: ${succeeded(operation, shards)} ${after}.` };
}

interface ShardCount {
    readonly shard: ShardId;
    sent: number;
    ok: number;
    failed: number;
}

function byShard(windows: readonly Window[]): readonly ShardCount[] {
    const sums = new Map<ShardId, ShardCount>();
    for (const { shard, sent, ok, failed } of windows) {
        const sum = sums.get(shard) ?? { shard, sent: 0, ok: 0, failed: 0 };
        sum.sent += sent;
        sum.ok += ok;
        sum.failed += failed;
        sums.set(shard, sum);
    }
    return [...sums.values()];
}

function failures(topology: Topology, operation: string, failing: readonly ShardCount[]): string {
    const named = failing
        .slice(0, 3)
        .map(
            ({ shard, failed, sent }) =>
                `${String(failed)} of ${String(sent)} ${operation} of ${shardPath(topology, shard)}`,
        );
    return listed(named);
}

function succeeded(operation: string, shards: readonly ShardCount[]): string {
    const sent = shards.reduce((sum, shard) => sum + shard.sent, 0);
    const ok = shards.reduce((sum, shard) => sum + shard.ok, 0);
    return `${String(ok)} of ${String(sent)} ${operation} succeeded`;
}

function ofAll(some: number, all: number): string {
    return `${String(some)} of ${String(all)} shard${all === 1 ? '' : 's'}`;
}

/** What the observers saw that count. */
export function outagesFor({ topology, run }: Evidence, expectation: ServiceExpectation): readonly Outage[] {
    return run.outages.filter(counting(topology, expectation));
}

function lengthOf({ run }: Evidence, outage: Outage): number {
    return (outage.toMs ?? run.untilMs) - outage.fromMs;
}

function longest(evidence: Evidence, outages: readonly Outage[]): Outage | undefined {
    return outages.reduce<Outage | undefined>(
        (one, other) => (one === undefined || lengthOf(evidence, other) > lengthOf(evidence, one) ? other : one),
        undefined,
    );
}

function shardsAffected({ topology }: Evidence, expectation: ServiceExpectation, outages: readonly Outage[]): string {
    const all = new Set(shardsOf(topology, expectation.target, expectation.operation)).size;
    const affected = new Set(outages.map((outage) => outage.shard)).size;
    return all > 1 ? `; ${ofAll(affected, all)} had an outage` : '';
}
