/** Replicas that copy segments lag behind their primaries, which is not simulated: a run says so where it matters. */
import { expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import { clusterText } from '../search-family/failures.js';

test('that no read was stale is no promise where replicas copy segments, by the index or by the cluster', async () => {
    const notes = async (index: string, settings = ''): Promise<readonly string[]> => {
        const made = { product: 'opensearch', index, settings, steps: 'at 10s crash node d-1', until: '1m' } as const;
        const topology = await topologyOf(clusterText({ ...made, expect: 'expect no stale reads in k' }));
        const { clauses, notes: told } = (await runScenario(topology, 0)).verdict;
        expect(clauses.map(({ status }) => status)).toEqual(['passed']);
        return told.filter((note) => note.includes('no promise'));
    };
    const copied = [expect.stringMatching(/no promise: replicas of x.0 copy segments from the primary/)];
    const segments = 'settings { index.replication.type = SEGMENT }';
    expect(await notes(`index x { shards 1  replicas 1  ${segments} }`)).toEqual(copied);
    expect(await notes('index x { shards 1  replicas 1 }', 'cluster.indices.replication.strategy = SEGMENT')).toEqual(
        copied,
    );
    expect(await notes(`index x { shards 1  replicas 0  ${segments} }`)).toEqual([]);
    expect(await notes('index x { shards 1  replicas 1 }')).toEqual([]);
});
