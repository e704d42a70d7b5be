/** What a node's settings come to. Times are milliseconds. */
import type { Member } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';

/** Every node gossips and looks at whom it has not heard of once in this time. */
export const GOSSIP_MS = 1000;
/** After so long a pause of its own a node marks nobody as down for as long again. Source: FailureDetector.java. */
export const LOCAL_PAUSE_MS = 5000;
/** Gossip counts as settled after 5 s and three looks a second apart; only then are clients served. Source: Gossiper.java. */
export const SETTLE_MS = 8000;
/** How often a node looks for hints that it can deliver. Source: HintsService.java. */
export const HINT_TRIGGER_MS = 10_000;

export interface NodeConfig {
    /** Silence of another node that is longer than this makes the node mark it as down at its next look. */
    readonly silenceMs: number;
    readonly heartbeatMs: number;
    readonly readTimeoutMs: number;
    readonly writeTimeoutMs: number;
    /** 0: nothing is acknowledged before it is on disk. */
    readonly syncMs: number;
    /** From the start of the process until it gossips. */
    readonly startMs: number;
    readonly keepsHints: boolean;
    readonly hintWindowMs: number;
    /** Hints of the last moments, up to this, are in memory only. */
    readonly hintFlushMs: number;
    /** Replicas to which hints are delivered side by side. */
    readonly hintThreads: number;
    readonly hintBytes: number;
    /** Hints that one delivery thread replays in a millisecond. */
    readonly hintsPerMs: number;
}

export function nodeConfig(context: EngineContext, member: Member): NodeConfig {
    const at = { member };
    const others = Math.max(1, context.cluster.members.length - 1);
    const throttle = context.number('hinted_handoff_throttle', at);
    const hintBytes = context.number('assumed_hint_size', at);
    const heartbeatMs = context.duration('assumed_heartbeat_interval', at);
    return {
        // phi = silence / mean / ln 10, and it must exceed the threshold.
        silenceMs: context.number('phi_convict_threshold', at) * Math.LN10 * heartbeatMs,
        heartbeatMs,
        readTimeoutMs: context.duration('read_request_timeout', at),
        writeTimeoutMs: context.duration('write_request_timeout', at),
        syncMs: context.text('commitlog_sync', at) === 'periodic' ? context.duration('commitlog_sync_period', at) : 0,
        startMs: context.duration('assumed_start_time', at),
        keepsHints: context.boolean('hinted_handoff_enabled', at),
        hintWindowMs: context.duration('max_hint_window', at),
        hintFlushMs: context.duration('hints_flush_period', at),
        hintThreads: context.number('max_hints_delivery_threads', at),
        hintBytes,
        hintsPerMs: throttle === 0 ? Number.POSITIVE_INFINITY : throttle / others / hintBytes / 1000,
    };
}

/** The longest that a node takes to mark a silent one as down: its heartbeat came just now, and the look just before. */
export function longestDetection({ silenceMs }: NodeConfig): number {
    return Math.ceil(silenceMs) + GOSSIP_MS;
}

/** An assumption: the 99th percentile of a table's reads, after which a coordinator asks one more replica. */
const USUAL_PERCENTILE_MS = 10;

/** When a coordinator asks one more replica for a read; undefined: never. */
export function speculationMs(written: string): number | undefined {
    const value = written.trim().toUpperCase();
    if (value === 'NONE' || value === 'NEVER') {
        return undefined;
    }
    if (value === 'ALWAYS') {
        return 0;
    }
    const delays = [...value.matchAll(/([0-9.]+)\s*(MS|PERCENTILE|P)/g)].map(([, figure, unit]) =>
        unit === 'MS' ? Number(figure) : USUAL_PERCENTILE_MS,
    );
    if (delays.length === 0) {
        return USUAL_PERCENTILE_MS;
    }
    return value.startsWith('MAX') ? Math.max(...delays) : Math.min(...delays);
}
