import { describe, expect, test } from 'vitest';
import { collectFindings } from '../../src/analysis/index.js';
import { loadWorkspace } from '../../src/language/index.js';

const uri = 'file:///c/main.cluster';
const imported = 'file:///c/cache.cluster';

/** ElastiCache has no durability before Valkey 9.0, so it refuses this cluster. */
const refused = (inside = '') => `region eu { zone a  zone b  zone c }
cluster cache: elasticache "redis 7.1" in eu {
  node c-1 in eu.a
  node c-2 in eu.b
  shard c on c-1, c-2
  settings {
    cluster-mode = disabled
    multi-az = enabled
    automatic-failover = enabled
    durability = sync
  }
  ${inside}
}
`;
const questions = `
objective kept for cache { tolerate any 1 node  lose no writes }
scenario down { at 1m fail node c-1  until 5m }
scenario dark { at 1m fail zone eu.a  until 5m }
`;
const web = `
cluster web: server in eu { node w-1 in eu.a  node w-2 in eu.b }
workload app { reads web 10/s }
objective up for web { tolerate any 1 node }
scenario off { at 1m fail node w-1  until 5m }
`;

async function read(text: string, files: Readonly<Record<string, string>> = {}) {
    const [document] = await loadWorkspace([{ uri, text }], {
        readFile: (wanted) => Promise.resolve(files[wanted]),
        design: (topology) => collectFindings(topology, { today: '2026-01-01' }),
    });
    const { broken, topology } = document!;
    return {
        broken: broken.map(({ name }) => name),
        messages: [...new Set(broken.map(({ message }) => message))],
        asked: [...topology.objectives, ...topology.scenarios].map(({ name }) => name),
    };
}

describe('a design that the system refuses', () => {
    test('is not asked about, and the first error is named', async () => {
        const { broken, messages, asked } = await read(refused() + questions);
        expect(broken).toEqual(['kept', 'down', 'dark']);
        expect(asked).toEqual([]);
        expect(messages).toEqual([
            'It cannot be run while there is an error in line 10: cache cannot be durable: it runs redis 7.1, and Valkey 9.0 brought it and its cluster mode is disabled.',
        ]);
    });

    test('is asked about once the error is accepted, and no longer when that has run out', async () => {
        const waive = (rest = '') => `waive "elasticache/durability-unsupported" because "it is announced"${rest}`;
        expect((await read(refused(waive()) + questions)).asked).toEqual(['kept', 'down', 'dark']);
        expect((await read(refused(waive(' until 2025-12-31')) + questions)).asked).toEqual([]);
    });

    test('leaves the questions about another cluster, but not those about a cluster that needs it', async () => {
        expect((await read(refused() + questions + web)).asked).toEqual(['up', 'off']);
        const needy = web.replace('node w-1', 'needs writes of cache  node w-1');
        expect((await read(refused() + questions + needy)).asked).toEqual([]);
    });

    test('is refused where it is imported as well, and the file is named', async () => {
        const { asked, messages } = await read(`import "./cache.cluster"\n${questions}${web}`, {
            [imported]: refused(),
        });
        expect(asked).toEqual(['up', 'off']);
        expect(messages[0]).toContain('in line 10 of cache.cluster: ');
    });

    test('that clients make so leaves the questions about clusters that they do not ask', async () => {
        const kafka = `region eu { zone a  zone b  zone c }
cluster log: kafka "4.0" in eu {
  nodes k-[1..3] across zones as broker, controller
  topic t { partitions 1  replicas 3 }
}
workload hasty { writes log 10/s with delivery.timeout.ms = 100 }
objective logged for log { tolerate any 1 node }
${web}`;
        const { broken, asked } = await read(kafka);
        expect(broken).toEqual(['logged']);
        expect(asked).toEqual(['up', 'off']);
    });

    test('that the system takes all the same is answered: it runs, badly', async () => {
        const { broken, asked } = await read(`region eu { zone a  zone b  zone c }
cluster two: redis "7.2" in eu { nodes r-[1..4] across zones  shards s-[1..2] { replicas 1 } }
objective kept for two { tolerate any 1 node }
scenario down { at 30s crash node r-1  until 2m }
`);
        expect(broken).toEqual([]);
        expect(asked).toEqual(['kept', 'down']);
    });
});
