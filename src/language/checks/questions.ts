/** Objectives and scenarios that are understood and yet cannot mean what they say. */
import {
    AVAILABLE_WITHIN_MS,
    literalDuration,
    looksUntilMs,
    type Clause,
    type Objective,
    type Scenario,
    type Topology,
} from '../../topology/index.js';
import { removal, type Report } from '../resolve/report.js';
import { checkCounts } from './failure-counts.js';
import { checkHeals } from './heals.js';
import { checkRestores } from './restores.js';

export function checkQuestions(topology: Topology, report: Report): void {
    for (const objective of topology.objectives) checkObjective(objective, topology, report);
    for (const scenario of topology.scenarios) checkScenario(scenario, topology, report);
}

function checkObjective(objective: Objective, topology: Topology, report: Report): void {
    checkRepeated(objective.clauses, 'clause', report);
    checkCounts(objective, topology, report);
    for (const clause of objective.clauses) {
        if (clause.kind === 'restore' && clause.limitMs === 0) reportNoTime(clause, report);
    }
}

function checkScenario(scenario: Scenario, topology: Topology, report: Report): void {
    checkRepeated(scenario.expectations, 'expectation', report);
    checkRestores(scenario, topology, report);
    checkHeals(scenario, report);
    checkAfterUntil(scenario, report);
    for (const expectation of scenario.expectations) {
        const { kind } = expectation;
        const outcome = kind === 'service' ? expectation.outcome : undefined;
        if (outcome?.kind === 'restored' && outcome.limitMs === 0) reportNoTime(expectation, report);
    }
}

function checkRepeated(clauses: readonly Clause[], what: string, report: Report): void {
    const first = new Map<string, Clause>();
    for (const clause of clauses) {
        const known = first.get(clause.text);
        if (!known) {
            first.set(clause.text, clause);
            continue;
        }
        report.warning(
            'language/duplicate',
            clause.source,
            `This ${what} stands here twice, and its answer is the same both times.`,
            'Remove one of them.',
            [{ source: known.source, message: 'It is said here first.' }],
            removal(clause.source),
        );
    }
}

function reportNoTime({ source }: Clause, report: Report): void {
    report.warning(
        'language/out-of-bounds',
        source,
        'Within no time at all nothing is restored: every failover takes some.',
        'Say how long it may take, such as `within 30s`.',
    );
}

/** Nothing happens, and nothing is looked at, once the scenario has ended. */
function checkAfterUntil({ steps, expectations, untilMs }: Scenario, report: Report): void {
    const told = new Set<object>();
    // Steps are in order of time, so that the first of a repetition comes first.
    for (const { atMs, source } of steps) {
        if (!told.has(source) && atMs >= untilMs) {
            reportLate(
                source,
                'This step comes after the end of the scenario, so it never happens.',
                atMs + 1_000,
                report,
            );
        }
        told.add(source);
    }
    for (const expectation of expectations) {
        const untilWhen = looksUntilMs(expectation);
        if (untilWhen <= untilMs) continue;
        const what =
            untilWhen < untilMs + AVAILABLE_WITHIN_MS && expectation.kind === 'service'
                ? 'looks at the second after its moment, of which the scenario shows a part only'
                : 'looks at what comes after the end of the scenario';
        reportLate(expectation.source, `This expectation ${what}, so nothing can be said of it.`, untilWhen, report);
    }
}

/** `neededMs`: the earliest end with which it would not be late. */
function reportLate(source: Clause['source'], message: string, neededMs: number, report: Report): void {
    const until = `until ${literalDuration(neededMs)}`;
    report.warning(
        'language/after-until',
        source,
        message,
        `Move it before the end, or let the scenario go on: \`${until}\` or later.`,
    );
}
