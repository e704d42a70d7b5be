/** Who writes and who is promoted. */
import { listed, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { LAST_TIER, promotionOrder, tierOf } from '../promotion.js';
import { instanceClass, instanceSize } from '../sizes.js';
import { bySource } from '../../shared/by-source.js';

export function checkRoles(context: EngineContext): readonly Finding[] {
    return [...tiers(context), ...severalWriters(context), ...smallerReader(context)];
}

function tiers({ cluster, topology }: EngineContext): readonly Finding[] {
    const beyond = cluster.members.filter((member) => tierOf(member) > LAST_TIER);
    return bySource(beyond).map((members) => {
        const [{ source, node, tier }] = members;
        return {
            code: 'aurora/tier-out-of-range',
            severity: 'error',
            message: `${topology.nodes[node]!.name} has promotion tier ${String(tier)}, and the tiers of Aurora go from 0 to ${String(LAST_TIER)}.`,
            help: `Use ${String(LAST_TIER)} for the instance that is promoted last.`,
            source,
            fixes: [
                {
                    kind: 'set-property',
                    title: `Use tier ${String(LAST_TIER)}`,
                    declaration: source,
                    keyword: 'tier',
                    value: String(LAST_TIER),
                },
            ],
        };
    });
}

function severalWriters({ cluster, topology }: EngineContext): readonly Finding[] {
    const writers = cluster.members.filter(({ roles }) => roles.includes('writer'));
    const [, second] = writers;
    if (second === undefined) {
        return [];
    }
    const names = writers.map(({ node }) => topology.nodes[node]!.name);
    return [
        {
            code: 'aurora/several-writers',
            severity: 'error',
            message: `${listed(names, { limit: 4 })} are writers of ${cluster.name}, and an Aurora cluster has one: the others would refuse every write.`,
            help: 'Leave the role to one of them.',
            source: second.source,
        },
    ];
}

function smallerReader(context: EngineContext): readonly Finding[] {
    const { cluster, topology } = context;
    const [writer, next] = promotionOrder(cluster.members, context);
    if (writer === undefined || next === undefined) {
        return [];
    }
    const [full, left] = [instanceSize(context, writer), instanceSize(context, next)];
    if (full === undefined || left === undefined || left >= full) {
        return [];
    }
    const [from, to] = [topology.nodes[writer.node]!.name, topology.nodes[next.node]!.name];
    return [
        {
            code: 'aurora/smaller-reader-first',
            severity: 'warning',
            message: `${to} is promoted first when ${from} fails, and it is smaller: ${instanceClass(context, next) ?? ''} instead of ${instanceClass(context, writer) ?? ''}. What the writer carried may be too much for it.`,
            help: `Give a reader of the writer’s size the lowest tier, or make ${to} as large.`,
            source: next.source,
            related: [{ source: writer.source, message: `${from} is the writer.` }],
        },
    ];
}
