/** Addresses before several clusters: who is sent where, when, and what is proved of it. */
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { proveObjective, runScenario, type ScenarioResult } from '../../../src/analysis/index.js';
import { expectMinimalCounterexample } from '../support/counterexamples.js';
import type { Run } from '../../../src/simulator/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';

vi.setConfig({ testTimeout: 120_000 });

interface Shop {
    readonly by?: string;
    readonly address?: string;
    readonly clients?: string;
    readonly more?: string;
}

const CHECKS = 'ttl 4s  check every 2s  timeout 1s  fall 3  rise 2';

const shop = ({
    by = 'failover',
    address = CHECKS,
    clients = 'workload cust { reads shop 20/s }',
    more = '',
}: Shop): string => `
region us { zone a }
region eu { zone a }
cluster web-us: server in us { nodes u-[1..2] across zones { capacity 100/s }  endpoint discovery }
cluster web-eu: server in eu { nodes e-[1..2] across zones { capacity 100/s }  endpoint discovery }
endpoint shop dns shop.example.com { route to web-us, web-eu by ${by}  ${address} }
${clients}
${more}`;

const BALANCED =
    'endpoint load-balancer 10.0.0.1 { check every 2s  timeout 1s  fall 3  rise 2 }  failover active-active';

function storyOf({ trace }: Run): string {
    return trace.map(({ text }) => text).join('\n');
}

async function result(text: string, seed?: number): Promise<ScenarioResult> {
    return runScenario(await topologyOf(text), 0, seed === undefined ? {} : { seed });
}

async function clausesOf(text: string): Promise<readonly string[]> {
    return (await proveObjective(await topologyOf(text), 0)).clauses.map(({ status }) => status);
}

const LOST = 'scenario s { at 20s fail region us  at 60s restore region us  until 100s';

