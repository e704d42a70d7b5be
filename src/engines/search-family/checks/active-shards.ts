/** How many active copies a write waits for. */
import { listed, type Finding, type Setting, type ShardGroup, type Target } from '../../../topology/index.js';
import { ACTIVE_SHARDS, INDEX_ACTIVE_SHARDS } from '../settings/indices.js';
import { found, shardsOfGroup, type SearchView } from './view.js';

/** A setting, and the indices whose writes it decides. */
interface Wait {
    readonly setting: Setting;
    readonly groups: readonly ShardGroup[];
}

export function checkActiveShards(view: SearchView): readonly Finding[] {
    return waitsOf(view).flatMap((wait) => checkWait(view, wait));
}

function waitsOf(view: SearchView): readonly Wait[] {
    const { context, groups } = view;
    const bySetting = new Map<Setting, ShardGroup[]>();
    for (const group of groups) {
        const setting = context.written(INDEX_ACTIVE_SHARDS, { group });
        if (setting !== undefined) {
            bySetting.set(setting, [...(bySetting.get(setting) ?? []), group]);
        }
    }
    const ofClients = context.topology.workloads
        .flatMap(({ demands }) => demands)
        .filter(({ operation }) => operation === 'write')
        .flatMap(({ settings, target }) => {
            const setting = settings.findLast(({ key }) => key === ACTIVE_SHARDS);
            return setting === undefined ? [] : [{ setting, groups: groupsOf(view, target) }];
        });
    return [...[...bySetting].map(([setting, decided]) => ({ setting, groups: decided })), ...ofClients];
}

/** The indices of this cluster that a target means. */
function groupsOf({ context, groups }: SearchView, target: Target): readonly ShardGroup[] {
    if (target.kind === 'workload' || target.cluster !== context.cluster.id) {
        return [];
    }
    switch (target.kind) {
        case 'cluster':
            return groups;
        case 'group':
            return groups.filter(({ id }) => id === target.group);
        case 'shard':
            return groups.filter(({ shards }) => shards.includes(target.shard));
    }
}

function checkWait(view: SearchView, { setting, groups }: Wait): readonly Finding[] {
    const text = setting.values.map((value) => value.text).join(' ');
    const [first] = groups;
    if (first === undefined) {
        return [];
    }
    if (text !== 'all' && !/^\d+$/.test(text)) {
        return [
            found(view, 'active-shards-value', 'error', {
                message: `'${text.slice(0, 40)}' is no number of copies, so ${view.product.title} refuses the request.`,
                help: 'Write a number, or `all`.',
                source: setting.source,
                fixes: [waitForOne(setting)],
            }),
        ];
    }
    const wanted = (group: ShardGroup): number => (text === 'all' ? group.copies : Number(text));
    return [
        ...tooMany(
            view,
            setting,
            groups.filter((group) => wanted(group) > assigned(view, group)),
            text,
        ),
        ...noSpare(
            view,
            setting,
            groups.filter((group) => wanted(group) === assigned(view, group) && wanted(group) > 1),
        ),
    ];
}

/** Copies of a shard that have found a node, of the shard that has the fewest. */
function assigned(view: SearchView, group: ShardGroup): number {
    return shardsOfGroup(view, group).reduce((least, { copies }) => Math.min(least, copies.length), group.copies);
}

function tooMany(
    view: SearchView,
    setting: Setting,
    groups: readonly ShardGroup[],
    wanted: string,
): readonly Finding[] {
    const [first] = groups;
    return first === undefined
        ? []
        : [
              found(view, 'more-active-shards-than-copies', 'error', {
                  message: `Writes to ${namesOf(groups)} wait for ${wanted === 'all' ? `all ${String(first.copies)}` : wanted} copies to be active, and ${first.name} has ${String(assigned(view, first))} on nodes: they are never accepted.`,
                  help: `Use a number up to ${String(assigned(view, first))}, or see to it that more copies find a node.`,
                  source: setting.source,
                  fixes: [waitForOne(setting)],
              }),
          ];
}

function noSpare(view: SearchView, setting: Setting, groups: readonly ShardGroup[]): readonly Finding[] {
    return groups.length === 0
        ? []
        : [
              found(view, 'no-spare-copy', 'warning', {
                  message: `Writes to ${namesOf(groups)} wait until every copy is active: the loss of any node that holds one stops the writes to its shards until the copy is made anew.`,
                  help: 'Wait for fewer copies than there are, or add a replica. A write reaches every copy in sync in any case.',
                  source: setting.source,
                  fixes: [waitForOne(setting)],
              }),
          ];
}

function waitForOne(setting: Setting): NonNullable<Finding['fixes']>[number] {
    return {
        kind: 'replace',
        title: 'Wait for the primary alone',
        source: setting.source,
        text: `${setting.key} = 1`,
    };
}

function namesOf(groups: readonly ShardGroup[]): string {
    return listed(
        groups.map(({ name }) => name),
        { limit: 4 },
    );
}
