/** Roles that one node has alone, and copies where they cannot be. */
import { listed, type Finding, type Member, type NodeId } from '../../../topology/index.js';
import { hasRole, rolesOf } from '../product.js';
import { found, nodeNames, type SearchView } from './view.js';

export function checkRoles(view: SearchView): readonly Finding[] {
    return [...loneRoles(view), ...strayCopies(view)];
}

/** Work that stops with one node. Votes are looked at on their own, and any node coordinates. */
function loneRoles(view: SearchView): readonly Finding[] {
    const { product, context } = view;
    const { members } = context.cluster;
    if (members.length < 2) {
        return [];
    }
    const passedOver = [...product.managerRoles, product.votingOnlyRole, 'coordinating', 'coordinating_only'];
    const lone = new Map<Member, string[]>();
    for (const role of new Set(members.flatMap((member) => rolesOf(product, member)))) {
        const [first, ...others] = members.filter((member) =>
            role === 'data' ? view.data.includes(member) : hasRole(product, member, role),
        );
        if (first !== undefined && others.length === 0 && !passedOver.includes(role)) {
            lone.set(first, [...(lone.get(first) ?? []), role]);
        }
    }
    return [...lone].map(([member, roles]) => {
        const name = nodeNames(view, [member.node]);
        return found(view, 'lone-role', 'warning', {
            message: `${name} alone has the role${roles.length === 1 ? '' : 's'} ${listed(roles)}: when it fails, nobody does that work.`,
            help: `Give ${roles.length === 1 ? 'the role' : 'them'} to a second node in another zone.`,
            source: member.source,
        });
    });
}

/** Shards that the file places on nodes without a data role. */
function strayCopies(view: SearchView): readonly Finding[] {
    const { context, product } = view;
    const data = new Set<NodeId>(view.data.map(({ node }) => node));
    return context.cluster.shards.flatMap((id): readonly Finding[] => {
        const { name, copies, source } = context.topology.shards[id]!;
        const stray = copies.filter((node) => !data.has(node));
        return stray.length === 0
            ? []
            : [
                  found(view, 'copy-without-data-role', 'error', {
                      message: `${name} is placed on ${nodeNames(view, stray)}, which ${stray.length === 1 ? 'has' : 'have'} no data role: ${product.title} never puts a copy there.`,
                      help: 'Name data nodes, or give the node the role data.',
                      source,
                  }),
              ];
    });
}
