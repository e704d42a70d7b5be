/**
 * Failures of Patroni that were not recorded here, beside those that were: other timers, other victims, other ways to fail. What they
 * come to follows from the source; each row derives its bounds from the figures of its own file. Milliseconds after the fault.
 */
import { describe, expect, test } from 'vitest';
import { expectWithin, simulated, type Range } from './support/neighbours.js';

const AT = 30_000;
/** Messages, a probe's distance, and the patience of a probe that met a server which answers nothing. */
const SLACK = 300;

interface Row {
    readonly name: string;
    readonly ttl: number;
    readonly loop: number;
    readonly retry: number;
    readonly members: number;
    readonly steps: string;
    readonly outages: readonly Range[];
    /** Who holds the lease at the end. */
    readonly leader: number;
}

const TERMS = [
    { ttl: 15, loop: 5, retry: 5 },
    { ttl: 20, loop: 5, retry: 5 },
    { ttl: 30, loop: 10, retry: 10 },
    { ttl: 60, loop: 10, retry: 10 },
] as const;

/** What nobody documents: PostgreSQL's end of recovery. */
const PROMOTION = 2000;
/** The one that would take the lease asks all others and waits for those that are silent (patroni/ha.py: fetch_node_status). */
const ANSWER = 2000;
/** The first look of the one that stops after the database went down (patroni/postgresql/__init__.py: _do_stop). */
const STOPPED = 1000;

/** The leader key is renewed once in each loop and runs out `ttl` after the last renewal (patroni/ha.py: update_lock). */
const ROWS: readonly Row[] = TERMS.flatMap((terms) =>
    [2, 3].flatMap((members): readonly Row[] => {
        const [ttlMs, loopMs] = [terms.ttl * 1000, terms.loop * 1000];
        const refused: Range = [ttlMs - loopMs, ttlMs + PROMOTION + SLACK];
        const silent: Range = [ttlMs - loopMs + ANSWER, ttlMs + ANSWER + PROMOTION + SLACK];
        const base = { ...terms, members };
        return [
            { ...base, name: 'primary killed', steps: 'crash node pg1', outages: [refused], leader: 1 },
            { ...base, name: 'host lost', steps: 'fail node pg1', outages: [silent], leader: 1 },
            { ...base, name: 'primary isolated', steps: 'isolate node pg1', outages: [silent], leader: 1 },
            { ...base, name: 'primary frozen', steps: 'freeze node pg1', outages: [silent], leader: 1 },
            {
                ...base,
                name: 'primary frozen for less than the lease lasts: it goes on',
                steps: `freeze node pg1  at ${AT + 4000}ms unfreeze node pg1`,
                outages: [[4000, 4000 + SLACK]],
                leader: 0,
            },
            {
                ...base,
                name: 'primary restarted while it holds the lease',
                steps: `crash node pg1  at ${AT + 4000}ms restart node pg1`,
                outages: [[4000, 4000 + SLACK]],
                leader: 0,
            },
            { ...base, name: 'primary stopped', steps: 'stop node pg1', outages: [[STOPPED, STOPPED + PROMOTION + SLACK]], leader: 1 },
            {
                ...base,
                name: 'primary stopped while a replica is silent',
                members: members + 1,
                steps: `fail node pg${members + 1}  at ${AT}ms stop node pg1`,
                outages: [[STOPPED + ANSWER, STOPPED + ANSWER + PROMOTION + SLACK]],
                leader: 1,
            },
            {
                ...base,
                name: 'primary stopped and started before it has given the lease up: it goes on',
                steps: `stop node pg1  at ${AT + 500}ms restart node pg1`,
                outages: [[500, 500 + SLACK]],
                leader: 0,
            },
            { ...base, name: 'replica killed', steps: 'crash node pg2', outages: [], leader: 0 },
            {
                ...base,
                name: 'primary killed and back later: it follows',
                steps: `crash node pg1  at ${AT + 2 * ttlMs}ms restart node pg1`,
                outages: [refused],
                leader: 1,
            },
        ];
    }),
);

function text({ ttl, loop, retry, members, steps }: Row): string {
    return `region lab { zone a  zone b  zone c }
cluster pg: server in lab {
    nodes pg[1..${members}] across zones
    endpoint discovery
    failover active-passive { promote automatically  failback manually }
    settings { ttl = ${ttl}  loop_wait = ${loop}  retry_timeout = ${retry} }
}
scenario failure { at ${AT}ms ${steps}  until ${AT + 3000 * ttl}ms }`;
}

describe.each(ROWS)('Patroni, ttl $ttl s, loop_wait $loop s, $members members: $name', (row) => {
    test('ends as the source says', async () => {
        for (const { outages, leaders, splitBrains } of await simulated(text(row))) {
            const ends = outages.filter(({ operation }) => operation === 'write').map(({ toMs }) => toMs! - AT);
            expect(ends).toHaveLength(row.outages.length);
            row.outages.forEach((range, index) => expectWithin(ends[index]!, range));
            expect(leaders.at(-1)!.to).toBe(row.leader);
            // `loop_wait + 2 x retry_timeout <= ttl`: who cannot renew has stepped back before another takes over.
            expect(splitBrains).toEqual([]);
        }
    });
});
