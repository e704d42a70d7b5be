/** Every derived figure of the documentation and the sources, over many seeds: within its bounds, and near both ends. */
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS, timesOf, type Made } from './failures.js';

const SEEDS = 200;
const FAULT_MS = 10_000;

/** Clients whose requests are few, so that many seeds are cheap. */
const CALM = `
    workload reader { reads k.x 5/s with retries = 0, timeout = 100ms }
    workload writer { writes k.x 20/s with timeout = 100ms }`;

interface Row extends Made {
    readonly formula: string;
    readonly measured: (run: Run, topology: Topology) => number;
    readonly minMs: number;
    readonly maxMs: number;
    /** How near to both ends some seed comes. */
    readonly nearMs: number;
}

const removal = (run: Run): number => timesOf(run, /removes d-1/)[0]! - FAULT_MS;
const election = (run: Run): number => timesOf(run, /is elected/)[0]! - FAULT_MS;
const writesBack = (run: Run, topology: Topology): number =>
    Math.max(0, ...outagesOf(topology, run, 'x.0', 'write').map(({ toMs }) => toMs! - FAULT_MS));

const rows: readonly Row[] = [
    {
        formula: 'a silent node: retries · timeout + (retries − 1) · interval, and up to an interval more',
        steps: 'at 10s fail node d-1',
        until: '50s',
        measured: removal,
        minMs: 32_000,
        maxMs: 33_002,
        nearMs: 30,
    },
    {
        formula: 'the same with other settings',
        settings: `
            cluster.fault_detection.follower_check.timeout = 2s
            cluster.fault_detection.follower_check.interval = 4s
            cluster.fault_detection.follower_check.retry_count = 2`,
        steps: 'at 10s fail node d-1',
        until: '30s',
        measured: removal,
        minMs: 8_000,
        maxMs: 12_002,
        nearMs: 100,
    },
    {
        formula: 'writes to its shards: the same, then the change reaches the nodes and the next write comes',
        steps: 'at 10s fail node d-1',
        until: '50s',
        measured: writesBack,
        minMs: 32_000,
        maxMs: 33_200,
        nearMs: 250,
    },
    {
        formula: 'a crash closes connections: at once',
        steps: 'at 10s crash node d-1',
        until: '12s',
        measured: removal,
        minMs: 1,
        maxMs: 2,
        nearMs: 1,
    },
    {
        formula: 'an election: U(0, 100] ms, or 500 ms and U(0, 200] more when the first try stays undecided',
        steps: 'at 10s crash node m-1',
        until: '20s',
        measured: election,
        minMs: 1,
        maxMs: 100 + 700 + 10,
        nearMs: 720,
    },
    {
        formula: 'a silent manager: every voter by itself within 32 to 33 s, then an election',
        steps: 'at 10s fail node m-1',
        until: '60s',
        measured: election,
        minMs: 32_000,
        maxMs: 33_002 + 1_500,
        nearMs: 1_450,
    },
    {
        formula: 'a node that the lost manager took along: the new one begins its own checks',
        nodes: 'nodes n-[1..3] across zones',
        index: 'index x { shard 0 on n-1, n-2 }',
        steps: 'at 10s fail node n-1',
        until: '90s',
        measured: (run) => timesOf(run, /removes n-1/)[0]! - timesOf(run, /is elected/)[0]!,
        minMs: 32_000,
        maxMs: 32_010,
        nearMs: 10,
    },
    {
        formula: 'a lost copy is left alone for `delayed_timeout`, and copied at `max_bytes_per_sec`',
        settings: `
            index.unassigned.node_left.delayed_timeout = 5s
            assumed.shard_size = 400mb
            indices.recovery.max_bytes_per_sec = 40mb`,
        index: 'index x { shards 1  replicas 1 }',
        steps: 'at 10s crash node d-1',
        until: '40s',
        measured: (run) => timesOf(run, /has an active copy/)[0]! - FAULT_MS,
        minMs: 15_000,
        maxMs: 15_020,
        nearMs: 20,
    },
];

test.each(PRODUCTS.flatMap((product) => rows.map((row) => ({ ...row, product }))))(
    '$product: $formula',
    async (row) => {
        const seeds = row.maxMs - row.minMs > 100 ? SEEDS / 2 : 5;
        const topology = await topologyOf(clusterText({ workload: CALM, ...row }));
        const measured = Array.from({ length: seeds }, (_, seed) => row.measured(runOf(topology, seed), topology));
        const [least, most] = [Math.min(...measured), Math.max(...measured)];
        expect(least).toBeGreaterThanOrEqual(row.minMs);
        expect(most).toBeLessThanOrEqual(row.maxMs);
        expect(least - row.minMs).toBeLessThanOrEqual(row.nearMs);
        expect(row.maxMs - most).toBeLessThanOrEqual(row.nearMs);
    },
);