describe('an address by failover', () => {
    it('leads to the next cluster while the first fails its checks, and back', async () => {
        const topology = await topologyOf(shop({ more: `${LOST} }` }));
        const story = storyOf(runOf(topology, 7));
        expect(story).toMatch(
            /shop notes a first failed check of web-us[^]*shop leads to web-us no longer: 3 checks in a row have failed within 5 s[^]*cust: reads of shop succeed after[^]*shop leads to web-us again: 2 checks in a row have passed/,
        );
        const [outage, ...more] = outagesOf(topology, runOf(topology, 7), 'shop', 'read');
        expect(more).toEqual([]);
        expect(outage).toMatchObject({ form: 'dark' });
    });

    it('is back between so many checks and, at most, another interval, a timeout and what clients have cached', async () => {
        const topology = await topologyOf(
            shop({
                more: 'scenario s { at 20s fail region us  until 35s }',
                clients: 'workload cust { reads shop 50/s with timeout = 20ms, retries = 0 }',
            }),
        );
        const taken = Array.from(
            { length: 1_000 },
            (_, seed) => outagesOf(topology, runOf(topology, seed + 1), 'shop', 'read')[0]!.toMs! - 20_000,
        );
        const [least, most] = [Math.min(...taken), Math.max(...taken)];
        // Three checks, each given up after a second, begin from at once to 2 s behind the failure; then the copy of the name ends.
        expect(least).toBeGreaterThanOrEqual(5_000);
        expect(most).toBeLessThanOrEqual(5_000 + 2_000 + 4_000 + 44);
        expect(least).toBeLessThan(5_300);
        expect(most).toBeGreaterThan(10_700);
    });

    it('decides what is asked of it, and of its workload', async () => {
        const { verdict } = await result(
            shop({
                more: `${LOST}
            expect reads of shop restored within 12s
            expect reads of cust unavailable at 21s
            expect reads of shop available at 40s
            expect availability of cust at least 85%
            expect availability of cust at least 99%
            expect reads of web-us unavailable at 40s
            expect reads of web-eu uninterrupted }`,
            }),
        );
        expect(verdict.clauses.map(({ status }) => status)).toEqual([
            'passed',
            'passed',
            'passed',
            'passed',
            'failed',
            'passed',
            'passed',
        ]);
    });

    it('has no nodes, no leader and no data: whoever asks is told what to ask instead', async () => {
        const { verdict } = await result(
            shop({
                more: `${LOST}
            expect capacity of shop at least 10%
            expect shop led by nobody at 2s
            expect no split brain in shop
            expect no stale reads in shop }`,
            }),
        );
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['error', 'error', 'error', 'error']);
        expect(verdict.clauses[0]!.actual).toBe(
            'shop is an address and has neither nodes nor data of its own. Ask for what stands behind it: web-us and web-eu.',
        );
    });

    it('counts all as healthy while none passes', async () => {
        const topology = await topologyOf(
            shop({ more: 'scenario s { at 20s fail region us, eu  at 60s restore region us  until 100s }' }),
        );
        const run = runOf(topology);
        expect(storyOf(run)).toMatch(/as none passes, it leads to all as before/);
        // The first is asked again although no check has passed yet.
        expect(outagesOf(topology, run, 'shop', 'read')[0]!.toMs!).toBeLessThan(60_200);
    });

    it('keeps clients that are cut off from the cluster whose checks pass', async () => {
        const { verdict } = await result(
            shop({
                clients: 'workload cust in eu { reads shop 20/s }',
                more: `scenario s { at 20s partition us | eu  until 60s
            expect reads of shop available at 50s }`,
            }),
        );
        expect(verdict.clauses[0]!.status).toBe('failed');
        expect(verdict.clauses[0]!.assumptions!.join()).toMatch(/come from one place outside all regions/);
    });

    it('takes what it does not say of its checks from Route 53, and says so', async () => {
        const { verdict } = await result(
            shop({ address: 'ttl 4s', more: `${LOST} expect reads of shop unavailable at 57s }` }),
        );
        expect(verdict.clauses[0]!.status).toBe('passed');
        expect(verdict.clauses[0]!.assumptions!.join()).toMatch(
            /as in Route 53: every 30 s, 4 s to answer, 3 in a row that fail and 3 that pass/,
        );
    });

    it('is needed by a cluster as a cluster is', async () => {
        const needing =
            'region ap { zone a }  cluster app: server in ap { node p-1 in ap.a  endpoint discovery  needs reads of shop }';
        const { verdict } = await result(`${shop({})}${needing}
            scenario s { at 20s fail region us  until 60s  expect reads of app unavailable at 21s  expect reads of app available at 40s }`);
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['passed', 'passed']);
        expect(await clausesOf(`${shop({})}${needing} objective o for app { tolerate any 1 region }`)).toEqual([
            'failed',
        ]);
        expect(
            await clausesOf(
                `${shop({})}${needing.replace('ap.a', 'ap.a  node p-2 in us.a')} objective o for app { tolerate any 1 region }`,
            ),
        ).toEqual(['passed']);
    });

    it('says where one alone could not carry all', async () => {
        const busy = 'workload cust { reads shop 150/s }  workload local { reads web-eu 100/s }';
        const { verdict } = await result(shop({ clients: busy, more: `${LOST} }` }));
        expect(verdict.notes.join()).toMatch(/web-eu alone cannot carry the 150 requests\/s/);
        expect(
            await clausesOf(shop({ clients: busy, more: 'objective o for shop { tolerate any 1 region }' })),
        ).toEqual(['failed']);
        const idle = 'workload cust { reads shop 150/s }  workload local { reads web-eu 50/s }';
        expect(
            await clausesOf(shop({ clients: idle, more: 'objective o for shop { tolerate any 1 region }' })),
        ).toEqual(['passed']);
    });
});

