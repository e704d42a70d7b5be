/** Every promise of the examples holds, and breaks for the right reason when the example is made worse in one respect. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

/** With fewer requests, for those that fail are simulated one by one. */
const EXAMPLES: Readonly<Record<string, string>> = {
    elasticsearch: example('elasticsearch').replace('900/s', '5/s').replace('30/s', '5/s'),
    opensearch: example('opensearch').replace('5000/s', '10/s'),
};

interface Mutant {
    readonly of: string;
    /** Objective or scenario. */
    readonly block: string;
    readonly clause: string;
    readonly what: string;
    readonly mutate: (text: string) => string;
    readonly reason: RegExp;
    /** What is lost is bounded and not refuted by a run: the nodes that would show it stay without power. */
    readonly status?: 'not-proved';
}

const MUTANTS: readonly Mutant[] = [
    {
        of: 'elasticsearch',
        block: 'survive-a-zone',
        clause: 'tolerate any 1 zone',
        what: 'both copies of a shard in a zone',
        mutate: (text) => text.replace('{ shards 6  replicas 1 }', '{ shard 0 on data-1, data-4 }'),
        reason: /Broken by zone us-east-1\.a: no reads of catalogue\.products\.0, because no copy of products\.0 \(data-1 and data-4\) is left/,
    },
    {
        of: 'elasticsearch',
        block: 'survive-a-zone',
        clause: 'tolerate any 1 node',
        what: 'one voter less: two masters have one vote',
        mutate: (text) => text.replace('nodes master-[1..3]', 'nodes master-[1..2]'),
        reason: /Broken by node master-1: no writes of catalogue\.\S+ because .* no master is elected, and without one the nodes refuse writes/,
    },
    {
        of: 'elasticsearch',
        block: 'survive-a-zone',
        clause: 'lose no writes',
        what: 'a transaction log that is synced now and then, under copies that lose power together',
        mutate: (text) =>
            text
                .replace('{ shards 6  replicas 1 }', '{ shard 0 on data-1, data-4 }')
                .replace('settings {', 'settings {\n index.translog.durability = async'),
        status: 'not-proved',
        reason: /all copies of products\.0 lose power together, and `index\.translog\.durability = async` forces writes to disk only every 5\.0 s/,
    },
    {
        of: 'elasticsearch',
        block: 'data-node-crash',
        clause: 'expect reads of catalogue uninterrupted',
        what: 'a lone copy',
        mutate: (text) => text.replace('shards 6  replicas 1', 'shards 6  replicas 0'),
        reason: /reads of catalogue\.products\.0 were dark/,
    },
    {
        of: 'elasticsearch',
        block: 'data-node-crash',
        clause: 'expect writes of catalogue restored within 5s',
        what: 'writes that wait for a copy which is made anew after a minute',
        mutate: (text) => text.replace('wait_for_active_shards = 1', 'wait_for_active_shards = 2'),
        reason: /longer than allowed/,
    },
    {
        of: 'elasticsearch',
        block: 'data-node-silent',
        clause: 'expect writes of catalogue restored within 40s',
        what: 'checks that wait half as long again',
        mutate: (text) =>
            text.replace('settings {', 'settings {\n cluster.fault_detection.follower_check.timeout = 15s'),
        reason: /came back 4[78]\.\d s .*longer than allowed/,
    },
    {
        of: 'elasticsearch',
        block: 'data-node-silent',
        clause: 'expect no lost writes in catalogue',
        what: 'a lone copy whose disk is lost',
        mutate: (text) =>
            text
                .replace('shards 6  replicas 1', 'shards 6  replicas 0')
                .replace('at 20s  fail node data-1', 'at 20s  fail node data-1\n  at 21s  wipe node data-1'),
        reason: /lost/,
    },
    {
        of: 'opensearch',
        block: 'survive-a-zone',
        clause: 'tolerate any 1 zone',
        what: 'no replicas',
        mutate: (text) => text.replace('replicas 2', 'replicas 0'),
        reason: /Broken by zone eu-west-1\.a: no \w+ of logs\.events\.0, because no copy of events\.0 \(data-1\) is left to be promoted/,
    },
    {
        of: 'opensearch',
        block: 'survive-a-zone',
        clause: 'lose no writes',
        what: 'a transaction log that is synced now and then, and no replicas',
        mutate: (text) =>
            text
                .replace('replicas 2', 'replicas 0')
                .replace('settings {', 'settings {\n index.translog.durability = async'),
        status: 'not-proved',
        reason: /all copies of events\.\d lose power together, and `index\.translog\.durability = async`/,
    },
    {
        of: 'opensearch',
        block: 'zone-and-manager',
        clause: 'expect reads of logs restored within 45s',
        what: 'no replicas: reads wait until the zone is back',
        mutate: (text) => text.replace('replicas 2', 'replicas 0'),
        reason: /longer than allowed/,
    },
    {
        of: 'opensearch',
        block: 'zone-and-manager',
        clause: 'expect writes of logs restored within 45s',
        what: 'the elected manager in the zone: its successor begins its own checks',
        mutate: (text) =>
            text
                .replaceAll('zone eu-west-1.c\n', 'zone eu-west-1.a\n')
                .replace('shippers in eu-west-1.a', 'shippers in eu-west-1.b'),
        reason: /came back (6[4-9]|7\d)\.\d s .*longer than allowed/,
    },
];

function example(name: string): string {
    return readFileSync(new URL(`../../../examples/${name}.cluster`, import.meta.url), 'utf8');
}

async function verdictOf(text: string, block: string): Promise<Verdict> {
    const topology = await topologyOf(text);
    const scenario = topology.scenarios.findIndex(({ name }) => name === block);
    return scenario >= 0
        ? (await runScenario(topology, scenario)).verdict
        : proveObjective(
              topology,
              topology.objectives.findIndex(({ name }) => name === block),
              { samples: 3 },
          );
}

/** `survive-a-zone: tolerate any 1 zone`, for every clause of the file. */
async function clausesOf(text: string): Promise<readonly string[]> {
    const { objectives, scenarios } = await topologyOf(text);
    const blocks = [...objectives, ...scenarios].map(({ name }) => name);
    const verdicts = await Promise.all(blocks.map((block) => verdictOf(text, block)));
    return verdicts.flatMap(({ clauses }, index) => clauses.map((clause) => `${blocks[index]}: ${clause.text}`));
}

describe.each(Object.keys(EXAMPLES))('the %s example', (name) => {
    const text = EXAMPLES[name]!;
    const own = MUTANTS.filter((mutant) => mutant.of === name);

    test('has a mutant for every clause', async () => {
        const covered = own.map(({ block, clause }) => `${block}: ${clause}`);
        expect([...covered].sort()).toEqual([...(await clausesOf(text))].sort());
    });

    test.each([...new Set(own.map(({ block }) => block))])('%s holds', async (block) => {
        expect((await verdictOf(text, block)).status).toBe('passed');
    });

    test.each(own)('$block, $clause: breaks with $what', async ({ block, clause, mutate, reason, status }) => {
        const mutated = mutate(text);
        expect(mutated).not.toBe(text);
        const found = (await verdictOf(mutated, block)).clauses.find((each) => each.text === clause)!;
        expect(found.status).toBe(status ?? 'failed');
        expect(found.actual).toMatch(reason);
        expect(found.actual).not.toContain('disagree');
    });
});
