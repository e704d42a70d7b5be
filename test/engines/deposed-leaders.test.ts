/**
 * What counts as a split brain, for every system: two that act as leader at once, each of which can acknowledge what it is told.
 * One that has been replaced, does not know it yet, and waits in vain for others to agree, is told in the story instead.
 */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

const PLACES = 'region r { zone a  zone b  zone c }';
const CUT = 'at 30s partition r.a | r.b, r.c  at 3m heal';

interface Played {
    readonly status: string;
    readonly actual: string;
    readonly told: readonly string[];
}

/** Plays the scenario, which asks for `no split brain` in the cluster `x`. */
async function played(cluster: string, steps = CUT, seed = 7): Promise<Played> {
    const topology = await topologyOf(
        `${PLACES}\n${cluster}\nscenario s { seed ${seed}\n ${steps}\n until 5m\n expect no split brain in x }`,
    );
    const { verdict, run } = await runScenario(topology, 0);
    const [clause] = verdict.clauses;
    const told = run.trace.filter(({ text }) => text.includes('still takes itself for the leader'));
    for (const { cause } of told) {
        expect(cause).toBeGreaterThanOrEqual(0);
    }
    return { status: clause!.status, actual: clause!.actual, told: told.map(({ text }) => text) };
}

const kafka = (topic: string, clients: string): string => `
cluster x: kafka "4.1" in r {
    nodes ctl-[1..3] across zones as controller
    nodes brk-[1..3] across zones as broker
    topic t { partition 0 on brk-1, brk-2, brk-3  settings { ${topic} } }
}
${clients}`;
const IN_A = (acks: string): string => `workload near in r.a { writes x.t 50/s with acks = ${acks} }`;

describe('a leader that cannot acknowledge anything', () => {
    test.each([
        [
            'etcd',
            'cluster x: kubernetes in r { nodes cp-[1..3] across zones as control-plane  nodes w-[1..3] across zones as worker  deployment d { replicas 3 } }',
            'cp-1 still takes itself for the leader of x and can acknowledge nothing: no majority of the members agrees to what it proposes',
        ],
        [
            'the active controller of Kafka',
            kafka('min.insync.replicas = 2', IN_A('all')),
            'ctl-1 still takes itself for the leader of x and can acknowledge nothing: no majority of the controllers fetches from it',
        ],
        [
            'a partition leader that every producer waits with',
            kafka('min.insync.replicas = 2', IN_A('all')),
            'brk-1 still takes itself for the leader of t.0 and can acknowledge nothing: brk-2 counts as in sync there and does not fetch from it, and every producer waits for that (acks=all)',
        ],
        [
            'the same without any producer',
            kafka('min.insync.replicas = 2', ''),
            'brk-1 still takes itself for the leader of t.0',
        ],
    ])('%s', async (_, cluster, sentence) => {
        const { status, actual, told } = await played(cluster);
        expect(status).toBe('passed');
        expect(actual).toMatch(
            /^Never did two nodes lead at once\. \S+ still took itself for the leader of x\S* for .*, and could acknowledge nothing/,
        );
        expect(told.filter((text) => text.startsWith(sentence))).toHaveLength(1);
    });

    test.each(['elasticsearch', 'opensearch'])('%s: neither the elected node nor a primary', async (engine) => {
        const cluster = `cluster x: ${engine} in r { nodes m-[1..3] across zones as master, data  index i { shard 0 on m-1, m-2 } }`;
        expect(await played(cluster)).toMatchObject({ status: 'passed' });
    });

    test('a NameNode whose successor has taken a new epoch at the JournalNodes', async () => {
        const cluster = `cluster x: hadoop in r {
            nodes nn-[1..2] across zones as namenode
            nodes jn-[1..3] across zones as journalnode, zookeeper
            nodes dn-[1..3] across zones as datanode
            files f { blocks 3  replicas 3 }
            settings { dfs.ha.automatic-failover.enabled = true  dfs.ha.fencing.methods = "shell(/bin/true)" }
        }`;
        expect(await played(cluster)).toMatchObject({ status: 'passed' });
    });
});

describe('two leaders that both acknowledge', () => {
    test.each([
        ['a partition that some producer writes to with acks=1', kafka('min.insync.replicas = 2', IN_A('1')), CUT],
        [
            'a partition whose other producers wait for all',
            kafka('min.insync.replicas = 2', `${IN_A('all')} workload far in r.b { writes x.t 5/s with acks = 0 }`),
            CUT,
        ],
        [
            'acks=all where the leader was alone in sync and another is elected uncleanly',
            kafka('min.insync.replicas = 1  unclean.leader.election.enable = true', IN_A('all')),
            'at 10s fail node brk-2, brk-3  at 40s partition r.a | r.b, r.c  at 50s restore node brk-2, brk-3  at 3m heal',
        ],
        [
            'VRRP routers on a cut segment',
            'cluster x: server in r { node g-1 in r.a { priority 150 }  node g-2 in r.b { priority 100 }  endpoint vip 10.0.0.10 { advertise every 1s } }',
            CUT,
        ],
        [
            'an active and a passive server without a quorum or a fence',
            'cluster x: server in r { node s-1 in r.a  node s-2 in r.b  endpoint dns x.internal { ttl 5s }  failover active-passive { detect within 3s  promote automatically  order s-1, s-2  fence no } }',
            'at 30s isolate zone r.a  at 3m restore zone r.a',
        ],
        [
            'Redis: a primary that starts anew on the small side',
            'cluster x: redis in r { nodes c-[1..6] across zones  shards s-[1..3] { replicas 1 }  settings { cluster-node-timeout = 5000 } }',
            'at 30s partition node c-1 | node c-2, node c-3, node c-4, node c-5, node c-6  at 33s restart node c-1  at 3m heal',
        ],
    ])('%s', async (_, cluster, steps) => {
        const { status, actual } = await played(cluster, steps);
        expect(status).toBe('failed');
        expect(actual).toMatch(/ both led /);
    });
});
