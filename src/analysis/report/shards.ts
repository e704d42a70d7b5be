/** What was seen of shards: each by itself, or group by group where there are many. */
import type { Outage, Run } from '../../simulator/index.js';
import { counted, figure, groupedBy, listed, type ShardId, type Topology } from '../../topology/index.js';
import { describe, knownFrom } from '../scenario/outages.js';
import { instant, nodeName, plural, shardPath } from '../words.js';
import { clock } from './clock.js';

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
        [groupOf(topology, outage.shard), outage.operation, outage.form, seenBy(outage), outage.toMs === null].join(
            '\n',
        ),
    );
    return [...kinds.values()].flatMap((alike) => {
        const [one] = alike;
        if (!one) return [];
        if (alike.length === 1) return [`${describe(topology, one, run.untilMs)}, ${seenBy(one)}`];
        const state = one.form === 'dark' ? 'dark' : 'failing in part';
        const end =
            one.toMs === null
                ? `and did not come back before the end at ${instant(run.untilMs)}`
                : `until ${between(alike.map(({ toMs }) => toMs ?? run.untilMs))}, for ${between(alike.map((outage) => (outage.toMs ?? run.untilMs) - knownFrom(outage)))}`;
        const from = between(alike.map(knownFrom));
        const what = `${plural(one.operation)} of ${shardsOf(topology, alike)}`;
        return [`${what} were ${state} from ${from} ${end}, ${seenBy(one)}`];
    });
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
        return run.lostWrites.map(({ shard, count }) => `${shardPath(topology, shard)}: ${figure(count)}`);
    }
    return [...groupedBy(run.lostWrites, ({ shard }) => groupOf(topology, shard)).values()].map((alike) => {
        const counts = alike.map(({ count }) => count);
        const total = counts.reduce((sum, count) => sum + count, 0);
        const each = `${figure(Math.min(...counts))} to ${figure(Math.max(...counts))} each`;
        return `${shardsOf(topology, alike)}: ${figure(total)}, ${each}`;
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

/** `30.0 s`, or `30.0 s to 41.2 s`. */
function between(times: readonly number[]): string {
    const [least, most] = [instant(Math.min(...times)), instant(Math.max(...times))];
    return least === most ? least : `${least} to ${most}`;
}
