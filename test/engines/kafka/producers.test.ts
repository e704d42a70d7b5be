/** Producers that say in Kafka's own keys how patient they are. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import type { Run, Outage } from '../../../src/simulator/index.js';
import { clusterText, least, lostIn, most, NODES, writer, type ClusterText } from './support/cluster.js';

const FAULT = 10_000;
const CUT_FROM_CONTROLLERS = 'at 10s partition node b1 | node c1, node c2, node c3';

async function runs(options: string, parts: ClusterText, seeds = 1): Promise<readonly Run[]> {
    const topology = await topologyOf(clusterText({ until: '100s', workloads: writer(20, options), ...parts }));
    return Array.from({ length: seeds }, (_, index) => runOf(topology, index + 1));
}

/** A producer that asks for the metadata only when it has a reason to. */
const NEVER_OLD = 'acks = all, metadata.max.age.ms = 10h';

/** Of twenty requests a second, those that were sent and neither answered nor failed when the run ended. */
const openAtEnd = (run: Run): number =>
    (20 * run.untilMs) / 1_000 - run.workloads.reduce((sum, count) => sum + count.sent, 0);

const failed = ({ workloads }: Run): number => workloads.reduce((sum, count) => sum + count.sent - count.ok, 0);

function onlyOutage({ outages }: Run): Outage {
    const writes = outages.filter(({ operation }) => operation === 'write');
    expect(writes).toHaveLength(1);
    return writes[0]!;
}

/** How long writes stopped, 0 if none failed. */
const lastsMs = ({ outages }: Run): number =>
    outages.filter(({ operation }) => operation === 'write').reduce((sum, { fromMs, toMs }) => sum + toMs! - fromMs, 0);

const endsMs = (all: readonly Run[]): number[] => all.map((run) => onlyOutage(run).toMs! - FAULT);

describe('a leader that loses power', () => {
    const steps = 'at 10s fail node b1';

    test('costs a producer as patient as Kafka’s own no record', async () => {
        const [run] = await runs('acks = all, delivery.timeout.ms = 120000', { steps });
        expect(failed(run!)).toBe(0);
        expect(run!.outages.filter(({ operation }) => operation === 'write')).toEqual([]);
        expect(lostIn(run!)).toBe(0);
    });

    test('is noticed when a request has gone unanswered for `request.timeout.ms`, however long the successor leads', async () => {
        const options = `${NEVER_OLD}, request.timeout.ms = 20s`;
        const open = async (until: string): Promise<number> => openAtEnd((await runs(options, { steps, until }))[0]!);
        expect(await open('29s')).toBeGreaterThan(19 * 20 - 5);
        expect(await open('32s')).toBeLessThanOrEqual(1);
    });

    test('is connected to in vain before the leader is asked for again, if it was given up before it was fenced', async () => {
        const options = `${NEVER_OLD}, request.timeout.ms = 2s, delivery.timeout.ms = 3s`;
        const ends = endsMs(await runs(options, { steps }, 60));
        // Two seconds without an answer, then a connection that takes 10 s to fail, give or take a fifth.
        expect(least(ends)).toBeGreaterThan(2_000 + 8_000);
        expect(least(ends)).toBeLessThan(2_000 + 8_700);
        expect(most(ends)).toBeGreaterThan(2_000 + 11_400);
        expect(most(ends)).toBeLessThan(2_000 + 12_000 + 400);
    });

    test('is connected to for as long as `socket.connection.setup.timeout.ms` says', async () => {
        const options = `${NEVER_OLD}, request.timeout.ms = 2s, delivery.timeout.ms = 3s, socket.connection.setup.timeout.ms = 20s`;
        const ends = endsMs(await runs(options, { steps }, 20));
        expect(least(ends)).toBeGreaterThan(2_000 + 16_000);
        expect(most(ends)).toBeLessThan(2_000 + 24_000 + 400);
    });
});

test('a leader whose process crashes refuses connections, so that the successor is found within a second', async () => {
    const options = `${NEVER_OLD}, request.timeout.ms = 2s, delivery.timeout.ms = 3s`;
    const ends = endsMs(await runs(options, { steps: 'at 10s crash node b1' }, 60));
    expect(least(ends)).toBeLessThan(8_500);
    expect(most(ends)).toBeLessThan(9_000 + 1_125 + 1_300);
});

