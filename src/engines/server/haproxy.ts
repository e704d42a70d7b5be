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
        ...(check && { check: { ...check, ...pacesOf(context), ...checkTimes(endpoint, check, connectMs) } }),
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
 * With `timeout check`, a connection may take `timeout connect` and no longer than the interval. A server that accepts it and is
 * silent is given `timeout check`, yet never less than that: the check's task wakes when it was first told to, and only a later end
 * counts (tcpcheck.c: tcpcheck_eval_connect; so measured with 2.6). Without `timeout check` the interval covers both.
 */
function checkTimes(
    endpoint: Endpoint,
    { everyMs }: ServiceCheck,
    connectMs: number | undefined,
): Pick<ServiceCheck, 'connectMs'> & Partial<Pick<ServiceCheck, 'timeoutMs'>> {
    if (endpoint.timeoutMs === undefined || connectMs === undefined) {
        return {};
    }
    const unansweredMs = Math.min(everyMs, connectMs);
    return { connectMs: unansweredMs, timeoutMs: Math.max(unansweredMs, endpoint.timeoutMs) };
}

function writtenDuration(context: EngineContext, key: string): number | undefined {
    return context.written(key) === undefined ? undefined : context.duration(key);
}
