/** A new process registers with the active controller before it serves, and what is asked of it until then. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import type { Run } from '../../../src/simulator/index.js';
import { clusterText, eventsOf, lostIn, writer, type ClusterText } from './support/cluster.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

async function played(parts: ClusterText): Promise<readonly Run[]> {
    const topology = await topologyOf(clusterText({ until: '200s', workloads: writer(10, 'acks = all'), ...parts }));
    return SEEDS.map((seed) => runOf(topology, seed));
}

const joinedAt = (run: Run, broker: string): readonly number[] =>
    eventsOf(run, 'recovery', new RegExp(`^${broker} has joined`)).map(({ atMs }) => atMs);

describe('without an active controller', () => {
    const steps = (backMs: number): string => `
        at 10s fail node c1, c2, c3  at 20s crash node b2  at 30s restart node b2  at ${String(backMs)}ms restore node c1, c2, c3`;

    test('a broker waits for one, and asks it within a tenth of a second', async () => {
        for (const run of await played({ steps: steps(60_000) })) {
            const [active] = eventsOf(run, 'state', /is the active controller/);
            const [joined] = joinedAt(run, 'b2');
            // The new one takes the old process for alive until a session is over, so it is refused at first.
            const refusedFor = joined! - active!.atMs;
            expect(refusedFor).toBeGreaterThanOrEqual(9_000);
            expect(refusedFor).toBeLessThanOrEqual(12_700 * 1.02 + 100 + 24);
        }
    });

    test('for `initial.broker.registration.timeout.ms`; then it ends itself, and stays away', async () => {
        for (const run of await played({ steps: steps(95_000) })) {
            const [ended] = eventsOf(
                run,
                'state',
                /^b2 ends itself: no active controller has let it register for 60 s$/,
            );
            expect(ended!.atMs).toBe(90_000);
            expect(joinedAt(run, 'b2')).toEqual([]);
        }
        const settings = 'initial.broker.registration.timeout.ms = 120000';
        for (const run of await played({ steps: steps(95_000), settings })) {
            expect(joinedAt(run, 'b2')).toHaveLength(1);
        }
    });

    test('until someone starts it again', async () => {
        for (const run of await played({ steps: `${steps(95_000)}  at 150s restart node b2` })) {
            expect(joinedAt(run, 'b2')).toEqual([150_024]);
        }
    });

    test('a process that is frozen meanwhile ends itself when it goes on', async () => {
        const frozen = `${steps(180_000)}  at 80s freeze node b2  at 120s unfreeze node b2`;
        for (const run of await played({ steps: frozen })) {
            const [ended] = eventsOf(run, 'state', /^b2 ends itself/);
            expect(ended!.atMs).toBeGreaterThanOrEqual(120_000);
            expect(ended!.atMs).toBeLessThanOrEqual(120_100);
        }
    });
});

test('a broker that stopped cleanly is let in at once', async () => {
    for (const run of await played({ steps: 'at 10s stop node b2  at 12s restart node b2', until: '30s' })) {
        expect(joinedAt(run, 'b2')).toEqual([12_024]);
    }
});

test('the only replica is away as long as its old session refuses it', async () => {
    const body = `node c1 in lab.z1 as controller  node b1 in lab.z2 as broker  topic t { partition 0 on b1 }`;
    const steps = 'at 10s crash node b1  at 10500ms restart node b1';
    for (const run of await played({ body, steps, until: '40s' })) {
        const [outage, ...more] = run.outages.filter(({ operation }) => operation === 'write');
        expect(more).toEqual([]);
        expect(outage!.toMs).toBeGreaterThanOrEqual(10_500 + 12_700 * 0.98 - 10);
        expect(outage!.toMs).toBeLessThanOrEqual(10_500 + 12_700 * 1.02 + 24 + 1_200);
    }
});

describe('power that fails after a clean stop', () => {
    const steps = (more: string): string => `
        at 10s stop node b3  at 30s stop node b2  at 50s stop node b1 ${more}
        at 80s restore node b2`;

    test('takes nothing, for all was on disk, nor the file that says so', async () => {
        const kept = await played({ steps: steps('at 60s fail node b1, b2') });
        for (const run of kept) {
            // An eligible replica (4.1) may lead only if it ended cleanly.
            expect(eventsOf(run, 'promotion', /^b2 leads t\.0/)).toHaveLength(1);
            expect(lostIn(run)).toBe(0);
        }
    });

    test('while a crashed one loses what the system had not written', async () => {
        const crashed = steps('at 60s fail node b1  at 70s restore node b1').replace('stop node b1', 'crash node b1');
        const runs = await played({ version: '4.0', steps: crashed.replace('at 60s', 'at 51s'), needed: 1 });
        expect(runs.some((run) => lostIn(run) > 0)).toBe(true);
        const stopped = steps('at 51s fail node b1  at 70s restore node b1');
        const clean = await played({ version: '4.0', steps: stopped, needed: 1 });
        expect(clean.map(lostIn)).toEqual(SEEDS.map(() => 0));
    });
});
