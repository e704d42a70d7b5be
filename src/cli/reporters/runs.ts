import type { OutageSummary, ScenarioResult } from '../../analysis/index.js';
import { counted, duration, figure, type Scenario } from '../../topology/index.js';
import type { Sources } from '../input/sources.js';
import { proseOf, styled, type Line } from '../output/page.js';
import { tableLines } from './table.js';
import { mark, replayCommand } from './verdicts.js';

/** Failing seeds that are named; any one of them shows the failure. */
const NAMED_SEEDS = 5;

/** What many runs of one scenario had in common: outages per shard, and how often each expectation held. */
export function runsLines(
    scenario: Scenario,
    results: readonly ScenarioResult[],
    outages: readonly OutageSummary[],
    sources: Sources,
): Line[] {
    const seeds = `seeds ${results[0]?.run.seed ?? 0} to ${results.at(-1)?.run.seed ?? 0}`;
    const title = scenario.title === undefined ? [] : [styled('dim', ` · ${scenario.title}`)];
    return [
        [styled('bold', scenario.name), ...title, `, ${counted(results.length, 'run')}, ${seeds}`],
        [],
        ...outageTable(outages),
        [],
        ...expectationLines(results),
        ...failureLines(results, sources),
        ...toldOnce(
            'Assumptions',
            results.map(({ run }) => (run.assumptions ?? []).flatMap(({ sentence = [] }) => sentence)),
        ),
        ...toldOnce(
            'Notes',
            results.map(({ verdict }) => verdict.notes),
        ),
    ];
}

/** What was told of the runs, each once; of those that differ only in names and figures the first. */
function toldOnce(title: string, told: readonly (readonly string[])[]): Line[] {
    const alike = new Map<string, { readonly first: string; readonly runs: Set<number> }>();
    for (const [run, sentences] of told.entries()) {
        for (const first of sentences) {
            const key = first.replaceAll(/\d+(?:[.,:]\d+)*/g, '#');
            const known = alike.get(key) ?? { first, runs: new Set() };
            alike.set(key, known);
            known.runs.add(run);
        }
    }
    const lines = Array.from(alike.values(), ({ first, runs }) =>
        runs.size === told.length ? first : `${first} (In ${figure(runs.size)} of ${counted(told.length, 'run')}.)`,
    );
    return lines.length === 0 ? [] : [[], [title], ...lines.flatMap((line) => proseOf(line, 2))];
}

function outageTable(outages: readonly OutageSummary[]): Line[] {
    if (outages.length === 0) {
        return [['No outage in any run.']];
    }
    const header = ['outages of', 'n', 'min', 'median', 'p95', 'max', 'never recovered'];
    const time = (ms: number | null): string => (ms === null ? '–' : duration(ms));
    const rows = outages.map((outage) => [
        `${outage.op}s of ${outage.cluster === outage.shard ? outage.cluster : `${outage.cluster}.${outage.shard}`}`,
        String(outage.n),
        time(outage.minMs),
        time(outage.medianMs),
        time(outage.p95Ms),
        time(outage.maxMs),
        String(outage.neverRecovered),
    ]);
    return tableLines(header, rows);
}

function expectationLines(results: readonly ScenarioResult[]): Line[] {
    const clauses = results[0]?.verdict.clauses ?? [];
    return clauses.map((clause, index) => {
        const held = results.filter((result) => result.verdict.clauses[index]?.status === 'passed').length;
        const undecided = results.some((result) => result.verdict.clauses[index]?.status === 'error');
        const status = held === results.length ? 'passed' : undecided ? 'error' : 'failed';
        return [
            mark(status),
            ` ${clause.text}`,
            styled('dim', `  held in ${held} of ${counted(results.length, 'run')}`),
        ];
    });
}

function failureLines(results: readonly ScenarioResult[], sources: Sources): Line[] {
    const failing = results.filter((result) => result.verdict.status !== 'passed');
    const [first] = failing;
    if (first === undefined) {
        return [];
    }
    const seeds = failing.slice(0, NAMED_SEEDS).map((result) => result.run.seed);
    const more = failing.length > NAMED_SEEDS ? ` and ${failing.length - NAMED_SEEDS} more` : '';
    return [
        [],
        [`Failed in ${counted(failing.length, 'run')}: seed ${seeds.join(', ')}${more}.`],
        ['Replay the first: ', styled('cyan', replayCommand(first.verdict, first.run.seed, sources))],
    ];
}
