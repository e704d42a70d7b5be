/** What is left after failures that strike at one instant. */
import { describe, expect, test } from 'vitest';
import { proveObjective } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import { clusterText, rulesOf, shardOf, without, type ClusterText } from './support/cluster.js';

async function served(parts: ClusterText, shard: string, ...failed: readonly string[]): Promise<true | string> {
    const topology = await topologyOf(clusterText(parts));
    const answer = rulesOf(topology).serves(shardOf(topology, shard), 'read', without(topology, ...failed));
    return answer.serves || answer.reason;
}

const EXTERNAL = `nodes api-[1..2] across zones as control-plane
    nodes etcd-[1..3] across zones as etcd
    nodes w-[1..3] across zones as worker`;

describe('the API', () => {
    test('needs a majority of etcd', async () => {
        expect(await served({}, 'k', 'cp-1')).toBe(true);
        expect(await served({}, 'k', 'cp-1', 'cp-2')).toContain('1 of 3 etcd members are left and 2 are needed');
    });

    test('with external etcd needs an API server as well', async () => {
        expect(await served({ nodes: EXTERNAL }, 'k', 'api-1', 'etcd-1')).toBe(true);
        expect(await served({ nodes: EXTERNAL }, 'k', 'api-1', 'api-2')).toContain('no API server of k is left');
        expect(await served({ nodes: EXTERNAL }, 'k', 'etcd-1', 'etcd-2')).toContain('etcd members are left');
    });
});

describe('pods', () => {
    test('go on without the control plane, unless one of them died', async () => {
        expect(await served({}, 'web', 'cp-1', 'cp-2')).toBe(true);
        expect(await served({}, 'web', 'cp-1', 'cp-2', 'w-1')).toContain('go on being sent to the dead pod of web');
    });

    test('of a Deployment are made anew, of a StatefulSet never', async () => {
        const groups = (word: string): ClusterText => ({
            groups: `${word} web { replicas 3  required 3  spread zone }`,
        });
        expect(await served(groups('deployment'), 'web', 'w-1')).toBe(true);
        expect(await served(groups('statefulset'), 'web', 'w-1')).toContain(
            '2 of 3 pods of web are left, 0 can come anew',
        );
    });

    test('stay pending where the spread of a lost zone forbids them elsewhere', async () => {
        const groups = (when: string): ClusterText => ({
            groups: `deployment web { replicas 6  required 5  spread zone  settings { whenUnsatisfiable = ${when} } }`,
        });
        expect(await served(groups('DoNotSchedule'), 'web', 'w-1', 'w-4', 'cp-1')).toContain(
            '4 of 6 pods of web are left',
        );
        expect(await served(groups('ScheduleAnyway'), 'web', 'w-1', 'w-4', 'cp-1')).toBe(true);
    });

    test('are not made anew while a zone of a small cluster is unhealthy', async () => {
        const parts = {
            nodes: `nodes cp-[1..3] across zones as control-plane
                nodes w-[1..5] across lab.a as worker
                nodes v-[1..2] across lab.b as worker`,
            groups: 'deployment web { replicas 7  required 5  spread none }',
        };
        expect(await served(parts, 'web', 'w-1', 'w-2', 'w-3', 'w-4')).toContain('3 of 7 pods of web are left');
        expect(
            await served({ ...parts, settings: 'large-cluster-size-threshold = 5' }, 'web', 'w-1', 'w-2', 'w-3', 'w-4'),
        ).toBe(true);
        expect(await served(parts, 'web', 'w-1', 'w-2')).toBe(true);
    });

    test('come anew as the order in which nodes are given up decides, and then the rules say no more', async () => {
        const parts = {
            nodes: `nodes cp-[1..3] across zones as control-plane
                node w-1 in lab.a as worker  node w-2 in lab.a as worker
                node w-3 in lab.b as worker  node w-4 in lab.b as worker  node w-5 in lab.c as worker`,
            groups: 'deployment web { replicas 5  required 4  spread zone }',
        };
        const topology = await topologyOf(clusterText(parts));
        const answer = (...failed: readonly string[]): unknown =>
            rulesOf(topology).serves(shardOf(topology, 'web'), 'read', without(topology, ...failed));
        // In one zone they go one after the other, so that the first one's pod finds a place while the second one still counts.
        expect(answer('w-1', 'w-2')).toEqual({ serves: true });
        // In two zones both may go at once.
        expect(answer('w-1', 'w-2', 'w-3')).toMatchObject({ serves: false, isOpen: true });
        expect(answer('w-1', 'w-2', 'w-3', 'w-4')).toEqual({ serves: false, reason: expect.any(String) as string });
    });

    test('behind a load balancer without checks some requests go to dead workers for ever', async () => {
        const endpoint = 'endpoint load-balancer 203.0.113.10';
        expect(await served({ endpoint }, 'web', 'w-6')).toContain('has no health check');
        expect(await served({ endpoint: `${endpoint} { check every 5s }` }, 'web', 'w-6')).toBe(true);
    });
});

test('what carries the load are the living workers', async () => {
    const nodes = `nodes cp-[1..3] across zones as control-plane
        nodes w-[1..3] across zones as worker { capacity 100/s }`;
    const topology = await topologyOf(clusterText({ nodes }));
    expect(rulesOf(topology).capacity(without(topology))).toBe(300);
    expect(rulesOf(topology).capacity(without(topology, 'w-1', 'cp-1'))).toBe(200);
});

test('`lose no writes` of pods is not proved, unless their data is elsewhere in the file', async () => {
    const proofOf = async (more: string, needs: string): Promise<string> => {
        const groups = `deployment web { replicas 1  spread zone }  ${needs}`;
        const objective = `${more} objective o for k.web { tolerate any 1 node  lose no writes }`;
        const topology = await topologyOf(`${clusterText({ groups })} ${objective}`);
        return (await proveObjective(topology, 0)).clauses[1]!.actual;
    };
    expect(await proofOf('', '')).toBe(
        'Not proved: volumes of pods and what is in them are not modelled, so what becomes of acknowledged writes is not known.',
    );
    const ledger = 'cluster db: aurora in lab { nodes i-[1..2] across zones }';
    expect(await proofOf(ledger, 'needs writes of db')).toContain('no acknowledged write is lost');
});

test('no acknowledged write of the API is lost; what pods keep is not known', async () => {
    const topology = await topologyOf(clusterText({}));
    expect(rulesOf(topology).loss(shardOf(topology, 'web'), without(topology))).toMatchObject({ isModelled: false });
    expect(rulesOf(topology).loss(shardOf(topology, 'k'), without(topology, 'cp-1'))).toEqual({ kind: 'none' });
});
