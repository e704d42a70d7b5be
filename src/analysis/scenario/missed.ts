/** What clients could not read or write, in sentences: of what, what share of it, for how long. */
import { knownFrom, type Outage, type Run } from '../../simulator/index.js';
import {
    counted,
    duration,
    figure,
    groupedBy,
    listed,
    setDuration,
    type Cluster,
    type Topology,
} from '../../topology/index.js';
import { damageOf } from './damage.js';
import { lengthWords } from './outages.js';

/** What became of an operation of a cluster: `Writes`, `sessions (1 of 3 shards)`, `failed for 17.2 s`. */
interface Missed {
    readonly what: string;
    readonly subject: string;
    readonly fate: string;
}

/** A sentence for all that fared alike. */
export function missedSentences(topology: Topology, run: Run): readonly string[] {
    const missed = topology.clusters.flatMap((cluster) => missedIn(run, cluster));
    const groups = groupedBy(missed, ({ what, fate }) => `${what}\n${fate}`);
    return [...groups.values()].flatMap(([first, ...more]) =>
        first === undefined
            ? []
            : [`${first.what} of ${listed([first, ...more].map(({ subject }) => subject))} ${first.fate}.`],
    );
}

/** What clients missed of a cluster, and of what leads it where they ask that too. */
function missedIn(run: Run, cluster: Cluster): readonly Missed[] {
    const [control = [], data = []] = [true, false].map((controls) =>
        damageOf(run).filter(
            (each) => each.cluster === cluster.id && (each.shard === cluster.controlPlane?.shard) === controls,
        ),
    );
    return [
        ...alike(run, { name: `the control plane of ${cluster.name}`, shards: 1 }, control),
        ...alike(run, { name: cluster.name, shards: cluster.shards.length }, data),
    ];
}

interface Asked {
    readonly name: string;
    /** How many shards it has. */
    readonly shards: number;
}

/** Reads and writes as one where they fared alike. */
function alike(run: Run, asked: Asked, outages: readonly Outage[]): readonly Missed[] {
    const [reads, writes] = (['read', 'write'] as const).map((operation) =>
        missedBy(
            run,
            asked,
            outages.filter((each) => each.operation === operation),
        ),
    );
    if (reads !== undefined && reads.subject === writes?.subject && reads.fate === writes.fate) {
        return [{ ...reads, what: 'Reads and writes' }];
    }
    return [reads, writes].filter((each) => each !== undefined);
}

/** Of one operation; undefined if clients missed nothing. What hit other shards less than the worst is told apart. */
function missedBy(run: Run, { name, shards }: Asked, outages: readonly Outage[]): Missed | undefined {
    const [first] = outages;
    if (first === undefined) {
        return undefined;
    }
    const worst = new Set(worstOf(outages).map(({ shard }) => shard));
    const [hard, others] = [true, false].map((isWorst) => outages.filter(({ shard }) => worst.has(shard) === isWorst));
    const fate = fateOf(run, hard ?? []);
    const rest = new Set(others?.map(({ shard }) => shard)).size;
    return {
        what: first.operation === 'read' ? 'Reads' : 'Writes',
        subject: worst.size < shards ? `${name} (${figure(worst.size)} of ${counted(shards, 'shard')})` : name,
        fate: rest === 0 ? fate : `${fate}, and ${figure(rest)} more ${restOf(run, others ?? [])}`,
    };
}

/** An outage of half the length of the longest, or more, is as bad. */
const AS_BAD = 0.5;

/** Those that were not over at the end, dark ones first; else the long ones. */
function worstOf(outages: readonly Outage[]): readonly Outage[] {
    const open = outages.filter(({ toMs }) => toMs === null);
    const dark = open.filter(({ form }) => form === 'dark');
    const longest = outages.reduce((length, outage) => Math.max(length, lengthOf(outage)), 0);
    const long = outages.filter((outage) => lengthOf(outage) >= longest * AS_BAD);
    return [dark, open, long].find((some) => some.length > 0) ?? [];
}

/** `failed for 17.2 s`; `for up to 17.2 s` where it was not as long for each shard. */
function fateOf(run: Run, outages: readonly Outage[]): string {
    const open = worstOf(outages).filter(({ toMs }) => toMs === null);
    if (open.length > 0) {
        const lasting = duration(run.untilMs - Math.min(...open.map(knownFrom)));
        return open.every(({ form }) => form === 'degraded')
            ? `failed in part until the end, ${lasting} later`
            : `did not come back within the ${lasting} that were simulated`;
    }
    const longest = outages.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
    const verb = longest.form === 'dark' ? 'failed' : 'failed in part';
    const byShard = groupedBy(outages, ({ shard }) => shard);
    const lengths = [...byShard.values()].map((each) => duration(Math.max(...each.map(lengthOf))));
    const length = lengthWords(longest, longest.toMs ?? longest.fromMs);
    return `${verb} ${new Set(lengths).size > 1 ? `for up to ${duration(lengthOf(longest))}` : length}`;
}

/** Of those that fared better than the worst nobody asks by how much of a second. */
function restOf(run: Run, outages: readonly Outage[]): string {
    const isShort = outages.every((outage) => outage.toMs !== null && lengthOf(outage) < SHORT_MS);
    return isShort ? `failed for less than ${setDuration(SHORT_MS)}` : fateOf(run, outages);
}

const SHORT_MS = 1_000;

function lengthOf({ fromMs, toMs }: Outage): number {
    return (toMs ?? fromMs) - fromMs;
}
