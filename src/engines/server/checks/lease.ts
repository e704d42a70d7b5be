/** A lease by which servers pass the active part on: whether it counts, and whether its figures fit. */
import { setDuration, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { leaseOf, type Front, type LeaseDetection } from '../front.js';

export function checkLease(context: EngineContext, fronts: readonly Front[]): readonly Finding[] {
    const lease = leaseOf(context);
    const source = context.written('ttl')?.source;
    if (lease === undefined || source === undefined) {
        return [];
    }
    const front = fronts.find(({ kind }) => kind === 'active');
    if (front === undefined) {
        return [
            {
                code: 'server/lease-without-effect',
                severity: 'warning',
                message: `${context.cluster.name} passes no lease on: a lease decides only where one server is active and its clients know the servers or look a name up.`,
                help: 'Remove `ttl`, or say `failover active-passive` behind `endpoint dns` or `endpoint discovery`.',
                source,
            },
        ];
    }
    return [...tooShort(lease, source), ...policyTooShort(context, lease)];
}

function tooShort({ ttlMs, loopMs, retryMs }: LeaseDetection, source: Finding['source']): readonly Finding[] {
    const needed = loopMs + 2 * retryMs;
    if (ttlMs >= needed) {
        return [];
    }
    return [
        {
            code: 'server/lease-too-short',
            severity: 'warning',
            message: `The lease lasts ${setDuration(ttlMs)}, less than \`loop_wait\` and twice \`retry_timeout\` together (${setDuration(needed)}): it may run out, and another take over, while a server that is cut off still tries to renew it.`,
            help: `Let it last ${setDuration(needed)} or longer, or shorten the other two.`,
            source,
        },
    ];
}

function policyTooShort({ cluster }: EngineContext, { ttlMs }: LeaseDetection): readonly Finding[] {
    const policy = cluster.failover;
    if (policy?.detectMs === undefined || ttlMs <= policy.detectMs) {
        return [];
    }
    return [
        {
            code: 'server/detection-too-short',
            severity: 'warning',
            message: `The policy allows ${setDuration(policy.detectMs)} to notice a failure, but the lease runs out after up to ${setDuration(ttlMs)}, and that decides.`,
            help: 'Shorten the lease, or allow more time.',
            source: policy.source,
        },
    ];
}