describe('a leader cut off from the controllers alone', () => {
    test('holds what waits for all replicas until the producer gives the connection up and asks somebody else', async () => {
        const options = `${NEVER_OLD}, request.timeout.ms = 20s`;
        const open = async (until: string): Promise<number> =>
            openAtEnd((await runs(options, { steps: CUT_FROM_CONTROLLERS, until }))[0]!);
        // Fenced after 7 to 10 s; held from then on; given up 20 s later.
        expect(await open('36s')).toBeGreaterThan(15 * 20);
        expect(await open('42s')).toBeLessThanOrEqual(1);
    });

    test('keeps a producer as long again if the broker that is asked knows no better', async () => {
        const steps = 'at 10s partition node b1, node b3 | node c1, node c2, node c3';
        const all = await runs(
            `${NEVER_OLD}, request.timeout.ms = 3s, delivery.timeout.ms = 4s`,
            { steps, needed: 1 },
            40,
        );
        const lasts = all.map(lastsMs);
        // b2 knows that it leads; b3, which is as idle, believes in b1.
        expect(lasts).toContain(0);
        expect(lasts.some((ms) => ms > 6_000 && ms < 7_500)).toBe(true);
    });

    test('keeps clients that say nothing of the kind until they ask the right broker', async () => {
        const steps = 'at 10s partition node b1, node b3 | node c1, node c2, node c3';
        const lasts = (await runs('acks = all', { steps, needed: 1 }, 40)).map(lastsMs);
        expect(lasts).toContain(0);
        expect(lasts.some((ms) => ms > 0 && ms < 5_000)).toBe(true);
    });
});

describe('records that are refused for want of in-sync replicas', () => {
    const steps = 'at 10s fail node b2, b3  at 40s restore node b2, b3';

    test('are sent again until there are enough, if the producer has the time', async () => {
        const [run] = await runs('acks = all, delivery.timeout.ms = 60s', { steps });
        expect(failed(run!)).toBe(0);
    });

    test('fail when `delivery.timeout.ms` is over', async () => {
        const [run] = await runs(`${NEVER_OLD}, request.timeout.ms = 9s, delivery.timeout.ms = 10s`, { steps });
        const { fromMs, toMs, failed: count } = onlyOutage(run!);
        expect(fromMs).toBeLessThan(10_100);
        expect(toMs).toBeGreaterThanOrEqual(40_000);
        expect(toMs).toBeLessThan(41_500);
        // Sent from the fault to ten seconds before the return.
        expect(count).toBeGreaterThan(20 * 20 - 30);
        expect(count).toBeLessThan(20 * 20 + 40);
    });

    test('fail when `retries` are used up', async () => {
        const [few] = await runs('acks = all, delivery.timeout.ms = 60s, retries = 2', { steps });
        expect(failed(few!)).toBeGreaterThan(15 * 20);
    });
});

test('a leader that was frozen answers what it was sent, if it still leads', async () => {
    const steps = 'at 10s freeze node b1  at 15s unfreeze node b1';
    const [run] = await runs(`${NEVER_OLD}, request.timeout.ms = 30s`, { steps, until: '16s' });
    expect(failed(run!)).toBe(0);
});

test('a leader that holds a write answers it when the dead replica has left the in-sync set', async () => {
    const topology = await topologyOf(
        clusterText({ steps: 'at 10s fail node b3', workloads: writer(20, 'acks = all, timeout = 15s, retries = 0') }),
    );
    const run = runOf(topology);
    expect(failed(run)).toBe(0);
});

