/** Elections of a Raft group with etcd's clocks: 100 ms ticks, an election timeout of a second. */
import { describe, expect, test } from 'vitest';
import { engineContext } from '../../../src/engines/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import { simulate, type Run } from '../../../src/simulator/index.js';
import { median } from '../../support/statistics.js';
import { raftEngine } from './raft-engine.js';

const TIMING = { heartbeatMs: 100, electionMs: 1000 };
const SEEDS = 100;

interface Trial {
    readonly members?: number;
    readonly preVote?: boolean;
    readonly electionMs?: number;
    readonly steps: string;
    readonly until?: string;
    readonly seeds?: number;
}

async function runs({ members = 3, steps, until = '40s', seeds = SEEDS, ...changed }: Trial): Promise<Run[]> {
    const engine = raftEngine({ ...TIMING, preVote: false, ...changed });
    const text = `region r { zone a }\ncluster c: raft in r { nodes e-[1..${members}] }\nscenario s { ${steps}  until ${until} }`;
    const [document] = await loadWorkspace([{ uri: 'file:///raft.cluster', text }], { engines: [engine] });
    expect(document!.findings).toEqual([]);
    const { topology } = document!;
    return Array.from({ length: seeds }, (_, index) =>
        simulate(
            topology,
            topology.scenarios[0]!,
            (cluster) => (world) => engine.behaviour!(engineContext(topology, cluster, engine), world),
            { seed: index + 1 },
        ),
    );
}

/** Lengths of the writes' outages of each run, in ms; Infinity: never back. */
function outages(list: readonly Run[]): number[][] {
    return list.map((run) =>
        run.outages
            .filter(({ operation }) => operation === 'write')
            .map(({ fromMs, toMs }) => (toMs ?? Infinity) - fromMs),
    );
}

describe('a leader that dies', () => {
    test('is missed for one to two timeouts, or longer where votes are split', async () => {
        const lengths = outages(await runs({ steps: 'at 10s crash node c.e-1' })).flat();
        expect(lengths).toHaveLength(SEEDS);
        expect(Math.min(...lengths)).toBeGreaterThan(800);
        expect(Math.min(...lengths)).toBeLessThan(1100);
        expect(median(lengths)).toBeGreaterThan(1100);
        expect(median(lengths)).toBeLessThan(1600);
    });

    test('is replaced sooner by more followers, since the least patient one decides', async () => {
        const steps = 'at 10s crash node c.e-1';
        const three = median(outages(await runs({ steps })).flat());
        const five = median(outages(await runs({ steps, members: 5 })).flat());
        expect(five).toBeLessThan(three);
    });

    test('costs nothing when it is a follower', async () => {
        expect(outages(await runs({ steps: 'at 10s crash node c.e-2', seeds: 20 })).flat()).toEqual([]);
    });
});

test('without a majority nobody leads until one is back', async () => {
    const steps = 'at 10s fail node c.e-1, c.e-2  at 16s restore node c.e-2';
    const lengths = outages(await runs({ steps })).flat();
    expect(Math.min(...lengths)).toBeGreaterThan(6000);
    expect(median(lengths)).toBeLessThan(8000);
    const never = outages(await runs({ steps: 'at 10s fail node c.e-1, c.e-2', seeds: 5 }));
    expect(never).toEqual(Array.from({ length: 5 }, () => [Infinity]));
});

describe('a leader that is cut off and comes back', () => {
    const steps = 'at 10s partition node c.e-1 | node c.e-2, node c.e-3  at 16s heal';

    test('costs a second election without pre-vote, since its term has grown', async () => {
        const lengths = outages(await runs({ steps }));
        expect(lengths.filter((list) => list.length > 1).length).toBeGreaterThan(0.8 * SEEDS);
    });

    test('costs no second one with pre-vote', async () => {
        const lengths = outages(await runs({ steps, preVote: true }));
        expect(lengths.filter((list) => list.length > 1)).toEqual([]);
    });

    test('stands back when it has heard no majority for a timeout, so two do not lead for long', async () => {
        const all = await runs({ steps, preVote: true });
        const spans = all.flatMap(({ deposed = [] }) => deposed);
        expect(spans.length).toBeGreaterThan(SEEDS / 2);
        for (const { fromMs, toMs } of spans) {
            expect(toMs! - fromMs).toBeLessThan(1100);
        }
        // It agrees to nothing meanwhile.
        expect(all.flatMap(({ splitBrains }) => splitBrains)).toEqual([]);
    });
});

/** Who leads from the first election on, and with how long an outage of writes, by seed. */
async function successions(
    steps: string,
    preVote = false,
): Promise<{ readonly leaders: Set<string>; readonly lengths: readonly number[] }> {
    const list = await runs({ steps, preVote });
    const leaders = list.map((run) => run.trace.find(({ kind }) => kind === 'promotion')!.text.split(' ')[0]!);
    return { leaders: new Set(leaders), lengths: outages(list).flat() };
}

