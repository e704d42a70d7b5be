/** Nodes that elect the manager. */
import type { Finding, Fix, Member } from '../../../topology/index.js';
import { counted } from '../../../topology/index.js';
import type { EngineContext, Quorum } from '../../engine.js';
import { resizeTo } from '../../shared/checks/fixes.js';
import { codeOf, electableMembers, eligibleMembers, rolesOf, type SearchProduct } from '../product.js';
import { found, nodeNames, type SearchView } from './view.js';

/** Every eligible node has a vote, but for one where their number is even. */
export function managerQuorum(product: SearchProduct, { cluster }: EngineContext): readonly Quorum[] {
    const voters = eligibleMembers(product, cluster.members);
    const declarations = voters.map(({ source }) => source);
    return [
        {
            one: product.eligible,
            many: `${product.eligible}s`,
            voters: voters.map(({ node }) => node),
            keepsOdd: true,
            enough: 3,
            without: `nobody is elected ${product.manager}, so no replica is promoted and no index can change`,
            declarations,
            source: declarations[0] ?? cluster.source,
            codes: {
                even: codeOf(product, `even-${product.managerSlug}s`),
                majorityInOneZone: codeOf(product, `${product.managerSlug}s-in-one-zone`),
                tooFew: { code: codeOf(product, `too-few-${product.managerSlug}s`), severity: 'warning' },
            },
        },
    ];
}

export function checkManagers(view: SearchView): readonly Finding[] {
    const { product, context } = view;
    const { members } = context.cluster;
    const eligible = eligibleMembers(product, members);
    const electable = electableMembers(product, members);
    if (members.length === 0) {
        return [];
    }
    return electable.length === 0
        ? [noManager(view, eligible)]
        : [...oneElectable(view, eligible, electable), ...many(view, eligible)];
}

function noManager(view: SearchView, eligible: readonly Member[]): Finding {
    const { product, context } = view;
    const { name, source } = context.cluster;
    const [role] = product.managerRoles;
    const text = `nodes ${product.managerSlug}-[1..3] across zones as ${role}`;
    return found(view, `no-${product.managerSlug}`, 'error', {
        message:
            eligible.length === 0
                ? `No node of ${name} may become ${product.manager}: the cluster does not even form.`
                : `All ${product.eligible}s of ${name} vote only, so nobody can be elected ${product.manager}: the cluster does not even form.`,
        help: `Give the role ${role} to three nodes in three zones, for example \`${text}\`.`,
        source,
        fixes: [{ kind: 'add-statement', title: `Add three ${product.eligible}s`, declaration: source, text }],
    });
}

/** Others may vote, but one alone can be elected. */
function oneElectable(view: SearchView, eligible: readonly Member[], electable: readonly Member[]): readonly Finding[] {
    const [only] = electable;
    if (only === undefined || electable.length > 1 || eligible.length < 2) {
        return [];
    }
    const { product } = view;
    const name = nodeNames(view, [only.node]);
    return [
        found(view, `one-electable-${product.managerSlug}`, 'error', {
            message: `${name} is the only node that can be elected ${product.manager}: the other ${product.eligible}s vote only, so when ${name} fails nobody follows it.`,
            help: 'Let at least two nodes be electable: take voting_only from all but one of three.',
            source: only.source,
        }),
    ];
}

/** More than three cost time with every change of the cluster state. An even number is reported as such. */
function many(view: SearchView, eligible: readonly Member[]): readonly Finding[] {
    const [first] = eligible;
    if (first === undefined || eligible.length <= 3 || eligible.length % 2 === 0) {
        return [];
    }
    const { product, context } = view;
    return [
        found(view, `many-${product.managerSlug}s`, 'warning', {
            message: `${context.cluster.name} has ${counted(eligible.length, product.eligible)}: more than half of them must confirm every change of the cluster state, which makes elections and changes slower than with three.`,
            help: `Use three ${product.eligible}s, unless the cluster must take the loss of two of them at once.`,
            source: first.source,
            fixes: fewer(product, eligible),
        }),
    ];
}

function fewer(product: SearchProduct, eligible: readonly Member[]): readonly Fix[] {
    // Nodes with other roles, too, are not there for their votes.
    const isDedicated = eligible.every((member) => rolesOf(product, member).length === 1);
    const declarations = eligible.map(({ source }) => source);
    return isDedicated ? resizeTo(declarations, 3, `Use 3 ${product.eligible}s`) : [];
}
