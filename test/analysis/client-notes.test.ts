/** What results say about the settings of clients. */
import { expect, test } from 'vitest';
import { proveObjective, runScenario } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

const file = (demands: string): string => `
    region lab { zone a  zone b  zone c }
    cluster k: kafka in lab {
        nodes c-[1..3] across zones as controller
        nodes b-[1..3] across zones as broker
        topic t { replicas 3  settings { min.insync.replicas = 2 } }
        topic u { replicas 3  settings { min.insync.replicas = 2 } }
    }
    cluster r: redis in lab {
        nodes r-[1..6] across zones
        shards s-[1..3] { replicas 1 }
    }
    workload w { ${demands} }
    objective o for k { tolerate any 1 node  restore writes within 2m }
    scenario s { at 5s fail node b-1  until 30s }`;

async function notes(demands: string): Promise<{ readonly run: readonly string[]; readonly proof: readonly string[] }> {
    const topology = await topologyOf(file(demands));
    const [{ verdict }, proof] = [await runScenario(topology, 0), await proveObjective(topology, 0)];
    return { run: verdict.notes, proof: proof.notes };
}

test('client settings that change nothing are named once each', async () => {
    const { run, proof } = await notes(
        'writes k.t 10/s with linger.ms = 5, enable.idempotence = true  writes k.u 10/s with linger.ms = 10',
    );
    const note = 'Not modelled: `linger.ms`, `enable.idempotence`, which w sets.';
    expect(run.filter((one) => one.includes('linger.ms'))).toEqual([note]);
    expect(proof).toContain(note);
});

test('an objective is told about its own clusters alone', async () => {
    const { run, proof } = await notes('writes r 10/s with timeout = 1s  reads k.t 10/s with client.rack = a');
    expect(run).toContain('Not modelled: `client.rack`, which w sets.');
    expect(proof).toContain('Not modelled: `client.rack`, which w sets.');
    expect([...run, ...proof].filter((note) => note.includes(' of w to r'))).toEqual([]);
});

test('the patience of producers is told, as an assumption where nothing decides it', async () => {
    const { run, proof } = await notes('writes k.t 10/s  writes k.u 10/s');
    const assumed = run.filter((note) => note.startsWith('The writes of w to k.t and k.u count as failed after 1 s'));
    expect(assumed).toEqual([expect.stringContaining('which is an assumption')]);
    expect(proof).toContain(assumed[0]);

    const own = (await notes('writes k.t 10/s with request.timeout.ms = 5s, retries = 3')).run;
    expect(own).toContain(
        'The writes of w to k.t count as failed after 2 min (`delivery.timeout.ms`), or after 3 retries; a request may go unanswered for 5 s (`request.timeout.ms`).',
    );
    expect((await notes('writes k.t 10/s with timeout = 3s')).run).toEqual([]);
});

test('what several workloads have in common is told once', async () => {
    const { run } = await notes('writes k.t 10/s } workload v { writes k.t 5/s');
    expect(run.filter((note) => note.includes('count as failed after 1 s'))).toEqual([
        expect.stringMatching(/^The writes of w and v to k\.t count as failed after 1 s/),
    ]);
});

test('settings that count for other requests alone are told as such', async () => {
    const { run } = await notes(
        'reads k.t 10/s with request.timeout.ms = 5s  writes k.t 10/s with timeout = 3s, delivery.timeout.ms = 60s',
    );
    expect(run).toContain('Not modelled: `request.timeout.ms` for the reads of w to k.t.');
    expect(run).toContain('Not modelled: `timeout` for the writes of w to k.t.');
});

test('a proof of patient producers says so, and allows for what they wait for', async () => {
    const proof = async (demands: string): Promise<string> => {
        const { clauses } = await proveObjective(await topologyOf(file(demands)), 0);
        return JSON.stringify(clauses[1]);
    };
    expect(await proof('writes k 10/s with delivery.timeout.ms = 120s')).toContain('they report no failure');
    const hasty = await proof('writes k 10/s with request.timeout.ms = 5s, delivery.timeout.ms = 6s');
    expect(hasty).toContain('producers give the dead leader up');
});
