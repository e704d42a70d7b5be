/** One cluster over three zones: what clients of each zone see when one is cut off, loses power, or is far away. */
import { describe, expect, test } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Operation, Topology } from '../../../src/topology/index.js';
import { clusterText, eventsOf, least, lostIn, most, rulesOf, shardOf, without } from './support/cluster.js';

const FAULT = 10_000;
const HEALED = 60_000;
const SEEDS = 12;
const SLACK = 100;
/** A session after the last heartbeat, at the next of eight looks; clients ask somebody else after a second, and again. */
const SESSION: Interval = [9_000 - 2_002, 9_000 + 9_000 / 8 + 1_000 + SLACK];
/** The zone of the active controller takes it along: 1.5 to 2 s until another is active, perhaps a round more, and a session anew. */
const ANEW: Interval = [1_500 + 9_000, 2_000 + 2_000 + 9_000 + 1_000 + SLACK];
const UNTIL_HEALED: Interval = [HEALED - FAULT, HEALED - FAULT + SLACK + 10];

type Interval = readonly [number, number];

const BODY = `
    node c1 in lab.z1 as controller  node c2 in lab.z2 as controller  node c3 in lab.z3 as controller
    node b1 in lab.z1 as broker  node b2 in lab.z2 as broker  node b3 in lab.z3 as broker
    node b4 in lab.z1 as broker  node b5 in lab.z2 as broker  node b6 in lab.z3 as broker
    topic t {
        partition 0 on b1, b2, b3  partition 1 on b5, b6, b4  partition 2 on b6, b4, b5
        settings { min.insync.replicas = 2 }
    }`;

const clientsIn = (zone: string): string => `
    workload all${zone} in lab.${zone} { writes k.t 30/s with acks = all }
    workload one${zone} in lab.${zone} { writes k.t 30/s with acks = 1 }
    workload read${zone} in lab.${zone} { reads k.t 30/s }`;

interface Played {
    readonly topology: Topology;
    readonly all: readonly Run[];
}

async function played(steps: string, body = BODY, workloads = clientsIn('z1') + clientsIn('z2')): Promise<Played> {
    const topology = await topologyOf(clusterText({ body, workloads, steps, until: '100s' }));
    return { topology, all: Array.from({ length: SEEDS }, (_, seed) => runOf(topology, seed)) };
}

/** How long after the fault the workload's outages of the partition last, in every run; undefined: it has none in any. */
function spanOf({ topology, all }: Played, name: string, partition: number): Interval | undefined {
    const operation: Operation = name.startsWith('read') ? 'read' : 'write';
    const found = all.map((run) =>
        outagesOf(topology, run, `t.${String(partition)}`, operation).filter(
            ({ workload }) => workload !== undefined && topology.workloads[workload]!.name === name,
        ),
    );
    const ends = found.flatMap((outages) => outages.map(({ toMs }) => (toMs ?? Infinity) - FAULT));
    if (ends.length === 0) {
        return undefined;
    }
    expect(found.every(({ length }) => length === 1)).toBe(true);
    return [least(ends), most(ends)];
}

function expectSpans(result: Played, spans: Readonly<Record<string, readonly (Interval | 'up')[]>>): void {
    for (const [name, partitions] of Object.entries(spans)) {
        partitions.forEach((expected, partition) => {
            const span = spanOf(result, name, partition);
            const what = `${name} of t.${String(partition)}`;
            if (expected === 'up') {
                expect(span, what).toBeUndefined();
                return;
            }
            expect(span![0], what).toBeGreaterThanOrEqual(expected[0]);
            expect(span![1], what).toBeLessThanOrEqual(expected[1]);
        });
    }
}

