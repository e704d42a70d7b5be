import { describe, expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { Finding } from '../../../src/topology/index.js';

const CONTROLLERS = 'nodes ctl-[1..3] across zones as controller';
const BROKERS = 'nodes brk-[1..3] across zones as broker';
const SOUND = 'topic t { replicas 3  settings { min.insync.replicas = 2 } }';

async function findings(statements: readonly string[], ...behind: readonly string[]): Promise<readonly Finding[]> {
    const text = [
        'region r { zone a  zone b  zone c }',
        'region far { zone a }',
        `cluster c: kafka in r { ${statements.join('\n')} }`,
        ...behind,
    ].join('\n');
    const [document] = await loadWorkspace([{ uri: 'file:///c.cluster', text }], { design: collectFindings });
    return document!.findings;
}

async function codes(statements: readonly string[], ...behind: readonly string[]): Promise<readonly string[]> {
    return (await findings(statements, ...behind)).map(({ code }) => code);
}

test('three controllers, three brokers in three zones and two of three in sync are sound', async () => {
    expect(await codes([CONTROLLERS, BROKERS, SOUND])).toEqual([]);
});

describe('controllers', () => {
    test.each([
        [1, 'node ctl-1 in r.a as controller', 'warning'],
        [2, 'nodes ctl-[1..2] across zones as controller', 'error'],
    ])('%i of them', async (_, controllers, severity) => {
        const found = await findings([controllers, BROKERS, SOUND]);
        expect(found).toMatchObject([{ code: 'kafka/too-few-controllers', severity }]);
    });

    test('combined nodes vote, and are no more than a note', async () => {
        const found = await findings(['nodes k-[1..3] across zones', SOUND]);
        expect(found).toMatchObject([{ code: 'kafka/combined-roles', severity: 'information' }]);
    });
});

describe('in-sync replicas', () => {
    test('producers that wait for the leader alone need none', async () => {
        const hasty = 'workload w { writes c.t 1/s with acks = 1 }';
        expect(await codes([CONTROLLERS, BROKERS, 'topic t { replicas 3 }'], hasty)).toEqual([]);
        const waiting = 'workload w { writes c.t 1/s }';
        expect(await codes([CONTROLLERS, BROKERS, 'topic t { replicas 3 }'], waiting)).toEqual([
            'kafka/min-insync-one',
        ]);
    });

    test('of two replicas neither one nor both are enough', async () => {
        const two = (minimum: number): string =>
            `topic t { replicas 2  settings { min.insync.replicas = ${minimum} } }`;
        expect(await codes([CONTROLLERS, BROKERS, two(1)])).toEqual(['kafka/min-insync-one']);
        expect(await findings([CONTROLLERS, BROKERS, two(2)])).toMatchObject([
            {
                code: 'kafka/min-insync-equals-replicas',
                fixes: [{ kind: 'set-property', keyword: 'replicas', value: '3' }],
            },
        ]);
    });

    test('the brokers’ setting counts for topics that have none', async () => {
        const settings = 'settings { min.insync.replicas = 3 }';
        expect(await findings([CONTROLLERS, BROKERS, 'topic t { replicas 3 }', settings])).toMatchObject([
            {
                code: 'kafka/min-insync-equals-replicas',
                fixes: [{ kind: 'set-setting', key: 'min.insync.replicas', value: '2' }],
            },
        ]);
    });
});

describe('places', () => {
    const twoZones = 'nodes brk-[1..4] across r.a, r.b as broker';
    const one = 'topic t { replicas 3 }';

    test('fewer racks than replicas matter where a zone is lost, in an objective or in a scenario', async () => {
        expect(await codes([CONTROLLERS, twoZones, one])).not.toContain('kafka/fewer-racks-than-replicas');
        const scenario = 'scenario dark { at 1s fail zone r.a  until 1m  expect reads of c uninterrupted }';
        expect(await codes([CONTROLLERS, twoZones, one], scenario)).toContain('kafka/fewer-racks-than-replicas');
        const node = 'scenario one-node { at 1s fail node brk-1  until 1m  expect reads of c uninterrupted }';
        expect(await codes([CONTROLLERS, twoZones, one], node)).not.toContain('kafka/fewer-racks-than-replicas');
    });

    test('a zone may hold as many replicas as the topic can spare', async () => {
        const text = 'topic t { replicas 4  settings { min.insync.replicas = 2 } }';
        expect(await codes([CONTROLLERS, twoZones, text])).toEqual([]);
        const three = 'topic t { replicas 4  settings { min.insync.replicas = 3 } }';
        expect(await codes([CONTROLLERS, twoZones, three])).toEqual(['kafka/zone-blocks-writes']);
    });

    test('a zone with all replicas of a partition is told once, for every system alike', async () => {
        const text = 'topic t { partition 0 on brk-1, brk-4, brk-5  settings { min.insync.replicas = 2 } }';
        const nodes = ['nodes brk-[1..3] across zones as broker', 'nodes brk-[4..5] across r.a as broker'];
        expect(await codes([CONTROLLERS, ...nodes, text])).toEqual(['topology/copies-in-one-zone']);
    });

    test('a region that holds enough replicas needs no other one', async () => {
        const nodes = ['node brk-4 in far.a as broker', 'topic t { partition 0 on brk-1, brk-2, brk-4  '];
        const two = `${nodes[1]!} settings { min.insync.replicas = 2 } }`;
        expect(await codes([CONTROLLERS, BROKERS, nodes[0]!, two])).toEqual([]);
        const spread = 'topic t { partition 0 on brk-1, brk-4  settings { min.insync.replicas = 2 } }';
        expect(await codes([CONTROLLERS, BROKERS, nodes[0]!, spread])).toContain('kafka/acks-across-regions');
    });
});

describe('what clients ask for', () => {
    const promise = 'objective durable for c.t { lose no writes }';

    test.each(['0', '1'])('acks = %s loses writes where none may be lost, and the fix waits for all', async (acks) => {
        const writes = `workload w { writes c.t 1/s with acks = ${acks}, timeout = 2s }`;
        const found = await findings([CONTROLLERS, BROKERS, SOUND], writes, promise);
        expect(found).toMatchObject([
            { code: 'kafka/acks-lose-writes', fixes: [{ kind: 'replace', text: 'acks = all' }] },
        ]);
        const { start, end } = found[0]!.source;
        expect(writes.slice(start.character, end.character)).toBe(`acks = ${acks}`);
    });

    test.each(['all', '-1'])('acks = %s does not, nor does a promise that allows a loss', async (acks) => {
        const writes = `workload w { writes c.t 1/s with acks = ${acks} }`;
        expect(await codes([CONTROLLERS, BROKERS, SOUND], writes, promise)).toEqual([]);
        const lossy = 'workload w { writes c.t 1/s with acks = 1 }';
        const allows = 'objective durable for c.t { lose at most 2s of writes }';
        expect(await codes([CONTROLLERS, BROKERS, SOUND], lossy, allows)).toEqual([]);
    });

    test('unclean election of another topic loses nothing of this one', async () => {
        const other =
            'topic o { replicas 3  settings { min.insync.replicas = 2  unclean.leader.election.enable = true } }';
        expect(await codes([CONTROLLERS, BROKERS, SOUND, other], promise)).toEqual([]);
        expect(await codes([CONTROLLERS, BROKERS, SOUND, other], 'objective all for c { lose no writes }')).toEqual([
            'kafka/unclean-election-loses-writes',
        ]);
    });
});

describe('brokers', () => {
    test('internal topics with their defaults do not fit on two brokers', async () => {
        const found = await findings([CONTROLLERS, 'nodes brk-[1..2] across zones as broker']);
        expect(found).toMatchObject([
            {
                code: 'kafka/internal-topic-replicas',
                fixes: [
                    { key: 'offsets.topic.replication.factor', value: '2' },
                    { key: 'transaction.state.log.replication.factor', value: '2' },
                ],
            },
        ]);
    });

    test('a session of three heartbeats is long enough', async () => {
        const settings = 'settings { broker.session.timeout.ms = 6000  replica.lag.time.max.ms = 1000 }';
        expect(await codes([CONTROLLERS, BROKERS, SOUND, settings])).toEqual([]);
        const short = 'settings { broker.session.timeout.ms = 5999  replica.lag.time.max.ms = 999 }';
        expect(await codes([CONTROLLERS, BROKERS, SOUND, short])).toEqual([
            'kafka/short-session',
            'kafka/short-replica-lag',
        ]);
    });
});
