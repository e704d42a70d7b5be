/** A run as a person reads it. */
import type { Run, TraceEvent } from '../simulator/index.js';
import { counted, figure, listed, type Topology } from '../topology/index.js';
import { describe } from './scenario/service.js';
import { nodeName, plural, shardPath } from './words.js';
import type { ScenarioResult, Status, Verdict } from './verdict.js';

const MARKS: Readonly<Record<Status, string>> = { passed: '✓', failed: '✗', 'not-proved': '?', error: '!' };

/** More lines than anybody reads are left out, and the report says how many. */
const MOST_EVENTS = 400;

/** Title, verdict, story, outages, leaders, lost writes and clauses as plain text, ready to be read. */
export function report(topology: Topology, { verdict, run }: ScenarioResult): string {
    const sections = [
        heading(verdict, run),
        section('Expectations', clauses(verdict)),
        section('Notes', verdict.notes),
        section('Story', story(run.trace)),
        section('Outages', outages(topology, run)),
        section('Leaders', leaders(topology, run)),
        section('Split brain', splitBrains(topology, run)),
        section('Lost acknowledged writes', losses(topology, run)),
        section('Requests', requests(topology, run)),
    ];
    return `${sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n')}\n`;
}

function heading({ name, title, status }: Verdict, run: Run): readonly string[] {
    return [
        `${MARKS[status]} ${name}${title === undefined ? '' : `: ${title}`}`,
        `  ${status}; seed ${String(run.seed)}, ${clock(run.untilMs)} simulated, ${counted(run.events, 'event')}, trace ${run.traceHash}`,
    ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function clauses(verdict: Verdict): readonly string[] {
    return verdict.clauses.flatMap(({ status, text, actual }) => [`${MARKS[status]} ${text}`, `    ${actual}`]);
}

/** One line an event: the time, the number by which others refer to it as their cause, the sentence. */
function story(trace: readonly TraceEvent[]): readonly string[] {
    const shown = trace.slice(0, MOST_EVENTS);
    const last = shown.at(-1);
    const times = clock(last?.atMs ?? 0).length;
    const numbers = `#${String(shown.length)}`.length;
    const lines = shown.map((event, index) => {
        const number = `#${String(index + 1)}`.padStart(numbers);
        const because = event.cause < 0 ? '' : `  ← #${String(event.cause + 1)}`;
        return `${clock(event.atMs).padStart(times)}  ${number}  ${event.text}${because}`;
    });
    const hidden = trace.length - shown.length;
    return hidden === 0 ? lines : [...lines, `… and ${counted(hidden, 'event')} more`];
}

function outages(topology: Topology, run: Run): readonly string[] {
    return run.outages.map((outage) => {
        const who = outage.workload === undefined ? 'the probe' : (topology.workloads[outage.workload]?.name ?? '');
        return `${describe(topology, outage, run.untilMs)}, seen by ${who}`;
    });
}

function leaders(topology: Topology, run: Run): readonly string[] {
    return run.leaders
        .filter((change) => change.atMs > 0)
        .map(
            ({ atMs, shard, from, to }) =>
                `${clock(atMs)}  ${shardPath(topology, shard)}: ${nodeName(topology, from)} → ${nodeName(topology, to)}`,
        );
}

function splitBrains(topology: Topology, run: Run): readonly string[] {
    return run.splitBrains.map(({ shard, fromMs, toMs, nodes }) => {
        const end = toMs === null ? 'until the end' : `until ${clock(toMs)}`;
        const both = listed(nodes.map((node) => nodeName(topology, node)));
        return `${shardPath(topology, shard)}: ${both} led at once from ${clock(fromMs)} ${end}`;
    });
}

function losses(topology: Topology, run: Run): readonly string[] {
    return run.lostWrites.map(({ shard, count }) => `${shardPath(topology, shard)}: ${figure(count)}`);
}

function requests(topology: Topology, run: Run): readonly string[] {
    return run.workloads.map(({ workload, operation, demand, sent, ok, failed }) => {
        const found = topology.workloads[workload];
        const target = found?.demands[demand]?.target.text ?? '';
        const what = `${found?.name ?? ''}: ${plural(operation)} of ${target}`;
        return `${what}: ${figure(sent)} sent, ${figure(ok)} succeeded, ${figure(failed)} failed`;
    });
}

/** `30.000 s`, `7:30.000` from a minute on. */
function clock(ms: number): string {
    const seconds = (ms / 1_000) % 60;
    const minutes = Math.floor(ms / 60_000);
    return minutes === 0 ? `${seconds.toFixed(3)} s` : `${String(minutes)}:${seconds.toFixed(3).padStart(6, '0')}`;
}
