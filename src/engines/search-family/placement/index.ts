import type { NodeId } from '../../../topology/index.js';
import type { Placement, PlacementRequest, UnplacedShard } from '../../engine.js';
import { awarenessOf } from '../awareness.js';
import { dataMembers, holders, type SearchProduct } from '../product.js';
import { evenOut, type DealtShard } from './even-out.js';
import { Ledger } from './ledger.js';
import { Yard } from './yard.js';

/**
 * Deals out the copies of one index after the other, as if they were created in that order: first its primaries, then the
 * replicas of each shard. A copy goes to the node with the fewest, never to a node that has one of the same shard, and never
 * to a zone or rack that awareness considers full. A copy for which no node is left stays unassigned: its shard then has
 * fewer copies than its index asks for. The balancer's weights, disk usage and allocation filters are not modelled.
 */
export function placeCopies(product: SearchProduct, request: PlacementRequest): Placement {
    if (dataMembers(product, request.members).length === 0) {
        const [role = 'data'] = product.dataRoles;
        return {
            kind: 'impossible',
            message: `No node of ${request.cluster.name} has the role ${role}, so its shards have nowhere to stand.`,
            help: `Give the role to some of its nodes: nodes ${role}-[1..3] across zones as ${role}.`,
        };
    }
    const ledger = ledgerOf(product, request);
    const yardOf = yards(product, request, ledger);
    const dealt = byGroup(request.shards).flatMap((shards) => dealOut(shards, yardOf(shards[0]!)));
    evenOut(ledger, dealt);
    return { kind: 'placed', copies: dealt.map(({ held }) => held.map((slot): NodeId => ledger.nodes[slot]!)) };
}

/** What the file has placed counts from the start. */
function ledgerOf(product: SearchProduct, request: PlacementRequest): Ledger {
    const ledger = new Ledger(product, request, awarenessOf(product, request));
    for (const { copies } of request.placed) {
        copies.forEach((node, index) => {
            const slot = ledger.slotOf(node);
            if (slot !== undefined) {
                ledger.add(slot, index === 0 ? 'primary' : 'replica');
            }
        });
    }
    return ledger;
}

/** The nodes on which an index may stand, shared by all that want the same tiers. */
function yards(product: SearchProduct, request: PlacementRequest, ledger: Ledger): (shard: UnplacedShard) => Yard {
    const known = new Map<string, Yard>();
    return ({ group }) => {
        const tiers = product.tiersOf(request.settings, group === undefined ? {} : { group });
        const key = tiers.join(' ');
        const slots = (): number[] =>
            holders(product, request.members, tiers).flatMap(({ node }) => ledger.slotOf(node) ?? []);
        const yard = known.get(key) ?? new Yard(ledger, slots());
        known.set(key, yard);
        return yard;
    };
}

function byGroup(shards: readonly UnplacedShard[]): readonly (readonly UnplacedShard[])[] {
    const groups: UnplacedShard[][] = [];
    for (const shard of shards) {
        const last = groups.at(-1);
        if (last?.[0]?.group !== undefined && last[0].group === shard.group) {
            last.push(shard);
        } else {
            groups.push([shard]);
        }
    }
    return groups;
}

function dealOut(shards: readonly UnplacedShard[], yard: Yard): readonly DealtShard[] {
    const primaries = shards.map(() => yard.dealPrimary());
    return shards.map(({ copies }, index) => {
        const primary = primaries[index];
        return { yard, held: primary === undefined ? [] : [primary, ...yard.dealReplicas(primary, copies)] };
    });
}
