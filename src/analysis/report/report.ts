/** A run as a person reads it. */
import type { Run } from '../../simulator/index.js';
import { clock, counted, figure, listed, type Topology } from '../../topology/index.js';
import type { ScenarioResult, Status, Verdict } from '../verdict.js';
import { nodeName, plural, shardPath } from '../words.js';
import { leaders, losses, outages } from './shards.js';
import { story } from './story.js';

const MARKS: Readonly<Record<Status, string>> = { passed: '✓', failed: '✗', 'not-proved': '?', error: '!' };

/** Title, verdict, story, outages, leaders, lost writes and clauses as plain text, ready to be read. */
export function report(topology: Topology, { verdict, run }: ScenarioResult): string {
    const sections = [
        heading(verdict, run),
        section('Expectations', clauses(verdict)),
        section(
            'Assumptions',
            (run.assumptions ?? []).flatMap(({ sentence = [] }) => sentence),
        ),
        section('Notes', verdict.notes),
        section('Story', story(topology, run.trace)),
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

function splitBrains(topology: Topology, run: Run): readonly string[] {
    return run.splitBrains.map(({ shard, fromMs, toMs, nodes }) => {
        const end = toMs === null ? 'until the end' : `until ${clock(toMs)}`;
        const both = listed(nodes.map((node) => nodeName(topology, node)));
        return `${shardPath(topology, shard)}: ${both} led at once from ${clock(fromMs)} ${end}`;
    });
}

function requests(topology: Topology, run: Run): readonly string[] {
    return run.workloads.map(({ workload, operation, demand, sent, ok, failed, waiting = 0 }) => {
        const found = topology.workloads[workload];
        const target = found?.demands[demand]?.target.text ?? '';
        const what = `${found?.name ?? ''}: ${plural(operation)} of ${target}`;
        const open = waiting === 0 ? '' : `, ${figure(waiting)} without an answer yet`;
        return `${what}: ${figure(sent + waiting)} sent, ${figure(ok)} succeeded, ${figure(failed)} failed${open}`;
    });
}
