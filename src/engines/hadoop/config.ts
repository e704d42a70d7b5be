/** What the file says about a cluster of Hadoop, as rules and behaviour use it. Times in milliseconds. */
import type { NodeId } from '../../topology/index.js';
import type { EngineContext, SettingReader } from '../engine.js';
import { FLUSH_TIME } from '../shared/page-cache.js';
import { membersAs } from './roles.js';
import { BLOCK_WRITE_RETRIES, endless, SOCKET_TIMEOUT } from './streams.js';
import { clientPingMs, clientReadTimeoutMs } from './zookeeper-timing.js';

type FencingMethod = 'ssh' | 'shell';

export interface HadoopConfig {
    readonly namenodes: readonly NodeId[];
    /** NameNodes that have a failover controller. */
    readonly watched: readonly NodeId[];
    readonly journalnodes: readonly NodeId[];
    readonly zookeepers: readonly NodeId[];
    readonly datanodes: readonly NodeId[];
    /** Whether failover controllers make a standby active by themselves. */
    readonly automatic: boolean;
    /** In the order in which they are tried; empty: controllers do not even start. */
    readonly fencing: readonly FencingMethod[];
    /** How long the old active NameNode may take to answer, once it is connected to. */
    readonly gracefulFenceMs: number;
    /** How often connecting to it is tried while its host is silent, each time for `connectMs`. */
    readonly gracefulFenceAttempts: number;
    readonly connectMs: number;
    readonly sshTimeoutMs: number;
    /** As ZooKeeper grants it: between 2 and 20 ticks. */
    readonly sessionMs: number;
    readonly tickMs: number;
    readonly syncMs: number;
    readonly checkMs: number;
    readonly checkTimeoutMs: number;
    readonly connectRetryMs: number;
    readonly reconnectMs: number;
    readonly journalTimeoutMs: number;
    readonly epochTimeoutMs: number;
    readonly catchUpMs: number;
    readonly startMs: number;
    readonly safeShare: number;
    readonly safeExtensionMs: number;
    readonly heartbeatMs: number;
    readonly staleMs: number;
    /** Silence after which a DataNode counts as dead. */
    readonly deadMs: number;
    /** How often the NameNode looks for dead DataNodes. */
    readonly deadCheckMs: number;
    /** Whether readers or writers are led away from stale DataNodes. */
    readonly avoidsStaleReads: boolean;
    readonly avoidsStaleWrites: boolean;
    /** Stale DataNodes above this share of the living ones are written to all the same. */
    readonly staleShare: number;
    readonly leastCopies: number;
    /** Copies of a block, unless its file says otherwise. */
    readonly usualCopies: number;
    /** How often the NameNode looks after DataNodes that are to go. */
    readonly decommissionMs: number;
    /** How long a connection to a DataNode waits, unless a client says otherwise. */
    readonly socketMs: number;
    readonly blockWriteRetries: number;
    readonly flushMs: number;
    /**
     * The longest way between NameNodes, JournalNodes and ZooKeeper, one way, on which a client's pings are still answered before it
     * gives its server up.
     */
    readonly slowestToCoordinatorsMs: number;
    /** The longest from a DataNode to a NameNode on which it never counts as stale. */
    readonly slowestHeartbeatMs: number;
    /** What the file says itself of these figures. */
    readonly written: SettingReader['written'];
}

const LEAST_TICKS = 2;
const MOST_TICKS = 20;

