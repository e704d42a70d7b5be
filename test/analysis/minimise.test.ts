import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimise, runScenario } from '../../src/analysis/index.js';
import { ddmin } from '../../src/analysis/scenario/ddmin.js';
import { topologyOf } from '../support/run.js';
import { sixNodes } from '../support/six-nodes.js';

describe('ddmin', () => {
    it('leaves nothing that can be left out by itself', async () => {
        const lists = fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 12 });
        const rules = fc.array(fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 4 }), { minLength: 1, maxLength: 3 });
        await fc.assert(
            fc.asyncProperty(lists, rules, async (all, enough) => {
                const does = (part: readonly number[]): boolean =>
                    enough.some((some) => some.every((thing) => part.includes(thing)));
                fc.pre(does(all));
                const left = await ddmin(all, (part) => Promise.resolve(does(part)));
                expect(does(left)).toBe(true);
                expect(all.filter((thing) => left.includes(thing))).toEqual(left);
                for (const thing of left) {
                    expect(does(left.filter((other) => other !== thing))).toBe(false);
                }
            }),
        );
    });
});

const CLUSTERS = `
region r { zone a  zone b  zone c }
cluster sessions: redis "7.2" in r {
    nodes n-[1..6] across zones
    shards s-[1..3] { replicas 1 }
    endpoint discovery
    settings { cluster-node-timeout = 15000 }
}
cluster web: server in r { nodes w-[1..3] across zones  endpoint load-balancer 10.0.0.1 { check every 2s } }
`;

/** Two nodes of one step are enough for the second expectation; the first holds. */
const MESSY = `
scenario messy "Many things at once" {
    seed 5
    at 17300ms  crash node w-1, w-2
    at 30s  slow node n-3, n-4 by 5ms
    at 31s  fail node n-1, w-3, n-5
    at 32s  isolate zone r.c
    at 90s  restore zone r.c
    at 5m   restart node w-1, w-2
    at 6m   restore node w-3
    until 15m
    expect reads of web available at 10m
    expect writes of sessions restored within 3m
}`;

