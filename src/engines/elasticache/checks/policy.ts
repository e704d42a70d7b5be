/** What the file says about failover, beside what ElastiCache does. */
import type { FailoverPolicy, Finding, Fix } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useProperty, useSetting } from '../../shared/checks/fixes.js';
import { hasAutomaticFailover } from '../mode.js';

export function checkPolicy(context: EngineContext): readonly Finding[] {
    const { failover } = context.cluster;
    return failover === undefined
        ? []
        : contradictions(context, failover).map(({ message, help, fixes = [] }) => ({
              code: 'elasticache/policy-contradicted',
              severity: 'warning',
              message,
              help,
              source: failover.source,
              fixes,
          }));
}

function contradictions(
    context: EngineContext,
    { kind, promote, order, source }: FailoverPolicy,
): readonly Pick<Finding, 'message' | 'help' | 'fixes'>[] {
    const { name, source: cluster } = context.cluster;
    const isAutomatic = hasAutomaticFailover(context);
    return [
        ...(kind === 'active-active'
            ? [
                  {
                      message: `The policy makes ${name} active-active, and in each shard of ElastiCache one node takes writes.`,
                      help: 'Write `failover active-passive`, or leave the policy out.',
                  },
              ]
            : []),
        ...(promote === 'manually' && isAutomatic
            ? [
                  {
                      message: `The policy wants a person to promote, but automatic failover of ${name} is on, and that decides.`,
                      help: 'Write `promote automatically`, or leave it out.',
                      fixes: [useProperty(source, 'promote', 'automatically')],
                  },
              ]
            : []),
        ...(promote === 'automatically' && !isAutomatic
            ? [
                  {
                      message: `The policy wants a replica promoted automatically, but automatic failover of ${name} is off, and that decides.`,
                      help: "Set 'automatic-failover = enabled'.",
                      fixes: [useSetting(cluster, 'automatic-failover', 'enabled')],
                  },
              ]
            : []),
        ...(order.length > 0
            ? [
                  {
                      message: `The policy gives ${name} an order, but ElastiCache promotes the replica with the least lag, whichever that is.`,
                      help: 'Leave the order out.',
                      fixes: [withoutOrder(source)],
                  },
              ]
            : []),
    ];
}

function withoutOrder(declaration: FailoverPolicy['source']): Fix {
    return { kind: 'remove-property', title: 'Remove the order', declaration, keyword: 'order' };
}
