import { describe, expect, test } from 'vitest';
import { engineContext, findEngine, settingDefault } from '../../../src/engines/index.js';
import { topologyOf } from '../../support/run.js';

const kafka = findEngine('kafka')!;

function defaultOf(key: string, version = '4.2'): unknown {
    return settingDefault(
        kafka.settings.find((spec) => spec.key === key)!,
        version,
    );
}

describe('defaults', () => {
    test.each([
        ['broker.heartbeat.interval.ms', 2000],
        ['broker.session.timeout.ms', 9000],
        ['replica.lag.time.max.ms', 30_000],
        ['replica.fetch.wait.max.ms', 500],
        ['request.timeout.ms', 30_000],
        ['controller.quorum.fetch.timeout.ms', 2000],
        ['controller.quorum.election.timeout.ms', 1000],
        ['controller.quorum.election.backoff.max.ms', 1000],
        ['unclean.leader.election.enable', false],
        ['unclean.leader.election.interval.ms', 300_000],
        ['leader.imbalance.check.interval.seconds', 300_000],
        ['default.replication.factor', 1],
        ['min.insync.replicas', 1],
        ['offsets.topic.replication.factor', 3],
        ['transaction.state.log.replication.factor', 3],
        ['transaction.state.log.min.isr', 2],
        ['acks', 'all'],
        ['delivery.timeout.ms', 120_000],
        ['broker.rack', undefined],
    ])('%s', (key, value) => {
        expect(defaultOf(key)).toBe(value);
    });

    test.each([
        ['3.9', 0],
        ['4.0', 0],
        ['4.1', 1],
        ['4.2', 1],
    ])('eligible leader replicas in %s', (version, level) => {
        expect(defaultOf('eligible.leader.replicas.version', version)).toBe(level);
    });
});

test('the newest version counts where a file names none', async () => {
    const topology = await topologyOf('region r { zone a }\ncluster c: kafka in r { node k-1 in r.a }');
    expect(engineContext(topology, topology.clusters[0]!, kafka).version).toBe('4.2');
});

test('a topic’s setting wins over the brokers’', async () => {
    const topology = await topologyOf(
        `region r { zone a }
         cluster c: kafka in r {
           node k-1 in r.a
           topic near { settings { min.insync.replicas = 2 } }
           topic far
           settings { min.insync.replicas = 3 }
         }`,
    );
    const context = engineContext(topology, topology.clusters[0]!, kafka);
    const [near, far] = topology.groups;
    expect(context.number('min.insync.replicas', { group: near! })).toBe(2);
    expect(context.number('min.insync.replicas', { group: far! })).toBe(3);
});

test('every setting says what it is and where that was read', () => {
    for (const { key, documentation, source } of kafka.settings) {
        expect(documentation, key).toMatch(/\.$/);
        expect(source.url, key).toMatch(/^https:\/\//);
    }
    expect(new Set(kafka.settings.map(({ key }) => key)).size).toBe(kafka.settings.length);
});