test('the zone of the active controller is cut off: its own leaders serve readers and acks=1 there, in vain', async () => {
    const result = await played(`at ${FAULT}ms isolate zone lab.z1  at ${HEALED}ms restore zone lab.z1`);
    expectSpans(result, {
        allz1: [UNTIL_HEALED, UNTIL_HEALED, UNTIL_HEALED],
        onez1: ['up', UNTIL_HEALED, UNTIL_HEALED],
        readz1: ['up', UNTIL_HEALED, UNTIL_HEALED],
        allz2: [ANEW, ANEW, ANEW],
        onez2: [ANEW, 'up', 'up'],
        readz2: [ANEW, 'up', 'up'],
    });
    for (const run of result.all) {
        // 10 a second for 50 s went to b1 alone, and what it took before b2 led is gone with the rest.
        expect(Math.abs(lostIn(run) - 500)).toBeLessThanOrEqual(2);
        expect(run.staleReads.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(10 * (50 - 14));
        // b1 and b4 hear of the active controller again, and follow.
        expect(run.splitBrains.every(({ toMs }) => toMs !== null)).toBe(true);
        expect(eventsOf(run, 'recovery', /b[14] sends heartbeats again/)).toHaveLength(2);
    }
});

test('another zone is cut off: the active controller needs nobody’s vote', async () => {
    const result = await played(`at ${FAULT}ms isolate zone lab.z2  at ${HEALED}ms restore zone lab.z2`);
    expectSpans(result, {
        allz1: [SESSION, SESSION, SESSION],
        onez1: ['up', SESSION, 'up'],
        readz1: ['up', SESSION, 'up'],
        allz2: [UNTIL_HEALED, UNTIL_HEALED, UNTIL_HEALED],
        onez2: [UNTIL_HEALED, 'up', UNTIL_HEALED],
        readz2: [UNTIL_HEALED, 'up', UNTIL_HEALED],
    });
    expect(result.all.flatMap((run) => eventsOf(run, 'election', /votes/))).not.toEqual([]);
    expect(result.all.flatMap((run) => eventsOf(run, 'state', /is the active controller/))).toEqual([]);
});

test.each([
    ['z1', ANEW],
    ['z3', SESSION],
])('zone %s loses power: as long for the others, and acks=all loses nothing', async (zone, span) => {
    const { topology, all } = await played(
        `at ${FAULT}ms fail zone lab.${zone}`,
        BODY,
        'workload allz2 in lab.z2 { writes k.t 30/s with acks = all }',
    );
    expectSpans({ topology, all }, { allz2: [span, span, span] });
    expect(most(all.map(lostIn))).toBe(0);
    const dead = zone === 'z1' ? ['c1', 'b1', 'b4'] : ['c3', 'b3', 'b6'];
    for (const partition of [0, 1, 2]) {
        const id = shardOf(topology, `t.${String(partition)}`);
        expect(rulesOf(topology).serves(id, 'write', without(topology, ...dead))).toEqual({ serves: true });
    }
});

describe('a third zone that holds a controller alone', () => {
    const body = (needed: number): string => `
        node c1 in lab.z1 as controller  node c2 in lab.z2 as controller  node c3 in lab.z3 as controller
        node b1 in lab.z1 as broker  node b2 in lab.z2 as broker  node b3 in lab.z1 as broker  node b4 in lab.z2 as broker
        topic t { partition 0 on b1, b2, b3, b4  settings { min.insync.replicas = ${String(needed)} } }`;
    const clients = 'workload allz2 in lab.z2 { writes k.t 30/s with acks = all }';
    const steps = `at ${FAULT}ms fail zone lab.z1  at ${HEALED}ms restore zone lab.z1`;

    test('two replicas in sync of four are enough when a zone is gone', async () => {
        expectSpans(await played(steps, body(2), clients), { allz2: [ANEW] });
    });

    test('three are not: writes wait until the zone is back, or for ever', async () => {
        const result = await played(steps, body(3), clients);
        expectSpans(result, { allz2: [UNTIL_HEALED] });
        const { topology } = result;
        const gone = without(topology, 'c1', 'b1', 'b3');
        expect(rulesOf(topology).serves(shardOf(topology, 't.0'), 'write', gone).serves).toBe(false);
        expect(rulesOf(topology).serves(shardOf(topology, 't.0'), 'read', gone).serves).toBe(true);
    });

    test('without it the two zones are no majority for each other: nobody takes over', async () => {
        const two = body(2).replace('node c3 in lab.z3 as controller', 'node c3 in lab.z1 as controller');
        const { topology, all } = await played(`at ${FAULT}ms fail zone lab.z1`, two, clients);
        expect(all.every((run) => outagesOf(topology, run, 't.0', 'write')[0]!.toMs === null)).toBe(true);
    });
});

test.each([
    [0, 3],
    [20, 43],
    [100, 203],
])(
    'a zone that is %i ms farther away costs acks=all a round trip to it, and acks=1 nothing',
    async (delayMs, costMs) => {
        const workload = (acks: string, timeoutMs: number): string =>
            `workload w in lab.z1 { writes k.t 10/s with acks = ${acks}, timeout = ${String(timeoutMs)}ms, retries = 0 }`;
        const fails = async (acks: string, timeoutMs: number): Promise<boolean> => {
            const steps = delayMs === 0 ? '' : `at ${FAULT}ms slow zone lab.z3 by ${String(delayMs)}ms`;
            const { all, topology } = await played(steps, BODY, workload(acks, timeoutMs));
            return all.some((run) => outagesOf(topology, run, 't.0', 'write').length > 0);
        };
        expect(await fails('all', costMs + 2)).toBe(false);
        expect(await fails('all', costMs - 2)).toBe(true);
        expect(await fails('1', 5)).toBe(false);
    },
);
