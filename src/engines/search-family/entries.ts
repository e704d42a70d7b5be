/** Nodes that take requests of clients. */
import type { Member, NodeId } from '../../topology/index.js';
import { rolesOf, type SearchProduct } from './product.js';

/**
 * Every node coordinates; clients are pointed at all but those that do nothing but vote, as the documentation advises. Where
 * there are no others, these take requests.
 */
export function entryNodes(product: SearchProduct, members: readonly Member[]): readonly NodeId[] {
    const votes = [...product.managerRoles, ...(product.votingOnlyRole === undefined ? [] : [product.votingOnlyRole])];
    const others = members.filter((member) => rolesOf(product, member).some((role) => !votes.includes(role)));
    return (others.length > 0 ? others : members).map(({ node }) => node);
}
