import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { sixNodes } from '../../support/six-nodes.js';
import { expectFills, figures, firstAfter } from '../support/seeds.js';

const text = `${sixNodes({ name: 'c', version: '7.0', settings: 'cluster-node-timeout = 2000  min-replicas-to-write = 1' })}
scenario replica-gone {
  at 10s  crash node n-5
  at 40s  restart node n-5
  until 1m
}
`;

test('a primary tells when it begins to refuse writes for want of replicas, and when it accepts them again', async () => {
    const { trace, outages } = runOf(await topologyOf(text));
    const told = trace.filter(({ text: line }) => line.includes('min-replicas-to-write'));
    expect(told.map(({ text: line }) => line)).toEqual([
        'n-1 refuses writes: it counts 0 of 1 replicas that `min-replicas-to-write` asks for',
        'n-1 accepts writes: it counts 1 of 1 replicas that `min-replicas-to-write` asks for',
    ]);
    expect(told.map(({ cause }) => trace[cause]!.text)).toEqual(['crash node n-5', 'restart node n-5']);
    expect(outages.map(({ operation }) => operation)).toEqual(['write']);
});

test('a replica that is frozen is missed and found again by the crons of both, which look once a second', async () => {
    const steps = 'at 10s freeze node n-5  at 19300ms unfreeze node n-5  until 30s';
    const frozen = text
        .replace(/ {2}at 10s[^]*until 1m/, `  ${steps}`)
        .replace('min-replicas-to-write = 1', 'min-replicas-to-write = 1  min-replicas-max-lag = 2');
    const topology = await topologyOf(frozen);
    const told = figures(topology, (run) => [
        firstAfter(run, 10_000, /refuses writes/, 'state'),
        firstAfter(run, 19_300, /accepts writes/, 'state'),
    ]);
    // The last acknowledgement is up to a second old, and its second of the wall clock may have just begun or be nearly over.
    expectFills(
        told.map(([refused]) => refused!),
        1_000,
        4_000,
        0.1,
    );
    // Its next acknowledgement, then the primary's next look.
    expectFills(
        told.map(([, accepted]) => accepted!),
        0,
        2_000,
        0.1,
    );
});

test('a frozen replica that is back before its primary has looked is never missed', async () => {
    const short = text
        .replace(/ {2}at 10s[^]*until 1m/, '  at 10s freeze node n-5  at 11900ms unfreeze node n-5  until 20s')
        .replace('min-replicas-to-write = 1', 'min-replicas-to-write = 1  min-replicas-max-lag = 10');
    expect(runOf(await topologyOf(short)).trace.some(({ text: line }) => line.includes('refuses writes'))).toBe(false);
});

test.each([
    ['7.0', 'n-1', true],
    ['6.2', 'n-1', false],
    ['7.0', 'n-5', false],
])('Redis %s, %s stopped: that a primary lets its replicas catch up first is told, %s', async (version, node, told) => {
    const stopped = text.replace('"7.0"', `"${version}"`).replace('crash node n-5', `stop node ${node}`);
    const { assumptions } = runOf(await topologyOf(stopped));
    expect(assumptions?.some(({ brief }) => brief === 'a primary that is stopped ends at once') ?? false).toBe(told);
});

test('a primary that was frozen itself reads what its replicas have acknowledged before it counts them', async () => {
    const among = (steps: string): string =>
        text
            .replace(/ {2}at 10s[^]*until 1m/, `  ${steps}`)
            .replace('min-replicas-to-write = 1', 'min-replicas-to-write = 1  min-replicas-max-lag = 10')
            .replace('cluster-node-timeout = 2000', 'cluster-node-timeout = 30000');
    const toldBy = async (steps: string): Promise<readonly (readonly [number, string])[]> => {
        const { trace } = runOf(await topologyOf(among(steps)));
        return trace
            .filter(({ text: line }) => line.includes('refuses writes'))
            .map(({ atMs, cause }) => [atMs, trace[cause]!.text]);
    };
    expect(
        await toldBy('at 10s freeze node n-1, n-5  at 16s unfreeze node n-1  at 18s unfreeze node n-5  until 40s'),
    ).toEqual([]);
    const missed = await toldBy('at 10s freeze node n-1  at 14s freeze node n-5  at 15s unfreeze node n-1  until 40s');
    expect(missed).toEqual([[expect.any(Number), 'freeze node n-5']]);
    expect(missed[0]![0]).toBeGreaterThan(23_000);
});
