/** What every command prints as JSON is held against the contract. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectRooms } from '../../src/cli/projectRooms.js';
import { inProject } from '../../scripts/lib/paths.mjs';
import { faultline } from './console.js';
import { CONTRACT } from './contract.js';

type Command = keyof typeof CONTRACT;

const EXAMPLES = readdirSync(inProject('examples')).map((name) => `examples/${name}`);

async function printed(command: Command, args: readonly string[], stdin = ''): Promise<unknown> {
    const { stdout } = await faultline([command, ...args, '--format', 'json'], projectRooms, {
        cwd: inProject(),
        stdin,
    });
    return JSON.parse(stdout);
}

/** What breaks the contract, each with where it stands. */
function breaches(command: Command, report: unknown): readonly string[] {
    const validate = CONTRACT[command];
    validate(report);
    return (validate.errors ?? []).map(
        ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
}

/** Every object in it, however deep. */
function objectsIn(value: unknown): Record<string, unknown>[] {
    if (typeof value !== 'object' || value === null) {
        return [];
    }
    const inside = Object.values(value).flatMap(objectsIn);
    return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}

const BROKEN = `region r { zone a  zone b }
cluster cache: redis in r { nodes n-[1..4] across zones  shards s-[1..2] { replicas 1 } }
cluster cache: redis in r { nodes m-[1..3] across zones  shards s-[1..2] { replicas 1 }  settings { colour = 3 } }`;

/** With an outage that is over, one that waits, losses, two leaders, and a leader that does not know that it is none. */
const TOLD = `region r { zone a  zone b  zone c }
cluster orders: kafka "4.1" in r {
    nodes ctl-[1..3] across zones as controller
    nodes brk-[1..3] across zones as broker
    topic pay { replicas 3  partition 0 on brk-1, brk-2, brk-3  settings { min.insync.replicas = 2 } }
}
workload careful in r.a { writes orders.pay 50/s with acks = all, delivery.timeout.ms = 30000, request.timeout.ms = 5000 }
workload hasty in r.a { writes orders.pay 50/s with acks = 1 }
scenario z {
    at 10s  partition r.a | r.b, r.c
    at 40s  heal
    at 60s  fail node brk-1, brk-2, brk-3
    until 80s
    expect no lost writes in orders
    expect writes of careful uninterrupted
    expect split brain in orders
}`;

describe('the contract of JSON', () => {
    it.each([
        ['check', EXAMPLES],
        ['check', [...EXAMPLES, '--prove']],
        ['test', ['examples']],
        ['prove', ['examples']],
        ...EXAMPLES.map((file) => ['draw', [file]] as [Command, string[]]),
    ] as [Command, string[]][])('is kept by %s %s', async (command, args) => {
        expect(breaches(command, await printed(command, args))).toEqual([]);
    });

    it.each(EXAMPLES)('is kept by simulate %s', async (file) => {
        const [name] = /(?<=^scenario )\S+/m.exec(readFileSync(inProject(file), 'utf8'))!;
        expect(breaches('simulate', await printed('simulate', [file, '--scenario', name]))).toEqual([]);
    });

    it('is kept by findings', async () => {
        const report = await printed('check', ['-'], BROKEN);
        expect(breaches('check', report)).toEqual([]);
        expect(objectsIn(report).filter(({ related }) => Array.isArray(related) && related.length > 0)).not.toEqual([]);
    });

    it('is kept by a run that has everything to tell', async () => {
        const report = await printed('simulate', ['-', '--scenario', 'z', '--runs', '2', '--minimise'], TOLD);
        expect(breaches('simulate', report)).toEqual([]);
        const keys = new Set(objectsIn(report).flatMap((each) => Object.keys(each)));
        expect([...keys]).toEqual(expect.arrayContaining(['pending', 'waiting', 'node', 'nodes', 'minimised']));
    });

    it('is broken by each key that is missing or not written down', async () => {
        const report = await printed('simulate', ['examples/redis.cluster', '--scenario', 'primary-crash']);
        expect(breaches('simulate', report)).toEqual([]);
        for (const each of objectsIn(report)) {
            each.colour = 'red';
            expect(breaches('simulate', report)).toHaveLength(1);
            delete each.colour;
        }
    });
});
