/** Where the failover policy and the endpoint contradict each other. The endpoint decides; the reader should know. */
import {
    setDuration,
    type Endpoint,
    type FailoverPolicy,
    type Finding,
    type Fix,
    type NodeId,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { BalancerFront, VipFront } from '../front.js';
import { balancerParts } from '../../shared/balancer/index.js';
import { longest, vipParts } from '../rules/detection.js';
import { DEFAULT_PRIORITY } from '../timers.js';
import { endpointFix } from './vip.js';

type Policy = FailoverPolicy;

export function checkPolicy(
    context: EngineContext,
    endpoint: Endpoint,
    front: VipFront | BalancerFront,
    policy: Policy,
): readonly Finding[] {
    return [
        ...(front.kind === 'vip' ? vipPolicy(context, endpoint, front, policy) : []),
        ...(policy.kind === 'active-passive' ? ownWill(policy, endpoint) : []),
        ...detection(context, endpoint, front, policy),
    ];
}

function vipPolicy(context: EngineContext, endpoint: Endpoint, front: VipFront, policy: Policy): readonly Finding[] {
    if (policy.kind === 'active-active') {
        return [
            contradiction('server/vip-is-active-passive', policy, endpoint, {
                message: `One member at a time holds ${front.address}, so this cluster is active-passive; the others serve nothing.`,
                help: 'Write `failover active-passive`, or put a load balancer in front of the servers.',
                fixes: activePassive(context, policy),
            }),
        ];
    }
    return [...failback(endpoint, front, policy), ...order(context, endpoint, policy)];
}

function failback(endpoint: Endpoint, front: VipFront, policy: Policy): readonly Finding[] {
    if (policy.failback === undefined || (policy.failback === 'automatically') === front.preempt) {
        return [];
    }
    const said =
        endpoint.preempt === undefined
            ? 'VRRP preempts unless told otherwise'
            : `the endpoint says \`preempt ${front.preempt ? 'yes' : 'no'}\``;
    return [
        contradiction('server/preempt-against-failback', policy, endpoint, {
            message:
                `The policy wants failback ${policy.failback}, but ${said}, and that decides: the address ` +
                `${front.preempt ? 'moves back as soon as a member of higher priority returns' : 'stays where it is when a member of higher priority returns'}.`,
            help: front.preempt
                ? 'Add `preempt no` to the endpoint, or write `failback automatically`.'
                : 'Write `failback manually`, or remove `preempt no`.',
            fixes: front.preempt
                ? [
                      endpointFix('Say preempt no', endpoint, 'preempt', 'no'),
                      policyFix('Say failback automatically', policy, 'failback', 'automatically'),
                  ]
                : [policyFix('Say failback manually', policy, 'failback', 'manually')],
        }),
    ];
}

function order({ cluster, topology }: EngineContext, endpoint: Endpoint, policy: Policy): readonly Finding[] {
    const priority = new Map(cluster.members.map((member) => [member.node, member.priority ?? DEFAULT_PRIORITY]));
    const wrong = policy.order.findIndex(
        (node, index) =>
            index > 0 && (priority.get(node) ?? 0) > (priority.get(policy.order[index - 1] ?? -1) ?? Infinity),
    );
    if (wrong < 0) {
        return [];
    }
    const nameOf = (node: NodeId | undefined): string => topology.nodes[node ?? -1]?.name ?? '';
    const name = (index: number): string => nameOf(policy.order[index]);
    const byPriority = policy.order.toSorted((one, other) => (priority.get(other) ?? 0) - (priority.get(one) ?? 0));
    return [
        contradiction('server/order-against-priority', policy, endpoint, {
            message: `The policy names ${name(wrong - 1)} before ${name(wrong)}, but ${name(wrong)} has the higher VRRP priority and takes the address first.`,
            help: 'Let the priorities fall in the order of the policy.',
            fixes: [policyFix('Order them by priority', policy, 'order', byPriority.map(nameOf).join(', '))],
        }),
    ];
}

function ownWill(policy: Policy, endpoint: Endpoint): readonly Finding[] {
    const findings: Finding[] = [];
    if (policy.promote === 'manually') {
        findings.push(
            contradiction('server/endpoint-promotes-itself', policy, endpoint, {
                message:
                    'The policy wants a person to promote, but this endpoint fails over by itself, and that decides.',
                help: 'Write `promote automatically`, or use a DNS endpoint that an operator changes.',
                fixes: [policyFix('Say promote automatically', policy, 'promote', 'automatically')],
            }),
        );
    }
    if (policy.fence === true) {
        findings.push(
            contradiction('server/endpoint-does-not-fence', policy, endpoint, {
                message:
                    'The policy wants a failed server fenced, but this endpoint cannot switch a server off: one that is only isolated goes on serving its side.',
                help: 'Remove `fence yes`, or use a cluster manager that fences.',
                fixes: [policyFix('Say fence no', policy, 'fence', 'no')],
            }),
        );
    }
    return findings;
}

function detection(
    { cluster }: EngineContext,
    endpoint: Endpoint,
    front: VipFront | BalancerFront,
    policy: Policy,
): readonly Finding[] {
    const parts = front.kind === 'vip' ? vipParts(front, lowestPriority(cluster.members)) : balancerParts(front);
    const slowest = longest(parts);
    if (policy.detectMs === undefined || slowest <= policy.detectMs || slowest === Infinity) {
        return [];
    }
    return [
        contradiction('server/detection-too-short', policy, endpoint, {
            message: `The policy allows ${setDuration(policy.detectMs)} to notice a failure, but the timers of the endpoint need up to ${setDuration(slowest)}, and they decide.`,
            help:
                front.kind === 'vip'
                    ? 'Advertise more often, or allow more time.'
                    : 'Check more often, lower `fall` or `timeout`, or allow more time.',
            fixes: [allowed(policy, slowest)],
        }),
    ];
}

/** The survivor that waits longest is the one with the lowest priority. */
export function lowestPriority(members: readonly { readonly priority?: number }[]): number {
    return members.reduce((lowest, { priority }) => Math.min(lowest, priority ?? DEFAULT_PRIORITY), 254);
}

/** `active-active` takes no timers of its own that would be lost. */
function activePassive({ cluster }: EngineContext, policy: Policy): readonly Fix[] {
    const { name, detectMs, promote, fence, failback, order } = policy;
    const isBare = [name, detectMs, promote, fence, failback].every((part) => part === undefined) && order.length === 0;
    const title = 'Say failover active-passive';
    return isBare
        ? [{ kind: 'set-property', title, declaration: cluster.source, keyword: 'failover', value: 'active-passive' }]
        : [];
}

function allowed(policy: Policy, slowestMs: number): Fix {
    const seconds = `${String(Math.ceil(slowestMs / 1000))}s`;
    return policyFix(`Allow ${seconds}`, policy, 'detect', `within ${seconds}`);
}

/** Changes the policy where it is written. Of a shared one the cluster only gives the name, and it holds for others, too. */
export function policyFix(title: string, { source }: Policy, keyword: string, value: string): Fix {
    return { kind: 'set-property', title, declaration: source, keyword, value };
}

function contradiction(
    code: string,
    policy: Policy,
    endpoint: Endpoint,
    words: Pick<Finding, 'message' | 'help' | 'fixes'>,
): Finding {
    return {
        code,
        severity: 'warning',
        ...words,
        source: policy.source,
        related: [{ source: endpoint.source, message: 'This endpoint decides.' }],
    };
}
