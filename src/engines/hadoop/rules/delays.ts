/** How long clients wait for Hadoop after hosts lost power at one instant. */
import type { DelayBound, DelayPart } from '../../../proof/index.js';
import { setDuration } from '../../../topology/index.js';
import type { Audience } from '../../shared/audience.js';
import type { HadoopConfig } from '../config.js';
import { clientPingMs, leaderPingMs, LONGEST_ELECTION_MS, RECONNECT_MS } from '../zookeeper-timing.js';

/** What has been lost, as far as delays depend on it. */
export interface Loss {
    /** NameNodes without power that may have been active. */
    readonly namenodes: number;
    /** Whether one of them was active for certain. */
    readonly activeForCertain: boolean;
    readonly zookeepers: number;
    /** DataNodes without power that clients may be led to. */
    readonly datanodes: number;
    /** How long clients that lack the patience for so many go on to meet them; undefined: all get past them. */
    readonly met: Met | undefined;
}

/** DataNodes that are handed out although they are silent. */
export interface Met {
    readonly untilMs: number;
    readonly label: string;
}

const AT_ONCE: DelayBound = { minMs: 0, maxMs: 0, parts: [], assumptions: [] };
/** Messages on the way from a lock that is free to an active NameNode. */
const MESSAGES_MS = 100;

const STREAMS_BEGIN_ANEW =
    'Each request opens a stream of its own, which may meet a silent DataNode again; pipelines that were open before wait as long and are not followed.';

/** Until when NameNodes hand out DataNodes whose last heartbeat came before the failure. */
export function metUntil(config: HadoopConfig, avoidsStale: boolean): Met {
    return avoidsStale
        ? { untilMs: config.staleMs, label: 'until silent DataNodes count as stale, clients go on to be led to them' }
        : {
              untilMs: config.deadMs + config.deadCheckMs,
              label: 'until silent DataNodes count as dead, clients go on to be led to them',
          };
}

/** @param fenceMs how long it takes to fence a NameNode whose host is silent */
export function recoveryDelay(config: HadoopConfig, loss: Loss, fenceMs: number, audience: Audience): DelayBound {
    if (loss.namenodes === 0 && loss.datanodes === 0) {
        return AT_ONCE;
    }
    const failover = loss.namenodes > 0 ? failoverParts(config, loss, fenceMs) : [];
    const soonest = failover.reduce((sum, { minMs }) => sum + minMs, 0);
    // A NameNode that takes over has had its own heartbeats, so that both waits run at once.
    const longest = failover.reduce((sum, { maxMs }) => sum + maxMs, 0);
    const met = loss.met === undefined ? [] : metPart(loss.met, longest);
    const parts = [...failover, ...met, ...clientParts(loss, audience)];
    const isSeen = loss.activeForCertain && audience.leastPatienceMs + audience.periodMs < soonest;
    return {
        minMs: isSeen ? soonest : 0,
        maxMs: parts.reduce((sum, { maxMs }) => sum + maxMs, 0),
        parts,
        assumptions: [
            ...(loss.namenodes > 0 ? failoverAssumptions(config, loss) : []),
            ...(loss.datanodes > 0 ? [STREAMS_BEGIN_ANEW] : []),
            'Messages take a millisecond each way.',
        ],
    };
}

function metPart({ label, untilMs }: Met, failoverMs: number): readonly DelayPart[] {
    const maxMs = Math.max(0, untilMs - failoverMs);
    return maxMs === 0 ? [] : [{ label, minMs: 0, maxMs }];
}

function failoverParts(config: HadoopConfig, { zookeepers }: Loss, fenceMs: number): readonly DelayPart[] {
    const { sessionMs, syncMs, tickMs, catchUpMs } = config;
    const electsAnew = {
        label: 'ZooKeeper elects a leader, if it lost its own',
        minMs: 0,
        maxMs: syncMs + LONGEST_ELECTION_MS,
    };
    const reconnects = { label: 'the controller of the standby reconnects', minMs: 0, maxMs: RECONNECT_MS };
    return [
        ...(zookeepers > 0 ? [electsAnew] : []),
        {
            label: 'the session of the old NameNode ends in ZooKeeper',
            minMs: sessionMs - clientPingMs(sessionMs),
            maxMs: sessionMs + leaderPingMs(tickMs) + tickMs,
        },
        ...(zookeepers > 0 ? [reconnects] : []),
        { label: 'fencing', minMs: fenceMs, maxMs: fenceMs },
        { label: 'the standby reads the last edits', minMs: 0, maxMs: catchUpMs + MESSAGES_MS },
    ];
}

function clientParts({ namenodes, datanodes }: Loss, audience: Audience): readonly DelayPart[] {
    const oneTryMs = audience.timeoutMs + Math.ceil(audience.periodMs);
    const passedOver = (what: string, count: number): readonly DelayPart[] =>
        count === 0 ? [] : [{ label: `clients try each dead ${what} once`, minMs: 0, maxMs: count * oneTryMs }];
    return [...passedOver('NameNode', namenodes), ...passedOver('DataNode', datanodes), audience.part];
}

function failoverAssumptions({ catchUpMs, fencing }: HadoopConfig, { zookeepers }: Loss): readonly string[] {
    return [
        `A standby reads the last edits within ${setDuration(catchUpMs)} (\`assumed.namenode.catch-up-time\`).`,
        'Packets to a host without power are dropped, so each attempt to connect to it lasts its whole time (`ipc.client.connect.timeout`, `dfs.ha.fencing.ssh.connect-timeout`).',
        ...(fencing.includes('shell') ? ['A fencing method `shell(…)` succeeds at once.'] : []),
        ...(zookeepers > 0
            ? [
                  'ZooKeeper’s followers join a new leader at one of five attempts, 100 ms apart, and one election decides.',
              ]
            : []),
    ];
}