describe('`retries`', () => {
    const steps = 'at 10s fail node b1, b2, b3';

    test('written as the default say nothing, whatever else is said', async () => {
        for (const options of ['acks = all', 'acks = all, timeout = 2s', 'acks = all, delivery.timeout.ms = 40s']) {
            const [unsaid] = await runs(options, { steps });
            const [said] = await runs(`${options}, retries = 2147483647`, { steps });
            expect(said!.traceHash).toBe(unsaid!.traceHash);
            expect(said!.events).toBe(unsaid!.events);
        }
    });

    test('end in bounded work, however many they are', async () => {
        const [few] = await runs('acks = all, timeout = 1s, retries = 100', { steps });
        const [many] = await runs('acks = all, timeout = 1s, retries = 2147483646', { steps });
        expect(many!.traceHash).toBe(few!.traceHash);
        expect(many!.events).toBe(few!.events);
        // None has used up its tries: each waits for an answer when the run ends.
        expect(many!.workloads[0]).toMatchObject({ failed: 0, waiting: 90 * 20 });
        expect(onlyOutage(many!)).toMatchObject({ toMs: null, isPending: true });
    });

    test('that brokers refuse are not sent again all the time', async () => {
        const refused = 'at 10s crash node b1, b2, b3';
        const [many] = await runs('acks = all, timeout = 1s, retries = 2147483646', { steps: refused });
        // Up to 1,800 requests, each once a second.
        expect(many!.events).toBeLessThan(300_000);
    });
});

describe('a number of `retries` without a `timeout` is Kafka’s own', () => {
    const short = 'at 10s fail node b2, b3  at 40s restore node b2, b3';

    /** How long a record is tried that is refused from the first time on. */
    async function goesOnMs(retries: number, more = '', version = '4.1'): Promise<readonly number[]> {
        const all = await runs(`${NEVER_OLD}, retries = ${retries}${more}`, { steps: short, version }, 20);
        return all.map((run) => onlyOutage(run).toMs! - 40_000);
    }

    test('so a silent leader is waited for as long as `request.timeout.ms` says, not for a second', async () => {
        const steps = 'at 10s fail node b1';
        const [run] = await runs(`${NEVER_OLD}, retries = 0`, { steps, until: '45s' });
        const outage = onlyOutage(run!);
        expect(outage.toMs).toBeGreaterThanOrEqual(40_000);
        expect(outage.toMs).toBeLessThan(42_000);
        // What was sent over the connection before it was given up has failed; what came later waits and is written.
        expect(failed(run!)).toBe(5);
        const options = `${NEVER_OLD}, retries = 0, max.in.flight.requests.per.connection = 1`;
        expect(failed((await runs(options, { steps, until: '45s' }))[0]!)).toBe(1);
        const [patient] = await runs(`${NEVER_OLD}, retries = 1`, { steps, until: '45s' });
        expect(failed(patient!)).toBe(0);
    });

    test('and a refused record is sent again after pauses that double up to `retry.backoff.max.ms`', async () => {
        const failedWith = async (options: string, version: string): Promise<number> =>
            failed((await runs(`${NEVER_OLD}, ${options}`, { steps: short, version }))[0]!);
        const few = await failedWith('retries = 3', '4.1');
        // 100, 200, 400 ms … up to 1 s: ten retries take some 7 s, and records of the last 7 s are written after all.
        const ten = await failedWith('retries = 10', '4.1');
        expect((few - ten) / 20).toBeGreaterThan(4);
        expect((few - ten) / 20).toBeLessThan(8);
        // Before 3.7 each pause is 100 ms, so ten take one second.
        const constant = await failedWith('retries = 10', '3.6');
        expect((few - constant) / 20).toBeLessThan(1);
        const longest = await failedWith('retries = 10, retry.backoff.max.ms = 100', '4.1');
        expect(Math.abs(longest - constant)).toBeLessThanOrEqual(10);
    });

    test('and the record that fails last does so before it is written', async () => {
        expect(most(await goesOnMs(3))).toBeLessThan(2_000);
    });
});

test('records that wait behind too many requests are sent when those are answered', async () => {
    const topology = await topologyOf(
        clusterText({
            body: `${NODES}
                topic t { partition 0 on b1, b2, b3  partition 1 on b1, b3  settings { min.insync.replicas = 1 } }`,
            steps: 'at 10s isolate node b1  at 13s restore node b1',
            workloads:
                'workload w { writes k.t 100/s with acks = all, delivery.timeout.ms = 120s, max.in.flight.requests.per.connection = 1 }',
            until: '20s',
        }),
    );
    for (let seed = 1; seed <= 6; seed++) {
        const run = runOf(topology, seed);
        expect(failed(run)).toBe(0);
        expect(run.workloads[0]!.sent).toBeGreaterThan(1_995);
    }
});
