/** The examples of both products hold, and fail for the right reason when they are made worse. */
import { describe, expect, test } from 'vitest';
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { exampleText, told } from '../support/example.js';
import { clusterText } from './failures.js';

const catalogue = exampleText('elasticsearch.cluster');
/** The same with fewer requests: those that fail are simulated one by one. */
const calm = catalogue.replace('900/s', '5/s').replace('30/s', '5/s');
const logs = exampleText('opensearch.cluster');

async function run(text: string, name: string): Promise<Verdict> {
    const model = await topologyOf(text);
    const index = model.scenarios.findIndex((scenario) => scenario.name === name);
    return (await runScenario(model, index)).verdict;
}

async function prove(text: string): Promise<Verdict> {
    return proveObjective(await topologyOf(text), 0);
}

describe('the Elasticsearch example', () => {
    test('survives a zone and a node, and its scenarios run as they expect', async () => {
        expect((await prove(catalogue)).clauses.map(({ status, sets }) => [status, sets])).toEqual([
            ['passed', 3],
            ['passed', 9],
            ['passed', 12],
        ]);
        expect((await run(catalogue, 'data-node-crash')).status).toBe('passed');
        expect((await run(catalogue, 'data-node-silent')).status).toBe('passed');
    });

    test.each([
        [
            'without awareness both copies of a shard stand in a zone',
            calm.replace('index products { shards 6  replicas 1 }', 'index products { shard 0 on data-1, data-4 }'),
            'Broken by zone us-east-1.a: no reads of catalogue.products.0, because no copy of products.0 (data-1 and data-4) is left to be promoted',
        ],
        [
            'two masters in one zone',
            calm.replace('nodes master-[1..3] across zones', 'nodes master-[1..3] across us-east-1.a, us-east-1.b'),
            'Broken by zone us-east-1.a: no writes of catalogue.products.0, because 1 of 3 master-eligible nodes are left and 2 votes are needed: no master is elected, and without one the nodes refuse writes',
        ],
        [
            'a third copy that writes wait for',
            calm
                .replace('wait_for_active_shards = 1', 'wait_for_active_shards = 2')
                .replace('nodes data-[1..6]', 'nodes data-[1..2]'),
            'writes to products.0 wait for 2 active copies, and only 1 find a node',
        ],
    ])('%s', async (_, text, reason) => {
        const verdict = await prove(text);
        const broken = verdict.clauses.find(({ status }) => status === 'failed')!;
        expect(broken.actual).toContain(reason);
        expect(broken.actual).not.toContain('disagree');
        const { scenario } = broken.counterexample!;
        const name = /scenario ([\w-]+)/.exec(scenario)![1]!;
        const pasted = await run(`${text}\n${scenario}`, name);
        expect(pasted.status).toBe('failed');
    });

    test('slower checks restore a silent node’s shards too late', async () => {
        const slow = calm.replace('settings {', 'settings {\n    cluster.fault_detection.follower_check.timeout = 15s');
        const verdict = await run(slow, 'data-node-silent');
        expect(verdict.clauses[0]!.actual).toContain('longer than allowed');
    });

    test('a lone copy makes reads fail with its node', async () => {
        const lonely = calm.replace('shards 6  replicas 1', 'shards 6  replicas 0');
        expect((await run(lonely, 'data-node-crash')).clauses.map(({ status }) => status)).toEqual([
            'failed',
            'failed',
        ]);
    });
});

describe('the OpenSearch example', () => {
    test('survives a zone, and its scenario runs as it expects', async () => {
        expect((await prove(logs)).clauses.map(({ status, sets }) => [status, sets])).toEqual([
            ['passed', 3],
            ['passed', 3],
        ]);
        const fewer = logs.replace('5000/s', '500/s');
        expect((await run(fewer, 'zone-and-manager')).status).toBe('passed');
    });

    test('with the first manager in the zone its successor begins its own checks, which takes twice as long', async () => {
        const fewer = logs
            .replace('5000/s', '500/s')
            .replace('zone eu-west-1.c\n  at', 'zone eu-west-1.a\n  at')
            .replace('restore zone eu-west-1.c', 'restore zone eu-west-1.a')
            .replace('workload shippers in eu-west-1.a', 'workload shippers in eu-west-1.b');
        const verdict = await run(fewer, 'zone-and-manager');
        expect(verdict.clauses[1]!.actual).toMatch(/came back 6[5-9]\.\d s|came back 7\d\.\d s/);
    });
});

test('of four eligible nodes any may lack a vote: what breaks then fails when it is run', async () => {
    const text = `${clusterText({ nodes: 'nodes m-[1..4] across zones as MANAGER\nnodes d-[1..3] across zones as data' })}
        objective o for k { tolerate any 1 node  tolerate any 1 zone }`;
    const [node, zone] = (await prove(text)).clauses;
    expect(node!.status).toBe('passed');
    expect(zone!.actual).toContain('2 of 4 master-eligible nodes are left, one of which may be the one without a vote');
    expect(zone!.actual).not.toContain('disagree');
});

test('restore is proved from every part, and what it assumes is said', async () => {
    const objective = 'objective o for catalogue { tolerate any 1 node  restore writes within 3m }';
    const verdict = await prove(`${catalogue.replace(/objective[^}]*}/, '')}\n${objective}`);
    const restore = verdict.clauses[1]!;
    expect(restore.status).toBe('passed');
    expect(restore.actual).toContain('the others find that the master is silent');
    expect(restore.assumptions).toContain('At most one round of the election stays undecided.');
});

test('the story of a zone that takes the manager along', async () => {
    const topology = await topologyOf(
        clusterText({
            index: 'index x { shards 2  replicas 1 }',
            steps: 'at 10s fail zone r.a\nat 3m restore zone r.a',
            until: '4m',
        }),
    );
    await expect(told(runOf(topology, 3))).toMatchFileSnapshot('../../golden/elasticsearch-zone-with-master.txt');
});

test('of two master-eligible nodes one has no vote, so the one that is left may be that', async () => {
    const topology = await topologyOf(`
        region r { zone a  zone b }
        cluster k: elasticsearch in r {
            nodes m-[1..2] across zones as master
            node d-1 in r.b as data
            index x { shards 1  replicas 0 }
        }
        objective o for k { tolerate any 1 node for writes }`);
    const [clause] = (await proveObjective(topology, 0)).clauses;
    expect(clause!.actual).toContain(
        '1 of 2 master-eligible nodes is left, which may be the one without a vote, and 1 vote is needed: no master is elected',
    );
});
