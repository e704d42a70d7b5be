/** What is told of a Global Database whose Regions change their parts. */
import { expect, test } from 'vitest';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';

function made(steps: string, version = ''): Promise<Topology> {
    return topologyOf(`
        region lab { zone a  zone b  zone c }
        region far { zone a  zone b  zone c }
        cluster db: aurora ${version} in lab {
            node w in lab.a  node r in lab.b
            endpoint dns db.internal { ttl 2s }
            assume failover takes 10s to 20s
        }
        cluster eu: aurora ${version} in far {
            node e in far.a
            endpoint dns eu.internal { ttl 2s }
            assume failover takes 20s to 40s
        }
        replicate db to eu { lag 2s  failover manually }
        workload app { writes db 5/s with timeout = 500ms, retries = 0 }
        scenario s { ${steps}  until 2m }`);
}

test('the writes of the first end by the promotion of the other, not by what was counted as lost', async () => {
    const { trace } = runOf(await made('at 60s promote eu'), 1);
    const refused = trace.find(({ text }) => /^app: writes of db fail, w is read-only/.test(text))!;
    expect(trace[refused.cause]!.text).toBe('eu is promoted and takes writes in the place of db');
    expect(trace.map(({ kind }) => kind)).toContain('loss');
});

test.each([
    ['', 1],
    ['"mysql 2.12"', 1],
    ['"mysql 3.04"', 1],
    ['"mysql 3.10"', 0],
    ['"mysql 8.4"', 0],
    ['"postgresql 17"', 1],
])('instances elsewhere are taken for up while the writer changes, which a run of %s says', async (version, times) => {
    const { assumptions } = runOf(await made('at 30s fail node w', version), 1);
    const told = assumptions!.filter(({ brief }) => /^readers of eu go on while the writer of db changes/.test(brief));
    expect(told).toHaveLength(times);
});
