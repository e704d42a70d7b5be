import { spelledOut, type AppliedFault, type Run } from '../../simulator/index.js';
import { literalDuration, type Fault, type Finding, type Scenario, type Topology } from '../../topology/index.js';

interface Confusion {
    readonly with: readonly Fault['kind'][];
    readonly hint: string;
}

/** The two repairs that are taken for each other. */
const CONFUSED: Partial<Record<Fault['kind'], Confusion>> = {
    heal: { with: ['isolate'], hint: ' What was isolated comes back with `restore`.' },
    restore: {
        with: ['partition', 'cut', 'slow', 'drop'],
        hint: ' Partitions, cuts, delays and losses are taken back by `heal`.',
    },
};

/**
 * A sentence for each fault that changed nothing, and where that is likely the reason which one was meant. One of several
 * that read alike, as a repeated one does, is told with its time.
 */
export function idleFaults(scenario: Scenario, run: Run): readonly string[] {
    return run.faults
        .filter(({ affected }) => affected === 0)
        .map((fault) => {
            const isOneOfMany = run.faults.filter(({ text }) => text === fault.text).length > 1;
            const when = isOneOfMany ? ` at ${literalDuration(fault.atMs)}` : '';
            return `'${fault.text}'${when}: fault applied, affected 0. It changed nothing.${hintFor(fault, scenario)}`;
        });
}

/** A sentence for each step that the run ended too early for; the first of a repetition or a rolling restart stands for the others. */
export function faultsTooLate(topology: Topology, { steps, untilMs }: Scenario): readonly string[] {
    const late = spelledOut(topology, steps).filter(({ atMs }) => atMs >= untilMs);
    return late
        .filter((step, index) => late.findIndex(({ source }) => source === step.source) === index)
        .map(
            ({ atMs, text }) =>
                `'${text}' at ${literalDuration(atMs)}: never applied, as the run ends at ${literalDuration(untilMs)}. A later 'until' lets it happen.`,
        );
}

function hintFor({ atMs, text }: AppliedFault, { steps }: Scenario): string {
    const kind = steps.find((step) => step.text === text)?.fault.kind;
    const confusion = kind && CONFUSED[kind];
    const struck = steps.some((step) => step.atMs <= atMs && confusion?.with.includes(step.fault.kind));
    return struck && confusion ? confusion.hint : '';
}

/** The same as findings, each at its fault. The scenario may have been written anew since the run, as long as it says the same. */
export function idleFaultFindings(scenario: Scenario, faults: readonly AppliedFault[]): readonly Finding[] {
    return faults
        .filter(({ affected }) => affected === 0)
        .map((fault) => ({
            code: 'scenario/fault-without-effect',
            severity: 'information',
            message: `'${fault.text}' changed nothing when ${scenario.name} was run.${hintFor(fault, scenario)}`,
            help: 'Look at its time and at what it names: what it strikes is down already, or was never struck.',
            source:
                scenario.steps.find(({ atMs, text }) => atMs === fault.atMs && text === fault.text)?.source ??
                scenario.source,
        }));
}
