/** Pauses of 3 to 60 s, of whoever may be paused: what costs nothing, what costs the pause, what costs a session. */
import { describe, expect, test } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Operation, Topology } from '../../../src/topology/index.js';
import { clusterText, eventsOf, least, lostIn, most, writer } from './support/cluster.js';

const FAULT = 10_000;
const SEEDS = 30;
/** A session after the last heartbeat, which is up to an interval and a round trip old. */
const SESSION = { least: 9_000 - 2_002, most: 9_000 };
/** From 4.0 on the controller looks eight times in a session. */
const LOOK = 9_000 / 8;
/** A request that was under way, and the next one. */
const SLACK = 100;
/** As long again as clients wait until they ask somebody else. */
const CLIENT = 1_000;
const PAUSES = [3, 6, 8, 9, 12, 20, 31, 60].map((seconds) => seconds * 1_000);

interface Played {
    readonly topology: Topology;
    readonly all: readonly Run[];
}

async function played(who: string, pauseMs: number, version = '4.1'): Promise<Played> {
    const topology = await topologyOf(
        clusterText({
            version,
            workloads: `${writer(20, 'acks = all')} workload r { reads k.t 20/s }`,
            steps: `at ${FAULT}ms freeze node ${who}  at ${FAULT + pauseMs}ms unfreeze node ${who}`,
            until: `${FAULT + pauseMs + 30_000}ms`,
        }),
    );
    return { topology, all: Array.from({ length: SEEDS }, (_, seed) => runOf(topology, seed)) };
}

const isFenced = (run: Run, broker: string): boolean =>
    eventsOf(run, 'detection', new RegExp(`fences ${broker}`)).length > 0;

function endsOf({ topology, all }: Played, operation: Operation): readonly number[] {
    return all.map((run) => {
        const outages = outagesOf(topology, run, 't.0', operation);
        expect(outages).toHaveLength(1);
        return outages[0]!.toMs! - FAULT;
    });
}

/** Whether a pause ends before any session, after all, or in between. */
function expectSession(result: Played, broker: string, pauseMs: number, lookMs: number, noticedMs: number): void {
    const writes = endsOf(result, 'write');
    const fenced = result.all.filter((run) => isFenced(run, broker)).length;
    if (pauseMs < SESSION.least) {
        expect(fenced).toBe(0);
        expect(least(writes)).toBeGreaterThanOrEqual(pauseMs);
        expect(most(writes)).toBeLessThanOrEqual(pauseMs + SLACK);
    } else {
        expect(least(writes)).toBeGreaterThanOrEqual(SESSION.least);
        expect(most(writes)).toBeLessThanOrEqual(Math.min(pauseMs, SESSION.most + lookMs + noticedMs) + SLACK);
        if (pauseMs > SESSION.most + lookMs) {
            expect(fenced).toBe(SEEDS);
        }
    }
    for (const run of result.all) {
        expect(lostIn(run)).toBe(0);
        expect(run.splitBrains).toEqual([]);
        expect((run.deposed ?? []).every(({ toMs }) => toMs !== null)).toBe(true);
        expect(eventsOf(run, 'recovery', /sends heartbeats again/).length > 0).toBe(isFenced(run, broker));
    }
}

describe.each([
    ['4.1', LOOK],
    ['3.9', 0],
])('Kafka %s', (version, lookMs) => {
    test.each(PAUSES)('a leader that pauses for %i ms costs the pause, or its session', async (pauseMs) => {
        const result = await played('b1', pauseMs, version);
        expectSession(result, 'b1', pauseMs, lookMs, CLIENT);
        const reads = endsOf(result, 'read');
        expect(most(reads)).toBeLessThanOrEqual(Math.min(pauseMs, SESSION.most + lookMs + CLIENT) + SLACK);
    });

    test.each(PAUSES)('a follower that pauses for %i ms costs writes as much, and reads nothing', async (pauseMs) => {
        const result = await played('b2', pauseMs, version);
        expectSession(result, 'b2', pauseMs, lookMs, 0);
        expect(result.all.flatMap((run) => outagesOf(result.topology, run, 't.0', 'read'))).toEqual([]);
    });

    test.each(PAUSES)('an active controller that pauses for %i ms costs clients nothing', async (pauseMs) => {
        const { all } = await played('c1', pauseMs, version);
        for (const run of all) {
            expect(run.outages).toEqual([]);
            // A fetch timeout of 2 s is over by then: another one is active, and c1 follows it when it goes on.
            expect(eventsOf(run, 'state', /^c[23] is the active controller/)).toHaveLength(1);
            expect(eventsOf(run, 'detection', /fences/)).toEqual([]);
            expect(run.splitBrains).toEqual([]);
            expect((run.deposed ?? []).every(({ toMs }) => toMs! <= FAULT + pauseMs + 1_100)).toBe(true);
        }
    });

    test('a pause of a leader and the active controller must last longer: the new one counts the session anew', async () => {
        const short = await played('b1, c1', 9_000, version);
        expect(short.all.filter((run) => isFenced(run, 'b1'))).toEqual([]);
        expect(most(endsOf(short, 'write'))).toBeLessThanOrEqual(9_000 + SLACK);
        const long = await played('b1, c1', 20_000, version);
        const ends = endsOf(long, 'write');
        // The second of the two followers to look, 1.5 to 2 s after the last answer, and then the session.
        expect(least(ends)).toBeGreaterThanOrEqual(1_500 + 9_000);
        expect(most(ends)).toBeLessThanOrEqual(2_000 + 2_000 + 9_000 + CLIENT + SLACK);
    });
});
