/** What the file says about failover and addresses, beside what Aurora does. */
import { setDuration, type FailoverPolicy, type Finding, type Fix } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useProperty } from '../../shared/checks/fixes.js';
import { promotionOrder } from '../promotion.js';

const LONGEST_TTL_MS = 30_000;

export function checkPolicy(context: EngineContext): readonly Finding[] {
    const { failover } = context.cluster;
    return [...(failover === undefined ? [] : contradictions(context, failover)), ...longTtl(context)];
}

function contradictions(context: EngineContext, policy: FailoverPolicy): readonly Finding[] {
    const { name } = context.cluster;
    const findings: Finding[] = [];
    const contradicts = (message: string, help: string, fixes: readonly Fix[] = []): number =>
        findings.push({
            code: 'aurora/policy-contradicted',
            severity: 'warning',
            message,
            help,
            source: policy.source,
            fixes,
        });
    if (policy.kind === 'active-active') {
        contradicts(
            `The policy makes ${name} active-active, and an Aurora cluster has one writer.`,
            'Write `failover active-passive`, or leave the policy out.',
        );
    }
    if (policy.promote === 'manually') {
        contradicts(
            `The policy wants a person to promote, but Aurora promotes a reader of ${name} by itself, and that decides.`,
            'Write `promote automatically`, or leave it out.',
            [useProperty(policy.source, 'promote', 'automatically')],
        );
    }
    const wrong = firstOutOfOrder(context, policy);
    if (wrong !== undefined) {
        contradicts(
            `The policy names ${wrong.before} before ${wrong.after}, but Aurora goes by the promotion tiers and promotes ${wrong.after} first.`,
            'Let the tiers rise in the order of the policy.',
        );
    }
    return findings;
}

/** The first two neighbours of the policy’s order that Aurora would promote the other way round. */
function firstOutOfOrder(
    context: EngineContext,
    { order }: FailoverPolicy,
): { readonly before: string; readonly after: string } | undefined {
    const actual = promotionOrder(context.cluster.members, context).map(({ node }) => node);
    const named = order.filter((node) => actual.includes(node));
    const wrong = named.findIndex(
        (node, index) => index > 0 && actual.indexOf(node) < actual.indexOf(named[index - 1]!),
    );
    const name = (index: number): string => context.topology.nodes[named[index]!]!.name;
    return wrong < 0 ? undefined : { before: name(wrong - 1), after: name(wrong) };
}

function longTtl({ cluster }: EngineContext): readonly Finding[] {
    return cluster.endpoints.flatMap(({ kind, ttlMs, address, source }): Finding[] =>
        kind !== 'dns' || ttlMs === undefined || ttlMs < LONGEST_TTL_MS
            ? []
            : [
                  {
                      code: 'aurora/long-ttl',
                      severity: 'warning',
                      message: `Clients keep what ${address ?? 'the address'} names for ${setDuration(ttlMs)}: so long after a failover they may still ask the instance that failed.`,
                      help: 'Use less than 30 seconds, as AWS advises; 5s is common.',
                      source,
                      fixes: [useProperty(source, 'ttl', '5s')],
                  },
              ],
    );
}
