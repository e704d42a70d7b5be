/** How long a provider takes for what it does not document. */
import type { DelayPart } from '../../../proof/index.js';
import type { Assumed, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type Cluster } from '../../../topology/index.js';

/** A delay that the file declares, or one of which nothing but what is usual is known. Milliseconds. */
export type ManagedDelay =
    | { readonly kind: 'declared'; readonly what: Wait; readonly minMs: number; readonly maxMs: number }
    | { readonly kind: 'usual'; readonly what: Wait; readonly usual: UsualDelay };

/**
 * An assumption: half of all cases take from `leastMs` to twice as long, a quarter twice that, an eighth four times, and so on
 * without end.
 */
export interface UsualDelay {
    readonly leastMs: number;
}

type Wait = keyof typeof NAMES;

const NAMES = { failover: 'a failover', recovery: 'the replacement of a dead node' } as const;

/** `assume failover takes A to B`, or what is usual. Of several assumptions about one thing the last counts. */
export function managedDelay(cluster: Cluster, what: Wait, usual: UsualDelay): ManagedDelay {
    const assumption = cluster.assumptions.findLast((each) => each.what === what);
    return assumption === undefined
        ? { kind: 'usual', what, usual }
        : { kind: 'declared', what, minMs: assumption.minimumMs, maxMs: assumption.maximumMs };
}

/** The run says that it rests on the range. */
export function drawDelay(world: Pick<World, 'cluster' | 'assume'>, delay: ManagedDelay, random: RandomStream): number {
    if (delay.kind === 'declared') {
        world.assume(declared(world.cluster, delay));
        return random.between(delay.minMs, delay.maxMs);
    }
    world.assume(usually(world.cluster, delay));
    let spread = delay.usual.leastMs;
    while (random.below(2) === 1 && spread < LONGEST_MS) {
        spread *= 2;
    }
    return spread + random.below(spread);
}

type Of<Kind extends ManagedDelay['kind']> = ManagedDelay & { readonly kind: Kind };

function declared({ name }: Cluster, { what, minMs, maxMs }: Of<'declared'>): Assumed {
    return { brief: `${NAMES[what]} of ${name} takes ${setDuration(minMs)} to ${setDuration(maxMs)}` };
}

function usually({ name }: Cluster, { what, usual: { leastMs } }: Of<'usual'>): Assumed {
    const range = `${setDuration(leastMs)} to ${setDuration(2 * leastMs)}, a quarter up to ${setDuration(4 * leastMs)}`;
    const sentence =
        `How long ${NAMES[what]} of ${name} takes at most is not documented; it is drawn, half of the time from ${range}, ` +
        `and so on. \`assume ${what} takes A to B\` sets the range.`;
    return {
        sentence,
        brief: `${NAMES[what]} of ${name} takes ${setDuration(leastMs)} or more, which nothing documents`,
    };
}

/** Whoever waits for longer than a week does not wait: it keeps the numbers small. */
const LONGEST_MS = 7 * 86_400_000;

/** The delay as a part of a bound. What is merely usual is no bound, neither below nor above. */
export function delayPart(label: string, delay: ManagedDelay): DelayPart {
    return delay.kind === 'declared'
        ? { label, minMs: delay.minMs, maxMs: delay.maxMs }
        : { label, minMs: 0, maxMs: Infinity, remedy: `assume ${delay.what} takes A to B` };
}
