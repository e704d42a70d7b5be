/** How long clients of an address miss what they ask for: until whom they are sent to answers, or they are sent to another. */
import { NO_DELAY, type DelayBound, type DelayPart } from '../../../proof/index.js';
import type { Operation, Route, SharedAddress, Topology } from '../../../topology/index.js';
import { audienceOf } from '../audience.js';
import { failingChecks, failingChecksMs, type ServiceCheck } from '../balancer/index.js';
import { UNDECLARED_TTL } from '../ttl.js';
import { assumedOf, checkingOf, chosenFrom, lookedUp } from './checking.js';

/** Whether reads pass the checks in the end; `open`: they may or may not. */
export type Health = 'up' | 'down' | 'open';

interface Situation {
    /** In which the clients are sent to the clusters. */
    readonly order: readonly Route[];
    readonly healths: ReadonlyMap<Route, Health>;
    /** How long a cluster that comes back takes to. */
    readonly delayOf: (route: Route) => DelayBound;
    /** Whether a cluster that does not come back fails from the first instant on. */
    readonly isDeadAtOnce: (route: Route) => boolean;
}

/** Asked only where clients are served in the end. */
export function switching(
    address: SharedAddress,
    topology: Topology,
    operation: Operation,
    { order, healths, delayOf, isDeadAtOnce }: Situation,
): DelayBound {
    const check = checkingOf(address);
    const before = chosenFrom(address, order, () => true);
    const [up, down] = [
        order.filter((route) => healths.get(route) === 'up'),
        order.filter((route) => healths.get(route) === 'down'),
    ];
    const delays = up.map(delayOf);
    const slowestUp = delays.reduce((worst, delay) => (delay.maxMs > worst.maxMs ? delay : worst), NO_DELAY);
    // Whoever is back before so many checks can have failed is never left.
    const isNeverLeft = slowestUp.maxMs < soonestMs(check);
    const lost = before.filter((route) => healths.get(route) !== 'up');
    const assumptions = [
        ...delays.flatMap(({ assumptions: each }) => each),
        ...assumedOf(address).flatMap(({ sentence = [] }) => sentence),
        ...(lookedUp(address).ttlDeclared ? [] : [UNDECLARED_TTL]),
    ];
    if (lost.length === 0 && isNeverLeft) {
        const [kept = NO_DELAY] = before.map(delayOf).sort((one, other) => other.maxMs - one.maxMs);
        return kept;
    }
    if (lost.some((route) => healths.get(route) === 'open' || !isDeadAtOnce(route))) {
        const [first] = lost;
        const label = `until checks of ${first?.text ?? ''}, of which only a part is gone, fail`;
        return { minMs: 0, maxMs: Infinity, parts: [{ label, minMs: 0, maxMs: Infinity }], assumptions };
    }
    const served = audienceOf(topology, topology.clusters[address.cluster]?.shards[0] ?? -1, operation);
    const found = detection(check);
    const back = [...slowestUp.parts, passing(check)];
    const detectionMs = found.reduce((sum, { maxMs }) => sum + maxMs, 0);
    const backMs = slowestUp.maxMs + (isNeverLeft ? 0 : passing(check).maxMs);
    const waits = lost.length > 0 && detectionMs >= backMs ? found : isNeverLeft ? slowestUp.parts : back;
    const { ttlMs } = lookedUp(address);
    const parts = [
        ...waits,
        ...(ttlMs > 0 && (lost.length > 0 || down.length > 0)
            ? [{ label: 'cached answer', minMs: 0, maxMs: ttlMs }]
            : []),
        served.part,
    ];
    // A client that goes on trying for longer may notice nothing.
    const certainMs = lost.length === before.length && lost.length > 0 ? soonestMs(check) : 0;
    return {
        minMs: served.leastPatienceMs + served.periodMs < certainMs ? certainMs : 0,
        maxMs: parts.reduce((sum, { maxMs }) => sum + maxMs, 0),
        parts,
        assumptions,
    };
}

/** From the first failing check's start to the last one's end, if each fails at once. */
function soonestMs(check: ServiceCheck): number {
    return failingChecksMs(check, 0);
}

function detection(check: ServiceCheck): readonly DelayPart[] {
    return [
        { label: 'time to the next check', minMs: 0, maxMs: check.everyMs },
        {
            label: failingChecks(check.fall),
            minMs: soonestMs(check),
            maxMs: failingChecksMs(check, check.timeoutMs),
        },
    ];
}

/** Until a cluster that is back counts as healthy again. */
function passing(check: ServiceCheck): DelayPart {
    const eachMs = Math.max(check.everyMs, check.timeoutMs);
    return { label: `${check.rise} passing checks`, minMs: 0, maxMs: check.rise * eachMs + check.timeoutMs };
}
