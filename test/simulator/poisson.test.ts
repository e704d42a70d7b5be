import { expect, test } from 'vitest';
import { RandomArrivals } from '../../src/simulator/arrivals.js';
import { exponential, LONGEST_GAP, randomStream } from '../../src/simulator/index.js';
import { runOf, topologyOf } from '../support/run.js';

const file = (workload: string, until = '10s'): string => `
region r { zone a }
cluster web: server in r { nodes w-[1..2] across zones  endpoint load-balancer 10.0.0.1 { check every 2s } }
workload crowd { ${workload} }
scenario quiet { at ${until} crash node w-1  until ${until} }
`;

test('gaps are exponential, the same everywhere, and bounded', () => {
    const random = randomStream(1, 'test', 'gaps');
    const draws = Array.from({ length: 200_000 }, () => exponential(random));
    const mean = draws.reduce((sum, gap) => sum + gap, 0) / draws.length;
    const variance = draws.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(variance).toBeCloseTo(1, 1);
    for (const gap of [0.1, 0.5, 1, 2, 5]) {
        expect(draws.filter((draw) => draw > gap).length / draws.length).toBeCloseTo(Math.exp(-gap), 2);
    }
    const smallest = { below: () => 0, between: () => 0 };
    expect(exponential(smallest)).toBeLessThan(LONGEST_GAP);
    expect(exponential(smallest)).toBeCloseTo(32 * Math.log(2), 12);
    expect(exponential({ below: () => 0xffff_ffff, between: () => 0 })).toBe(0);
    // To the last bit, so that a history is the same on every machine.
    const first = randomStream(1, 'test', 'gaps');
    expect([exponential(first), exponential(first)]).toEqual([draws[0], draws[1]]);
});

test('arrivals are counted as they are drawn, in whatever order one asks', () => {
    const make = (): RandomArrivals => new RandomArrivals(7, randomStream(3, 'test', 'arrivals'));
    const [one, other] = [make(), make()];
    const times = Array.from({ length: 1000 }, (_, index) => one.at(index));
    for (let time = 0; time < times.at(-1)!; time += 13) {
        expect(other.countThrough(time)).toBe(times.filter((at) => at <= time).length);
    }
    expect(other.countThrough(-1)).toBe(0);
});

test('a workload with random arrivals sends at its rate, in bursts, and another with another seed', async () => {
    const topology = await topologyOf(file('arrivals poisson  reads web 100/s', '100s'));
    const counts = Array.from({ length: 200 }, (_, seed) => runOf(topology, seed + 1).workloads[0]!.sent);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    // Of a Poisson process both are 10,000 in 100 s; the mean of 200 runs strays by 7, the variance by 10 %.
    expect(Math.abs(mean - 10_000)).toBeLessThan(30);
    expect(variance).toBeGreaterThan(6_000);
    expect(variance).toBeLessThan(15_000);
    const even = await topologyOf(file('reads web 100/s', '100s'));
    expect(runOf(even).workloads[0]!.sent).toBe(10_000);
});

test('one seed is one history', async () => {
    const topology = await topologyOf(file('arrivals poisson  reads web 100/s'));
    expect(runOf(topology, 5).traceHash).toBe(runOf(topology, 5).traceHash);
    expect(runOf(topology, 6).traceHash).not.toBe(runOf(topology, 5).traceHash);
});

test('more random requests than can be drawn are refused before anything runs', async () => {
    const topology = await topologyOf(file('arrivals poisson  reads web 100000/s', '1h'));
    expect(() => runOf(topology)).toThrow('The workload crowd would send 360000000 requests at random times');
});
