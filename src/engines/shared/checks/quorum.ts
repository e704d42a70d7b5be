/** What is wrong with members that decide by majority, whatever the system calls them. */
import { isControlPlane, listed, type Finding, type Fix, type ZoneId } from '../../../topology/index.js';
import type { EngineContext, Quorum } from '../../engine.js';
import { resizeTo } from './fixes.js';

/** Votes that decide among so many voters: more than half. */
export function majority(voters: number): number {
    return Math.floor(voters / 2) + 1;
}

/** How many of the voters have a vote. */
export function votesOf({ voters, keepsOdd }: Pick<Quorum, 'voters' | 'keepsOdd'>): number {
    return keepsOdd === true && voters.length > 0 && voters.length % 2 === 0 ? voters.length - 1 : voters.length;
}

export function checkQuorum(context: EngineContext, quorum: Quorum): readonly Finding[] {
    return [...tooFew(context, quorum), ...even(context, quorum), ...majorityInOneZone(context, quorum)];
}

function tooFew(context: EngineContext, quorum: Quorum): readonly Finding[] {
    const { cluster, topology } = context;
    const { tooFew: rule } = quorum.codes;
    const count = quorum.voters.length;
    if (rule === undefined || count === 0 || count > 2) {
        return [];
    }
    const only = topology.nodes[quorum.voters[0] ?? -1]?.name ?? 'One node';
    const both =
        votesOf(quorum) === count
            ? `a majority of two is both: when either fails, ${quorum.without}`
            : `one of them alone has a vote: when that one fails, ${quorum.without}`;
    return [
        {
            ...rule,
            message:
                count === 1
                    ? `${only} is the only ${quorum.one} of ${cluster.name}: when it fails, ${quorum.without}.`
                    : `${cluster.name} has two ${quorum.many}, and ${both}.`,
            help: `Use three ${quorum.many}: they go on when one of them is lost.`,
            source: quorum.source,
            fixes: resized(context, quorum, 3),
        },
    ];
}

function even(context: EngineContext, quorum: Quorum): readonly Finding[] {
    const { cluster } = context;
    const { even: code, tooFew: rule } = quorum.codes;
    const count = quorum.voters.length;
    const isTooFew = rule !== undefined && count === 2;
    if (code === undefined || count === 0 || count % 2 === 1 || isTooFew) {
        return [];
    }
    const votes = votesOf(quorum);
    const numbers = oddNumbers(quorum);
    const leftOut = votes < count ? `one of them is left without a vote, so that ${String(votes)} decide, and ` : '';
    return [
        {
            code,
            severity: 'warning',
            message: `${cluster.name} has ${String(count)} ${quorum.many}: ${leftOut}they survive the loss of ${String(votes - majority(votes))} at once, as ${String(count - 1)} would.`,
            help: `Use ${listed(numbers.map(String), { word: 'or' })} ${quorum.many}.`,
            source: quorum.source,
            fixes: numbers.flatMap((number) => resized(context, quorum, number)),
        },
    ];
}

/** The odd numbers on both sides, as far as they are of use. */
function oddNumbers({ voters, enough = Infinity }: Quorum): readonly number[] {
    const near = [voters.length - 1, voters.length + 1].filter((number) => number > 1 && number <= enough);
    return near.length > 0 ? near : [enough];
}

/**
 * In a cluster that stands in several zones: one whose loss leaves no majority. Where one voter has no vote, it is taken
 * to stand elsewhere, since the system may choose so.
 */
function majorityInOneZone(context: EngineContext, quorum: Quorum): readonly Finding[] {
    const { cluster, topology } = context;
    const code = quorum.codes.majorityInOneZone;
    const count = votesOf(quorum);
    const zones = new Set(cluster.members.map(({ node }) => topology.nodes[node]?.zone));
    if (code === undefined || zones.size < 2 || count < 3) {
        return [];
    }
    return [...votersByZone(context, quorum)].flatMap(([zone, here]): Finding[] => {
        const inside = Math.min(here, count);
        const left = count - inside;
        if (left >= majority(count)) {
            return [];
        }
        const place = topology.zones[zone]?.qualifiedName ?? '';
        const who = count < quorum.voters.length ? `votes of the ${quorum.many}` : quorum.many;
        const unless =
            who !== quorum.many && here < quorum.voters.length ? ' if the node without a vote is elsewhere' : '';
        return [
            {
                code,
                severity: 'warning',
                message: `${String(inside)} of ${String(count)} ${who} of ${cluster.name} stand in ${place}${unless}: if that zone fails, ${remaining(left)} left, ${String(majority(count))} are needed, and ${quorum.without}.`,
                help: spreadHelp(quorum.many, count),
                source: quorum.source,
                related: [
                    { source: topology.zones[zone]?.source ?? cluster.source, message: `${place} is declared here.` },
                ],
            },
        ];
    });
}

/** With an even number a zone more may be needed than with the odd one below it. */
function spreadHelp(many: string, count: number): string {
    const spare = count - majority(count);
    const zones = Math.ceil(count / spare);
    const least = zones === 3 ? 'three' : String(zones);
    const fewer = count % 2 === 0 && zones > 3 ? `, or ${String(count - 1)} ${many} in three` : '';
    return `Spread the ${many} so that no zone holds more than ${spare === 1 ? 'one' : String(spare)} of them; that takes at least ${least} zones${fewer}.`;
}

function remaining(voters: number): string {
    return voters === 0 ? 'none are' : voters === 1 ? '1 is' : `${String(voters)} are`;
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

/**
 * Another number of voters. Where these hold data as well it moves data, and taking some away loses a place for copies: the
 * title says so, and only the author can choose it.
 */
function resized({ cluster, topology }: EngineContext, quorum: Quorum, count: number): readonly Fix[] {
    const { many, declarations, voters } = quorum;
    const declaresNodes = cluster.members.some(({ source }) => declarations.includes(source));
    const holdData = topology.shards.some(
        (shard) =>
            shard.cluster === cluster.id &&
            !isControlPlane(topology, shard) &&
            shard.copies.some((node) => voters.includes(node)),
    );
    const title = `Use ${String(count)} ${many}`;
    return declaresNodes && holdData
        ? resizeTo(declarations, count, `${title}, which hold data too`).map((fix) => ({ ...fix, open: true }))
        : resizeTo(declarations, count, title);
}
