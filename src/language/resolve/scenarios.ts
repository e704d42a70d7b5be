import { type Scenario, type Step } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isExpectation, isSeed, isStep, isUntil } from '../generated/ast.js';
import { resolveExpectation } from './expectations.js';
import { resolveFault } from './faults.js';
import { present } from './references.js';
import { removal } from './report.js';
import { documented, nameSource, sourceOf, sourceOfProperty, textOf } from './source.js';
import type { Resolution } from './state.js';

/** How long a scenario without `until` goes on after its last step. */
const AFTERMATH_MS = 300_000;
const DEFAULT_SEED = 1;
/** Most steps of one scenario, repetitions counted. */
const MAXIMUM_STEPS = 10_000;

export function resolveScenario(declaration: ast.Scenario, resolution: Resolution): Scenario {
    const steps = declaration.items.filter(isStep).flatMap((step) => resolveStep(step, resolution));
    steps.sort((left, right) => left.atMs - right.atMs);
    if (steps.length > MAXIMUM_STEPS) reportTooManySteps(declaration, resolution);
    return {
        name: declaration.name,
        source: nameSource(declaration),
        ...documented(declaration),
        ...(declaration.title === undefined ? {} : { title: declaration.title }),
        seed: seedOf(declaration, resolution),
        steps: steps.slice(0, MAXIMUM_STEPS),
        untilMs: untilOf(declaration, resolution) ?? (steps.at(-1)?.atMs ?? 0) + AFTERMATH_MS,
        expectations: present(
            declaration.items.filter(isExpectation).map((expectation) => resolveExpectation(expectation, resolution)),
        ),
    };
}

/** One step, or one for each repetition. */
function resolveStep(step: ast.Step, resolution: Resolution): Step[] {
    const { figures } = resolution;
    const first = figures.duration(step.time, sourceOfProperty(step, 'time'));
    const period = figures.duration(step.period, sourceOfProperty(step, 'period'));
    const times = figures.count(step.times, sourceOfProperty(step, 'times'), 1);
    const fault = (step.fault as ast.Fault | undefined) && resolveFault(step.fault, resolution);
    if (first === undefined || !fault) return [];
    const common = { fault, text: textOf(step.fault), source: sourceOf(step) };
    if (period === undefined || times === undefined) return [{ atMs: first, ...common }];
    const length = Math.min(times, MAXIMUM_STEPS + 1);
    return Array.from({ length }, (_, index) => ({ atMs: first + index * period, ...common }));
}

function seedOf(declaration: ast.Scenario, resolution: Resolution): number {
    const [seed, second] = declaration.items.filter(isSeed);
    if (second) reportTwice(second, 'seed', resolution);
    return (seed && resolution.figures.count(seed.value, sourceOfProperty(seed, 'value'))) ?? DEFAULT_SEED;
}

function untilOf(declaration: ast.Scenario, resolution: Resolution): number | undefined {
    const [until, second] = declaration.items.filter(isUntil);
    if (second) reportTwice(second, 'until', resolution);
    return until && resolution.figures.duration(until.time, sourceOfProperty(until, 'time'));
}

function reportTwice(second: ast.Seed | ast.Until, word: string, resolution: Resolution): void {
    resolution.report.error(
        'language/duplicate',
        sourceOf(second),
        `A scenario has one '${word}', and this is a second one.`,
        'Remove one of them.',
        undefined,
        removal(sourceOf(second)),
    );
}

function reportTooManySteps(declaration: ast.Scenario, resolution: Resolution): void {
    resolution.report.error(
        'language/too-many-steps',
        nameSource(declaration),
        `With its repetitions this scenario has more than ${MAXIMUM_STEPS.toLocaleString('en')} steps.`,
        'Repeat less often.',
    );
}
