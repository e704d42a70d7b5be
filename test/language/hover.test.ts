import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CursorClient } from './at-cursor.js';

const TEXT = `/** Near the customers. */
region eu {
  zone a
  zone b { node lone { rack r7 } }
}

/** Sessions of *signed-in* users. */
cluster store: redis "7.2" in eu {
  nodes s-[1..6] across zones
  node spare in eu.b { capacity 500/s  settings { appendonly = yes } }
  shards p-[1..3] { replicas 1  settings { save = "" } }
  settings {
    cluster-node-timeout = 15s
    min-replicas-max-lag = 20
    appendonly = no
    appendfsync = never
  }
  needs reads of front
  waive "redis/even-primaries" because "later"
}

cluster front: server in eu {
  node f-1 { priority 150 }
  node f-2
  endpoint vip 10.0.0.10 { advertise every 1500ms }
  failover warm
}

failover-policy warm: active-passive { detect within 3s  promote automatically }

/** People who buy. */
workload people in eu.a {
  reads store 6000/min with timeout = 2s
}

objective steady for store "Title of it" {
  tolerate any 1 zone
  availability 99.95%
}

scenario dark "All is dark" {
  at 30s fail zone eu.a
  until 20m
}
`;

let editor: CursorClient;

beforeAll(async () => {
    editor = await CursorClient.start();
});

afterAll(() => editor.dispose());

/** The hover on a word, the first one behind another text. */
async function hover(word: string, behind = ''): Promise<string> {
    const from = TEXT.indexOf(word, TEXT.indexOf(behind) + behind.length);
    if (from < 0) throw new Error(`'${word}' is not in the text.`);
    const at = from + (word.length > 1 ? 1 : 0);
    return (await editor.hover(`${TEXT.slice(0, at)}¦${TEXT.slice(at)}`)) ?? '';
}

describe('words', () => {
    test('keywords say what they mean where they stand', async () => {
        expect(await hover('tolerate')).toContain('smallest set that breaks it');
        expect(await hover('zone', 'fail ')).toContain('Everything that stands in the named zones.');
        expect(await hover('across')).toContain('in turns');
        expect(await hover('vip')).toContain('VRRP');
    });

    test('an engine, its version, its words, and properties', async () => {
        expect(await hover('redis', 'store: ')).toMatch(/Redis Cluster[^]*Versions: /);
        expect(await hover('7.2')).toContain('decides which defaults count');
        expect(await hover('shards')).toMatch(/16,384 hash slots[^]*two copies/);
        expect(await hover('priority')).toContain('highest wins');
        expect(await hover('advertise')).toContain('announces itself');
        expect(await hover('automatically')).toContain('by itself');
    });

    test('a code that is waived has its page, and what is found now', async () => {
        expect(await hover('redis/even-primaries')).toMatch(/`redis\/even-primaries`[^]*What to do:[^]*Source: \[/);
    });
});

describe('settings', () => {
    test('key and value alike: what it is here, in other units, what else it is and where that was read', async () => {
        const text = await hover('cluster-node-timeout');
        expect(text).toMatch(/Here, for the whole cluster: `15s` \(15000 ms\), as by default/);
        expect(text).toMatch(/Default: `15s` \(15000 ms\)[^]*Source: \[/);
        expect(await hover('15s')).toBe(text);
        expect(await hover('20', 'max-lag = ')).toContain('`20` = 20s (20000 ms)');
    });

    test('where it is overridden below, and what is set above', async () => {
        expect(await hover('appendonly', 'max-lag')).toMatch(/Overridden on spare \(line 10\): `yes`/);
        expect(await hover('appendonly', 'spare')).toMatch(
            /Here, on spare: `yes`[^]*Elsewhere, for the whole cluster \(line 15\): `no`/,
        );
    });

    test('a value that does not fit leaves the default', async () => {
        expect(await hover('never')).toContain('`never`, which does not fit, so the default `everysec` counts.');
    });

    test('a client’s own', async () => {
        expect(await hover('timeout', 'with ')).toMatch(/timeout[^]*Counts for these requests alone/);
    });
});

describe('names', () => {
    test('a region and a zone: what stands there', async () => {
        expect(await hover('eu', 'region ')).toMatch(/Near the customers[^]*Zones: a and b[^]*10 nodes[^]*of store/);
        expect(await hover('b', 'zone ')).toMatch(/eu\.b/);
    });

    test('a node: zone, rack, what it holds and leads', async () => {
        expect(await hover('lone')).toMatch(/Stands in eu\.b, rack r7\./);
        expect(await hover('spare')).toMatch(/store\.spare[^]*Member of store capacity 500\/s/);
        const range = await hover('s-[1..6]');
        expect(range).toMatch(/6 nodes[^]*3 in each of a, b/);
    });

    test('a cluster: members, shards, copies, quorum, address and needs', async () => {
        const store = await hover('store', 'cluster ');
        expect(store).toMatch(/Sessions of \*signed-in\* users/);
        expect(store).toMatch(/7 members[^]*3 shards in 1 group/);
        expect(store).toMatch(/6 copies in all[^]*3 primaries: quorum 2 of 3, survives 1[^]*Needs reads of front/);
        expect(await hover('front', 'needs reads of ')).toMatch(/Address: vip 10\.0\.0\.10/);
    });

    test('shards: where their copies stand and who placed them', async () => {
        expect(await hover('p-[1..3]')).toMatch(
            /3 shards with 2 copies each[^]*- p-1 on .*\(eu\.[ab]\).*placed by the engine/,
        );
    });

    test('workload, policy, objective, scenario', async () => {
        expect(await hover('people')).toMatch(
            /People who buy[^]*stand in eu\.a[^]*reads store 100\/s with timeout = 2s/,
        );
        expect(await hover('warm', 'failover ')).toMatch(/noticed within 3 s/);
        expect(await hover('warm', 'failover ')).toContain('Used by front.');
        expect(await hover('dark', 'scenario ')).toContain('All is dark');
        expect(await hover('steady')).toContain('**objective** steady');
    });
});

describe('figures', () => {
    test('durations, rates and shares in other units', async () => {
        expect(await hover('20m')).toBe('`20m` = 20 min (1,200,000 ms)');
        expect(await hover('6000/min')).toContain('100 a second');
        expect(await hover('99.95%')).toContain('4 h 23 min without an answer in a year');
        expect(await hover('1', 'replicas')).toContain('2 copies of each shard in all');
    });
});

test('names are shown as they are written, whatever they hold', async () => {
    for (const name of ['<script>alert(1)</script>', '`x` [y](command:z)', '__proto__', 'constructor', '**b**']) {
        const text = `cluster "¦${name}": server { node "${name}" }`;
        const shown = (await editor.hover(text)) ?? '';
        const unescaped = shown.replace(/\\[^\w\s]/g, '');
        expect(unescaped).not.toMatch(/[<`[]/);
        expect(shown.replace(/\\(.)/g, '$1')).toContain(name);
    }
});

test('nothing is said about what explains itself', async () => {
    expect(await editor.hover('region eu ¦{ zone a }')).toBeUndefined();
    expect(await editor.hover('¦')).toBeUndefined();
});
