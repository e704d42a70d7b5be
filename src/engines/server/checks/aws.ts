/** What AWS refuses of a load balancer's checks, and keys of another product. */
import { setDuration, type Endpoint, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { awsBalancing } from '../aws.js';
import type { BalancerFront } from '../front.js';

const HAPROXY_KEYS = ['retries', 'redispatch', 'timeout connect', 'fastinter', 'downinter'];

/** Milliseconds and numbers that AWS accepts. */
const INTERVAL = [5_000, 300_000] as const;
const TIMEOUT = [2_000, 120_000] as const;
const THRESHOLD = [2, 10] as const;

export function checkAws(context: EngineContext, endpoint: Endpoint, front: BalancerFront): readonly Finding[] {
    return awsBalancing(context) === undefined
        ? []
        : [...refused(endpoint, front), ...HAPROXY_KEYS.flatMap((key) => foreign(context, key))];
}

function refused(endpoint: Endpoint, { check }: BalancerFront): readonly Finding[] {
    const why = [
        outside('interval', endpoint.checkMs, INTERVAL, setDuration),
        outside('timeout', endpoint.timeoutMs, TIMEOUT, setDuration),
        outside('fall', endpoint.fall, THRESHOLD, String),
        outside('rise', endpoint.rise, THRESHOLD, String),
        check !== undefined && endpoint.timeoutMs !== undefined && check.timeoutMs >= check.everyMs
            ? `the timeout (${setDuration(check.timeoutMs)}) has to be shorter than the interval (${setDuration(check.everyMs)})`
            : undefined,
    ].filter((reason) => reason !== undefined);
    return why.map((reason) => ({
        code: 'server/aws-check-refused',
        severity: 'error',
        message: `AWS refuses this health check: ${reason}.`,
        help: 'Stay inside the range, or remove `load_balancer_type` if the balancer is none of AWS’s.',
        source: endpoint.source,
    }));
}

function outside(
    what: string,
    value: number | undefined,
    [least, most]: readonly [number, number],
    written: (value: number) => string,
): string | undefined {
    return value === undefined || (value >= least && value <= most)
        ? undefined
        : `${what} ${written(value)} is not between ${written(least)} and ${written(most)}`;
}

function foreign(context: EngineContext, key: string): readonly Finding[] {
    const setting = context.written(key);
    return setting === undefined
        ? []
        : [
              {
                  code: 'server/haproxy-key-without-effect',
                  severity: 'warning',
                  message: `\`${key}\` is a key of HAProxy; a load balancer of AWS has nothing like it, so it has no effect here.`,
                  help: 'Remove it, or remove `load_balancer_type`.',
                  source: setting.source,
              },
          ];
}
