/** What was seen of shards: each by itself, or group by group where there are many. */
import { knownFrom, type Outage, type Run } from '../../simulator/index.js';
import {
    clock,
    counted,
    duration,
    figure,
    groupedBy,
    listed,
    type ShardId,
    type Topology,
} from '../../topology/index.js';
import { describe, stateWords } from '../scenario/outages.js';
import { probesShare } from '../scenario/probed.js';
import { instant, nodeName, plural, shardPath } from '../words.js';

/** Lines of one kind up to which each shard has its own. */
const EACH_ALONE = 30;
/** Names that stand for all of a group. */
const NAMED = 3;

export function outages(topology: Topology, run: Run): readonly string[] {
    const seenBy = ({ workload }: Outage): string =>
        `seen by ${workload === undefined ? 'the probe' : (topology.workloads[workload]?.name ?? '')}`;
    const failures = run.outages.filter(({ copyOf }) => copyOf === undefined);
    if (failures.length <= EACH_ALONE) {
        return failures.map((outage) => `${describe(topology, outage, run.untilMs)}, ${seenBy(outage)}`);
    }
    const kinds = groupedBy(failures, (outage) =>
        [
            groupOf(topology, outage.shard),
            outage.operation,
            stateWords(outage),
            seenBy(outage),
            outage.toMs === null,
        ].join('\n'),
    );
    return [...kinds.values()].flatMap((alike) => {
        const [one] = alike;
        if (!one) return [];
        if (alike.length === 1) return [`${describe(topology, one, run.untilMs)}, ${seenBy(one)}`];
        const what = `${plural(one.operation)} of ${shardsOf(topology, alike)}`;
        return [`${what} were ${stateWords(one)} ${spanOf(alike, run.untilMs)}, ${seenBy(one)}`];
    });
}

/** When outages that are alike began and ended; shards may have had several. */
function spanOf(alike: readonly Outage[], untilMs: number): string {
    const begins = alike.map(knownFrom);
    const endings = alike.map(({ toMs }) => toMs ?? untilMs);
    const [first] = alike;
    if (first?.toMs === null) {
        return `${begun(begins)} and did not come back before the end at ${instant(untilMs)}`;
    }
    const lengths = `for ${range(alike.map(({ toMs }, index) => (toMs ?? untilMs) - (begins[index] ?? 0)))} each`;
    return new Set(alike.map(({ shard }) => shard)).size < alike.length
        ? `${figure(alike.length)} times between ${instant(Math.min(...begins))} and ${instant(Math.max(...endings))}, ${lengths}`
        : `${begun(begins)}, ${ended(endings)}, ${lengths}`;
}

export function leaders(topology: Topology, run: Run): readonly string[] {
    const changes = run.leaders.filter((change) => change.atMs > 0);
    if (changes.length <= EACH_ALONE) {
        return changes.map(
            ({ atMs, shard, from, to }) =>
                `${clock(atMs)}  ${shardPath(topology, shard)}: ${nodeName(topology, from)} → ${nodeName(topology, to)}`,
        );
    }
    const kinds = groupedBy(changes, ({ shard, from, to }) =>
        [groupOf(topology, shard), from === null, to === null].join('\n'),
    );
    return [...kinds.values()].map((alike) => {
        const [first] = alike;
        const what = first?.to === null ? 'without a leader' : first?.from === null ? 'have one again' : 'have another';
        const times = new Set([first, alike.at(-1)].map((change) => clock(change?.atMs ?? 0)));
        return `${[...times].join(' to ')}  ${shardsOf(topology, alike)}: ${what}`;
    });
}

export function losses(topology: Topology, run: Run): readonly string[] {
    if (run.lostWrites.length <= EACH_ALONE) {
        return run.lostWrites.map(
            (lost) =>
                `${shardPath(topology, lost.shard)}: ${figure(lost.count)}${probesShare(topology, 'write', [lost])}`,
        );
    }
    return [...groupedBy(run.lostWrites, ({ shard }) => groupOf(topology, shard)).values()].map((alike) => {
        const counts = alike.map(({ count }) => count);
        const total = counts.reduce((sum, count) => sum + count, 0);
        const each = `${figure(Math.min(...counts))} to ${figure(Math.max(...counts))} each`;
        return `${shardsOf(topology, alike)}: ${figure(total)}, ${each}${probesShare(topology, 'write', alike)}`;
    });
}

/** The group that a shard belongs to, or its cluster. */
function groupOf(topology: Topology, shard: ShardId): string {
    const { cluster, group } = topology.shards[shard] ?? {};
    return `${String(cluster)} ${String(group)}`;
}

function shardsOf(topology: Topology, of: readonly { readonly shard: ShardId }[]): string {
    const shards = [...new Set(of.map(({ shard }) => shard))];
    const names = listed(
        shards.map((shard) => shardPath(topology, shard)),
        { limit: NAMED },
    );
    return shards.length === 1 ? names : `${counted(shards.length, 'shard')} (${names})`;
}

/** `from 30.0 s`, or `beginning between 30.0 s and 41.2 s`. */
function begun(times: readonly number[]): string {
    const [least, most] = ends(times);
    return least === most ? `from ${least}` : `beginning between ${least} and ${most}`;
}

/** `until 30.0 s`, or `ending between 30.0 s and 41.2 s`. */
function ended(times: readonly number[]): string {
    const [least, most] = ends(times);
    return least === most ? `until ${least}` : `ending between ${least} and ${most}`;
}

/** The first and the last instant. */
function ends(times: readonly number[]): readonly [string, string] {
    return [instant(Math.min(...times)), instant(Math.max(...times))];
}

/** Lengths: `30.0 s`, or `30.0 s to 41.2 s`. */
function range(lengths: readonly number[]): string {
    const [least, most] = [duration(Math.min(...lengths)), duration(Math.max(...lengths))];
    return least === most ? least : `${least} to ${most}`;
}
