/** The example from text to verdict, and what happens to it when it is made worse. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

const example = readFileSync(new URL('../../../examples/kafka.cluster', import.meta.url), 'utf8');

/** The verdict on the objective, by clause. */
async function proof(text: string): Promise<Readonly<Record<string, string>>> {
    const { clauses } = await proveObjective(await topologyOf(text), 0);
    return Object.fromEntries(clauses.map(({ text: clause, status, actual }) => [clause, `${status}: ${actual}`]));
}

async function scenarios(text: string): Promise<Readonly<Record<string, Verdict>>> {
    const topology = await topologyOf(text);
    const results = await Promise.all(topology.scenarios.map((_, index) => runScenario(topology, index)));
    return Object.fromEntries(results.map(({ verdict }) => [verdict.name, verdict]));
}

function replaced(from: string, to: string): string {
    expect(example).toContain(from);
    return example.replaceAll(from, to);
}

test('the objective is proved and the scenarios end as they expect', async () => {
    expect(Object.values(await proof(example)).map((clause) => clause.split(':')[0])).toEqual(
        Array<string>(4).fill('passed'),
    );
    expect(Object.values(await scenarios(example)).map(({ status }) => status)).toEqual(['passed', 'passed']);
});

describe('the objective fails', () => {
    test('with one controller less', async () => {
        const clauses = await proof(
            replaced('nodes ctl-[1..3] across zones as controller', 'nodes ctl-[1..2] across zones as controller'),
        );
        // A controller alone may go: leaders go on. With brokers that it should replace it may not.
        expect(clauses['tolerate any 1 node']).toMatch(/^passed/);
        expect(clauses['tolerate any 1 zone']).toMatch(/^failed: .*1 of 2 controllers are left and 2 are needed/);
    });

    test('with two replicas in one zone', async () => {
        const clauses = await proof(replaced('on brk-1, brk-2, brk-3', 'on brk-1, brk-4, brk-3'));
        expect(clauses['tolerate any 1 node']).toMatch(/^passed/);
        expect(clauses['tolerate any 1 zone']).toMatch(
            /^failed: .*zone us-east-1\.a.*1 of 3 replicas of audit\.0 are left \(brk-3\) and `min\.insync\.replicas` asks for 2/,
        );
    });

    test('with as many in-sync replicas needed as there are', async () => {
        const clauses = await proof(replaced('min.insync.replicas = 2', 'min.insync.replicas = 3'));
        expect(clauses['tolerate any 1 node']).toMatch(/^failed: .*2 of 3 replicas/);
    });

    test('with a longer session', async () => {
        const clauses = await proof(
            replaced('  topic payments {', '  settings { broker.session.timeout.ms = 20000 }\n  topic payments {'),
        );
        // The zone may hold the active controller or not, so that either is possible.
        expect(clauses['restore writes within 20s']).not.toMatch(/^passed/);
    });

    test('with producers that wait for the leader alone', async () => {
        const clauses = await proof(
            replaced('writes orders.audit 20/s with acks = all', 'writes orders.audit 20/s with acks = 1'),
        );
        expect(clauses['lose no writes']).toContain('acknowledged before its followers had copied');
        expect(clauses['lose no writes']).not.toMatch(/^passed/);
    });
});

describe('a scenario fails', () => {
    test('when a session lasts longer than it allows', async () => {
        const verdicts = await scenarios(
            replaced('  topic payments {', '  settings { broker.session.timeout.ms = 20000 }\n  topic payments {'),
        );
        expect(verdicts['leader-dies']!.clauses[0]!.actual).toContain('longer than allowed');
        expect(verdicts['below-min-insync']!.clauses[1]!.actual).toContain('longer than allowed');
    });

    test('when one in-sync replica is enough, or one broker less dies', async () => {
        const enough = await scenarios(replaced('min.insync.replicas = 2', 'min.insync.replicas = 1'));
        expect(enough['below-min-insync']!.clauses[0]!.status).toBe('failed');
        const fewer = await scenarios(replaced('fail node brk-2, brk-3', 'fail node brk-2'));
        expect(fewer['below-min-insync']!.clauses[0]!.status).toBe('failed');
    });

    test('when nobody comes back', async () => {
        const verdicts = await scenarios(replaced('  at 4m   restore node brk-2, brk-3\n', ''));
        expect(verdicts['below-min-insync']!.clauses[2]!.status).toBe('failed');
    });
});