test('a leader that comes back has no more in its log than the follower that stayed: either may win', async () => {
    const back = await successions('at 10s crash node c.e-1, c.e-2  at 16s restart node c.e-1');
    const other = await successions('at 10s crash node c.e-1, c.e-2  at 16s restart node c.e-2');
    // The one that stayed asks every 1 to 2 s, the other one first waits as long; refusals would make it take up to 10 s.
    expect(back.leaders).toContain('e-3');
    expect(Math.max(...back.lengths)).toBeLessThan(8_100);
    expect(Math.abs(median(back.lengths) - median(other.lengths))).toBeLessThan(100);
});

test('followers that die at the first fault of a run keep what they had received until then', async () => {
    const steps = 'at 10s crash node c.e-2  at 10s crash node c.e-3, c.e-1  at 16s restart node c.e-2, c.e-3';
    const { leaders } = await successions(steps);
    expect(leaders).toEqual(new Set(['e-2', 'e-3']));
});

test('a leader that was left alone has more in its log than a follower that comes back, and alone can win', async () => {
    // With pre-vote no term grows meanwhile, so that nothing but the log decides.
    const { leaders } = await successions('at 10s crash node c.e-2, c.e-3  at 16s restart node c.e-2', true);
    expect([...leaders]).toEqual(['e-1']);
});

test('a member that missed writes cannot lead, even if it asks first', async () => {
    const steps = [
        'at 5s isolate node c.e-3',
        'at 8s crash node c.e-1, c.e-2',
        'at 9s restore node c.e-3',
        'at 20s restart node c.e-2',
    ].join('  ');
    for (const { leaders } of await runs({ steps })) {
        expect(leaders.filter(({ to }) => to === 2)).toEqual([]);
        expect(leaders.at(-1)!.to).toBe(1);
    }
});

describe('connections between members', () => {
    /** When the leader of the other side hears of the later term, in ms after the cut. */
    const learntMs = (list: readonly Run[]): number[] =>
        list.flatMap(({ trace }) =>
            trace
                .filter(({ text }) => text.includes('hears of term'))
                .flatMap(({ atMs }) => (atMs > 15_000 ? [atMs - 10_000] : [])),
        );

    test('are dialled anew once a second when the reader has given up, 5 s after the last heartbeat before a cut', async () => {
        const cut = (healedMs: number): string =>
            `at 10s partition node c.e-1 | node c.e-2, node c.e-3  at ${10_000 + healedMs}ms heal`;
        const learnt = async (healedMs: number): Promise<number[]> => learntMs(await runs({ steps: cut(healedMs) }));
        const { heartbeatMs } = TIMING;
        for (const [healedMs, dialledMs] of [
            [5_850, 6_000],
            [6_050, 7_000],
        ] as const) {
            const times = await learnt(healedMs);
            expect(Math.min(...times)).toBeGreaterThan(dialledMs - heartbeatMs);
            expect(Math.min(...times)).toBeLessThan(dialledMs);
            expect(Math.max(...times)).toBeGreaterThan(dialledMs);
        }
        // All are given up before the heal, and were dialled in vain.
        expect(median(await learnt(5_000))).toBeGreaterThan(5_900);
    });

    test('are dialled anew when a dial has lasted a second and the election timeout', async () => {
        const steps = 'at 10s partition node c.e-1 | node c.e-2, node c.e-3  at 16200ms heal';
        const times = learntMs(await runs({ steps, electionMs: 500 }));
        expect(Math.min(...times)).toBeGreaterThan(6_400);
        expect(median(times)).toBeLessThan(6_600);
    });

    test('wait for the next time that TCP sends again, so a cut of less than a timeout may cost an election', async () => {
        const cut = (ms: number): string =>
            `at 10s partition node c.e-1 | node c.e-2, node c.e-3  at ${10_000 + ms}ms heal`;
        const elected = async (ms: number): Promise<number> =>
            (await runs({ steps: cut(ms), preVote: true })).filter(({ trace }) =>
                trace.some(({ kind }) => kind === 'promotion'),
            ).length;
        expect(await elected(350)).toBe(0);
        expect(await elected(950)).toBeGreaterThan(SEEDS / 2);
    });
});

describe('members that start', () => {
    const back = async (who: string): Promise<number> =>
        median(
            outages(await runs({ steps: `at 10s crash node c.e-1, c.e-2, c.e-3  at 20s restart node ${who}` })).flat(),
        ) - 10_000;

    test('put their clocks forward when they hear two others', async () => {
        expect(await back('c.e-1, c.e-2, c.e-3')).toBeLessThan(700);
    });

    test('wait for a whole timeout when they hear one', async () => {
        expect(await back('c.e-1, c.e-2')).toBeGreaterThan(1_000);
    });
});

test('clocks rest while nothing can change', async () => {
    const [short] = await runs({ steps: 'at 1s crash node c.e-2', until: '10s', seeds: 1 });
    const [long] = await runs({ steps: 'at 1s crash node c.e-2', until: '10m', seeds: 1 });
    expect(long!.events - short!.events).toBeLessThan(100);
});
