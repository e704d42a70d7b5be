/** How long it takes until an address leads to living servers again, after servers lost power at one instant. */
import type { DelayPart } from '../../../proof/index.js';
import type { ActiveFront, Detection, VipFront } from '../front.js';
import { ANSWER_MS, skewMs } from '../timers.js';

/** The heir is the surviving member with the highest priority: it waits the shortest. */
export function vipParts(front: VipFront, heirPriority: number): readonly DelayPart[] {
    const { advertiseMs } = front.timers;
    const skew = skewMs(front.timers, heirPriority);
    return [
        // The last advert was sent up to one interval before the failure, and that much of the silence has passed already.
        {
            label: 'silence for three adverts, less the time since the last',
            minMs: 2 * advertiseMs,
            maxMs: 3 * advertiseMs,
        },
        { label: `skew of priority ${heirPriority}`, minMs: skew, maxMs: skew },
    ];
}

export function activeParts(front: ActiveFront): readonly DelayPart[] {
    return [
        ...detectionParts(front.detection),
        ...(front.ttlMs > 0 ? [{ label: 'cached name', minMs: 0, maxMs: front.ttlMs }] : []),
    ];
}

function detectionParts(detection: Detection | undefined): readonly DelayPart[] {
    if (detection?.kind !== 'lease') {
        return [{ label: 'detection', minMs: 0, maxMs: detection?.maxMs ?? Infinity }];
    }
    const { ttlMs, loopMs, promotionMs } = detection;
    return [
        { label: 'lease, less the time since it was renewed', minMs: Math.max(0, ttlMs - loopMs), maxMs: ttlMs },
        { label: 'questions to the others, which the dead one does not answer', minMs: ANSWER_MS, maxMs: ANSWER_MS },
        { label: 'promotion', minMs: 0, maxMs: promotionMs },
    ];
}

export function longest(parts: readonly DelayPart[]): number {
    return parts.reduce((sum, part) => sum + part.maxMs, 0);
}
