/** The sentences of the language about objectives: what is promised, by whom, and over which failures. */
import { describe, expect, it } from 'vitest';
import { proveObjective, runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';
import { provedOf } from './support/rows.js';

/** A shop that asks a store on one node. */
const shop = (need: string): string => `
region r { zone a  zone b }
cluster shop: server in r { nodes s-[1..2] across zones  endpoint load-balancer 10.0.0.1 { check every 1s }  ${need} }
cluster basket: server in r { nodes b-[1..2] across zones  endpoint discovery  failover active-active  needs reads of store }
cluster store: server in r { node d-1 in r.a  endpoint discovery  failover active-active }
`;
const web = (capacity: string, rate: number): string => `
region r { zone a  zone b }
cluster web: server in r {
  nodes w-[1..4] across zones ${capacity}
  endpoint load-balancer 10.0.0.1 { check every 2s  timeout 1s  fall 3  rise 2 }
  failover active-active
}
workload users { reads web ${String(rate)}/s }
`;
const cache = (more = ''): string => `
region r { zone a  zone b  zone c }
cluster cache: redis in r { nodes n-[1..6] across zones  shards s-[1..3] { replicas 1 }  ${more} }
workload app in r.b { writes cache 300/s  reads cache 300/s }
`;
const CASSANDRA = `
region one { zone a  zone b  zone c }
region two { zone a  zone b  zone c }
cluster profiles: cassandra {
  nodes p-[1..3] across one
  nodes q-[1..3] across two
  keyspace people { replicas one 3, two 3 }
}
workload app in one.a { reads profiles.people 50/s with consistency = ONE  writes profiles.people 50/s with consistency = QUORUM }
`;

const status = (found: readonly string[]): string => found.map((text) => text.split(':')[0]).join(' ');

describe.each<[sentence: string, model: string, targets: string, body: string, statuses: string]>([
    [
        '`any k` is all sets of at most k',
        web('', 10),
        'web',
        'tolerate any 1 node  tolerate any 3 nodes  tolerate any 4 nodes',
        'passed passed failed',
    ],
    [
        'a zone is all that stands in it',
        web('', 10),
        'web',
        'tolerate any 1 zone  tolerate any 1 zone and 1 node  tolerate any 1 zone and 2 nodes',
        'passed passed failed',
    ],
    [
        'what fails is never repaired, and what a system repairs by itself counts',
        cache(),
        'cache',
        'tolerate any 1 node  tolerate any 2 nodes',
        'passed failed',
    ],
    [
        'the declared load has to fit the capacity that survives',
        web('{ capacity 100/s }', 250),
        'web',
        'tolerate any 1 node  tolerate any 2 nodes',
        'passed failed',
    ],
    ['a member without capacity is unlimited', web('', 1_000_000), 'web', 'tolerate any 3 nodes', 'passed'],
    ['`needs` is covered transitively', shop('needs reads of basket'), 'shop', 'tolerate any 1 node', 'failed'],
    [
        '`wants` is not: the cluster answers without',
        shop('wants reads of basket'),
        'shop',
        'tolerate any 1 node',
        'passed',
    ],
    [
        '`for reads` asks less',
        CASSANDRA,
        'profiles',
        'tolerate any 1 region for reads  tolerate any 1 region',
        'passed failed',
    ],
    [
        'at the consistency of its workloads, else at the default of the engine',
        CASSANDRA.replace('QUORUM', 'LOCAL_QUORUM'),
        'profiles',
        'tolerate any 1 node',
        'passed',
    ],
    [
        '`restore` holds for the worst of the failure sets',
        web('', 10),
        'web',
        'tolerate any 1 node  restore reads within 12s  restore reads within 5s',
        'passed passed failed',
    ],
    [
        'without a `tolerate` nothing says what `restore` and `lose` are about',
        web('', 10),
        'web',
        'restore reads within 12s  lose no writes',
        'not-proved not-proved',
    ],
    [
        'what an asynchronous copy may lose, and nothing bounds, is not proved',
        cache(),
        'cache',
        'tolerate any 1 node  lose no writes',
        'passed not-proved',
    ],
    [
        'of a service whose data is nowhere in the file nothing is known',
        web('', 10),
        'web',
        'tolerate any 1 node  lose no writes',
        'passed not-proved',
    ],
])('%s', (_sentence, model, targets, body, statuses) => {
    it(body, async () => {
        const found = await provedOf(model, targets, body);
        expect(status(found), found.join('\n')).toBe(statuses);
    });
});

it('a stateful group needs its `required` members', async () => {
    const platform = (required: number): string => `
region r { zone a  zone b  zone c }
cluster platform: kubernetes in r {
  nodes cp-[1..3] across zones as control-plane
  nodes w-[1..3] across zones as worker
  statefulset db { replicas 3  required ${String(required)}  spread zone }
}
workload users { reads platform.db 10/s }`;
    expect(status(await provedOf(platform(2), 'platform.db', 'tolerate any 1 zone for reads'))).toBe('passed');
    expect(status(await provedOf(platform(3), 'platform.db', 'tolerate any 1 zone for reads'))).toBe('failed');
});

it('a smallest failure set that breaks it is named, and the scenario can be run', async () => {
    const text = cache();
    const topology = await topologyOf(`${text}\nobjective o for cache { tolerate any 3 nodes }`);
    const [clause] = (await proveObjective(topology, 0)).clauses;
    expect(clause!.counterexample!.faults).toHaveLength(2);
    const shown = await topologyOf(`${text}\n${clause!.counterexample!.scenario}`);
    expect((await runScenario(shown, 0)).verdict.status).toBe('failed');
});

describe('reads from replicas', () => {
    const REPLICAS = 'reads cache 300/s from replicas';
    const notes = async (text: string): Promise<readonly string[]> =>
        (await proveObjective(await topologyOf(text), 0)).notes;

    it('are proved as reads of the owner, and the verdict says so', async () => {
        const text = `${cache().replace('reads cache 300/s', REPLICAS)}\nobjective o for cache { tolerate any 1 node }`;
        expect(await notes(text)).toEqual([
            'app reads cache from replicas; it is proved that the owner answers reads, not that a replica does.',
        ]);
        expect(await notes(text.replace(REPLICAS, 'reads cache 300/s'))).toEqual([]);
    });

    it('change nothing where any copy answers', async () => {
        const text = CASSANDRA.replace('50/s with consistency = ONE', '50/s from replicas with consistency = ONE');
        expect(await notes(`${text}\nobjective o for profiles { tolerate any 1 node }`)).toEqual([]);
    });

    it('are told in a scenario where they are not modelled', async () => {
        const run = async (text: string): Promise<readonly string[]> =>
            (await runScenario(await topologyOf(`${text}\nscenario s { until 30s }`), 0)).verdict.notes;
        expect(await run(cache().replace('reads cache 300/s', REPLICAS))).toEqual([
            'Not modelled: reads from replicas of cache. Those of app are sent to the owner, as all others are, so none is stale.',
        ]);
        expect(await run(cache())).toEqual([]);
    });
});

it('what clusters need of each other in a circle holds or breaks together', async () => {
    const circle = `
region r { zone a  zone b }
cluster one: server in r { nodes s-[1..2] across zones  endpoint discovery  failover active-active  needs reads of two }
cluster two: server in r { nodes t-[1..2] across zones  endpoint discovery  failover active-active  needs reads of one }`;
    const found = await provedOf(circle, 'one', 'tolerate any 1 node  tolerate any 2 nodes');
    expect(status(found)).toBe('passed failed');
});

it('an acknowledged write is lost with what the cluster needs for it, not with what it reads', async () => {
    const model = (need: string): string => `
region r { zone a  zone b  zone c }
cluster web: server in r {
  nodes w-[1..6] across zones
  endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }
  failover active-active
  needs ${need} of middle
}
cluster middle: server in r { nodes m-[1..3] across zones  endpoint discovery  failover active-active  needs ${need} of store }
cluster store: redis in r { nodes n-[1..6] across zones  shards s-[1..3] { replicas 1 }  endpoint discovery }
workload users { writes web 30/s }`;
    const lose = async (need: string): Promise<string> => {
        const objective = 'objective words for web { tolerate any 1 node  lose no writes }';
        const { clauses } = await proveObjective(await topologyOf(`${model(need)}\n${objective}`), 0, { samples: 1 });
        return `${clauses[1]!.status}: ${clauses[1]!.actual}`;
    };
    expect(await lose('writes')).toMatch(
        /^not-proved: .* acknowledged writes of store, which is needed, may be lost, .*Redis replicates asynchronously/,
    );
    expect(await lose('reads')).toBe(
        'not-proved: Not proved: a server cluster holds no data of its own, so what becomes of acknowledged writes is not modelled.',
    );
});

it('what is proved of writes to a needed cluster rests on how its own clients have them acknowledged, and says so', async () => {
    const text = `region r { zone a  zone b  zone c }
        cluster k: kafka "3.7" in r {
            nodes c-[1..3] across zones as controller  nodes b-[1..3] across zones as broker
            topic t { partitions 1  replicas 3  settings { min.insync.replicas = 2 } }
        }
        cluster web: server in r {
            nodes w-[1..3] across zones  endpoint load-balancer 10.0.0.20 { check every 2s }
            failover active-active  needs writes of k
        }
        objective needing for web { tolerate any 1 node  lose no writes }
        objective itself for k { tolerate any 1 node  lose no writes }`;
    const model = await topologyOf(text);
    const [needing, itself] = await Promise.all([0, 1].map((index) => proveObjective(model, index, { samples: 1 })));
    const said =
        "Whoever needs writes of k sends them with the settings of its workloads, or its clients' defaults: 'needs' names none.";
    expect(needing!.clauses[1]).toMatchObject({ status: 'passed' });
    expect(needing!.clauses[1]!.assumptions).toContain(said);
    expect(itself!.clauses[1]!.assumptions).not.toContain(said);
});

describe('clients that stand in what fails send nothing, so no run speaks for or against a proof', () => {
    const store = (more: string): string => `
region r { zone a  zone b  zone c }
cluster s: redis "7.2" in r {
  nodes c-[1..6] across zones
  shard s-1 on c-1, c-5
  shard s-2 on c-2, c-6
  shard s-3 on c-3, c-4
  endpoint discovery
}
workload w in r.a { writes s 100/s }
${more}`;

    it('which is why another failure is named that they see', async () => {
        const found = (await provedOf(store(''), 's', 'tolerate any 1 zone  restore writes within 2s'))[1]!;
        expect(found).toContain('After zone r.b fails it takes at least 15.5 s');
        expect(found).not.toContain('defect');
    });

    it('others elsewhere see it', async () => {
        const found = await provedOf(
            store('workload other in r.b { writes s 10/s }'),
            's',
            'tolerate any 1 zone  restore writes within 2s',
        );
        expect(found[1]).toMatch(/^failed: (?!.*No scenario)/);
    });
});
