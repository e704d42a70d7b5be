import { ExitCode, worse } from '../exit.js';
import { openWorkspace } from '../input/workspace.js';
import { formatOption, timeoutOption, type Format } from '../options.js';
import { proofLines } from '../reporters/proofs.js';
import { verdictsSummary } from '../reporters/verdicts.js';
import type { Session } from '../session.js';
import { reportMisread } from './misread.js';
import type { Register } from './command.js';
import { decide, objectivesOf } from './decide.js';

interface ProveOptions {
    readonly format: Format;
    readonly timeout: number;
}

export const registerProve: Register = (program, session, finish) => {
    program
        .command('prove')
        .summary('decide every objective over all failure sets')
        .description(
            'Decides every objective over all failure sets of the shapes that it names, not over a sample. A clause that does\n' +
                'not hold comes with a smallest set that breaks it, as a scenario to paste. Refuted and not proved end with\n' +
                'exit code 1. What is not decided when the time is up is not proved, and it is said how far it came.',
        )
        .argument('[paths...]', 'files, folders, patterns, or - for standard input', ['.'])
        .addOption(formatOption())
        .addOption(timeoutOption())
        .action(async (paths: string[], options: ProveOptions) => finish(await prove(paths, options, session)));
};

async function prove(paths: readonly string[], options: ProveOptions, session: Session): Promise<ExitCode> {
    const { documents, sources, code } = await openWorkspace(paths, session);
    const codes = documents.map((document) => reportMisread(document, sources, session));
    const verdicts = await decide(documents.flatMap(objectivesOf), session, options.timeout);
    if (options.format === 'json') {
        const analysis = await session.rooms.analysis();
        session.console.json(analysis.proveJson(verdicts, (uri) => sources.name(uri)));
    } else if (verdicts.length === 0) {
        session.console.say([['There is no objective to prove.']]);
    } else {
        for (const { file } of documents) {
            const here = verdicts.filter((verdict) => verdict.source.uri === file.uri);
            session.console.report(here.length === 0 ? [] : [[file.name], ...here.flatMap(proofLines), []]);
        }
        session.console.report([verdictsSummary(verdicts)]);
    }
    const failed = verdicts.some((verdict) => verdict.status !== 'passed');
    return codes.reduce(worse, worse(code, failed ? ExitCode.Findings : ExitCode.Clean));
}
