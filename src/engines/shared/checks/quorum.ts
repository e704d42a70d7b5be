/** What is wrong with members that decide by majority, whatever the system calls them. */
import type { Finding, Fix, ZoneId } from '../../../topology/index.js';
import type { EngineContext, Quorum } from '../../engine.js';

/** Votes that decide among so many voters: more than half. */
export function majority(voters: number): number {
    return Math.floor(voters / 2) + 1;
}

export function checkQuorum(context: EngineContext, quorum: Quorum): readonly Finding[] {
    return [...tooFew(context, quorum), ...even(context, quorum), ...majorityInOneZone(context, quorum)];
}

function tooFew({ cluster, topology }: EngineContext, quorum: Quorum): readonly Finding[] {
    const { tooFew: rule } = quorum.codes;
    const count = quorum.voters.length;
    if (rule === undefined || count === 0 || count > 2) {
        return [];
    }
    const only = topology.nodes[quorum.voters[0] ?? -1]?.name ?? 'One node';
    return [
        {
            ...rule,
            message:
                count === 1
                    ? `${only} is the only ${quorum.one} of ${cluster.name}: when it fails, ${quorum.without}.`
                    : `${cluster.name} has two ${quorum.many}, and a majority of two is both: when either fails, ${quorum.without}.`,
            help: `Use three ${quorum.many}: they go on when one of them is lost.`,
            source: quorum.source,
            fixes: resized(quorum, 3),
        },
    ];
}

function even({ cluster }: EngineContext, quorum: Quorum): readonly Finding[] {
    const { even: code, tooFew: rule } = quorum.codes;
    const count = quorum.voters.length;
    const isTooFew = rule !== undefined && count === 2;
    if (code === undefined || count === 0 || count % 2 === 1 || isTooFew) {
        return [];
    }
    return [
        {
            code,
            severity: 'warning',
            message: `${cluster.name} has ${String(count)} ${quorum.many}: they survive the loss of ${String(count - majority(count))} at once, as ${String(count - 1)} would.`,
            help: `Use ${String(count - 1)} or ${String(count + 1)} ${quorum.many}.`,
            source: quorum.source,
            fixes: [...(count > 2 ? resized(quorum, count - 1) : []), ...resized(quorum, count + 1)],
        },
    ];
}

/** In a cluster that stands in several zones: one whose loss leaves no majority. */
function majorityInOneZone(context: EngineContext, quorum: Quorum): readonly Finding[] {
    const { cluster, topology } = context;
    const code = quorum.codes.majorityInOneZone;
    const count = quorum.voters.length;
    const zones = new Set(cluster.members.map(({ node }) => topology.nodes[node]?.zone));
    if (code === undefined || zones.size < 2 || count < 3) {
        return [];
    }
    return [...votersByZone(context, quorum)].flatMap(([zone, inside]): Finding[] => {
        const left = count - inside;
        if (left >= majority(count)) {
            return [];
        }
        const place = topology.zones[zone]?.qualifiedName ?? '';
        return [
            {
                code,
                severity: 'warning',
                message: `${String(inside)} of ${String(count)} ${quorum.many} of ${cluster.name} stand in ${place}: if that zone fails, ${String(left)} are left, ${String(majority(count))} are needed, and ${quorum.without}.`,
                help: `Spread the ${quorum.many} so that no zone holds half of them; that takes at least three zones.`,
                source: quorum.source,
                related: [
                    { source: topology.zones[zone]?.source ?? cluster.source, message: `${place} is declared here.` },
                ],
            },
        ];
    });
}

function votersByZone({ topology }: EngineContext, quorum: Quorum): ReadonlyMap<ZoneId, number> {
    const inside = new Map<ZoneId, number>();
    for (const voter of quorum.voters) {
        const zone = topology.nodes[voter]?.zone;
        if (zone !== undefined) {
            inside.set(zone, (inside.get(zone) ?? 0) + 1);
        }
    }
    return inside;
}

/** Voters that one range of names declares can be made more or fewer by changing its last number. */
function resized(quorum: Quorum, count: number): readonly Fix[] {
    const [first, ...others] = quorum.declarations;
    if (first === undefined || others.some((other) => other !== first)) {
        return [];
    }
    return [
        {
            kind: 'resize-range',
            title: `Use ${String(count)} ${quorum.many}`,
            declaration: first,
            by: count - quorum.voters.length,
        },
    ];
}
