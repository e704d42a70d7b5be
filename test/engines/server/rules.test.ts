/** The availability rules beside the simulator: both must say the same of every small cluster. */
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { server } from '../../../src/engines/server/index.js';
import { stateAfter, type FailureState } from '../../../src/proof/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { contextOf, read, run } from './support/scenarios.js';

const RUNS = Number(process.env['RUNS'] ?? 150);

vi.setConfig({ testTimeout: Math.max(120_000, RUNS * 500) });

const UNTIL_S = 150;

interface Design {
    readonly zones: readonly number[];
    readonly priorities: readonly number[];
    readonly front: string;
    readonly client: string;
    readonly dead: readonly boolean[];
    readonly seed: number;
}

/** Which tries meet a dead server is luck here, and clients that try again may have it. */
const UNCHECKED = 'endpoint load-balancer 10.0.0.20 { balance round-robin } failover active-active';

const fronts = [
    'endpoint vip 10.0.0.10 { advertise every 1s }',
    'endpoint vip 10.0.0.10 { advertise every 500ms  preempt no } settings { vrrp_version = 3 }',
    'endpoint vip 10.0.0.10 { advertise every 2s  check every 1s  fall 2  rise 1 }',
    'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 } failover active-active',
    'endpoint load-balancer 10.0.0.20 { balance least-connections  check every 1s  fall 2  rise 1 } failover active-active',
    'endpoint load-balancer 10.0.0.20 { cross-zone no  check every 3s  timeout 500ms  fall 1  rise 1 } failover active-active',
    UNCHECKED,
    'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 2  rise 2 } failover active-passive { promote automatically }',
    'endpoint dns web.internal { ttl 5s } failover active-passive { detect within 3s  promote automatically  failback manually }',
    'endpoint dns web.internal { ttl 5s } failover active-passive { detect within 3s  promote manually }',
    'endpoint discovery failover active-active',
    'failover active-passive { detect within 3s  promote automatically }',
];

const clients = [
    '',
    'workload client { reads web 20/s  writes web 20/s }',
    'workload client { reads web 100/s with timeout = 300ms, retries = 0  writes web 30/s }',
    'workload client in dc.a { reads web 7/s with timeout = 4s, retries = 2  writes web 30/s }',
];

const designs: fc.Arbitrary<Design> = fc
    .integer({ min: 1, max: 4 })
    .chain((size) =>
        fc.record({
            zones: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: size, maxLength: size }),
            priorities: fc.uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: size, maxLength: size }),
            front: fc.constantFrom(...fronts),
            client: fc.constantFrom(...clients),
            dead: fc.array(fc.boolean(), { minLength: size, maxLength: size }).filter((dead) => dead.includes(true)),
            seed: fc.integer({ min: 1, max: 1_000_000 }),
        }),
    )
    .filter(({ front, client }) => front !== UNCHECKED || client === '');

function textOf({ zones, priorities, front, client, dead }: Design): string {
    const nodes = zones.map((zone, index) => `node n-${index} in dc.${'ab'[zone]!} { priority ${priorities[index]!} }`);
    const failed = dead.flatMap((gone, index) => (gone ? [`n-${index}`] : []));
    return `region dc { zone a zone b }
cluster web: server in dc { ${nodes.join('  ')} ${front} }
${client}
scenario failure { at 20s fail node ${failed.join(', ')}  until ${UNTIL_S}s }`;
}

function stateOf(topology: Topology, dead: readonly boolean[]): FailureState {
    const alive = new Uint8Array(topology.nodes.length).fill(1);
    const failed = topology.nodes.filter((_, index) => dead[index]).map(({ id }) => id);
    failed.forEach((node) => (alive[node] = 0));
    return { ...stateAfter(topology, []), alive, failed };
}