export function hadoopConfig(context: EngineContext): HadoopConfig {
    const { members } = context.cluster;
    const nodesAs = (role: Parameters<typeof membersAs>[1]): readonly NodeId[] =>
        membersAs(members, role).map(({ node }) => node);
    const namenodes = nodesAs('namenode');
    const withController = nodesAs('zkfc');
    const tickMs = context.duration('tickTime');
    const heartbeatMs = context.duration('dfs.heartbeat.interval');
    const recheckMs = context.duration('dfs.namenode.heartbeat.recheck-interval');
    const staleMs = context.duration('dfs.namenode.stale.datanode.interval');
    const avoidsStaleWrites = context.boolean('dfs.namenode.avoid.write.stale.datanode');
    const session = context.duration('ha.zookeeper.session-timeout.ms');
    const sessionMs = Math.min(Math.max(session, LEAST_TICKS * tickMs), MOST_TICKS * tickMs);
    return {
        namenodes,
        watched: withController.length === 0 ? namenodes : namenodes.filter((node) => withController.includes(node)),
        journalnodes: nodesAs('journalnode'),
        zookeepers: nodesAs('zookeeper'),
        datanodes: nodesAs('datanode'),
        automatic: namenodes.length > 1 && context.boolean('dfs.ha.automatic-failover.enabled'),
        fencing: fencingMethods(context),
        gracefulFenceMs: context.duration('ha.failover-controller.graceful-fence.rpc-timeout.ms'),
        gracefulFenceAttempts: 1 + context.number('ha.failover-controller.graceful-fence.connection.retries'),
        connectMs: context.duration('ipc.client.connect.timeout'),
        sshTimeoutMs: context.duration('dfs.ha.fencing.ssh.connect-timeout'),
        sessionMs,
        tickMs,
        syncMs: context.number('syncLimit') * tickMs,
        checkMs: context.duration('ha.health-monitor.check-interval.ms'),
        checkTimeoutMs: context.duration('ha.health-monitor.rpc-timeout.ms'),
        connectRetryMs: context.duration('ipc.client.connect.retry.interval'),
        reconnectMs: context.duration('ha.health-monitor.connect-retry-interval.ms'),
        journalTimeoutMs: context.duration('dfs.qjournal.write-txns.timeout.ms'),
        epochTimeoutMs: context.duration('dfs.qjournal.new-epoch.timeout.ms'),
        catchUpMs: context.duration('assumed.namenode.catch-up-time'),
        startMs: context.duration('assumed.namenode.start-time'),
        safeShare: context.number('dfs.namenode.safemode.threshold-pct'),
        safeExtensionMs: context.duration('dfs.namenode.safemode.extension'),
        heartbeatMs,
        staleMs,
        deadMs: 2 * recheckMs + 10 * heartbeatMs,
        // HeartbeatManager looks as often as it must to see stale DataNodes where writers avoid them.
        deadCheckMs: avoidsStaleWrites ? Math.min(staleMs, recheckMs) : recheckMs,
        avoidsStaleReads: context.boolean('dfs.namenode.avoid.read.stale.datanode'),
        avoidsStaleWrites,
        staleShare: context.number('dfs.namenode.write.stale.datanode.ratio'),
        leastCopies: Math.max(1, context.number('dfs.namenode.replication.min')),
        usualCopies: context.number('dfs.replication'),
        decommissionMs: context.duration('dfs.namenode.decommission.interval'),
        socketMs: endless(context.duration(SOCKET_TIMEOUT)),
        blockWriteRetries: context.number(BLOCK_WRITE_RETRIES),
        written: (key, at) => context.written(key, at),
        flushMs: context.boolean('dfs.datanode.synconclose') ? 0 : context.duration(FLUSH_TIME),
        slowestToCoordinatorsMs: (clientReadTimeoutMs(sessionMs) - clientPingMs(sessionMs)) / 2,
        slowestHeartbeatMs: (staleMs - heartbeatMs) / 2,
    };
}

/** The methods stand in lines or behind commas; what is neither of the two is a class of the user's own and not modelled. */
function fencingMethods(context: EngineContext): readonly FencingMethod[] {
    if (context.written('dfs.ha.fencing.methods') === undefined) {
        return [];
    }
    return [...context.text('dfs.ha.fencing.methods').matchAll(/(?:^|[\s,])(sshfence|shell\()/g)].map(([, method]) =>
        method === 'sshfence' ? 'ssh' : 'shell',
    );
}

/** How long fencing takes when the host of the old NameNode is silent; undefined if no method can succeed then. */
export function fencingOfSilentHost(config: HadoopConfig): number | undefined {
    const { fencing, gracefulFenceAttempts, connectMs, sshTimeoutMs } = config;
    const succeeds = fencing.indexOf('shell');
    return succeeds < 0 ? undefined : gracefulFenceAttempts * connectMs + succeeds * sshTimeoutMs;
}
