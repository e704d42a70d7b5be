import type { Endpoint, Finding, Operation } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { endpointFor, frontFor, leaseOf, type BalancerFront, type Front } from '../front.js';
import { checkAws } from './aws.js';
import { checkCapacity } from './capacity.js';
import { checkLease } from './lease.js';
import { checkObjectives } from './objective.js';
import { checkPolicy, policyFix } from './policy.js';
import { checkVip } from './vip.js';

/** Findings about one server cluster. */
export function check(context: EngineContext): readonly Finding[] {
    const operations: readonly Operation[] =
        endpointFor(context.cluster, 'read') === endpointFor(context.cluster, 'write') ? ['read'] : ['read', 'write'];
    return [
        ...operations.flatMap((operation) => addressFindings(context, operation)),
        ...checkCapacity(context, frontFor(context, 'read')),
        ...checkLease(
            context,
            operations.map((operation) => frontFor(context, operation)),
        ),
    ];
}

function addressFindings(context: EngineContext, operation: Operation): readonly Finding[] {
    const front = frontFor(context, operation);
    return [
        ...endpointFindings(context, front, endpointFor(context.cluster, operation)),
        ...checkObjectives(context, front),
    ];
}

function endpointFindings(context: EngineContext, front: Front, endpoint: Endpoint | undefined): readonly Finding[] {
    const policy = context.cluster.failover;
    if (front.kind === 'active') {
        return withoutAddress(context, endpoint);
    }
    if (endpoint === undefined || front.kind === 'list') {
        return [];
    }
    return [
        ...(front.kind === 'vip'
            ? checkVip(context, endpoint)
            : [...balancerWithoutCheck(front), ...checkAws(context, endpoint, front)]),
        ...(policy === undefined ? [] : checkPolicy(context, endpoint, front, policy)),
    ];
}

function balancerWithoutCheck(front: BalancerFront): readonly Finding[] {
    if (front.check !== undefined) {
        return [];
    }
    return [
        {
            code: 'server/balancer-without-check',
            severity: 'warning',
            message: `${front.address} has no health check: it never learns that a server is dead and goes on sending it its share of the requests.`,
            help: 'Add one, for example `check every 2s  timeout 1s  fall 3  rise 2`.',
            source: front.source,
            fixes: [
                {
                    kind: 'add-statement',
                    title: 'Check every 2s',
                    declaration: front.source,
                    text: 'check every 2s  timeout 1s  fall 3  rise 2',
                },
            ],
        },
    ];
}

function withoutAddress(context: EngineContext, endpoint: Endpoint | undefined): readonly Finding[] {
    const { cluster } = context;
    const policy = cluster.failover;
    if (policy === undefined) {
        return [];
    }
    const findings: Finding[] = [];
    if (endpoint === undefined || endpoint.kind === 'discovery') {
        findings.push({
            code: 'server/active-passive-without-address',
            severity: 'warning',
            message: `${cluster.name} is active-passive and has no single address: each client has to find out by itself which server is active.`,
            help: 'Add an endpoint, for example `endpoint vip 10.0.0.10` or `endpoint dns … { ttl 5s }`.',
            source: policy.source,
        });
    }
    if (leaseOf(context) === undefined && policy.detectMs === undefined && policy.promote !== 'manually') {
        findings.push({
            code: 'server/detection-undeclared',
            severity: 'warning',
            message: `Nothing says how soon a dead active server of ${cluster.name} is noticed: no promotion can be counted on, no restore time proved and no scenario simulated.`,
            help: 'Say it in the policy, for example `detect within 3s`.',
            source: policy.source,
            fixes: [policyFix('Detect within 3s', policy, 'detect', 'within 3s')],
        });
    }
    return findings;
}
