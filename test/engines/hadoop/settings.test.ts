import { expect, test } from 'vitest';
import { findEngine, settingDefault } from '../../../src/engines/index.js';

const hadoop = findEngine('hadoop')!;

function defaultOf(key: string, version = hadoop.versions.at(-1)!): unknown {
    const spec = hadoop.settings.find((each) => each.key === key);
    return spec && settingDefault(spec, version);
}

test('the ZooKeeper session of a NameNode is 5 s in Hadoop 2 and 10 s from 3.0 on', () => {
    const key = 'ha.zookeeper.session-timeout.ms';
    expect(['2.7', '2.10', '3.0', '3.4'].map((version) => defaultOf(key, version))).toEqual([
        5_000, 5_000, 10_000, 10_000,
    ]);
});

test.each([
    ['dfs.replication', 3],
    ['dfs.namenode.replication.min', 1],
    ['dfs.heartbeat.interval', 3_000],
    ['dfs.namenode.heartbeat.recheck-interval', 300_000],
    ['dfs.namenode.stale.datanode.interval', 30_000],
    ['dfs.namenode.avoid.write.stale.datanode', false],
    ['dfs.ha.automatic-failover.enabled', false],
    ['dfs.ha.fencing.methods', undefined],
    ['dfs.ha.fencing.ssh.connect-timeout', 30_000],
    ['ha.health-monitor.check-interval.ms', 1_000],
    ['ha.health-monitor.rpc-timeout.ms', 45_000],
    ['ha.failover-controller.graceful-fence.rpc-timeout.ms', 5_000],
    ['ha.failover-controller.graceful-fence.connection.retries', 1],
    ['ipc.client.connect.timeout', 20_000],
    ['ha.failover-controller.new-active.rpc-timeout.ms', 60_000],
    ['dfs.qjournal.write-txns.timeout.ms', 20_000],
    ['dfs.client.socket-timeout', 60_000],
    ['dfs.client.failover.sleep.max.millis', 15_000],
    ['dfs.client.block.write.replace-datanode-on-failure.policy', 'DEFAULT'],
    ['dfs.client.block.write.replace-datanode-on-failure.best-effort', false],
    ['dfs.qjournal.new-epoch.timeout.ms', 120_000],
    ['dfs.ha.tail-edits.period', 60_000],
    ['dfs.ha.log-roll.period', 120_000],
    ['dfs.namenode.safemode.threshold-pct', 0.999],
    ['dfs.namenode.safemode.extension', 30_000],
    ['dfs.namenode.redundancy.interval.seconds', 3_000],
    ['dfs.namenode.replication.work.multiplier.per.iteration', 2],
    ['dfs.blockreport.intervalMsec', 21_600_000],
    ['dfs.datanode.failed.volumes.tolerated', 0],
    ['yarn.nm.liveness-monitor.expiry-interval-ms', 600_000],
    ['yarn.resourcemanager.ha.enabled', false],
    ['yarn.resourcemanager.recovery.enabled', false],
])('%s is %s by default', (key, value) => {
    expect(defaultOf(key)).toBe(value);
});

test('no key is declared twice, each has a source, and what is not documented says so', () => {
    const keys = hadoop.settings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(hadoop.settings.filter(({ source }) => source.url === undefined && !source.unconfirmed)).toEqual([]);
    expect(hadoop.settings.filter(({ source }) => source.unconfirmed).map(({ key }) => key)).toEqual([
        'hadoop.zk.timeout-ms',
        'assumed.namenode.catch-up-time',
        'assumed.namenode.start-time',
        'assumed.block.copy-time',
        'assumed.page-cache.flush-time',
    ]);
});
