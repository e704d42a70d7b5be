/** What ElastiCache's documentation says about delays and losses, over a thousand seeds: bounds are kept, both ends reached. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';
import {
    EVERY_50_MS,
    expectClientsFollow,
    expectUsualDelays,
    REQUEST_MS as REQUEST,
} from '../support/managed-timing.js';
import { expectFills, figures, firstAfter } from '../support/seeds.js';

const FAULT = 2000;
const TTL = 2000;
const ONE = 'node p in lab.a  node r1 in lab.b  node r2 in lab.c  shard s on p, r1, r2';
const PAIR = 'node p in lab.a  node r1 in lab.b  shard s on p, r1';
const THREE = [0, 1, 2]
    .map(
        (shard) => `node p${shard} in lab.${'abc'[shard]!}  node r${shard} in lab.${'bca'[shard]!}
            shard s${shard} on p${shard}, r${shard}`,
    )
    .join('\n');
const NAMED = 'cluster-mode = disabled  automatic-failover = enabled  multi-az = enabled';
const SLOTS = 'cluster-mode = enabled  multi-az = enabled';
const FAR = `cluster eu: elasticache "valkey 8.0" in far { node e1 in far.a  node e2 in far.b  shard t on e1, e2
    endpoint dns eu.internal { ttl 0s }  assume failover takes 2s to 4s  settings { ${NAMED} } }
    replicate c to eu { lag 500ms  failover manually }`;

interface Parts {
    readonly steps: string;
    readonly until: string;
    readonly version?: string;
    readonly body?: string;
    readonly ttlMs?: number;
    readonly settings?: string;
    readonly assume?: string;
    readonly more?: string;
    readonly requests?: string;
}

function made(parts: Parts): Promise<Topology> {
    const { body = ONE, settings = NAMED, version = 'valkey 8.0', ttlMs = 0 } = parts;
    return topologyOf(`
        region lab { zone a  zone b  zone c }
        region far { zone a  zone b  zone c }
        cluster c: elasticache "${version}" in lab {
            ${body}
            ${settings.startsWith(SLOTS) ? 'endpoint discovery' : `endpoint dns c.internal { ttl ${ttlMs}ms }`}
            ${parts.assume ?? 'assume failover takes 2s to 4s  assume recovery takes 3s to 6s'}
            settings { ${settings} }
        }
        ${parts.more ?? ''}
        workload app { ${parts.requests ?? 'writes c 2/s'} }
        scenario s { ${parts.steps} until ${parts.until} }`);
}

const since = (text: RegExp) => (run: Run) => firstAfter(run, FAULT, text);
const lostIn = ({ lostWrites }: Run): number => lostWrites.reduce((sum, { count }) => sum + count, 0);

describe('`assume failover takes A to B` is filled from A to B', () => {
    test.each([
        ['a promotion, cluster mode disabled', ONE, NAMED, 'fail node p', /^ElastiCache makes r\d the primary/],
        ['a promotion, cluster mode enabled', THREE, SLOTS, 'fail node p0', /^ElastiCache makes r0 the primary/],
        ['a promotion of a zone’s primary', ONE, NAMED, 'fail zone lab.a', /^ElastiCache makes r\d the primary/],
        ['a planned change of primary', ONE, NAMED, 'switchover c to r2', /^ElastiCache makes r2 the primary/],
        ['a promotion of the other Region by hand', ONE, NAMED, 'promote eu', /^eu is promoted/],
    ])('%s', async (_what, body, settings, step, text) => {
        const more = body === ONE ? FAR : '';
        const topology = await made({ body, settings, more, steps: `at ${FAULT}ms ${step}`, until: '7s' });
        expectFills(figures(topology, since(text)), 2000, 4000);
    });

    test('the other primaries hold the failed one for it after half of that time', async () => {
        const topology = await made({ body: THREE, settings: SLOTS, steps: `at ${FAULT}ms fail node p0`, until: '7s' });
        expectFills(figures(topology, since(/^the other primaries hold p0 for failed$/)), 1000, 2000);
    });
});

test('clients follow the name between at once and its TTL, and as late in all as both delays', async () => {
    const steps = `at ${FAULT}ms fail node p`;
    const topology = await made({ ttlMs: TTL, requests: `writes c ${EVERY_50_MS}`, steps, until: '10s' });
    expectClientsFollow({ topology, faultMs: FAULT, promoted: /^ElastiCache makes/ }, [2000, 4000], TTL);
});

test('without automatic failover the primary is created anew within `assume recovery takes A to B`', async () => {
    const settings = 'cluster-mode = disabled';
    const topology = await made({ settings, steps: `at ${FAULT}ms fail node p`, until: '9s' });
    expectFills(
        figures(topology, since(/^A new node is ready in the place of p, as the primary of s, with what r\d holds$/)),
        3000,
        6000,
    );
});

test('without assumptions: half of all failovers take 5 to 10 s, a quarter 20 s at most, others have no maximum', async () => {
    const steps = `at ${FAULT}ms fail node p`;
    const topology = await made({ assume: '', steps, until: '100s', requests: 'writes c 1/s' });
    expectUsualDelays({ topology, faultMs: FAULT, promoted: /^ElastiCache makes/ }, 5000, 'node p');
});

describe('what a failover loses', () => {
    const requests = 'writes c 100/s with timeout = 50ms, retries = 0';
    const steps = `at ${FAULT}ms fail node p`;

    test('one replica: nothing to all of its lag', async () => {
        const settings = `${NAMED}  ReplicationLag = 1`;
        const losses = figures(await made({ body: PAIR, settings, requests, steps, until: '7s' }), lostIn);
        expectFills(losses, 0, 100);
        expect(Math.abs(losses.reduce((sum, loss) => sum + loss, 0) / losses.length - 50)).toBeLessThan(3);
    });

    test('the one of two replicas that lags least: a third of the lag on average', async () => {
        const settings = `${NAMED}  ReplicationLag = 1`;
        const losses = figures(await made({ settings, requests, steps, until: '7s' }), lostIn);
        expectFills(losses, 0, 100, 0.1);
        expect(Math.abs(losses.reduce((sum, loss) => sum + loss, 0) / losses.length - 33)).toBeLessThan(3);
    });

    test('`durability = async`, a whole shard: nothing to ten seconds', async () => {
        const late = 20_000;
        const topology = await made({
            version: 'valkey 9.0',
            body: THREE,
            settings: `${SLOTS}  durability = async`,
            requests: 'writes c.s0 10/s with timeout = 50ms, retries = 0',
            steps: `at ${late}ms fail node p0, r0`,
            until: '27s',
        });
        expectFills(figures(topology, lostIn), 0, 100);
    });

    test('`durability = sync`: nothing', async () => {
        const topology = await made({
            version: 'valkey 9.0',
            body: THREE,
            settings: `${SLOTS}  durability = sync`,
            requests,
            steps: `at ${FAULT}ms fail node p0, r0`,
            until: '9s',
        });
        expect(new Set(figures(topology, lostIn, 100))).toEqual(new Set([0]));
    });

    test('the other Region, promoted by hand: what is declared as its lag', async () => {
        const topology = await made({
            more: FAR,
            requests,
            steps: `at ${FAULT}ms fail region lab  at ${FAULT + 500}ms promote eu`,
            until: '7s',
        });
        expect(new Set(figures(topology, lostIn, 100))).toEqual(new Set([50]));
    });
});

test('a primary refuses writes once a replica was silent for `min-replicas-max-lag`', async () => {
    const topology = await made({
        body: PAIR,
        assume: 'assume failover takes 2s to 4s  assume recovery takes 4s to 6s',
        settings: `${NAMED}  min-replicas-to-write = 1  min-replicas-max-lag = 3`,
        requests: 'writes c 20/s with timeout = 50ms, retries = 0',
        steps: `at ${FAULT}ms fail node r1`,
        until: '6s',
    });
    const begins = figures(topology, ({ outages }) => outages[0]!.sentMs - FAULT, 100);
    for (const began of begins) {
        expect(began).toBeGreaterThan(3000 - REQUEST);
        expect(began).toBeLessThanOrEqual(3000 + REQUEST);
    }
});
