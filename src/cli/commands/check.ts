import { verdictFindings } from '../../analysis/index.js';
import type { Finding } from '../../topology/index.js';
import { ExitCode, worse } from '../exit.js';
import { openWorkspace } from '../input/workspace.js';
import { formatOption, type Format } from '../options.js';
import { checkJson } from '../reporters/checkJson.js';
import { findingLines, findingsSummary } from '../reporters/diagnostics.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';
import type { Register } from './command.js';
import { decide, objectivesOf } from './decide.js';

interface CheckOptions {
    readonly format: Format;
    readonly prove: boolean;
}

export const registerCheck: Register = (program, session, finish) => {
    program
        .command('check')
        .summary('report what is wrong or doubtful in .cluster files')
        .description(
            'Reports what is wrong or doubtful in .cluster files: syntax, names, placement, settings and limits of each system.\n' +
                'Errors end with exit code 1. Warnings and notes are printed and end with 0. With --prove an objective that is\n' +
                'refuted is an error; one that could not be proved is a warning, but ends with 1 as well.',
        )
        .argument('[paths...]', 'files, folders, patterns, or - for standard input', ['.'])
        .addOption(formatOption())
        .option('--prove', 'decide the objectives too', false)
        .action(async (paths: string[], options: CheckOptions) => finish(await check(paths, options, session)));
};

async function check(paths: readonly string[], options: CheckOptions, session: Session): Promise<ExitCode> {
    const { documents, sources, code } = await openWorkspace(paths, session);
    const proved = options.prove ? await refutations(documents, session) : [];
    const findings = [...documents.flatMap((document) => document.findings), ...proved];
    if (options.format === 'json') {
        session.console.json(checkJson(findings, sources));
    } else {
        const lines = findings.flatMap((finding) => findingLines(finding, sources));
        session.console.report([...lines, findingsSummary(findings, documents.length)]);
        session.console.say(documents.filter(declaresNothing).map(({ file }) => [`${file.name} declares nothing.`]));
    }
    const grave = proved.length > 0 || findings.some(({ severity }) => severity === 'error');
    return worse(code, grave ? ExitCode.Findings : ExitCode.Clean);
}

/** Nothing is wrong with an empty file, but whoever checks one may have meant another. */
function declaresNothing({ topology, findings, broken }: Document): boolean {
    const declared = Object.values(topology).filter((part) => Array.isArray(part));
    return [findings, broken, ...declared].every(({ length }) => length === 0);
}

async function refutations(documents: readonly Document[], session: Session): Promise<Finding[]> {
    // What is not understood has its findings already.
    const objectives = documents.flatMap(objectivesOf).filter((item) => item.kind !== 'broken');
    const verdicts = await decide(objectives, session);
    return verdicts.flatMap(verdictFindings);
}
