/** The ensemble's part of a failover beside recordings of ZooKeeper 3.8, which the language cannot write by itself. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { median } from '../../support/statistics.js';
import { eventsOf, lakeText } from './support/cluster.js';

interface Recording {
    readonly config: { readonly tickTime: number; readonly syncLimit: number };
    readonly writeOutagesMs: readonly number[];
}

function recorded(name: string): Recording {
    return JSON.parse(
        readFileSync(new URL(`../../recordings/zookeeper/${name}.json`, import.meta.url), 'utf8'),
    ) as Recording;
}

test.each([
    ['kill-leader-n3', 'crash'],
    ['stop-leader-n3', 'freeze'],
])('%s: a new leader serves as soon as recorded', async (name, fault) => {
    const { config, writeOutagesMs } = recorded(name);
    const settings = `tickTime = ${config.tickTime}  syncLimit = ${config.syncLimit}`;
    const topology = await topologyOf(lakeText({ settings, steps: `at 30s ${fault} node zk-1`, until: '60s' }));
    const simulated = Array.from({ length: 200 }, (_, seed) => {
        const [elected] = eventsOf(runOf(topology, seed), /elect zk-3/);
        return elected!.atMs - 30_000;
    });
    const middle = median(writeOutagesMs);
    expect(middle).toBeGreaterThanOrEqual(Math.min(...simulated));
    expect(middle).toBeLessThanOrEqual(Math.max(...simulated));
    expect(Math.abs(median(simulated) - middle)).toBeLessThanOrEqual(0.25 * middle);
});

test('a leader that resumes later follows the new one', async () => {
    const steps = 'at 30s freeze node zk-1  at 60s unfreeze node zk-1  at 70s crash node zk-3';
    const run = runOf(await topologyOf(lakeText({ steps, until: '90s' })), 1);
    expect(eventsOf(run, /elect/).map(({ text }) => text)).toEqual([
        'ZooKeeper’s servers elect zk-3 as their leader',
        'ZooKeeper’s servers elect zk-2 as their leader',
    ]);
});

test('sessions live through an election, and while nobody leads none ends', async () => {
    for (const steps of ['at 30s fail node zk-1', 'at 30s fail node zk-1, zk-2  at 70s fail node nn-1']) {
        const run = runOf(await topologyOf(lakeText({ steps, until: '150s' })), 3);
        expect(eventsOf(run, /ends its session/)).toEqual([]);
    }
});
