/** The example from text to verdict, and what happens to it when it is made worse. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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

/** A change of the example, and the clause that then fails, for this reason. */
interface Mutant {
    readonly from: string;
    readonly to: string;
    readonly clause: string;
    readonly why: RegExp;
}

const LONG_SESSION = {
    from: '  topic payments {',
    to: '  settings { broker.session.timeout.ms = 20000 }\n  topic payments {',
};
const MUTANTS: Readonly<Record<string, Mutant>> = {
    'one controller less, so that a zone takes the majority': {
        from: 'nodes ctl-[1..3] across zones as controller',
        to: 'nodes ctl-[1..2] across zones as controller',
        clause: 'az-resilience: tolerate any 1 zone',
        why: /1 of 2 controllers are left and 2 are needed/,
    },
    'two replicas in one zone': {
        from: 'on brk-1, brk-2, brk-3',
        to: 'on brk-1, brk-4, brk-3',
        clause: 'az-resilience: tolerate any 1 zone',
        why: /zone us-east-1\.a.*1 of 3 replicas of audit\.0 are left \(brk-3\) and `min\.insync\.replicas` asks for 2/,
    },
    'as many in-sync replicas needed as there are': {
        from: 'min.insync.replicas = 2',
        to: 'min.insync.replicas = 3',
        clause: 'az-resilience: tolerate any 1 node',
        why: /2 of 3 replicas .* are left .* asks for 3/,
    },
    'a session longer than writes may wait': {
        ...LONG_SESSION,
        clause: 'az-resilience: restore writes within 20s',
        why: /2\d(\.\d+)? s/,
    },
    'producers that wait for the leader alone': {
        from: 'writes orders.audit 20/s with acks = all',
        to: 'writes orders.audit 20/s with acks = 1',
        clause: 'az-resilience: lose no writes',
        why: /acknowledged before its followers had copied/,
    },
    'a session longer than the dead leader may be waited for': {
        ...LONG_SESSION,
        clause: 'leader-dies: expect writes of orders.audit restored within 12s',
        why: /longer than allowed/,
    },
    'producers that wait for the leader alone, which dies': {
        from: 'writes orders.audit 20/s with acks = all',
        to: 'writes orders.audit 2000/s with acks = 1',
        clause: 'leader-dies: expect no lost writes in orders',
        why: /[1-9]\d* acknowledged writes? w(as|ere) lost/,
    },
    'one in-sync replica that is enough': {
        from: 'min.insync.replicas = 2',
        to: 'min.insync.replicas = 1',
        clause: 'below-min-insync: expect writes of orders.audit unavailable at 3m',
        why: /succeeded/,
    },
    'a session longer than readers may wait for a new leader': {
        ...LONG_SESSION,
        clause: 'below-min-insync: expect reads of orders.payments restored within 15s',
        why: /longer than allowed/,
    },
    'nobody who comes back': {
        from: '  at 4m   restore node brk-2, brk-3\n',
        to: '',
        clause: 'below-min-insync: expect writes of orders.audit available at 7m',
        why: /failed/,
    },
};

/** All clauses of the file that do not pass, with what was found instead. */
async function failing(text: string): Promise<Readonly<Record<string, string>>> {
    const verdicts = [await proveObjective(await topologyOf(text), 0), ...Object.values(await scenarios(text))];
    return Object.fromEntries(
        verdicts.flatMap(({ name, clauses }) =>
            clauses
                .filter(({ status }) => status !== 'passed')
                .map(({ text: clause, actual }) => [`${name}: ${clause}`, actual]),
        ),
    );
}

test.each(Object.entries(MUTANTS))(
    'it fails for the right reason with %s',
    async (_name, { from, to, clause, why }) => {
        expect((await failing(replaced(from, to)))[clause]).toMatch(why);
    },
);

test('every clause has a mutant', async () => {
    const { objectives, scenarios: all } = await topologyOf(example);
    const clauses = [
        ...objectives.flatMap((objective) => objective.clauses.map(({ text }) => `${objective.name}: ${text}`)),
        ...all.flatMap(({ name, expectations }) => expectations.map(({ text }) => `${name}: ${text}`)),
    ];
    expect(new Set(Object.values(MUTANTS).map(({ clause }) => clause))).toEqual(new Set(clauses));
});
