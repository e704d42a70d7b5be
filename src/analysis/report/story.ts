/** What happened, line by line, as a person reads it. */
import type { TraceEvent } from '../../simulator/index.js';
import { clock, counted, figure, type Topology } from '../../topology/index.js';

/** Events up to which each has a line of its own. Beyond it those that say the same of others share one. */
const EACH_ALONE = 120;

/** More lines than anybody reads are left out, and the report says how many events they are. */
const MOST_LINES = 400;

/** Events that differ only in whom of one cluster they are about, and have the same cause. */
interface Line {
    /** Index in the trace of the first, which gives the line its words and its number. */
    readonly first: number;
    count: number;
    lastMs: number;
}

/** The time, the number by which others refer to it as their cause, the sentence. */
export function story(topology: Topology, trace: readonly TraceEvent[]): readonly string[] {
    const lineOf = trace.length > EACH_ALONE ? alike(topology, trace) : trace.map(alone);
    const lines = [...new Set(lineOf)];
    const shown = lines.slice(0, MOST_LINES).flatMap((line) => {
        const event = trace[line.first];
        return event ? [{ ...line, event }] : [];
    });
    const times = Math.max(0, ...shown.map(({ event }) => clock(event.atMs).length));
    const width = number(shown.at(-1)?.first ?? 0).length;
    const written = shown.map(({ event, first, count, lastMs }) => {
        const others = count === 1 ? '' : `; ${figure(count - 1)} more like this until ${clock(lastMs)}`;
        const cause = lineOf[event.cause];
        const because = cause ? `  ← ${number(cause.first)}` : '';
        return `${clock(event.atMs).padStart(times)}  ${number(first).padStart(width)}  ${event.text}${others}${because}`;
    });
    return [...written, ...whatIsMissing(lines, trace)];
}

function number(index: number): string {
    return `#${String(index + 1)}`;
}

function alone({ atMs }: TraceEvent, index: number): Line {
    return { first: index, count: 1, lastMs: atMs };
}

const WORD = /\w(?:[\w.-]*\w)?/g;

/** The line of each event. What the scenario does always has its own. */
function alike(topology: Topology, trace: readonly TraceEvent[]): readonly Line[] {
    const names = new Set([...topology.nodes, ...topology.shards].map(({ name }) => name));
    const known = new Map<string, Line>();
    const lines: Line[] = [];
    for (const [index, event] of trace.entries()) {
        const said = event.text.replace(WORD, (word) => (/^\d/.test(word) || names.has(word) ? '*' : word));
        const key = `${event.kind} ${String(event.cluster)} ${String(lines[event.cause]?.first)} ${said}`;
        const line = (event.kind === 'fault' ? undefined : known.get(key)) ?? { ...alone(event, index), count: 0 };
        known.set(key, line);
        line.count++;
        line.lastMs = event.atMs;
        lines.push(line);
    }
    return lines;
}

function whatIsMissing(lines: readonly Line[], trace: readonly TraceEvent[]): readonly string[] {
    const hidden = lines.slice(MOST_LINES).reduce((sum, { count }) => sum + count, 0);
    return [
        ...(hidden === 0 ? [] : [`… and ${counted(hidden, 'event')} more`]),
        ...(lines.length === trace.length
            ? []
            : ['Events that say the same of others share a line; the trace has each.']),
    ];
}
