/** Numbers of shards and copies that contradict each other or exceed what the system takes. */
import { figure, type Finding, type ShardGroup } from '../../../topology/index.js';
import { SHARD_LIMIT } from '../settings/allocation.js';
import { REPLICAS, SHARDS } from '../settings/indices.js';
import { found, type SearchView } from './view.js';

export function checkCounts(view: SearchView): readonly Finding[] {
    return [
        ...view.groups.flatMap((group) => [
            ...contradiction(view, group, SHARDS, 'shards', group.shards.length),
            ...contradiction(view, group, REPLICAS, 'replicas', group.copies - 1),
        ]),
        ...tooManyShards(view),
    ];
}

/** The block of an index says one number and its setting another. */
function contradiction(
    view: SearchView,
    group: ShardGroup,
    key: string,
    keyword: 'shards' | 'replicas',
    counts: number,
): readonly Finding[] {
    const setting = group.settings.findLast((each) => each.key === key);
    if (setting === undefined) {
        return [];
    }
    const value = view.context.number(key, { group });
    return value === counts
        ? []
        : [
              found(view, 'contradicting-count', 'warning', {
                  message: `${group.name} has ${key} = ${figure(value)}, and its block says ${keyword} ${figure(counts)}, which is what counts here.`,
                  help: `Write ${keyword} ${figure(value)}, or correct the setting.`,
                  source: setting.source,
                  fixes: [
                      {
                          kind: 'set-property',
                          title: `Use ${keyword} ${String(value)}`,
                          declaration: group.source,
                          keyword,
                          value: String(value),
                      },
                  ],
              }),
          ];
}

function tooManyShards(view: SearchView): readonly Finding[] {
    const { context, groups, data, product } = view;
    const wanted = groups.reduce((sum, { shards, copies }) => sum + shards.length * copies, 0);
    const limit = context.number(SHARD_LIMIT);
    const last = groups.at(-1);
    return last === undefined || data.length === 0 || wanted <= limit * data.length
        ? []
        : [
              found(view, 'too-many-shards', 'error', {
                  message: `The indices of ${context.cluster.name} ask for ${figure(wanted)} copies, and ${figure(data.length)} data nodes take ${figure(limit * data.length)} (${SHARD_LIMIT} = ${figure(limit)}): ${product.title} refuses to create the last index.`,
                  help: 'Use fewer shards or replicas, or add data nodes; raise the limit only if the nodes have memory for it.',
                  source: last.source,
              }),
          ];
}
