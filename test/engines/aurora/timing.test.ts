/** What Aurora's documentation says about delays and quorums, over a thousand seeds: bounds are kept, and both ends reached. */
import { describe, expect, test } from 'vitest';
import { proofModel } from '../../../src/analysis/models.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { struck } from '../support/managed.js';
import {
    EVERY_50_MS,
    expectClientsFollow,
    expectUsualDelays,
    REQUEST_MS as REQUEST,
} from '../support/managed-timing.js';
import { expectFills, figures, firstAfter, outageEnd } from '../support/seeds.js';

const FAULT = 2000;
const TTL = 2000;
const THREE = 'node w in lab.a  node r1 in lab.b  node r2 in lab.c';
const FAR = `cluster eu: aurora in far { node e1 in far.a  node e2 in far.b
    endpoint dns eu.internal { ttl 0s }  assume failover takes 2s to 4s }
    replicate db to eu { lag 500ms  failover manually }`;

interface Parts {
    readonly steps: string;
    readonly until: string;
    readonly body?: string;
    readonly ttlMs?: number;
    readonly assume?: string;
    readonly more?: string;
    readonly requests?: string;
}

function made(parts: Parts): Promise<Topology> {
    const {
        body = THREE,
        ttlMs = 0,
        assume = 'assume failover takes 2s to 4s  assume recovery takes 3s to 6s',
    } = parts;
    return topologyOf(`
        region lab { zone a  zone b  zone c }
        region far { zone a  zone b  zone c }
        cluster db: aurora in lab {
            ${body}
            endpoint dns db.internal { ttl ${ttlMs}ms }
            endpoint dns db-ro.internal { ttl ${ttlMs}ms  serves reads }
            ${assume}
        }
        ${parts.more ?? ''}
        workload app { ${parts.requests ?? 'writes db 2/s'} }
        scenario s { ${parts.steps} until ${parts.until} }`);
}

const since = (text: RegExp) => (run: Run) => firstAfter(run, FAULT, text);

describe('`assume failover takes A to B` is filled from A to B', () => {
    test.each([
        ['a promotion', THREE, `fail node w`, /^Aurora makes r\d the writer/],
        ['a switchover', THREE, `switchover db to r2`, /^Aurora makes r2 the writer/],
        ['a promotion of the other Region by hand', THREE, `promote eu`, /^eu is promoted/],
    ])('%s', async (_what, body, step, text) => {
        const topology = await made({ body, steps: `at ${FAULT}ms ${step}`, until: '7s', more: FAR });
        expectFills(figures(topology, since(text)), 2000, 4000);
    });

    test('twice and half of it are twice and half as long', async () => {
        for (const factor of [0.5, 2]) {
            const assume = `assume failover takes ${2000 * factor}ms to ${4000 * factor}ms`;
            const topology = await made({ assume, steps: `at ${FAULT}ms fail node w`, until: '11s' });
            expectFills(figures(topology, since(/^Aurora makes/), 300), 2000 * factor, 4000 * factor, 0.05);
        }
    });
});

describe('clients follow the name within its TTL', () => {
    test('after a promotion: between at once and the TTL, and as much in all as both delays', async () => {
        const steps = `at ${FAULT}ms fail node w`;
        const topology = await made({ ttlMs: TTL, requests: `writes db ${EVERY_50_MS}`, steps, until: '10s' });
        expectClientsFollow({ topology, faultMs: FAULT, promoted: /^Aurora makes/ }, [2000, 4000], TTL);
    });

    test('after a reader died: its address names it for the failover’s time and the TTL', async () => {
        const reads = 'reads db 20/s from replicas with timeout = 50ms, retries = 0';
        const topology = await made({
            ttlMs: TTL,
            requests: reads,
            steps: `at ${FAULT}ms fail node r1`,
            until: '10s',
        });
        const ends = figures(topology, (run) => outageEnd(run, FAULT, ({ workload }) => workload === 0));
        // Every second read meets the dead one, so the last failure may lie two requests before the end.
        expectFills(ends, 2000 - 2 * REQUEST, 4000 + TTL + REQUEST, 0.1);
    });
});

