/** Pauses of 3 to 60 s, of whoever may be paused, with the checks of the defaults and with quicker ones. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Operation, Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS, timesOf, type Product } from './failures.js';

const FAULT = 10_000;
const SEEDS = 20;
/** The next write, and its way. */
const SLACK = 300;
/** A wait, a try that is not decided, and messages. */
const ELECTION = 100 + 700 + 10;
const PAUSES = [3, 8, 12, 20, 31, 34, 60].map((seconds) => seconds * 1_000);

/** When a node is given up that answers nothing: its last check but the retries, each with its timeout, and an interval between. */
interface Detection {
    readonly settings: string;
    readonly leastMs: number;
    readonly mostMs: number;
}

const checks = (intervalS: number, timeoutS: number, retries: number): Detection => {
    const settings = ['follower', 'leader']
        .map(
            (whom) => `
                cluster.fault_detection.${whom}_check.interval = ${intervalS}s
                cluster.fault_detection.${whom}_check.timeout = ${timeoutS}s
                cluster.fault_detection.${whom}_check.retry_count = ${retries}`,
        )
        .join('');
    const leastMs = 1_000 * (retries * timeoutS + (retries - 1) * intervalS);
    return { settings, leastMs, mostMs: leastMs + 1_000 * intervalS + 2 };
};

const DETECTIONS: readonly (readonly [string, Detection])[] = [
    ['the default checks', checks(1, 10, 3)],
    ['one check of 5 s in 2 s', checks(2, 5, 1)],
];

interface Played {
    readonly topology: Topology;
    readonly all: readonly Run[];
}

async function played(product: Product, { settings }: Detection, who: string, pauseMs: number): Promise<Played> {
    const topology = await topologyOf(
        clusterText({
            product,
            settings,
            workload: 'workload reader { reads k.x 5/s }  workload writer { writes k.x 5/s }',
            steps: `at ${FAULT}ms freeze node ${who}  at ${FAULT + pauseMs}ms unfreeze node ${who}`,
            until: `${FAULT + pauseMs + 20_000}ms`,
        }),
    );
    return { topology, all: Array.from({ length: SEEDS }, (_, seed) => runOf(topology, seed)) };
}

const endsOf = ({ topology, all }: Played, operation: Operation): readonly number[] =>
    all.flatMap((run) => outagesOf(topology, run, 'x.0', operation).map(({ toMs }) => toMs! - FAULT));

/** A pause shorter than the detection costs itself; a longer one costs the detection, and the node is removed and joins again. */
function expectDetected(result: Played, node: string, pauseMs: number, { leastMs, mostMs }: Detection): void {
    const ends = endsOf(result, 'write');
    expect(ends).toHaveLength(SEEDS);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(Math.min(pauseMs, leastMs));
    expect(Math.max(...ends)).toBeLessThanOrEqual(Math.min(pauseMs, mostMs) + SLACK);
    for (const run of result.all) {
        const removed = timesOf(run, new RegExp(`removes ${node} from`)).length;
        expect(removed).toBeGreaterThanOrEqual(pauseMs > mostMs ? 1 : 0);
        expect(removed).toBeLessThanOrEqual(pauseMs < leastMs ? 0 : 1);
        expect(timesOf(run, new RegExp(`${node} joins the cluster`))).toHaveLength(removed);
        expect(run.lostWrites).toEqual([]);
    }
}

describe.each(PRODUCTS)('%s', (product) => {
    describe.each(DETECTIONS)('%s', (_name, detection) => {
        test.each(PAUSES)('a primary’s node that pauses for %i ms', async (pauseMs) => {
            const result = await played(product, detection, 'd-1', pauseMs);
            expectDetected(result, 'd-1', pauseMs, detection);
            // The other copy answers reads as soon as a client has given up the first that met the silent one.
            expect(Math.max(...endsOf(result, 'read'))).toBeLessThanOrEqual(1_000 + SLACK);
        });

        test.each(PAUSES)('a replica’s node that pauses for %i ms', async (pauseMs) => {
            expectDetected(await played(product, detection, 'd-2', pauseMs), 'd-2', pauseMs, detection);
        });

        test.each(PAUSES)('an elected manager that pauses for %i ms', async (pauseMs) => {
            const { all } = await played(product, detection, 'm-1', pauseMs);
            for (const run of all) {
                const elected = timesOf(run, /is elected/).length;
                expect(elected).toBeGreaterThanOrEqual(pauseMs > detection.mostMs + ELECTION ? 1 : 0);
                expect(elected).toBeLessThanOrEqual(pauseMs < detection.leastMs ? 0 : 1);
                for (const { sentMs, toMs } of run.outages) {
                    // Nodes that miss it before the others do wait with writes, where those are blocked without a manager.
                    expect(product).toBe('elasticsearch');
                    expect(sentMs).toBeGreaterThanOrEqual(FAULT + detection.leastMs - 1_000);
                    expect(toMs).toBeLessThanOrEqual(FAULT + detection.mostMs + ELECTION + SLACK);
                }
            }
        });
    });
});
