/** How many copies there are, and how they share the racks. */
import { counted, listed, type Finding } from '../../../topology/index.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { quorumOf } from '../consistency.js';
import type { Keyspace, Part } from './keyspaces.js';

export function checkCopies(keyspace: Keyspace): readonly Finding[] {
    return [
        ...oneCopy(keyspace),
        // What more copies than nodes come to is told as that.
        ...keyspace.parts.flatMap((part) => {
            if (part.copies > part.nodes.length) {
                return [];
            }
            const rack = rackBreaksQuorum(keyspace, part);
            return [...evenCopies(keyspace, part), ...(rack.length > 0 ? rack : fewRacks(keyspace, part))];
        }),
    ];
}

function oneCopy({ name, group, parts, simple }: Keyspace): readonly Finding[] {
    const single = parts.filter(({ copies }) => copies === 1);
    if (single.length === 0) {
        return [];
    }
    const three = simple || group.perPlace === undefined ? parts.length === 1 && single[0]!.nodes.length >= 3 : false;
    return [
        {
            code: 'cassandra/one-replica',
            severity: 'warning',
            message: `${name} keeps one copy in ${listed(single.map((part) => part.name))}: while the node that has it is down, that part of the data can be neither read nor written there.`,
            help: 'Use three copies, in three racks.',
            source: group.source,
            fixes: three ? [useReplicas(group.source, 3)] : [],
        },
    ];
}

function evenCopies({ name, group, needsQuorum, parts }: Keyspace, { name: place, copies }: Part): readonly Finding[] {
    if (copies % 2 === 1) {
        return [];
    }
    if (copies === 2 && needsQuorum) {
        return [
            {
                code: 'cassandra/quorum-of-two',
                severity: 'warning',
                message: `${name} keeps two copies in ${place}, and a quorum of two is both: while either node is down, a quorum cannot be had.`,
                help: 'Use three copies, of which a quorum is two.',
                source: group.source,
                fixes: parts.length === 1 && group.perPlace === undefined ? [useReplicas(group.source, 3)] : [],
            },
        ];
    }
    return [
        {
            code: 'cassandra/even-replication',
            severity: 'warning',
            message: `${name} keeps ${String(copies)} copies in ${place}: a quorum of them is ${String(quorumOf(copies))}, which bears the loss of ${copies === 2 ? 'none' : counted(copies - quorumOf(copies), 'copy', 'copies')}, as one copy fewer would.`,
            help: copies === 2 ? 'Use 3 copies.' : `Use ${String(copies - 1)} or ${String(copies + 1)} copies.`,
            source: group.source,
            fixes:
                parts.length === 1 && group.perPlace === undefined
                    ? [useReplicas(group.source, copies === 2 ? 3 : copies - 1)]
                    : [],
        },
    ];
}

/** A rack that takes a quorum with it. One or two copies bear no loss anyway, which is told elsewhere. */
function rackBreaksQuorum(keyspace: Keyspace, part: Part): readonly Finding[] {
    const { name, group, needsQuorum } = keyspace;
    const spare = part.copies - quorumOf(part.copies);
    const worst = fullestRack(keyspace, part);
    if (!needsQuorum || part.copies < 3 || part.racks.length < 2 || worst.copies <= spare) {
        return [];
    }
    return [
        {
            code: 'cassandra/rack-breaks-quorum',
            severity: 'warning',
            message: `Rack ${worst.rack} may hold ${String(worst.copies)} of the ${String(part.copies)} copies of a range of ${name} in ${part.name}: when it fails, ${part.copies - worst.copies === 1 ? '1 is' : `${String(part.copies - worst.copies)} are`} left, and a quorum is ${String(quorumOf(part.copies))}.`,
            help: `Spread the nodes over at least ${String(part.copies)} racks of equal size, with NetworkTopologyStrategy.`,
            source: group.source,
        },
    ];
}

function fewRacks({ name, group, simple }: Keyspace, part: Part): readonly Finding[] {
    const racks = part.racks.length;
    return simple || racks < 2 || racks >= part.copies
        ? []
        : [
              {
                  code: 'cassandra/racks-below-replication',
                  severity: 'warning',
                  message: `${name} keeps ${String(part.copies)} copies in ${part.name}, which has ${String(racks)} racks: some racks hold several copies of a range, and which ones cannot be chosen.`,
                  help: `Use ${String(part.copies)} racks, or one.`,
                  source: group.source,
              },
          ];
}

/** The rack that holds most copies of any range. */
function fullestRack({ ranges }: Keyspace, { racks }: Part): { readonly rack: string; readonly copies: number } {
    const rackOf = new Map(racks.flatMap(({ nodes }, rack) => nodes.map((node) => [node, rack] as const)));
    let worst = { rack: '', copies: 0 };
    for (const { copies } of ranges) {
        const inside = new Map<number, number>();
        for (const node of copies) {
            const rack = rackOf.get(node);
            if (rack === undefined) {
                continue;
            }
            const count = (inside.get(rack) ?? 0) + 1;
            inside.set(rack, count);
            if (count > worst.copies) {
                worst = { rack: racks[rack]!.name, copies: count };
            }
        }
    }
    return worst;
}
