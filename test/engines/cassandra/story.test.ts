/** Stories are the same every time, and told as the documentation has them. */
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { exampleText } from '../support/example.js';
import { clusterText } from './support/cluster.js';

const example = exampleText('cassandra.cluster');

test('a history is the same every time, and another with another seed', async () => {
    const model = await topologyOf(example);
    const hashes = [7, 7, 8].map((seed) => runOf(model, seed, 'rack-down').traceHash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
});

test('the story of a node that dies and comes back', async () => {
    const topology = await topologyOf(
        clusterText({
            body: 'nodes n-[1..3] across us',
            workloads:
                'workload w in us { reads c 50/s with consistency = ONE  writes c 50/s with consistency = QUORUM }',
            steps: 'at 10s fail node n-2  at 60s restore node n-2',
            until: '2m',
        }),
    );
    const told = runOf(topology, 1).trace.map(
        ({ atMs, text, cause }) => `${(atMs / 1000).toFixed(3)} ${text} ← ${cause}`,
    );
    expect(told.join('\n')).toMatchInlineSnapshot(`
      "10.000 fail node n-2 ← -1
      28.731 n-1 marks n-2 as down: no heartbeat for 18.4 s ← 0
      29.060 n-3 marks n-2 as down: no heartbeat for 18.4 s ← 0
      60.000 restore node n-2 ← -1
      60.000 n-2 starts and replays its commit log, which lacks the last 5.8 s before it lost power: only repair brings them back ← 3
      80.000 n-2 gossips again and takes part as a replica ← 4
      80.731 n-1 hears of n-2 and marks it as up ← 5
      80.731 n-2 hears of n-1 and n-3 and marks them as up ← 5
      80.843 n-3 hears of n-2 and marks it as up ← 5
      88.000 n-2 serves clients: gossip has settled ← 5
      90.140 n-3 has delivered 1764 hints to n-2 ← 3
      90.467 n-1 has delivered 1775 hints to n-2 ← 3"
    `);
});
