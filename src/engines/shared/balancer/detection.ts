/** How long a load balancer takes to miss servers that lost power. */
import type { DelayPart } from '../../../proof/index.js';
import type { Balancing } from './balancing.js';
import { failingChecks, failingChecksMs } from './health.js';

/** A host without power answers nothing, so each check takes its whole timeout. */
export function balancerParts({ check }: Balancing): readonly DelayPart[] {
    if (check === undefined) {
        return [{ label: 'no health check', minMs: Infinity, maxMs: Infinity }];
    }
    const failing = failingChecksMs(check, check.connectMs ?? check.timeoutMs);
    return [
        { label: 'time to the next check', minMs: 0, maxMs: check.everyMs },
        { label: failingChecks(check.fall), minMs: failing, maxMs: failing },
    ];
}
