import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

interface Case {
    readonly title: string;
    readonly cluster: string;
    readonly target: string;
    readonly node: string;
    /** A delay that the behaviour follows, and one that it does not. */
    readonly follows: string;
    readonly exceeds: string;
}

const KAFKA = `cluster c: kafka "4.1" in r {
  nodes ctl-[1..3] across zones as controller
  nodes b-[1..3] across zones as broker
  topic t { replicas 3 }
}`;
const KUBERNETES = `cluster c: kubernetes "1.33" in r {
  nodes cp-[1..3] across zones as control-plane
  nodes w-[1..3] across zones as worker
  deployment web { replicas 3 }
}`;
const CASSANDRA = 'cluster c: cassandra "5.0" in r { nodes n-[1..3] across zones  keyspace k { replicas 3 } }';
const HADOOP = `cluster c: hadoop "3.4" in r {
  node nn-1 in r.a as namenode
  node nn-2 in r.b as namenode
  nodes jn-[1..3] across zones as journalnode, zookeeper
  nodes d-[1..3] across zones as datanode
  settings { dfs.ha.automatic-failover.enabled = true  dfs.ha.fencing.methods = "shell(/bin/true)" }
}`;

/** To each delay a millisecond is added that every message takes. */
const CASES: readonly Case[] = [
    // (controller.quorum.fetch.timeout.ms 2 s − 500 ms that a fetch waits) / 2
    { title: 'Kafka controllers', cluster: KAFKA, target: 'c.t', node: 'ctl-1', follows: '749ms', exceeds: '750ms' },
    { title: 'a Kafka broker', cluster: KAFKA, target: 'c.t', node: 'b-1', follows: '749ms', exceeds: '750ms' },
    // (election-timeout 1 s − heartbeat-interval 100 ms) / 2
    { title: 'etcd', cluster: KUBERNETES, target: 'c.web', node: 'cp-2', follows: '449ms', exceeds: '450ms' },
    // A quarter of the lease's 40 s, both ways
    { title: 'a kubelet', cluster: KUBERNETES, target: 'c.web', node: 'w-1', follows: '4999ms', exceeds: '5s' },
    // 8 × ln 10 × 1 s, less a round of gossip
    { title: 'Cassandra', cluster: CASSANDRA, target: 'c.k', node: 'n-1', follows: '17s', exceeds: '18s' },
    // A third of the session of 10 s, both ways
    { title: 'ZooKeeper', cluster: HADOOP, target: 'c', node: 'jn-1', follows: '1660ms', exceeds: '1670ms' },
    // (stale after 30 s − heartbeat every 3 s) / 2
    { title: 'a DataNode', cluster: HADOOP, target: 'c', node: 'd-1', follows: '13s', exceeds: '14s' },
];

async function verdictOf({ cluster, target }: Case, steps: string, at = '2m'): ReturnType<typeof runScenario> {
    const text = `
region r { zone a  zone b  zone c }
${cluster}
scenario slowed { ${steps}  until 3m  expect reads of ${target} available at ${at} }
`;
    return runScenario(await topologyOf(text), 0);
}

describe.each(CASES)('links that are too slow for the timers of $title', (example) => {
    const { node, follows, exceeds } = example;

    it('leave undecided what is expected of the cluster, and say so', async () => {
        const { verdict } = await verdictOf(example, `at 1m slow node ${node} by ${exceeds}`);
        expect(verdict.clauses[0]?.status).toBe('error');
        expect(verdict.clauses[0]?.actual).toContain('so nobody can tell');
        expect(verdict.notes.join()).toContain('Not modelled: messages that come as late as from 60 s on');
    });

    it('are counted from the delay on that they cannot take', async () => {
        const { verdict } = await verdictOf(example, `at 1m slow node ${node} by ${follows}`);
        expect(verdict.clauses[0]?.status).not.toBe('error');
        expect(verdict.notes.join()).not.toContain('Not modelled: messages');
    });

    it('decide nothing about an instant before', async () => {
        const { verdict } = await verdictOf(example, `at 1m slow node ${node} by ${exceeds}`, '30s');
        expect(verdict.clauses[0]?.status).toBe('passed');
    });
});

describe('delays of two nodes', () => {
    it('add up on the link between them', async () => {
        const [kafka] = CASES;
        const one = 'at 1m slow node ctl-1 by 400ms';
        expect((await verdictOf(kafka!, one)).run.lateClusters).toEqual([]);
        const both = await verdictOf(kafka!, `${one}  at 70s slow node ctl-2 by 400ms`);
        expect(both.run.lateClusters).toEqual([{ cluster: 0, fromMs: 70_000 }]);
    });
});

describe('links that are slow for those who watch a managed node', () => {
    it('are told as an assumption', async () => {
        const text = `
region r { zone a  zone b }
cluster c: aurora in r { node w in r.a  node s in r.b }
scenario slowed { at 10s slow node w by 2s  until 1m  expect writes of c available at 5s }
`;
        const { run } = await runScenario(await topologyOf(text), 0);
        expect(run.assumptions?.map(({ sentence }) => sentence).join()).toContain(
            'Nothing documents what Aurora makes',
        );
    });
});
