/** What a file says about the places of copies and the system has no word for, or would undo. */
import { listed, type Finding, type ShardGroup } from '../../../topology/index.js';
import { copiesPerValue } from '../awareness.js';
import { found, nodeNames, shardsOfGroup, type SearchView } from './view.js';

export function checkPlacesByHand(view: SearchView): readonly Finding[] {
    return view.groups.flatMap((group) => [...placesOfIndex(view, group), ...againstAwareness(view, group)]);
}

/** Places are decided for the whole cluster; an index cannot say its own. */
function placesOfIndex(view: SearchView, { name, perPlace, spread, source }: ShardGroup): readonly Finding[] {
    const said = [
        ...(perPlace === undefined ? [] : ['copies for each place']),
        ...(spread === undefined || spread === 'node' ? [] : [`spread ${spread}`]),
    ];
    return said.length === 0
        ? []
        : [
              found(view, 'places-of-index', 'warning', {
                  message: `${name} says ${listed(said)}, which ${view.product.title} has no word for: where copies stand is decided for the whole cluster. It changes nothing here.`,
                  help: 'Use awareness attributes in the settings of the cluster, and replicas as one number.',
                  source,
              }),
          ];
}

/** More copies under one value than awareness allows there. */
function againstAwareness(view: SearchView, group: ShardGroup): readonly Finding[] {
    return shardsOfGroup(view, group)
        .filter(({ placedBy }) => placedBy === 'file')
        .flatMap(({ name, copies, source }) =>
            view.awareness.flatMap((awareness): readonly Finding[] => {
                const { attribute, valueAt } = awareness;
                const most = copiesPerValue(awareness, copies.length);
                const crowded = [...new Set(copies.map(valueAt))].find(
                    (value) => value !== undefined && copies.filter((node) => valueAt(node) === value).length > most,
                );
                if (crowded === undefined) {
                    return [];
                }
                const there = copies.filter((node) => valueAt(node) === crowded);
                return [
                    found(view, 'placed-against-awareness', 'warning', {
                        message: `${name} is placed on ${nodeNames(view, there)} in the ${attribute} ${crowded}, and awareness allows ${String(most)} of its ${String(copies.length)} copies there: ${view.product.title} would move one away.`,
                        help: `Place it on nodes in different ${attribute}s, or leave the placement to the rule.`,
                        source,
                    }),
                ];
            }),
        );
}
