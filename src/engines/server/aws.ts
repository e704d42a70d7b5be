/** Load balancers of AWS: what they do where a file says nothing, and what they refuse. */
import type { EngineContext } from '../engine.js';
import type { UsualBalancing } from '../shared/balancer/index.js';

type AwsBalancer = 'application' | 'network';

/** Both begin their checks at a fixed distance, of 30 s unless told otherwise, and send requests to all once none is healthy. */
const CHECK = { everyMs: 30_000, fall: 2, rise: 5, startToStart: true };

const USUAL: Readonly<Record<AwsBalancer, UsualBalancing>> = {
    application: { check: { ...CHECK, timeoutMs: 5_000 }, crossZone: true, failOpen: true, checksAsk: true },
    /** The timeout is that of a TCP check. */
    network: { check: { ...CHECK, timeoutMs: 10_000 }, crossZone: false, failOpen: true, checksAsk: false },
};

/** undefined: it is none of AWS's. */
export function awsBalancing(context: EngineContext): UsualBalancing | undefined {
    return context.written('load_balancer_type') === undefined
        ? undefined
        : USUAL[context.text('load_balancer_type') === 'network' ? 'network' : 'application'];
}
