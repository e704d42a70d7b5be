/** Formulas of the detectors, in milliseconds. */

/** keepalived's default, and the RFC's. */
export const DEFAULT_PRIORITY = 100;

type VrrpVersion = 2 | 3;

export interface VrrpTimers {
    readonly version: VrrpVersion;
    readonly advertiseMs: number;
}

/** How much longer a member waits for each step that its priority is lower, so that the highest is first. */
export function skewMs({ version, advertiseMs }: VrrpTimers, priority: number): number {
    return ((256 - priority) * (version === 2 ? 1000 : advertiseMs)) / 256;
}

/** Silence after which a backup takes the master for dead. */
export function masterDownMs(timers: VrrpTimers, priority: number): number {
    return 3 * timers.advertiseMs + skewMs(timers, priority);
}

/** A check of a service, repeated. */
export interface ServiceCheck {
    /** Pause after a check of a load balancer; distance between two starts of a check of a VIP's own member. */
    readonly everyMs: number;
    /** A check that has no answer by then has failed. */
    readonly timeoutMs: number;
    /** Failures in a row that take the service out. */
    readonly fall: number;
    /** Successes in a row that take it back. */
    readonly rise: number;
}

/** From the first failing check's start to the last one's end, if each takes `eachMs` and the pause follows its end. */
export function failingChecksMs(check: ServiceCheck, eachMs: number): number {
    return check.fall * eachMs + (check.fall - 1) * check.everyMs;
}
