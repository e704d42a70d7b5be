/** The examples from text to verdict, and what happens to them when they are made worse. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

function example(name: string): string {
    return readFileSync(new URL(`../../examples/${name}.cluster`, import.meta.url), 'utf8');
}

const redis = example('redis');
const server = example('server');
const inOneZone = redis
    .replace('shard s-1 on cache-1, cache-5', 'shard s-1 on cache-1, cache-4')
    .replace('shard s-3 on cache-3, cache-4', 'shard s-3 on cache-3, cache-5');

async function proofs(text: string): Promise<readonly Verdict[]> {
    const model = await topologyOf(text);
    return Promise.all(model.objectives.map((_, index) => proveObjective(model, index)));
}

async function runs(text: string): Promise<Readonly<Record<string, Verdict>>> {
    const model = await topologyOf(text);
    const results = await Promise.all(model.scenarios.map((_, index) => runScenario(model, index)));
    return Object.fromEntries(results.map(({ verdict }) => [verdict.name, verdict]));
}

describe('the Redis example', () => {
    it('survives any node and any zone', async () => {
        const [verdict] = await proofs(redis);
        expect(verdict!.status).toBe('passed');
        expect(verdict!.clauses.map(({ sets }) => sets)).toEqual([6, 3, 9]);
    });

    it('does not survive a zone that holds both copies, and the scenario that says so fails', async () => {
        const [verdict] = await proofs(inOneZone);
        const [node, zone] = verdict!.clauses;
        expect([node!.status, zone!.status]).toEqual(['passed', 'failed']);
        expect(zone!.counterexample!.faults).toEqual(['zone us-east-1.a']);
        const pasted = await runs(`${inOneZone}\n${zone!.counterexample!.scenario}`);
        expect(pasted['survive-a-zone-broken-1']).toMatchObject({ status: 'failed' });
        expect(pasted['survive-a-zone-broken-1']!.clauses[0]!.actual).toContain('reads of sessions.s-1');
    });

    it('runs its scenarios as it expects', async () => {
        expect(Object.values(await runs(redis)).map(({ status }) => status)).toEqual(['passed', 'passed']);
    });

    it('fails them for the right reason when it is made worse', async () => {
        const impatient = await runs(redis.replace('restored within 35s\n  expect', 'restored within 15s\n  expect'));
        expect(impatient['primary-crash']!.clauses[0]!.actual).toContain('longer than allowed');
        const moved = await runs(inOneZone);
        expect(moved['primary-crash']!.clauses[1]!.actual).toBe('At 7:00.0 sessions.s-1 was led by cache-4.');
        const oneLeft = await runs(redis.replace('fail node cache-1, cache-2', 'fail node cache-1'));
        expect(oneLeft['two-primaries-at-once']!.clauses[0]!.actual).toContain('No shard was dark');
    });
});

describe('the server example', () => {
    it('survives any machine, and the web servers any zone', async () => {
        const verdicts = await proofs(server);
        expect(verdicts.map(({ status }) => status)).toEqual(['passed', 'passed']);
        expect(verdicts.map(({ clauses }) => clauses.map(({ sets }) => sets))).toEqual([[8, 8], [2]]);
    });

    it('is overloaded by a zone when it must carry more, and the scenario that says so fails', async () => {
        const busy = server.replace('reads web 1200/s', 'reads web 1600/s');
        const [, zone] = await proofs(busy);
        const [clause] = zone!.clauses;
        expect(clause!.actual).toBe(
            'Broken by zone dc.a: what serves of web then carries 1,500 requests/s, and the workloads send 1,600.',
        );
        const pasted = await runs(`${busy}\n${clause!.counterexample!.scenario}`);
        expect(pasted['one-zone-broken-1']!.status).toBe('failed');
    });

    it('runs its scenarios as it expects', async () => {
        expect(Object.values(await runs(server)).map(({ status }) => status)).toEqual(['passed', 'passed']);
    });
});

it('a history is the same every time, and another with another seed', async () => {
    const model = await topologyOf(redis);
    const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => runScenario(model, 0, { seed })));
    expect(one!.run.traceHash).toBe(same!.run.traceHash);
    expect(one!.run.traceHash).not.toBe(other!.run.traceHash);
    expect(one!.verdict.seed).toBe(7);
});
