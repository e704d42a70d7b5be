import { describe, expect, test } from 'vitest';
import { engines } from '../../../src/engines/index.js';
import { codesIn, findingsOf } from '../support/findings.js';

const REGION = 'region r { zone a  zone b  zone c }\n';
const SIX = 'nodes n-[1..6] across zones';

describe('addresses', () => {
    const withAddress = (endpoint: string): string =>
        `${REGION}cluster c: server in r { nodes n-[1..3] across zones  endpoint ${endpoint} }`;
    const formOf = async (endpoint: string): Promise<readonly string[]> =>
        (await codesIn(withAddress(endpoint))).filter((code) => code.includes('address-form'));

    test.each([
        'load-balancer 10.0.0.1 { check every 2s }',
        'load-balancer "10.0.0.1:8443" { check every 2s }',
        'load-balancer "[2001:db8::1]:443" { check every 2s }',
        'load-balancer "2001:db8::1" { check every 2s }',
        'load-balancer lb-1.example.com { check every 2s }',
        'dns db.internal',
        'dns "db.internal:5432"',
        'dns localhost',
        'dns _db._tcp.example.com',
    ])('%s is one', async (endpoint) => {
        expect(await formOf(endpoint)).toEqual([]);
    });

    test.each([
        ['vip 999.1.1.1', 'E'],
        ['vip 10.0.0.256', 'E'],
        ['load-balancer 10.0.0.1.7', 'E'],
        ['load-balancer "hello world"', 'E'],
        ['load-balancer "-a.example.com"', 'E'],
        ['load-balancer "2001:db8::1::2"', 'E'],
        ['load-balancer "a..b"', 'E'],
        ['dns "10.0.0.1:8443"', 'W'],
        ['dns 10.0.0.1', 'W'],
    ])('%s is none', async (endpoint, severity) => {
        expect(await formOf(endpoint)).toEqual([`${severity} topology/address-form`]);
    });

    test('one before several clusters is looked at, too', async () => {
        const text = `${REGION}cluster c: server in r { nodes n-[1..3] across zones }
endpoint shop dns 10.0.0.1 { route to c by failover  ttl 30s }`;
        expect(await codesIn(text)).toContain('W topology/address-form');
    });
});

describe('kinds of addresses', () => {
    const before = (engine: string, endpoint: string, statements = SIX): Promise<readonly string[]> =>
        codesIn(`${REGION}cluster c: ${engine} in r { ${statements}  endpoint ${endpoint} }`);
    const KIND = 'W topology/endpoint-kind';
    const ADDRESSES = {
        vip: 'vip 10.0.0.1',
        'load-balancer': 'load-balancer 10.0.0.1',
        dns: 'dns c.internal',
        discovery: 'discovery',
    } as const;

    test.each([
        ['redis', ['vip', 'load-balancer']],
        ['kafka', ['vip', 'load-balancer']],
        ['cassandra', ['vip', 'load-balancer']],
        ['aurora', ['vip', 'load-balancer']],
        ['elasticache', ['vip', 'load-balancer']],
        ['hadoop', ['vip', 'load-balancer']],
        ['elasticsearch', ['vip']],
        ['opensearch', ['vip']],
        ['kubernetes', []],
        ['server', []],
    ])('in front of %s: not %s', async (engine, unfit: readonly string[]) => {
        for (const [kind, endpoint] of Object.entries(ADDRESSES)) {
            expect((await before(engine, endpoint)).includes(KIND), kind).toBe(unfit.includes(kind));
        }
    });

    test('the reason and the way out are whole sentences', () => {
        const unfit = engines.flatMap((engine) => Object.values(engine.unfitEndpoints ?? {}));
        expect(unfit.length).toBeGreaterThan(10);
        for (const { why, instead } of unfit) {
            expect(why).toMatch(/^[A-Z].*\.$/);
            expect(instead).toMatch(/^[A-Z].*\.$/);
        }
    });
});

describe('spread and places', () => {
    const kafka = (topic: string, brokers = 'nodes b-[1..3] across zones as broker'): string =>
        `${REGION}cluster c: kafka in r {
  nodes k-[1..3] across zones as controller
  ${brokers}
  topic t { ${topic}  settings { min.insync.replicas = 2 } }
}`;

    test('what the system does of itself is for information', async () => {
        expect(await codesIn(kafka('replicas 3  spread zone'))).toEqual(['I topology/spread-ignored']);
    });

    test('what it does not do is a warning', async () => {
        const racks =
            'node b-1 in r.a as broker { rack r1 }  node b-2 in r.a as broker { rack r2 }  node b-3 in r.b as broker { rack r2 }';
        const codes = await codesIn(kafka('partition 0 on b-1, b-2  spread zone', racks));
        expect(codes).toContain('W topology/spread-ignored');
    });

    test.each([
        ['kafka', kafka('replicas r 3')],
        ['redis', `${REGION}cluster c: redis in r { ${SIX}  shards s-[1..3] { replicas r 1 } }`],
        [
            'elasticsearch',
            `${REGION}cluster c: elasticsearch in r { ${SIX}  index i { replicas r 1 }  settings { cluster.routing.allocation.awareness.attributes = zone } }`,
        ],
    ])('%s has one number of replicas for all places', async (_, text) => {
        expect(await codesIn(text)).toContain('W topology/places-ignored');
    });

    test('Cassandra counts copies by place, and Kubernetes spreads pods', async () => {
        const cassandra = `${REGION}cluster c: cassandra in r { ${SIX}  keyspace k { replicas r 3 } }`;
        const kubernetes = `${REGION}cluster c: kubernetes in r { nodes cp-[1..3] across zones as control-plane  ${SIX} as worker  deployment d { replicas 3  spread zone } }`;
        for (const text of [cassandra, kubernetes]) {
            expect((await codesIn(text)).filter((code) => code.includes('ignored'))).toEqual([]);
        }
    });
});

describe('settings of other versions', () => {
    const cassandra = (version: string, where = 'settings { max_hint_window = 1h }'): string =>
        `${REGION}cluster c: cassandra "${version}" in r { ${SIX}  keyspace k { replicas 3 }  ${where} }`;

    test('a new one has no effect, and is told with the version that has it', async () => {
        const [finding] = await findingsOf(cassandra('4.0', 'settings { default_keyspace_rf = 3 }'));
        expect(finding).toMatchObject({ code: 'topology/setting-version', severity: 'warning' });
        expect(finding!.message).toContain('from 4.1 on, and c runs 4.0');
        expect(await codesIn(cassandra('4.1', 'settings { default_keyspace_rf = 3 }'))).toEqual([]);
    });

    test('one that had another name counts, and the older name is told', async () => {
        const [finding] = await findingsOf(cassandra('3.11'));
        expect(finding).toMatchObject({ code: 'topology/setting-version', severity: 'information' });
        expect(finding!.message).toContain("'max_hint_window_in_ms'");
    });

    test('it is looked for at nodes, too, once for each statement', async () => {
        const text = `${REGION}cluster c: cassandra "4.0" in r { ${SIX} { settings { commitlog_sync_period = 1s } }  keyspace k { replicas 3 } }`;
        expect(await codesIn(text)).toEqual(['I topology/setting-version']);
    });
});
