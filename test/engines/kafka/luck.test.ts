/** A pass that another run may not show: what was acknowledged may be lost by chance, and the verdict says so. */
import { expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

/** What is said beside `no lost writes` of each topic, which no run has disproved. */
async function luck(steps: string, topics: string, workloads: string): Promise<readonly (string | undefined)[]> {
    const topology = await topologyOf(`
        region r { zone a  zone b  zone c }
        cluster k: kafka "4.1" in r {
            nodes c-[1..3] across zones as controller
            nodes b-[1..3] across zones as broker
            ${topics}
        }
        ${workloads}
        scenario s { ${steps}  until 2m  expect no lost writes in k.one  expect no lost writes in k.all }`);
    const { verdict } = await runScenario(topology, 0);
    expect(verdict.clauses.map(({ status }) => status)).toEqual(['passed', 'passed']);
    return verdict.clauses.map(({ text }) => verdict.notes.find((note) => note.startsWith(`'${text}'`)));
}

const TOPICS = `
    topic one { partition 0 on b-1, b-2, b-3  settings { min.insync.replicas = 2 } }
    topic all { partition 0 on b-1, b-2, b-3  settings { min.insync.replicas = 2 } }`;
const RARE = (acks: string): string =>
    `workload hasty { writes k.one 1/s with acks = ${acks} } workload patient { writes k.all 1/s with acks = all }`;

test.each([
    ['crash node b-1', '1'],
    ['fail node b-1', '0'],
    ['stop node b-1', '1'],
])('%s: another leads, and acks=%s does not wait for it', async (fault, acks) => {
    expect(await luck(`at 30s ${fault}`, TOPICS, RARE(acks))).toEqual([
        "'expect no lost writes in k.one': it held in this run, which is no promise: a write with `acks=1` or 0 waits for the leader alone, so that what b-1 acknowledged last may not have reached b-2.",
        undefined,
    ]);
});

test('a follower that dies decides nothing', async () => {
    expect(await luck('at 30s crash node b-2', TOPICS, RARE('1'))).toEqual([undefined, undefined]);
});

test('an election of a replica that was not in sync', async () => {
    const topics = `
        topic one { partition 0 on b-1, b-2  settings { unclean.leader.election.enable = true } }
        topic all { partition 0 on b-1, b-2 }`;
    // Nobody writes while b-1 is alone.
    const workloads = 'workload w { reads k.one 1/s  reads k.all 1/s  writes k.one 0.001/s  writes k.all 0.001/s }';
    const steps = 'at 30s fail node b-2  at 50s fail node b-1  at 70s restore node b-2';
    expect(await luck(steps, topics, workloads)).toEqual([
        "'expect no lost writes in k.one': it held in this run, which is no promise: b-1 lost power, and with it what it had not written to disk; no other replica in sync kept it.",
        "'expect no lost writes in k.all': it held in this run, which is no promise: b-1 lost power, and with it what it had not written to disk; no other replica in sync kept it.",
    ]);
    const crashed = steps.replace('fail node b-1', 'crash node b-1');
    expect(await luck(crashed, topics, workloads)).toEqual([
        "'expect no lost writes in k.one': it held in this run, which is no promise: b-2 was not in sync when it was elected, and may lack what was acknowledged before.",
        undefined,
    ]);
});

test('nothing is left to luck where every message is forced to disk', async () => {
    const topics = TOPICS.replaceAll('min.insync.replicas = 2', 'min.insync.replicas = 2  flush.ms = 0');
    const workloads = 'workload w { writes k.one 1/s with acks = all  writes k.all 1/s with acks = all }';
    expect(await luck('at 30s fail node b-1, b-2, b-3', topics, workloads)).toEqual([undefined, undefined]);
});
