import { expect, test } from 'vitest';
import { codesIn, findingsOf } from '../support/findings.js';

const REGION = 'region r { zone a  zone b  zone c }\n';

test('copies that the file placed together are to be moved', async () => {
    const text = `${REGION}cluster c: redis in r {
  nodes n-[1..6] across zones
  shard s-1 on n-1, n-4
  shard s-2 on n-2, n-6
  shard s-3 on n-3, n-5
}`;
    const [found] = await findingsOf(text);
    expect(found).toMatchObject({ code: 'topology/copies-in-one-zone' });
    expect(found!.help).toBe('Move a copy of s-1 to a node in r.b or r.c.');
});

test('where the rule placed them, what it goes by is to be changed', async () => {
    const text = `${REGION}cluster c: kafka in r {
  nodes k-[1..3] across zones as controller
  node b-1 in r.a as broker { rack x }
  node b-2 in r.a as broker { rack y }
  node b-3 in r.b as broker { rack x }
  node b-4 in r.b as broker { rack y }
  topic t { partitions 4  replicas 2 }
}`;
    const found = (await findingsOf(text)).find(({ code }) => code === 'topology/copies-in-one-zone');
    expect(found!.help).toMatch(/^Let the racks of the brokers follow the zones/);
});

test('pods are spread by their group', async () => {
    const text = `${REGION}cluster c: kubernetes in r {
  nodes cp-[1..3] across zones as control-plane
  nodes w-[1..2] in r.a as worker
  node w-3 in r.b as worker
  deployment d { replicas 2 }
}`;
    const found = (await findingsOf(text)).filter(({ code }) => code === 'topology/copies-in-one-zone');
    for (const { help, fixes } of found) {
        expect(help).toBe('Write `spread zone` in the group.');
        expect(fixes).toMatchObject([{ kind: 'set-property', keyword: 'spread', value: 'zone' }]);
    }
    expect(found.length).toBeLessThanOrEqual(1);
});

const search = (index: string): string => `${REGION}cluster c: elasticsearch in r {
  nodes m-[1..3] across zones as master
  nodes d-[1..2] in r.a as data
  node d-3 in r.b as data
  index i { ${index} }
}`;

test('allocation that is not told of the zones is one finding, whatever it leads to', async () => {
    expect(await codesIn(search('shards 6  replicas 1'))).toEqual(['W elasticsearch/awareness-not-set']);
});

test('copies that the file placed together are told beside it', async () => {
    expect(await codesIn(search('shard 0 on d-1, d-2'))).toEqual([
        'W elasticsearch/awareness-not-set',
        'W topology/copies-in-one-zone',
    ]);
});
