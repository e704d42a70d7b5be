import type { Finding } from '../../topology/index.js';
import type { CodeSpec, EngineContext } from '../engine.js';
import { checkRefusedRoles, commonChecks, commonPages, pageFile, toCodes, viewOf } from '../search-family/index.js';
import { product } from './product.js';
import { NODES, VOTING } from './sources.js';

export const codes: readonly CodeSpec[] = toCodes(product, [
    ...commonPages(product),
    {
        name: 'one-electable-master',
        title: 'One node that can be elected, and others that vote only',
        why: 'Voting-only nodes are never elected. When the one that can be fails, there is a majority of votes and nobody to give them to.',
        fix: 'Let at least two of three be electable.',
        example: pageFile(product, {
            managers:
                'node m-1 in r.a as master\nnode v-1 in r.b as master, voting_only\nnode v-2 in r.c as master, voting_only',
        }),
        remedy: pageFile(product, {
            managers: 'node m-1 in r.a as master\nnode m-2 in r.b as master\nnode v-1 in r.c as master, voting_only',
        }),
        source: VOTING,
    },
    {
        name: 'voting-only-without-master',
        title: 'A voting-only node that is not master-eligible',
        why: 'The role voting_only takes from a master-eligible node the right to be elected. Without the role master the node does not start.',
        fix: 'Write both roles: as master, voting_only.',
        example: pageFile(product, {
            managers: 'nodes m-[1..2] across r.a, r.b as master\nnode v-1 in r.c as voting_only',
        }),
        remedy: pageFile(product, {
            managers: 'nodes m-[1..2] across r.a, r.b as master\nnode v-1 in r.c as master, voting_only',
        }),
        source: NODES,
    },
]);

export function check(context: EngineContext): readonly Finding[] {
    const view = viewOf(product, context);
    return [
        ...commonChecks(view),
        ...checkRefusedRoles(
            view,
            'voting-only-without-master',
            (roles) => roles.includes('voting_only') && !roles.includes('master'),
            {
                why: (one) => `${one ? 'is' : 'are'} voting_only and not master-eligible`,
                help: 'Write both roles: `as master, voting_only`.',
            },
        ),
    ];
}