test('a lone writer is created anew where it stood within `assume recovery takes A to B`', async () => {
    const topology = await made({ body: 'node w in lab.b', steps: `at ${FAULT}ms fail node w`, until: '9s' });
    expectFills(figures(topology, since(/^A new instance is ready in the place of w, as the writer$/)), 3000, 6000);
});

test('without assumptions: half of all failovers take 15 to 30 s, a quarter a minute at most, others have no maximum', async () => {
    const steps = `at ${FAULT}ms fail node w`;
    const topology = await made({ assume: '', steps, until: '150s', requests: 'writes db 1/s' });
    expectUsualDelays({ topology, faultMs: FAULT, promoted: /^Aurora makes/ }, 15_000, 'node w');
});

describe('of six copies, two in a zone, a write takes four and a read three', () => {
    const requests =
        'writes db 20/s with timeout = 100ms, retries = 0  reads db 20/s with timeout = 100ms, retries = 0';

    test.each([
        [0, 'served', 'served'],
        [1, 'served', 'served'],
        [2, 'refused', 'refused'],
    ])('%i zones without power: writes are %s, reads are %s', async (dark, write, read) => {
        // All instances stand in the zone that keeps its power, so nothing but the copies is missing.
        const body = 'node w in lab.a  node r in lab.a';
        const zones = ['zone lab.c', 'zone lab.b'].slice(0, dark);
        const steps = zones.map((zone) => `at ${FAULT}ms fail ${zone}`).join('\n');
        const topology = await made({ body, requests, steps, until: '5s' });
        const run = runOf(topology, 1);
        const rules = proofModel(topology).rules(0);
        for (const [operation, expected] of [
            ['write', write],
            ['read', read],
        ] as const) {
            const lasts = run.outages.some((each) => each.operation === operation && each.toMs === null);
            expect(`${operation} ${lasts ? 'refused' : 'served'}`).toBe(`${operation} ${expected}`);
            const answer = rules.serves(0, operation, struck(topology, zones));
            expect(`${operation} ${answer.serves ? 'served' : 'refused'}`).toBe(`${operation} ${expected}`);
            const needed = operation === 'write' ? 4 : 3;
            expect(answer).toEqual(
                answer.serves
                    ? { serves: true }
                    : {
                          serves: false,
                          reason: `${6 - 2 * dark} of 6 copies of the data are left, and a ${operation} needs ${needed}`,
                      },
            );
        }
    });
});

test('a Region promoted by hand lacks the lag that is declared, no more and no less', async () => {
    const requests = 'writes db 100/s with timeout = 50ms, retries = 0';
    const topology = await made({
        more: FAR,
        requests,
        steps: `at ${FAULT}ms fail region lab  at ${FAULT + 500}ms promote eu`,
        until: '7s',
    });
    const lost = figures(topology, ({ lostWrites }) => lostWrites.reduce((sum, { count }) => sum + count, 0), 100);
    expect(new Set(lost)).toEqual(new Set([50]));
});

test('commits wait from the moment on in which every secondary lags by more than `rds.global_db_rpo`', async () => {
    const topology = await made({
        body: `${THREE} settings { rds.global_db_rpo = 20 }`,
        more: FAR,
        requests: 'writes db 20/s with timeout = 50ms, retries = 0',
        steps: `at ${FAULT}ms fail region far`,
        until: '30s',
    });
    const begins = figures(topology, ({ outages }) => outages.find(({ cluster }) => cluster === 0)!.sentMs - FAULT, 50);
    for (const began of begins) {
        expect(began).toBeGreaterThan(20_000 - 500 - REQUEST);
        expect(began).toBeLessThanOrEqual(20_000 + REQUEST);
    }
});
