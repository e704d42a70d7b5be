import type { World } from '../../../simulator/index.js';
import { listed, type Member, type NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { LeaderPolicy } from '../../shared/managed/index.js';
import { secondariesOf } from '../../shared/replications.js';
import { failoverDelay } from '../delays.js';
import { isSince } from '../../version.js';
import { flavourOf } from '../flavour.js';
import { tierOf } from '../promotion.js';
import { instanceSize } from '../sizes.js';
import type { Storage } from './storage.js';

/** Whom Aurora promotes: the lowest tier, in it the largest, and of equals any. */
export function writerPolicy(context: EngineContext, world: World, storage: Storage): LeaderPolicy {
    const ties = world.stream(context.cluster.name, 'equal readers');
    const memberOf = (node: NodeId): Member => context.cluster.members.find((member) => member.node === node)!;
    return {
        title: 'writer',
        delay: failoverDelay(context.cluster),
        automatic: context.cluster.members.length > 1,
        // The volume takes no writes of a former writer.
        fenced: true,
        leadsCopies: false,
        eligible: (node) => storage.canRead(node),
        heir: (candidates) => {
            const tier = Math.min(...candidates.map((node) => tierOf(memberOf(node))));
            const lowest = candidates.filter((node) => tierOf(memberOf(node)) === tier);
            const largest = withLargest(context, lowest, memberOf);
            const node = largest[ties.below(largest.length)]!;
            const among = largest.length > 1 ? `, any of ${largest.length} that are equal` : '';
            const why = `of the readers left it has the lowest promotion tier, ${tier}${among}`;
            return { node, why: candidates.length > 1 ? why : 'no other reader runs' };
        },
        promoted: () => takeReadersElsewhereForUp(context, world),
        demoted: () => undefined,
    };
}

/**
 * Instances of other Regions may restart when the writer changes: all of them before Aurora MySQL 3.06, and of Aurora PostgreSQL in
 * cases that its guide does not bound.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-mysql-survivable-replicas.html
 */
function takeReadersElsewhereForUp(context: EngineContext, world: World): void {
    const copies = secondariesOf(context).map(({ cluster }) => cluster.name);
    const { version = '' } = context.cluster;
    const keepsReaders = flavourOf(version) === 'mysql' && isSince(version.replace(/.*mysql/i, ''), '3.06');
    if (copies.length > 0 && !keepsReaders) {
        const what = `Readers of ${listed(copies)} go on while the writer of ${context.cluster.name} changes`;
        world.assume({
            brief: what.charAt(0).toLowerCase() + what.slice(1),
            sentence: `${what}: AWS may restart the instances of other Regions then, which is not modelled.`,
        });
    }
}

/** Where not all sizes are known, nothing is known about who is the largest. */
function withLargest(
    context: EngineContext,
    nodes: readonly NodeId[],
    memberOf: (node: NodeId) => Member,
): readonly NodeId[] {
    const sizes = nodes.map((node) => instanceSize(context, memberOf(node)));
    const known = sizes.flatMap((size) => size ?? []);
    return known.length < nodes.length ? nodes : nodes.filter((_, index) => sizes[index] === Math.max(...known));
}
