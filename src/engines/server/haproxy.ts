/** What HAProxy's own keys say about its checks and its connections. */
import type { Endpoint } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import type { ServiceCheck } from '../shared/balancer/index.js';

export interface HaproxyKeys {
    readonly check?: ServiceCheck;
    /** How often a connection to a server is tried again, and whether at another server. */
    readonly retries: number;
    readonly redispatch: boolean;
    /** How long a connection may take to be made, in milliseconds; undefined: for ever. */
    readonly connectMs?: number;
}

export function haproxyKeys(context: EngineContext, endpoint: Endpoint, check: ServiceCheck | undefined): HaproxyKeys {
    const connectMs = writtenDuration(context, 'timeout connect');
    return {
        ...(check && { check: { ...check, ...pacesOf(context), ...checkConnect(endpoint, check, connectMs) } }),
        retries: context.number('retries'),
        redispatch: context.boolean('redispatch'),
        ...(connectMs !== undefined && { connectMs }),
    };
}

function pacesOf(context: EngineContext): Pick<ServiceCheck, 'doubtMs' | 'downMs'> {
    const doubtMs = writtenDuration(context, 'fastinter');
    const downMs = writtenDuration(context, 'downinter');
    return { ...(doubtMs !== undefined && { doubtMs }), ...(downMs !== undefined && { downMs }) };
}

/**
 * HAProxy's `timeout check` counts from the connection on, which may take `timeout connect` and no longer than the interval. Without
 * `timeout check` the interval covers both (tcpcheck.c: tcpcheck_eval_connect).
 */
function checkConnect(
    { timeoutMs }: Endpoint,
    { everyMs }: ServiceCheck,
    connectMs: number | undefined,
): Pick<ServiceCheck, 'connectMs'> {
    return timeoutMs === undefined || connectMs === undefined ? {} : { connectMs: Math.min(everyMs, connectMs) };
}

function writtenDuration(context: EngineContext, key: string): number | undefined {
    return context.written(key) === undefined ? undefined : context.duration(key);
}
