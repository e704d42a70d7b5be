/** The example passes, and each of its mutants fails for the right reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { runOf, topologyOf } from '../../support/run.js';

const text = readFileSync(new URL('../../../examples/kubernetes.cluster', import.meta.url), 'utf8');

/** Failed expectations of one scenario and what was found instead. */
async function failuresOf(source: string, name: string): Promise<readonly string[]> {
    const topology = await topologyOf(source);
    const index = topology.scenarios.findIndex((scenario) => scenario.name === name);
    const { verdict } = await runScenario(topology, index);
    return verdict.clauses
        .filter(({ status }) => status !== 'passed')
        .map(({ text: clause, actual }) => `${clause}: ${actual}`);
}

/** Clauses of the objective that are not proved, and why. */
async function refutedIn(source: string): Promise<readonly string[]> {
    const { clauses } = await proveObjective(await topologyOf(source), 0);
    return clauses.filter(({ status }) => status !== 'passed').map(({ actual }) => actual);
}

/** The text with one thing changed. */
function mutant(from: string | RegExp, to: string): string {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
}

describe('examples/kubernetes.cluster', () => {
    test.each(['worker-lost', 'control-plane-majority-lost', 'drain-with-budget'])('%s passes', async (name) => {
        expect(await failuresOf(text, name)).toEqual([]);
    });

    test('it survives any zone and any node', async () => {
        expect(await refutedIn(text)).toEqual([]);
    });

    test('half of the time is not enough', async () => {
        const failed = await failuresOf(mutant('restored within 70s', 'restored within 35s'), 'worker-lost');
        expect(failed).toHaveLength(1);
        expect(failed[0]).toMatch(/restored within 35s: .*longer than/);
    });

    test('with checks that take longer than the grace period it takes too long', async () => {
        const failed = await failuresOf(mutant('check every 10s  fall 2', 'check every 10s  fall 5'), 'worker-lost');
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('restored within 70s');
    });

    test('with a doubled grace period the endpoints are late', async () => {
        const slow = mutant('deployment web {', 'settings { node-monitor-grace-period = 100 }\n deployment web {');
        const failed = await failuresOf(slow, 'worker-lost');
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('restored within 70s');
    });

    test('with fewer pods one worker takes a larger share', async () => {
        const failed = await failuresOf(mutant('replicas 6', 'replicas 4'), 'worker-lost');
        expect(failed).toEqual([
            'expect capacity of platform.web at least 80%: The capacity of platform.web fell to 75% at 60.0 s.',
        ]);
    });

    test('one member of etcd more alive, and the API answers', async () => {
        const failed = await failuresOf(
            mutant('fail node cp-1, cp-2', 'fail node cp-1'),
            'control-plane-majority-lost',
        );
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('unavailable at 5m');
    });

    test('a pod on a node that is lost with the majority stays in the endpoints', async () => {
        const failed = await failuresOf(
            mutant('fail node cp-1, cp-2', 'fail node cp-1, cp-2, worker-1'),
            'control-plane-majority-lost',
        );
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('uninterrupted');
    });

    test('a crash instead of the drain interrupts', async () => {
        const failed = await failuresOf(mutant('drain node worker-1', 'fail node worker-1'), 'drain-with-budget');
        expect(failed).toHaveLength(1);
        expect(failed[0]).toContain('uninterrupted');
    });

    test('two control planes in one zone do not survive it', async () => {
        const moved = mutant(
            'nodes cp-[1..3] across zones as control-plane',
            'nodes cp-[1..2] in us-east-1.a as control-plane\n node cp-3 in us-east-1.b as control-plane',
        );
        const [zone, ...others] = await refutedIn(moved);
        expect(others).toEqual([]);
        expect(zone).toContain(
            'Broken by zone us-east-1.a: no reads of platform.web, because the control plane is gone',
        );
    });

    test('a member of the database less does not survive its zone', async () => {
        const [zone] = await refutedIn(mutant('required 2', 'required 3'));
        expect(zone).toContain('pods of db are left');
    });

    test.each(['worker-lost', 'control-plane-majority-lost', 'drain-with-budget'])(
        '%s is told as the documentation tells it',
        async (name) => {
            const { trace } = runOf(await topologyOf(text), 1, name);
            const lines = trace.map(
                ({ atMs, kind, text: line, cause }, index) =>
                    `${String(index).padStart(3)} ${(atMs / 1000).toFixed(3).padStart(8)} s  ${kind}: ${line}${cause < 0 ? '' : ` [${cause}]`}`,
            );
            await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
        },
    );
});
