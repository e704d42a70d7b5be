/** What a file says about the places of copies and the system would undo. */
import type { Finding, ShardGroup } from '../../../topology/index.js';
import { copiesPerValue } from '../awareness.js';
import { found, nodeNames, shardsOfGroup, type SearchView } from './view.js';

export function checkPlacesByHand(view: SearchView): readonly Finding[] {
    return view.groups.flatMap((group) => againstAwareness(view, group));
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
