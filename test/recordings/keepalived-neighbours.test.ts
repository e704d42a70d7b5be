/**
 * Failures of keepalived that were not recorded here, beside those that were: other timers, other victims, other ways to fail. What they
 * come to follows from the source; each row derives its bounds from the figures of its own file. Milliseconds after the fault.
 */
import { describe, expect, test } from 'vitest';
import { expectWithin, simulated, type Range } from './support/neighbours.js';

const AT = 30_000;
/** Messages, a probe's distance, and the patience of a probe that met a host which answers nothing. */
const SLACK = 300;

interface Vrrp {
    readonly version: 2 | 3;
    readonly advertMs: number;
}

interface VrrpRow extends Vrrp {
    readonly name: string;
    readonly routers?: string;
    readonly endpoint?: string;
    readonly steps: string;
    /** End of each outage after the fault; null: it never ends. */
    readonly outages: readonly (Range | null)[];
    /** When each further holder takes the address, after the fault. */
    readonly holders: readonly (readonly [node: number, ...Range])[];
    readonly splitBrains?: number;
}

/** `(256 - priority) / 256` seconds in version 2, of the interval in version 3 (vrrp.h: VRRP_TIMER_SKEW). */
function skew({ version, advertMs }: Vrrp, priority: number): number {
    return ((256 - priority) / 256) * (version === 2 ? 1000 : advertMs);
}

const down = (vrrp: Vrrp, priority: number): number => 3 * vrrp.advertMs + skew(vrrp, priority);
/** The last advert came up to one interval before the silence. */
const silence = (vrrp: Vrrp, priority: number): Range => [
    down(vrrp, priority) - vrrp.advertMs,
    down(vrrp, priority) + 5,
];
const plus = ([from, to]: Range, byMs: number, slackMs = 0): Range => [from + byMs, to + byMs + slackMs];
const outage = (range: Range): Range => plus(range, 0, SLACK);

const THREE = 'node A in lab.a { priority 150 }  node B in lab.b { priority 100 }  node C in lab.c { priority 50 }';
const BACK = 25_000;

const VRRP: readonly VrrpRow[] = (
    [
        { version: 2, advertMs: 1000 },
        { version: 2, advertMs: 2000 },
        { version: 2, advertMs: 3000 },
        { version: 3, advertMs: 500 },
        { version: 3, advertMs: 3000 },
    ] as const
).flatMap((vrrp): readonly VrrpRow[] => {
    const taken = silence(vrrp, 100);
    const resigned: Range = [skew(vrrp, 100), skew(vrrp, 100) + 5];
    const back: Range = [BACK + down(vrrp, 150), BACK + down(vrrp, 150) + 5];
    const restored = `at ${AT + BACK}ms restore node A`;
    // The delay begins with the first advert that the router hears, and the last one within it puts the wait off once more.
    const patient = (Math.ceil(7500 / vrrp.advertMs) - 1) * vrrp.advertMs;
    const delayed: Range = [back[0] + patient, back[1] + patient + vrrp.advertMs];
    const checked = (fall: number, everyMs: number, lastsMs: number): Range => [
        (fall - 1) * everyMs + lastsMs + resigned[0],
        fall * everyMs + lastsMs + resigned[1],
    ];
    return [
        { ...vrrp, name: 'host lost, or link down', steps: `fail node A ${restored}`, outages: [outage(taken)], holders: [[1, ...taken], [0, ...back]] },
        { ...vrrp, name: 'host lost, nopreempt', endpoint: 'preempt no', steps: `fail node A ${restored}`, outages: [outage(taken)], holders: [[1, ...taken]] },
        {
            ...vrrp,
            name: 'host lost, preempt_delay 7.5 s',
            endpoint: 'preempt-delay 7500ms',
            steps: `fail node A ${restored}`,
            outages: [outage(taken)],
            holders: [[1, ...taken], [0, ...delayed]],
        },
        {
            ...vrrp,
            name: 'isolated and healed: both held it, and the weaker yields at the next advert',
            steps: `isolate node A ${restored}`,
            outages: [outage(taken)],
            holders: [[1, ...taken]],
            splitBrains: 1,
        },
        { ...vrrp, name: 'backup isolated and healed: clients notice nothing', steps: `isolate node B  at ${AT + BACK}ms restore node B`, outages: [], holders: [[1, ...taken]], splitBrains: 1 },
        { ...vrrp, name: 'stopped cleanly', steps: `stop node A ${restored}`, outages: [outage(resigned)], holders: [[1, ...resigned], [0, ...back]] },
        { ...vrrp, name: 'backup lost', steps: 'fail node B', outages: [], holders: [] },
        { ...vrrp, name: 'service killed, not tracked', steps: `crash node A  at ${AT + BACK}ms restart node A`, outages: [[BACK, BACK + SLACK]], holders: [] },
        { ...vrrp, name: 'service frozen, not tracked', steps: `freeze node A  at ${AT + BACK}ms unfreeze node A`, outages: [[BACK, BACK + SLACK]], holders: [] },
        ...([[1000, 1], [2000, 3]] as const).map(([everyMs, fall]): VrrpRow => ({
            ...vrrp,
            name: `service killed, script every ${everyMs} ms, fall ${fall}, rise 2`,
            endpoint: `check every ${everyMs}ms  fall ${fall}  rise 2`,
            steps: `crash node A  at ${AT + BACK}ms restart node A`,
            outages: [outage(checked(fall, everyMs, 0))],
            holders: [[1, ...checked(fall, everyMs, 0)], [0, back[0] + everyMs, back[1] + 2 * everyMs]],
        })),
        {
            ...vrrp,
            name: 'service frozen, script every 2 s with a timeout of 1 s, fall 2',
            endpoint: 'check every 2s  timeout 1s  fall 2  rise 2',
            steps: 'freeze node A',
            outages: [outage(checked(2, 2000, 1000))],
            holders: [[1, ...checked(2, 2000, 1000)]],
        },
        {
            ...vrrp,
            name: 'service frozen, script every 2 s without a timeout: every second run is skipped',
            endpoint: 'check every 2s  fall 2  rise 2',
            steps: 'freeze node A',
            outages: [outage([6000 + resigned[0], 8000 + resigned[1]])],
            holders: [[1, 6000 + resigned[0], 8000 + resigned[1]]],
        },
        { ...vrrp, name: 'the first of three lost', routers: THREE, steps: 'fail node A', outages: [outage(taken)], holders: [[1, ...taken]] },
        { ...vrrp, name: 'the first two of three lost', routers: THREE, steps: 'fail node A, B', outages: [outage(silence(vrrp, 50))], holders: [[2, ...silence(vrrp, 50)]] },
        { ...vrrp, name: 'the first of three stopped', routers: THREE, steps: 'stop node A', outages: [outage(resigned)], holders: [[1, ...resigned]] },
    ];
});

