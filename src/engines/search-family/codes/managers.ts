import type { Page, SearchProduct } from '../product.js';
import { pageFile } from './file.js';

export function managerPages(product: SearchProduct): readonly Page[] {
    const { manager, managerSlug, eligible, managerRoles, sources } = product;
    const [role] = managerRoles;
    const withManagers = (line: string, region?: string): string =>
        pageFile(product, { managers: line, ...(region === undefined ? {} : { region }) });
    const remedy = pageFile(product);
    return [
        {
            name: `no-${managerSlug}`,
            title: `Nobody can be elected ${manager}`,
            why: `A cluster forms only around an elected ${manager}; without one no index can be created, read or written.`,
            fix: `Give the role ${role} to three nodes in three zones.`,
            example: withManagers('nodes c-[1..3] across zones as coordinating'),
            remedy,
            source: sources.roles,
        },
        {
            name: `too-few-${managerSlug}s`,
            title: `Fewer than three ${eligible}s`,
            why: `With one, its failure stops elections. With two, one alone has the vote, and its failure stops them just the same. Without a ${manager} no replica is promoted and no index can change.`,
            fix: `Use three ${eligible}s in three zones.`,
            example: withManagers(`nodes m-[1..2] across zones as ${role}`),
            remedy,
            source: sources.quorum,
        },
        {
            name: `even-${managerSlug}s`,
            title: `An even number of ${eligible}s`,
            why: `The cluster keeps the number of votes odd and leaves one of the nodes without a vote. So an even number tolerates no more failures than the odd number below it.`,
            fix: `Use one ${eligible} fewer.`,
            example: withManagers(`nodes m-[1..4] across zones as ${role}`),
            remedy,
            source: sources.quorum,
        },
        {
            name: `many-${managerSlug}s`,
            title: `More than three ${eligible}s`,
            why: `More than half of them must confirm every change of the cluster state, so each one more makes changes and elections slower. Five are right where the cluster must take the loss of two at once.`,
            fix: `Use three, and give the others data or other roles alone. Waive the finding where five are meant.`,
            example: withManagers(`nodes m-[1..5] across zones as ${role}`),
            remedy,
            source: sources.design,
        },
        {
            name: `${managerSlug}s-in-one-zone`,
            title: `One zone holds half of the votes or more`,
            why: `If that zone fails, what is left is no majority: nobody is elected ${manager}, no replica is promoted and no index can change, although the other zones live.`,
            fix: 'Spread the votes over three zones. Where data stands in two, a small third zone for one vote is enough.',
            example: withManagers(`nodes m-[1..3] across zones as ${role}`, 'zone a  zone b'),
            remedy: withManagers(`nodes m-[1..3] across zones as ${role}`),
            source: sources.design,
        },
    ];
}
