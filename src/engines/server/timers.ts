/** Formulas of the detectors, in milliseconds. */

/** keepalived's default, and the RFC's. */
export const DEFAULT_PRIORITY = 100;

type VrrpVersion = 2 | 3;

export interface VrrpTimers {
    readonly version: VrrpVersion;
    readonly advertiseMs: number;
}

/**
 * The interval that keepalived keeps where a file asks for `advertiseMs`: adverts of version 2 carry whole seconds and those of
 * version 3 whole hundredths, so it rounds (vrrp.c: vrrp_complete_instance).
 */
export function keptIntervalMs(version: VrrpVersion, advertiseMs: number): number {
    const unitMs = version === 2 ? 1000 : 10;
    return Math.max(1, Math.round(advertiseMs / unitMs)) * unitMs;
}

/** How much longer a member waits for each step that its priority is lower, so that the highest is first. */
export function skewMs({ version, advertiseMs }: VrrpTimers, priority: number): number {
    return ((256 - priority) * (version === 2 ? 1000 : advertiseMs)) / 256;
}

/** Silence after which a backup takes the master for dead. */
export function masterDownMs(timers: VrrpTimers, priority: number): number {
    return 3 * timers.advertiseMs + skewMs(timers, priority);
}

/** How long a server that would take the lease waits for another's answer (Patroni, ha.py: fetch_node_status). */
export const ANSWER_MS = 2000;