const ROUNDED: readonly VrrpRow[] = [
    // Adverts of version 2 carry whole seconds: keepalived rounds (vrrp.c: vrrp_complete_instance).
    [500, 1000],
    [400, 1000],
    [1400, 1000],
    [2600, 3000],
].map(([writtenMs, advertMs]): VrrpRow => {
    const vrrp = { version: 2, advertMs: advertMs! } as const;
    const taken = silence(vrrp, 100);
    return {
        ...vrrp,
        name: `host lost, written as ${writtenMs!} ms`,
        endpoint: `advertise every ${writtenMs!}ms`,
        steps: 'fail node A',
        outages: [outage(taken)],
        holders: [[1, ...taken]],
    };
});

function vrrpText({ version, advertMs, routers, endpoint = '', steps }: VrrpRow): string {
    const advertise = endpoint.includes('advertise') ? '' : `advertise every ${advertMs}ms`;
    return `region lab { zone a  zone b  zone c }
cluster vip: server in lab {
    ${routers ?? 'node A in lab.a { priority 150 }  node B in lab.b { priority 100 }'}
    endpoint vip 10.0.0.100 { ${advertise}  ${endpoint} }
    settings { vrrp_version = ${version} }
}
scenario failure { at ${AT}ms ${steps}  until ${AT + BACK + 35_000}ms }`;
}

describe.each([...VRRP, ...ROUNDED])('keepalived $version, adverts every $advertMs ms: $name', (row) => {
    test('ends as the source says', async () => {
        for (const { outages, leaders, splitBrains } of await simulated(vrrpText(row))) {
            const ends = outages.filter(({ operation }) => operation === 'write').map(({ toMs }) => toMs);
            expect(ends).toHaveLength(row.outages.length);
            row.outages.forEach((range, index) => {
                if (range === null) {
                    expect(ends[index]).toBeNull();
                } else {
                    expectWithin(ends[index]! - AT, range);
                }
            });
            const takes = leaders.filter(({ to, atMs }) => to !== null && atMs > AT);
            row.holders.forEach(([node, from, to], index) => {
                expect(takes[index]!.to).toBe(node);
                expectWithin(takes[index]!.atMs - AT, [from, to]);
            });
            expect(splitBrains).toHaveLength(row.splitBrains ?? 0);
            for (const { toMs } of splitBrains) {
                expectWithin(toMs! - AT - BACK, [0, row.advertMs + 5]);
            }
        }
    });
});