describe('a random server cluster after random losses', () => {
    it('serves in the end exactly if the rules say so, and is back within their bounds', async () => {
        await fc.assert(
            fc.asyncProperty(designs, async (design) => {
                const topology = await read(textOf(design));
                const rules = server.rules!(contextOf(topology, 'web'));
                const state = stateOf(topology, design.dead);
                const { outages } = run(topology, 'failure', design.seed);
                for (const operation of ['read', 'write'] as const) {
                    const ends = outages
                        .filter((one) => one.operation === operation)
                        .map(({ toMs }) => toMs ?? Infinity);
                    const lasted = Math.max(20_000, ...ends) - 20_000;
                    const { serves } = rules.serves(0, operation, state);
                    expect(lasted < (UNTIL_S - 30) * 1000).toBe(serves);
                    if (serves) {
                        const { minMs, maxMs } = rules.recovery(0, operation, state);
                        expect(lasted).toBeLessThanOrEqual(maxMs);
                        expect(lasted).toBeGreaterThanOrEqual(minMs);
                    }
                }
            }),
            { numRuns: RUNS },
        );
    });
});

describe('the bounds of recovery', () => {
    it('add up as documented for a virtual address', async () => {
        const topology = await read(
            `region dc { zone a zone b }
             cluster web: server in dc {
               node n-0 in dc.a { priority 150 }  node n-1 in dc.b { priority 100 }
               endpoint vip 10.0.0.10 { advertise every 1s }
             }`,
        );
        const bound = server.rules!(contextOf(topology, 'web')).recovery(0, 'read', stateOf(topology, [true, false]));
        expect(bound.minMs).toBeCloseTo(2609.375);
        // The probe's timeout, its period and two round trips come on top.
        expect(bound.maxMs).toBeCloseTo(3609.375 + 250 + 20 + 4);
        expect(
            server.rules!(contextOf(topology, 'web')).recovery(0, 'read', stateOf(topology, [false, true])).maxMs,
        ).toBe(0);
    });

    it('have no maximum where nothing says how soon a failure is noticed, and nothing is promised then', async () => {
        const topology = await read(
            `region dc { zone a }
             cluster web: server in dc {
               nodes n-[0..1]  endpoint dns web.internal { ttl 5s }  failover active-passive { promote automatically }
             }`,
        );
        const rules = server.rules!(contextOf(topology, 'web'));
        const activeDead = stateOf(topology, [true, false]);
        expect(rules.recovery(0, 'read', activeDead).maxMs).toBe(Infinity);
        expect(rules.serves(0, 'read', activeDead)).toEqual({
            serves: false,
            reason: 'n-0 was the active server and is without power, and nothing says how soon that is noticed; say it with `detect within`.',
            isOpen: true,
        });
        expect(rules.serves(0, 'read', stateOf(topology, [false, true]))).toEqual({ serves: true });
    });
});

describe('capacity', () => {
    const text = (front: string): string => `region dc { zone a zone b }
cluster web: server in dc {
  node n-0 in dc.a { priority 150  capacity 100/s }  node n-1 in dc.b { priority 100  capacity 300/s }
  ${front}
}`;

    it('is the sum of the survivors where all serve', async () => {
        const topology = await read(text('endpoint load-balancer 10.0.0.20 { check every 2s } failover active-active'));
        const rules = server.rules!(contextOf(topology, 'web'));
        expect(rules.capacity(stateOf(topology, [false, false]))).toBe(400);
        expect(rules.capacity(stateOf(topology, [true, false]))).toBe(300);
        expect(rules.monotone).toBe(true);
    });

    it('is that of the one who serves behind a virtual address, so a loss may raise it', async () => {
        const topology = await read(text('endpoint vip 10.0.0.10 { advertise every 1s }'));
        const rules = server.rules!(contextOf(topology, 'web'));
        expect(rules.capacity(stateOf(topology, [false, false]))).toBe(100);
        expect(rules.capacity(stateOf(topology, [true, false]))).toBe(300);
        expect(rules.monotone).toBe(false);
    });
});
