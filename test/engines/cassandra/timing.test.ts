/** Each delay that the documentation and the source lead to, over 1,000 seeds: inside its bounds, and near both ends. */
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn, type ClusterText } from './support/cluster.js';

const SEEDS = Array.from({ length: 1000 }, (_, index) => index + 1);
const AT = 2000;

const THREE: ClusterText = { body: 'nodes n-[1..3] across us' };
const SILENT = 'at 2s fail node n-1';
/** Every node lives and reaches only itself. */
const APART = 'at 2s partition node n-1 | node n-2 | node n-3';

/** Milliseconds from the fault to what these nodes tell. */
function told(kind: 'detection' | 'client', pattern: RegExp): (run: Run) => readonly number[] {
    return (run) => eventsOf(run, kind, pattern).map(({ atMs }) => atMs - AT);
}

/** For how long hints were kept for a replica, by their number. */
function hintsKept(run: Run): readonly number[] {
    const [sent] = eventsOf(run, 'recovery', /has delivered/);
    return [(Number(/\d+(?= hints)/.exec(sent!.text)![0]) / 50) * 1000];
}

/** From the first look at a replica that is back until it has all hints, less what the throttle costs. */
function untilHintsAreSent(run: Run): readonly number[] {
    const [back] = eventsOf(run, 'recovery', /n-1 hears of n-2/);
    const [sent] = eventsOf(run, 'recovery', /has delivered/);
    const hints = Number(/\d+(?= hints)/.exec(sent!.text)![0]);
    // Hints of 10 KiB at 1,024 KiB a second for a single other node.
    return [sent!.atMs - back!.atMs - (hints * 10 * 1000) / 1024];
}

const PHI = Math.LN10 * 1000;
const RATE = 100;
const client = (what: string): string => `workload w in us.a { ${what} }`;

/** Formula, what is set, what is measured, least, most, and how near to the ends the seeds come. */
const TABLE: readonly (readonly [string, ClusterText, (run: Run) => readonly number[], number, number, number])[] = [
    [
        'silence: 8 · ln 10 · 1 s since the last heartbeat, at the next look',
        { ...THREE, steps: SILENT, until: '22s' },
        told('detection', /marks n-1/),
        8 * PHI - 1000,
        8 * PHI + 1001,
        100,
    ],
    [
        'silence, judged less strictly',
        { ...THREE, steps: SILENT, until: '31s', settings: 'phi_convict_threshold = 12' },
        told('detection', /marks n-1/),
        12 * PHI - 1000,
        12 * PHI + 1001,
        100,
    ],
    [
        'silence, with heartbeats that come every half second',
        { ...THREE, steps: SILENT, until: '13s', settings: 'assumed_heartbeat_interval = 500ms' },
        told('detection', /marks n-1/),
        4 * PHI - 500,
        4 * PHI + 1001,
        100,
    ],
    [
        'a read waits for replicas: 5 s, and as long as until the next request',
        {
            ...THREE,
            steps: APART,
            until: '8s',
            workloads: client('reads c 20/s with consistency = QUORUM, timeout = 9s, retries = 0'),
        },
        (run) => told('client', /waits in vain/)(run).slice(0, 1),
        4990,
        5160,
        160,
    ],
    [
        'a write waits for replicas: 2 s',
        {
            ...THREE,
            steps: APART,
            until: '5s',
            workloads: client('writes c 20/s with consistency = QUORUM, timeout = 9s, retries = 0'),
        },
        (run) => told('client', /waits in vain/)(run).slice(0, 1),
        1990,
        2160,
        160,
    ],
    [
        'power loss of a lone copy: up to the 10 s between two syncs of the commit log',
        {
            body: 'node n-1 in us.a',
            replicas: '1',
            workloads: client(`writes c ${RATE}/s with consistency = ONE`),
            steps: 'at 12s fail node n-1',
            until: '12100ms',
        },
        (run) => [(lostIn(run) / RATE) * 1000],
        0,
        10_000,
        100,
    ],
    [
        'hints: their size at 1,024 KiB/s for all other nodes together, from the next look every 10 s on',
        {
            body: 'nodes n-[1..2] across us',
            replicas: '2',
            settings: 'assumed_start_time = 2s  assumed_hint_size = 10KiB',
            workloads: client(`writes c 50/s with consistency = ONE`),
            steps: 'at 2s stop node n-2  at 4s restart node n-2',
            until: '25s',
        },
        untilHintsAreSent,
        0,
        10_020,
        250,
    ],
    [
        'hints: none for a replica that is down for longer than the window',
        {
            body: 'nodes n-[1..2] across us',
            replicas: '2',
            settings: 'assumed_start_time = 2s  max_hint_window = 4s',
            workloads: client('writes c 50/s with consistency = ONE'),
            steps: 'at 2s stop node n-2  at 15s restart node n-2',
            until: '40s',
        },
        hintsKept,
        3_900,
        4_100,
        150,
    ],
];

test.each(TABLE)('%s', async (_formula, parts, measure, least, most, near) => {
    const topology = await topologyOf(clusterText(parts));
    const seen = SEEDS.flatMap((seed) => measure(runOf(topology, seed)));
    expect(seen.length).toBeGreaterThanOrEqual(SEEDS.length);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...seen)).toBeLessThanOrEqual(most);
    expect(Math.min(...seen)).toBeLessThanOrEqual(least + near);
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(most - near);
});
