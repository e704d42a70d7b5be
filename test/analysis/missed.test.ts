/** The verdict on a run: what of it failed, for how long, and what that rests on. */
import { expect, test } from 'vitest';
import { outcomeOf, runScenario } from '../../src/analysis/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

async function outcome(example: string, step: string): Promise<string> {
    const text = projectFile(`examples/${example}.cluster`).replace(/scenario [^}]*\n}\n/g, '');
    const topology = await topologyOf(`${text}\nscenario here {\n  at 30s  ${step}\n  until 6m\n}\n`);
    return outcomeOf(topology, (await runScenario(topology, 0)).run);
}

test('names the share that failed as long as it says, and how the others fared', async () => {
    expect(await outcome('redis', 'fail zone us-east-1.a')).toMatch(
        /^Reads and writes of sessions \(1 of 3 shards\) failed for \d+\.\d s, and 2 more failed for less than 1 s\. No/,
    );
});

test('says "up to" where not all failed as long', async () => {
    expect(await outcome('kafka', 'fail zone us-east-1.a')).toMatch(
        /^Reads of orders \(5 of 14 shards\) failed for up to \d+\.\d s\. Writes of orders failed for up to \d+\.\d s\. No/,
    );
});

test('tells in one sentence what fared alike', async () => {
    expect(await outcome('elasticache', 'fail region us-east-1')).toMatch(
        /^Reads and writes of carts and flags did not come back within the 5 min 30 s that were simulated\. [^.]*: /,
    );
});

test('does not take what leads a cluster for one of its shards', async () => {
    const steps = 'fail node nn-1, nn-2';
    const text = projectFile('examples/hadoop.cluster').replace(/scenario [^}]*\n}\n/g, '');
    const topology = await topologyOf(`${text}\nscenario here {\n  at 30s  ${steps}\n  until 6m\n}\n`);
    expect(outcomeOf(topology, (await runScenario(topology, 0)).run)).toMatch(
        /^Reads and writes of the control plane of lake /,
    );
});

test('names the assumption that the length rests on, whoever made it', async () => {
    expect(await outcome('aurora', 'fail zone us-east-1.a')).toMatch(
        /^Writes of ledger failed for \d+\.\d s\. This rests on assumptions: a failover of ledger takes 15 s to 60 s; readers of ledger-eu go on while/,
    );
    const bare = projectFile('examples/aurora.cluster').replace(/ +assume failover.*\n/g, '');
    const topology = await topologyOf(
        `${bare.replace(/scenario [^}]*\n}\n/g, '')}\nscenario here {\n  at 30s  fail zone us-east-1.a\n  until 20m\n}\n`,
    );
    expect(outcomeOf(topology, (await runScenario(topology, 0)).run)).toMatch(
        / This rests on assumptions: a failover of ledger takes 15 s or more, which nothing documents; readers of ledger-eu /,
    );
    expect(await outcome('redis', 'fail zone us-east-1.a')).not.toContain('assumption');
});