describe('an address by latency', () => {
    const clients =
        'workload here in us { reads shop 20/s }  workload there in eu { reads shop 20/s }  workload none { writes shop 20/s }';

    it('leads to the cluster in the client’s own region, else to the first of the file', async () => {
        const { verdict } = await result(
            shop({
                by: 'latency',
                clients,
                more: `scenario s { at 20s isolate region us  until 60s
            expect reads of there uninterrupted
            expect reads of here unavailable at 50s
            expect writes of none available at 50s
            expect writes of none unavailable at 21s }`,
            }),
        );
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed', 'passed']);
        expect(verdict.clauses[0]!.assumptions!.join()).toMatch(/No file says how far regions are apart/);
    });
});

describe('an address by weight', () => {
    it('leads to all that are healthy in turn', async () => {
        const { verdict, run } = await result(
            shop({
                by: 'weight',
                more: `${LOST} expect reads of shop restored within 12s  expect reads of shop uninterrupted }`,
            }),
        );
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['passed', 'failed']);
        const [outage] = run.outages.filter(({ workload }) => workload === 0);
        expect(outage).toBeDefined();
        const { sent, failed } = run.workloads[0]!;
        const seconds = (outage!.toMs! - outage!.fromMs) / 1000;
        // One half of 20 requests a second fails, as long as that lasts.
        expect(failed / seconds).toBeGreaterThan(8);
        expect(failed / seconds).toBeLessThan(12);
        expect(sent).toBe(2_000);
    });
});

describe('a proof about an address', () => {
    const objective = (clauses: string): string => `objective o for shop { ${clauses} }`;

    it('holds where another cluster is left to serve, after the checks and the cached answer', async () => {
        const clauses = 'tolerate any 1 region  restore reads within 15s  restore reads within 4s';
        expect(await clausesOf(shop({ more: objective(clauses) }))).toEqual(['passed', 'passed', 'failed']);
        expect(await clausesOf(shop({ more: objective('tolerate any 2 regions for reads') }))).toEqual(['failed']);
    });

    it('knows that a cluster which fails for writes alone passes its checks', async () => {
        const text = (store: string): string => `
region us { zone a  zone b }
region eu { zone a }
cluster db-us: aurora in us { node w in us.a  ${store}  endpoint dns db.example { ttl 5s }  assume failover takes 1s to 2s }
cluster db-eu: server in eu { node e-1 in eu.a  endpoint discovery }
endpoint shop dns shop.example.com { route to db-us, db-eu by failover  ${CHECKS} }
workload cust { reads shop 20/s  writes shop 5/s }
objective o for shop { tolerate any 1 region }`;
        expect(await clausesOf(text('node r in us.b'))).toEqual(['passed']);
    });

    it('promises nothing of those behind it that need it, as a run shows that they may not come back', async () => {
        const failing = `objective o for shop { tolerate any 1 region }  objective p for web-eu { tolerate any 1 node }
            scenario s { at 20s fail region us  until 5m  expect reads of shop available at 4m }`;
        const needing = (text: string): string =>
            text.replaceAll('endpoint discovery', `${BALANCED} needs reads of shop`);
        const verdicts = async (text: string): Promise<string> => {
            const clauses = [await clausesOf(text), (await result(text)).verdict.clauses.map(({ status }) => status)];
            return [...clauses.flat(), (await proveObjective(await topologyOf(text), 1)).clauses[0]!.status].join();
        };
        expect(await verdicts(needing(shop({ more: failing })))).toBe('failed,failed,not-proved');
        const sound = shop({ more: failing }).replaceAll('endpoint discovery', BALANCED);
        expect(await verdicts(sound)).toBe('passed,passed,passed');
    });

    it('says that what nobody bounds is not proved', async () => {
        const text = shop({ more: objective('tolerate any 1 region  restore reads within 90s') }).replace('ttl 4s', '');
        const { clauses } = await proveObjective(await topologyOf(text), 0);
        expect(clauses.map(({ status }) => status)).toEqual(['passed', 'passed']);
        expect(clauses[1]!.assumptions!.join()).toMatch(/No `ttl` is declared/);
    });
});

