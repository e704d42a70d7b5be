/** Clients that leave failing nodes alone for a while, as the official ones do. */
import { describe, expect, test } from 'vitest';
import { findEngine } from '../../../src/engines/index.js';
import { proveObjective } from '../../../src/analysis/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { ELASTIC_PENALTY, OPENSEARCH_PENALTY, penaltyOf } from '../../../src/engines/search-family/index.js';
import { clusterText } from './failures.js';

/** One node answers, one is silent, and a failed request is not tried again: each failure is one visit to the silent node. */
const nodes = 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..2] across zones as data';

async function visits(product: 'elasticsearch' | 'opensearch', own: string, until = '5m'): Promise<readonly number[]> {
    const topology = await topologyOf(
        clusterText({
            product,
            nodes,
            index: 'index x { shard 0 on d-1 }',
            workload: `workload w { reads k.x 20/s with timeout = 100ms, retries = 0${own} }`,
            steps: 'at 10s fail node d-2',
            until,
        }),
    );
    return outagesOf(topology, runOf(topology, 1), 'x.0', 'read').map(({ fromMs }) => fromMs);
}

/** Whole seconds between one visit and the next. */
const pauses = (times: readonly number[]): readonly number[] =>
    times.slice(1).map((time, at) => Math.floor((time - times[at]!) / 1000));

describe('a silent node', () => {
    test('is looked at in the background by clients that say nothing else', async () => {
        expect(await visits('elasticsearch', '')).toHaveLength(1);
    });

    test('is met by requests again after 1, 2, 4 … 30 s with the defaults of elastic-transport', async () => {
        const paused = pauses(await visits('elasticsearch', ', dead_node_backoff_factor = 1', '2m'));
        expect(paused).toEqual([1, 2, 4, 8, 16, 30, 30]);
    });

    test('as often as the longest pause allows', async () => {
        expect(pauses(await visits('elasticsearch', ', max_dead_node_backoff = 4s', '30s'))).toEqual([
            1, 2, 4, 4, 4, 4,
        ]);
    });

    test('after 60 s, then 120 s, and no later than the cutoff says with the defaults of opensearch-py', async () => {
        expect(pauses(await visits('opensearch', ', dead_timeout = 60'))).toEqual([60, 120]);
        expect(pauses(await visits('opensearch', ', dead_timeout = 60, timeout_cutoff = 0'))).toEqual([60, 60, 60, 60]);
    });
});

test('a node that answers again is left alone until its penalty is over', async () => {
    const topology = await topologyOf(
        clusterText({
            product: 'opensearch',
            nodes,
            index: 'index x { shard 0 on d-1 }',
            workload: 'workload w { reads k.x 20/s with timeout = 100ms, dead_timeout = 60s }',
            // When the other node refuses, the one that is back is taken although its penalty is not over.
            steps: 'at 10s fail node d-2\nat 15s restore node d-2\nat 40s isolate node d-1\nat 41s restore node d-1',
            until: '2m',
        }),
    );
    const { trace } = runOf(topology, 1);
    const failures = trace.filter(({ text }) => /reads of x.0 fail/.test(text)).map(({ text }) => text);
    expect(failures.at(-1)).toMatch(/d-1 does not answer/);
    expect(outagesOf(topology, runOf(topology, 1), 'x.0', 'read').every(({ toMs }) => toMs! < 43_000)).toBe(true);
});

test('what is not said has the default of the client', () => {
    const setting = (product: string, key: string): unknown =>
        findEngine(product)!.settings.find((spec) => spec.key === key)!.default;
    expect(setting('elasticsearch', 'dead_node_backoff_factor')).toBe(1_000);
    expect(setting('elasticsearch', 'max_dead_node_backoff')).toBe(30_000);
    expect(setting('opensearch', 'dead_timeout')).toBe(60_000);
    expect(setting('opensearch', 'timeout_cutoff')).toBe(5);
    expect(penaltyOf(ELASTIC_PENALTY, [])).toBeUndefined();
    expect(penaltyOf(OPENSEARCH_PENALTY, [])).toBeUndefined();
});

test('nothing is promised about clients that come back to silent nodes for good, unless a retry finds another', async () => {
    const proved = async (retries: number): Promise<string> => {
        const text = clusterText({
            product: 'opensearch',
            nodes: 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..3] across zones as data',
            workload: `workload w { reads k.x 20/s with dead_timeout = 60s, retries = ${retries} }`,
        });
        const topology = await topologyOf(
            `${text}\nobjective o for w { tolerate any 1 node  restore reads within 5m }`,
        );
        return (await proveObjective(topology, 0)).clauses[1]!.status;
    };
    expect(await proved(1)).toBe('passed');
    expect(await proved(0)).not.toBe('passed');
});

describe('two nodes that refuse', () => {
    const degraded = async (product: 'elasticsearch' | 'opensearch', own = ''): Promise<readonly string[]> => {
        const topology = await topologyOf(
            clusterText({
                product,
                nodes: 'nodes n-[1..5] across zones as MANAGER, data',
                index: 'index x { shard 0 on n-1, n-2\nshard 1 on n-3, n-4\nshard 2 on n-4, n-5 }',
                workload: `workload w { writes k.x 30/s${own}  reads k.x 30/s${own} }`,
                steps: 'at 60s crash node n-1, n-2',
                until: '5m',
            }),
        );
        const { outages } = runOf(topology, 1);
        return outages.flatMap(({ shard }) => {
            const { name } = topology.shards[shard]!;
            return name === 'x.0' ? [] : [name];
        });
    };

    test('cost no request to a shard that serves, whatever hangs at another', async () => {
        expect(await degraded('elasticsearch')).toEqual([]);
        expect(await degraded('opensearch')).toEqual([]);
    });

    test('fail requests of clients that say that they try no further node', async () => {
        expect((await degraded('opensearch', ' with retries = 1')).length).toBeGreaterThan(0);
    });
});

test('the hover of `retries` says when a client pauses', () => {
    for (const name of ['elasticsearch', 'opensearch']) {
        const spec = findEngine(name)!.settings.find(({ key }) => key === 'retries')!;
        expect(spec.documentation).toContain('Ten tries follow one another at once');
    }
});