describe('a scenario that fails', () => {
    it('is reduced to what it needs in order to fail in the same way', async () => {
        const topology = await topologyOf(CLUSTERS + MESSY);
        const least = await minimise(topology, topology.scenarios[0]!);
        expect(least).toMatchObject({
            before: 12,
            after: 2,
            clause: { text: 'expect writes of sessions restored within 3m' },
        });
        expect(least!.text).toMatch(/seed 5\n {2}at 1s {2}fail node n-1, n-5\n {2}until 182s\n/);
        expect(least!.text.match(/expect/g)).toHaveLength(1);
        expect(least!.runs).toBeLessThan(80);
    });

    it('can be pasted: the text fails as was told, and with either node alone it does not', async () => {
        const topology = await topologyOf(CLUSTERS + MESSY);
        const { text, clause } = (await minimise(topology, topology.scenarios[0]!))!;
        const statusOf = async (scenario: string): Promise<readonly [string, string]> => {
            const { verdict } = await runScenario(await topologyOf(CLUSTERS + scenario), 0);
            return [verdict.status, verdict.clauses[0]!.actual];
        };
        expect(await statusOf(text)).toEqual(['failed', clause.actual]);
        expect((await statusOf(text.replace('n-1, n-5', 'n-1')))[0]).toBe('passed');
        expect((await statusOf(text.replace('n-1, n-5', 'n-5')))[0]).toBe('passed');
    });

    it('keeps the seed that was asked for, and leaders and clusters of nodes by their names', async () => {
        const topology = await topologyOf(`${CLUSTERS}
            scenario lead {
                at 10s  crash node leader of sessions.s-1, sessions.n-6, w-2
                at 40s  freeze node w-1
                until 2m
                expect writes of sessions.s-1 uninterrupted
            }`);
        const { text } = (await minimise(topology, topology.scenarios[0]!, { seed: 9 }))!;
        // It ends when the outage has ended: an earlier end would tell that it never did.
        expect(text).toMatch(/seed 9\n {2}at 1s {2}crash node leader of sessions\.s-1\n {2}until 31s\n/);
    });

    it('keeps nothing that only lets late failures overlap with new answers, so that what was dark fails in part', async () => {
        const topology = await topologyOf(`
region r { zone a  zone b  zone c }
cluster orders: kafka "4.1" in r {
    nodes ctl-[1..3] across zones as controller
    nodes brk-[1..3] across zones as broker
    topic pay { replicas 3  partition 0 on brk-1, brk-2, brk-3  settings { min.insync.replicas = 2 } }
}
workload w in r.b { writes orders.pay 50/s with acks = all }
scenario slow {
    seed 3
    at 1s   slow zone r.b by 20ms
    at 1s   fail node brk-1
    at 1m   freeze node brk-3
    at 90s  unfreeze node brk-3
    until 103s
    expect writes of orders restored within 12s
}`);
        const { verdict, run } = await runScenario(topology, 0);
        expect(run.outages.map(({ form }) => form)).toContain('degraded');
        expect(verdict.clauses[0]!.actual).toMatch(/were dark for 30\.\d s/);
        const { text, clause } = (await minimise(topology, topology.scenarios[0]!))!;
        expect(text).not.toContain('slow zone');
        expect(clause.actual).toContain('were dark');
    });

    it('keeps nothing that only lets a few answers through before all is dark', async () => {
        const topology = await topologyOf(`${CLUSTERS}
            scenario flicker {
                at 30s    freeze node n-1
                at 40s    unfreeze node n-1
                at 40500ms  crash node n-1, n-5
                until 5m
                expect writes of sessions restored within 1m
            }`);
        const { verdict } = await runScenario(topology, 0);
        expect(verdict.clauses[0]!.actual).toContain('were failing in part from 30.0 s');
        const { text, clause } = (await minimise(topology, topology.scenarios[0]!))!;
        expect(text).not.toContain('freeze');
        expect(clause.actual).toContain('were dark from');
    });

    it('happens in less time: shorter pauses between its steps, and an earlier end to what lasts to the end', async () => {
        const topology = await topologyOf(`${CLUSTERS}
            scenario slowly {
                seed 5
                at 47s  crash node n-1
                at 4m   crash node n-5
                until 20m
                expect writes of sessions restored within 1m
            }`);
        const { text, clause } = (await minimise(topology, topology.scenarios[0]!))!;
        expect(text).toMatch(/at 1s {2}crash node n-1\n {2}at 1s {2}crash node n-5\n {2}until 62s\n/);
        expect(clause.actual).toContain('did not come back before the end at 1:02.0');
    });

    it('keeps no fault that was needed only while others came later', async () => {
        const topology = await topologyOf(`${sixNodes({ settings: 'cluster-node-timeout = 4000' })}
workload app in r.b { reads s 50/s  writes s 50/s }
scenario late {
    seed 1010
    at 10s  partition r.a | r.b, r.c
    at 14s  restart node n-2
    at 19s  fail node n-2
    until 104s
    expect writes of s available at 99s
}`);
        const { after, text } = (await minimise(topology, topology.scenarios[0]!))!;
        expect(after).toBe(2);
        expect(text).not.toContain('restart');
    });

    it.each([
        ['uninterrupted', 'until 3m'],
        // Either fault alone is over by then, so that only both are seen to last.
        ['restored within 5s', 'until 26s'],
    ])(
        'ends no sooner than is needed to tell what never ends from what has not ended yet: %s',
        async (outcome, until) => {
            const topology = await topologyOf(`${CLUSTERS}
            scenario cut-off {
                at 10s  isolate node n-5
                at 30s  isolate node n-1
                at 40s  slow node n-3 by 5ms
                until 3m
                expect writes of sessions ${outcome}
            }`);
            const { text, after, clause } = (await minimise(topology, topology.scenarios[0]!))!;
            expect(after).toBe(2);
            expect(text).toContain(until);
            for (const node of ['n-5', 'n-1']) {
                const other = text.replace(new RegExp(`.*isolate node ${node}\n`), '');
                const { verdict } = await runScenario(await topologyOf(CLUSTERS + other), 0);
                expect(clause.actual).toContain('did not come back');
                expect(verdict.clauses[0]!.actual).not.toContain('did not come back');
            }
        },
    );

    it('keeps its time where it fails because nothing happened', async () => {
        const topology = await topologyOf(`${CLUSTERS}
            scenario little {
                at 10s  crash node w-1
                until 2m
                expect writes of sessions interrupted for at least 5s
            }`);
        expect((await minimise(topology, topology.scenarios[0]!))!.text).toContain('until 2m');
    });

    it('may need no fault at all', async () => {
        const topology = await topologyOf(`${CLUSTERS}
            scenario calm { at 10s  crash node w-1  until 1m  expect sessions.s-1 led by n-6 at 5s }`);
        const least = await minimise(topology, topology.scenarios[0]!);
        expect(least).toMatchObject({ before: 1, after: 0 });
        expect(least!.text).not.toMatch(/^ {2}at /m);
    });

    it('is nothing to minimise where all expectations hold', async () => {
        const topology = await topologyOf(`${CLUSTERS} scenario fine { until 10s  expect reads of web uninterrupted }`);
        expect(await minimise(topology, topology.scenarios[0]!)).toBeUndefined();
    });
});
