import type { Minimised, ScenarioResult } from '../../analysis/index.js';
import type { Scenario } from '../../topology/index.js';
import { ExitCode, MisuseError } from '../exit.js';
import { writeOutput } from '../input/write.js';
import { openFile, problemLine } from '../input/workspace.js';
import type { Sources } from '../input/sources.js';
import { formatOption, minimiseOption, runsOption, seedOption, type Format } from '../options.js';
import { minimisedLines } from '../reporters/minimised.js';
import { runsLines } from '../reporters/runs.js';
import { simulationLines } from '../reporters/simulation.js';
import { traceJson } from '../reporters/traceJson.js';
import type { Analysis, Document } from '../rooms.js';
import type { Session } from '../session.js';
import type { Register } from './command.js';
import { reportUnplayable, scenarioHints } from './scenario.js';

interface SimulateOptions {
    readonly format: Format;
    readonly scenario?: string;
    readonly seed?: number;
    readonly runs: number;
    readonly trace?: string;
    readonly minimise?: boolean;
}

export const registerSimulate: Register = (program, session, finish) => {
    program
        .command('simulate')
        .summary('run one scenario and tell what happened')
        .description(
            'Runs one scenario and tells what happened. The same seed gives the same history on every machine.\n' +
                'An expectation that fails in any run ends with exit code 1.\n' +
                'With --minimise a scenario that fails is run again and again, with the first seed that fails, leaving out\n' +
                'first faults and then time, until nothing can be left out without which the same expectation would still\n' +
                'fail for the same reason. What is left is printed as a scenario that can be pasted behind the file.\n' +
                'As JSON each run has its faults, outages, leaders, lostWrites, staleReads, workloads, splitBrains, deposed\n' +
                '(leaders that did not know it, and could acknowledge nothing), expectations (text, line, status, actual),\n' +
                'notes and assumptions.',
        )
        .argument('<file>', 'a .cluster file, or - for standard input')
        .option('--scenario <name>', 'the scenario to run (required; left out, the scenarios of the file are listed)')
        .addOption(seedOption())
        .addOption(runsOption())
        .addOption(minimiseOption())
        .option('--trace <file>', 'write every event of every run to this file, as JSON')
        .addOption(formatOption())
        .action(async (path: string, options: SimulateOptions) => finish(await simulate(path, options, session)));
};

async function simulate(path: string, options: SimulateOptions, session: Session): Promise<ExitCode> {
    const { document, sources } = await openFile(path, session);
    if (options.scenario === undefined) {
        throw new MisuseError('Say which scenario with --scenario NAME.', scenarioHints(document));
    }
    const scenario = document.topology.scenarios.find(({ name }) => name === options.scenario);
    if (scenario === undefined) {
        return reportUnplayable(options.scenario, document, sources, session);
    }
    const analysis = await session.rooms.analysis();
    const results = await runAll(document, scenario, options, analysis, session);
    const impossible = results.find(neverRan);
    if (impossible !== undefined) {
        // An empty run would read like a quiet one, so nothing is reported at all.
        session.console.say(impossible.verdict.notes.map(problemLine));
        return ExitCode.Findings;
    }
    if (options.trace !== undefined) {
        const trace = traceJson(scenario, results, document.topology, sources);
        await writeOutput(options.trace, `${JSON.stringify(trace)}\n`, session);
    }
    const failed = options.minimise === true ? results.find(({ verdict }) => verdict.status === 'failed') : undefined;
    const least = failed && (await analysis.minimise(document.topology, scenario, failed.run.seed));
    report(document, scenario, results, { options, analysis, session, sources, least });
    return results.every((result) => result.verdict.status === 'passed') ? ExitCode.Clean : ExitCode.Findings;
}

async function runAll(
    { topology }: Document,
    scenario: Scenario,
    { seed = scenario.seed, runs, trace }: SimulateOptions,
    analysis: Analysis,
    { console }: Session,
): Promise<ScenarioResult[]> {
    const results: ScenarioResult[] = [];
    for (let run = 0; run < runs; run++) {
        console.progress(`run ${run + 1} of ${runs}, seed ${seed + run}`);
        const result = await analysis.run(topology, scenario, seed + run);
        results.push(runs === 1 || trace !== undefined ? result : withoutTrace(result));
    }
    console.progress(null);
    return results;
}

/** Thousands of stories that nobody asked for would fill the memory. */
function withoutTrace(result: ScenarioResult): ScenarioResult {
    return { ...result, run: { ...result.run, trace: [] } };
}

/** Whether the scenario holds something that is not modelled, so that there is no history to tell. */
function neverRan({ verdict, run }: ScenarioResult): boolean {
    return verdict.status === 'error' && run.events === 0;
}

interface Reporting {
    readonly options: SimulateOptions;
    readonly analysis: Analysis;
    readonly session: Session;
    readonly sources: Sources;
    readonly least: Minimised | undefined;
}

function report(
    { topology }: Document,
    scenario: Scenario,
    results: readonly ScenarioResult[],
    { options, analysis, session, sources, least }: Reporting,
): void {
    const [only] = results;
    if (options.format === 'json') {
        const told = analysis.simulateJson(topology, scenario, results);
        session.console.json(least === undefined ? told : { ...told, minimised: least });
        return;
    }
    if (results.length === 1 && only !== undefined) {
        session.console.report(simulationLines(analysis.story(topology, only)));
    } else {
        const { summary } = analysis.simulateJson(topology, scenario, results);
        session.console.report(runsLines(scenario, results, summary.outages, sources));
    }
    if (options.minimise === true) {
        session.console.report(minimisedLines(least));
    }
}
