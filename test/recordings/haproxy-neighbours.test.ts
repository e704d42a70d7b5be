/**
 * Failures of HAProxy that were not recorded here, beside those that were: other timers, other victims, other ways to fail. What they
 * come to follows from the source; each row derives its bounds from the figures of its own file. Milliseconds after the fault.
 */
import { describe, expect, test } from 'vitest';
import { expectWithin, simulated, type Range } from './support/neighbours.js';

const AT = 30_000;

interface Balanced {
    readonly name: string;
    readonly interMs: number;
    readonly fall: number;
    readonly rise: number;
    readonly timeoutMs?: number;
    readonly settings?: string;
    readonly endpoint?: string;
    readonly steps: string;
    /** When the first server is out and when it is used again, after the fault; undefined: never. */
    readonly out?: Range;
    readonly up?: Range;
    /** Failed requests of a workload at 30 a second. */
    readonly failed: Range;
}

const RATE = 30;
const RETURN = 60_000;

/** The pause follows the end of a check (check.c: process_chk_conn); `eachMs` is what a failing one lasts. */
function takenOut({ interMs, fall, paceMs = interMs }: { interMs: number; fall: number; paceMs?: number }, eachMs: number): Range {
    const failingMs = fall * eachMs + (fall - 1) * paceMs;
    return [failingMs - 5, failingMs + interMs + 10];
}

const third = ([from, to]: Range): Range => [((from - 2000) / 1000 / 3) * RATE, ((to + 100) / 1000 / 3) * RATE + 2];

const CHECKS = [
    { interMs: 1000, fall: 2, rise: 1 },
    { interMs: 5000, fall: 3, rise: 2 },
    { interMs: 500, fall: 5, rise: 4 },
] as const;

const HAPROXY: readonly Balanced[] = CHECKS.flatMap((check): readonly Balanced[] => {
    const { interMs, rise } = check;
    const killed = takenOut(check, 0);
    const hung = takenOut(check, interMs);
    const back: Range = [RETURN + (rise - 1) * interMs - 5, RETURN + rise * interMs + 10];
    const kill = `crash node b1  at ${AT + RETURN}ms restart node b1`;
    const fast = { ...check, paceMs: 100 };
    return [
        { ...check, name: 'killed, no redispatch', steps: kill, out: killed, up: back, failed: third(killed) },
        { ...check, name: 'killed, one retry at the same server', settings: 'retries = 1', steps: kill, out: killed, up: back, failed: third(killed) },
        { ...check, name: 'killed, redispatch', settings: 'redispatch = yes', steps: kill, out: killed, up: back, failed: [0, 0] },
        { ...check, name: 'killed, redispatch, one retry', settings: 'redispatch = yes  retries = 1', steps: kill, out: killed, up: back, failed: [0, 0] },
        { ...check, name: 'killed, redispatch without retries', settings: 'redispatch = yes  retries = 0', steps: kill, out: killed, up: back, failed: third(killed) },
        { ...check, name: 'two killed, redispatch, three retries', settings: 'redispatch = yes', steps: 'crash node b1, b2', out: killed, failed: [0, 0] },
        { ...check, name: 'hung', steps: `freeze node b1  at ${AT + RETURN}ms unfreeze node b1`, out: hung, up: [RETURN, back[1]], failed: third(hung) },
        {
            ...check,
            name: 'hung, redispatch: the connection was made, so nothing is tried again',
            settings: 'redispatch = yes',
            steps: 'freeze node b1',
            out: hung,
            failed: third(hung),
        },
        {
            ...check,
            name: 'hung, timeout check 300 ms',
            timeoutMs: 300,
            steps: 'freeze node b1',
            out: takenOut(check, 300),
            failed: third(takenOut(check, 300)),
        },
        {
            ...check,
            name: 'hung, timeout check 300 ms, timeout connect 400 ms: the check wakes no earlier than the connection may take',
            timeoutMs: 300,
            settings: '"timeout connect" = 400',
            steps: 'freeze node b1',
            out: takenOut(check, 400),
            failed: third(takenOut(check, 400)),
        },
        {
            ...check,
            name: 'host lost, timeout check 300 ms, timeout connect 200 ms: the shorter of connect and interval',
            timeoutMs: 300,
            settings: '"timeout connect" = 200  redispatch = yes',
            steps: 'fail node b1',
            out: takenOut(check, 200),
            failed: [0, 0],
        },
        { ...check, name: 'killed, fastinter 100 ms', settings: 'fastinter = 100', steps: kill, out: takenOut(fast, 0), up: [RETURN + (rise - 1) * 100 - 5, RETURN + interMs + (rise - 1) * 100 + 10], failed: third(takenOut(fast, 0)) },
        { ...check, name: 'killed, downinter 7 s', settings: 'downinter = 7s', steps: kill, out: killed, up: [RETURN + (rise - 1) * interMs - 5, RETURN + 7000 + (rise - 1) * interMs + 10], failed: third(killed) },
        { ...check, name: 'restarted before it is out', steps: `crash node b1  at ${AT + 300}ms restart node b1`, failed: [0, 0] },
        {
            ...check,
            name: 'all killed: errors until enough checks of the first have passed',
            settings: 'redispatch = yes',
            steps: `crash node b1, b2, b3  at ${AT + RETURN}ms restart node b1, b2, b3`,
            out: [killed[0], killed[1]],
            failed: [((RETURN - 2000) / 1000) * RATE, ((back[1] + 100) / 1000) * RATE + 2],
        },
        {
            ...check,
            name: 'all killed, fail-open: served as soon as they are back',
            endpoint: 'fail-open yes',
            steps: `crash node b1, b2, b3  at ${AT + RETURN}ms restart node b1, b2, b3`,
            out: [killed[0], killed[1]],
            failed: [((RETURN - 4000) / 1000) * RATE, (RETURN / 1000) * RATE + 2],
        },
    ];
});

function balancedText({ interMs, fall, rise, timeoutMs, settings, endpoint, steps }: Balanced): string {
    const timeout = timeoutMs === undefined ? '' : `timeout ${timeoutMs}ms`;
    return `region lab { zone a }
cluster lb: server in lab {
    node b1 in lab.a  node b2 in lab.a  node b3 in lab.a
    endpoint load-balancer 10.0.0.20 { balance round-robin  check every ${interMs}ms  ${timeout}  fall ${fall}  rise ${rise}  ${endpoint ?? ''} }
    failover active-active
    settings { ${settings ?? 'redispatch = no'} }
}
workload client { reads lb ${RATE}/s with retries = 0, timeout = 2s }
scenario failure { at ${AT}ms ${steps}  until ${AT + RETURN + 30_000}ms }`;
}

describe.each(HAPROXY)('HAProxy, inter $interMs ms, fall $fall, rise $rise: $name', (row) => {
    test('ends as the source says', async () => {
        for (const { trace, workloads } of await simulated(balancedText(row))) {
            const when = (kind: string): number | undefined =>
                trace.find((event) => event.kind === kind && event.peer === 0)?.atMs;
            const out = trace.find(({ kind }) => kind === 'detection')?.atMs;
            expect(out === undefined).toBe(row.out === undefined);
            if (row.out !== undefined && !row.name.startsWith('all') && !row.name.startsWith('two')) {
                expectWithin(when('detection')! - AT, row.out);
            }
            if (row.up !== undefined) {
                expectWithin(when('recovery')! - AT, row.up);
            }
            expectWithin(workloads[0]!.failed, row.failed);
        }
    });
});
