/** Where the story of the clients and the table of outages, which the lanes draw and expectations are decided by, tell different times. */
import { knownFrom, type Outage, type Run, type TraceEvent } from '../../../src/simulator/index.js';
import { clock, type Topology } from '../../../src/topology/index.js';

/** A sentence for each end of a failure that no outages have, and each outage that nobody tells. */
export function toldOutageFlaws(topology: Topology, { trace, outages }: Run): readonly string[] {
    const told = new Set<Outage>();
    const untrue = trace.flatMap((event) => {
        const rest = outages.filter((outage) => !told.has(outage) && isAbout(topology, event, outage));
        const behind = outagesBehind(event, rest);
        behind?.forEach((outage) => told.add(outage));
        return behind?.length === 0 ? [`no outage: ${clock(event.atMs)} ${event.text}`] : [];
    });
    const untold = outages.filter((outage) => outage.toMs !== null && outage.copyOf === undefined && !told.has(outage));
    return [
        ...untrue,
        ...untold
            // Those that go on, with luck in between, are told when they end.
            .filter((outage) => !outages.some((other) => goesOn(other) && sameStream(outage, other)))
            .map(
                (outage) =>
                    `not told: ${subjectOf(topology, outage)}${topology.shards[outage.shard]?.name} ${outage.fromMs} to ${String(outage.toMs)}`,
            ),
    ];
}

/** Undefined if the event is no end of a failure. */
function outagesBehind({ atMs, text }: TraceEvent, outages: readonly Outage[]): readonly Outage[] | undefined {
    const dark = /succeed after (?:up to )?(\S+) s$/.exec(text);
    if (dark) {
        const behind = outages.filter((each) => each.toMs !== null && each.toMs <= atMs);
        const [first, last] = [behind[0], behind.at(-1)];
        const seconds = (((last?.toMs ?? 0) - (first?.fromMs ?? 0)) / 1_000).toFixed(3);
        return last?.toMs === atMs && seconds === dark[1] ? behind : [];
    }
    const some = /([\d,]+) sent between (.+) and (.+?) failed/.exec(text);
    if (some) {
        const begin = outages.findIndex((each) => clock(knownFrom(each)) === some[2]);
        const end = outages.findIndex((each) => each.toMs !== null && clock(each.toMs) === some[3]);
        const behind = begin < 0 ? [] : outages.slice(begin, end + 1);
        const failed = behind.reduce((sum, each) => sum + each.failed, 0);
        return failed === Number(some[1]?.replaceAll(',', '')) ? behind : [];
    }
    return undefined;
}

/** How a shard is called depends on which others there are. */
function isAbout(topology: Topology, { shard, text }: TraceEvent, outage: Outage): boolean {
    return shard === outage.shard && text.startsWith(subjectOf(topology, outage));
}

function subjectOf(topology: Topology, { workload, operation }: Outage): string {
    const who = workload === undefined ? 'the probe' : topology.workloads[workload]?.name;
    return `${who}: ${operation}s of `;
}

function goesOn({ toMs }: Outage): boolean {
    return toMs === null;
}

function sameStream(one: Outage, other: Outage): boolean {
    return one.shard === other.shard && one.operation === other.operation && one.workload === other.workload;
}
