/**
 * Failures of a real etcd (3.4.23), run again by the simulator as the etcd behind a Kubernetes API. A figure that is missed is a
 * finding about the model: nothing here may be widened to let one pass.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/simulator/index.js';
import type { Operation, Topology } from '../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../support/run.js';
import { median } from '../support/statistics.js';

/** What the client saw in repeated runs: the longest outage of each, in milliseconds, in order. */
interface Observation {
    readonly operation: Operation;
    readonly runs: number;
    readonly without: number;
    readonly neverRecovered: number;
    /** Median begin of the first outage, from the fault. */
    readonly startMs: number;
    readonly lengthsMs: readonly number[];
}

interface Recording {
    readonly faultAtMs: number;
    readonly lostWrites: readonly number[];
    readonly observed: readonly Observation[];
}

const SEEDS = 200;
/** Half of the tolerance that a median of three to ten runs deserves at best. */
const TOLERANCE = 0.25;
/** Both clients ask every 20 ms, and a real process takes a moment to start. */
const MEASUREMENT = 0.02;
/** Share of simulated runs that may differ from what all recorded ones showed. */
const RARE = 0.05;

/**
 * A heal without pre-vote costs a second outage. Here it begins when the recorded one does, when the members have dialled each
 * other anew, and it comes about in the same way: a candidate whose log is too short takes part in the elections and makes all
 * others wait anew. It lasts 2.2 s at the median and up to 3.8 s in nine of ten runs; that five runs have a median of 3.2 s, as
 * the recorded ones do, happens in one of twenty cases.
 */
const SHORTER: readonly string[] = ['partition-leader-n3'];
/** Median begin of the second outage in the recorded runs that healed after 6.1 s, in ms after the cut. */
const SECOND_MS = 6_993;

const folder = new URL('etcd/', import.meta.url);
const names = readdirSync(folder)
    .filter((file) => file.endsWith('.cluster'))
    .map((file) => file.slice(0, -'.cluster'.length));
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

describe.each(names)('%s', (name) => {
    const recording = JSON.parse(read(`${name}.json`)) as Recording;
    let known: Promise<{ readonly topology: Topology; readonly runs: readonly Run[] }> | undefined;
    const simulated = (): NonNullable<typeof known> => {
        known ??= topologyOf(read(`${name}.cluster`)).then((topology) => ({
            topology,
            runs: Array.from({ length: SEEDS }, (_, index) => runOf(topology, index + 1)),
        }));
        return known;
    };

    test.each(recording.observed)('$operation', async ({ operation, runs: real, without, neverRecovered, ...observed }) => {
        const { topology, runs } = await simulated();
        const outages = runs.map((run) => outagesOf(topology, run, 'recorded', operation));
        const unhurt = outages.filter((list) => list.length === 0).length / SEEDS;
        const lost = outages.filter((list) => list.some(({ toMs }) => toMs === null)).length / SEEDS;
        expect(Math.abs(unhurt - without / real)).toBeLessThan(RARE);
        expect(Math.abs(lost - neverRecovered / real)).toBeLessThan(RARE);
        if (observed.lengthsMs.length === 0) {
            return;
        }
        const begins = outages.flatMap((list) => list.slice(0, 1)).map(({ fromMs }) => fromMs - recording.faultAtMs);
        expect(Math.abs(median(begins) - observed.startMs)).toBeLessThan(50);

        const lengths = outages
            .filter((list) => list.length > 0)
            .map((list) => Math.max(...list.map(({ fromMs, toMs }) => toMs! - fromMs)));
        const length = median(observed.lengthsMs);
        expect(length).toBeGreaterThan(Math.min(...lengths) * (1 - MEASUREMENT));
        expect(length).toBeLessThan(Math.max(...lengths) * (1 + MEASUREMENT));
        expect(Math.abs(median(lengths) - length) < TOLERANCE * length).toBe(!SHORTER.includes(name));
    });

    if (name === 'partition-leader-n3') {
        test('the second outage begins when the members are connected again', async () => {
            const { topology, runs } = await simulated();
            const begins = runs.flatMap((run) =>
                outagesOf(topology, run, 'recorded', 'write')
                    .map(({ fromMs }) => fromMs - recording.faultAtMs)
                    .filter((fromMs) => fromMs > 5_000)
                    .slice(0, 1),
            );
            expect(Math.abs(median(begins) - SECOND_MS)).toBeLessThan(100);
        });
    }

    test('no acknowledged write is lost', async () => {
        const { runs } = await simulated();
        expect(new Set(recording.lostWrites)).toEqual(new Set([0]));
        expect(runs.flatMap(({ lostWrites }) => lostWrites)).toEqual([]);
    });
});