const files = fc.record({
    by: fc.constantFrom('failover', 'latency', 'weight'),
    order: fc.constantFrom('web-us, web-eu', 'web-eu, web-us', 'web-us, web-eu, web-ap', 'web-ap, web-us'),
    fronts: fc.array(
        fc.constantFrom(
            'endpoint discovery',
            'endpoint load-balancer { check every 2s  timeout 1s  fall 2  rise 2 }',
            'endpoint dns { ttl 2s } failover active-passive { detect within 3s  promote automatically }',
            'endpoint dns { ttl 2s } failover active-passive { detect within 15s  promote manually }',
        ),
        { minLength: 3, maxLength: 3 },
    ),
    store: fc.constantFrom('', 'needs reads of store'),
    place: fc.constantFrom('', 'in us', 'in eu'),
    shape: fc.constantFrom('any 1 region', 'any 1 zone', 'any 1 node', 'any 1 region and 1 node'),
    operation: fc.constantFrom('', ' for reads'),
    seed: fc.integer({ min: 1, max: 10_000 }),
});

type File = typeof files extends fc.Arbitrary<infer T> ? T : never;

function textOf({ by, order, fronts, store, place }: File): string {
    const clusters = ['us', 'eu', 'ap'].map((name, index) => {
        const front = fronts[index]!.replace('load-balancer', `load-balancer 10.0.0.${index + 1}`).replace(
            'dns',
            `dns web-${name}.internal`,
        );
        return `cluster web-${name}: server in ${name} { node ${name}-1 in ${name}.a  node ${name}-2 in ${name}.b  ${front}  ${name === 'us' ? store : ''} }`;
    });
    return `
region us { zone a  zone b }  region eu { zone a  zone b }  region ap { zone a  zone b }
${clusters.join('\n')}
cluster store: server in us { node s-1 in us.b  endpoint discovery }
endpoint shop dns shop.example.com { route to ${order} by ${by}  ${CHECKS} }
workload cust ${place} { reads shop 20/s }`;
}

describe('what is proved and what is run', () => {
    const RUNS = Number(process.env['RUNS'] ?? 40);

    it('agree: every counterexample fails when it is run, and nothing less does', async () => {
        let broken = 0;
        await fc.assert(
            fc.asyncProperty(files, async (file) => {
                const objective = `objective o for shop { tolerate ${file.shape}${file.operation} }`;
                broken += Number(await expectMinimalCounterexample(textOf(file), objective, file.seed));
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(3);
    });

    it('agree: what is proved holds when any of the failures is run', async () => {
        let proved = 0;
        await fc.assert(
            fc.asyncProperty(files, fc.constantFrom('us', 'eu', 'ap'), fc.nat(2), async (file, region, level) => {
                const text = textOf(file);
                const shape = ['any 1 region', 'any 1 zone', 'any 1 node'][level]!;
                const failure = [`region ${region}`, `zone ${region}.a`, `node ${region}-1`][level]!;
                const topology = await topologyOf(`${text}
objective o for shop { tolerate ${shape} for reads  restore reads within 40s }
scenario s { at 30s fail ${failure}  until 3m  expect reads of shop restored within 40s  expect reads of shop available at 170s }`);
                const { clauses } = await proveObjective(topology, 0, { samples: 1 });
                const { verdict } = await runScenario(topology, 0, { seed: file.seed });
                const found = verdict.clauses.map(({ status, actual }) => ({ status, actual, text, failure }));
                const [restored, available] = found;
                // Clients that have failed with their region see nothing any more.
                if (clauses[0]!.status === 'passed' && available!.status !== 'error') {
                    proved++;
                    expect(available).toMatchObject({ status: 'passed' });
                }
                if (clauses[1]!.status === 'passed') {
                    expect(restored).toMatchObject({ status: 'passed' });
                }
            }),
            { numRuns: RUNS },
        );
        expect(proved).toBeGreaterThan(10);
    });
});
