import type { Finding, Member } from '../../../topology/index.js';
import { bySource } from '../../shared/by-source.js';
import { checkActiveShards } from './active-shards.js';
import { checkPlacesByHand } from './by-hand.js';
import { checkIndexCopies } from './copies.js';
import { checkCounts } from './counts.js';
import { checkManagers } from './managers.js';
import { checkRoles } from './roles.js';
import { checkSpread } from './spread.js';
import { found, nodeNames, type SearchView } from './view.js';

/** What is looked for alike in both products. */
export function commonChecks(view: SearchView): readonly Finding[] {
    return [
        ...checkManagers(view),
        ...checkRoles(view),
        ...checkIndexCopies(view),
        ...checkPlacesByHand(view),
        ...checkSpread(view),
        ...checkCounts(view),
        ...checkActiveShards(view),
    ];
}

/** Nodes whose roles the product refuses together, under the code of this name. */
export function checkRefusedRoles(
    view: SearchView,
    name: string,
    isRefused: (roles: Member['roles']) => boolean,
    { why, help }: { readonly why: (one: boolean) => string; readonly help: string },
): readonly Finding[] {
    const refused = view.context.cluster.members.filter(({ roles }) => isRefused(roles));
    return bySource(refused).map((same) => {
        const one = same.length === 1;
        const nodes = nodeNames(
            view,
            same.map(({ node }) => node),
        );
        return found(view, name, 'error', {
            message: `${nodes} ${why(one)}: ${view.product.title} does not start ${one ? 'it' : 'them'}.`,
            help,
            source: same[0].source,
        });
    });
}
