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
