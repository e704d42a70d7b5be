import { fileURLToPath } from 'node:url';
import { counted } from '../../topology/index.js';
import { ExitCode, MisuseError, worse } from '../exit.js';
import { STDIN } from '../input/collect.js';
import type { SourceFile } from '../input/read.js';
import { createSources } from '../input/sources.js';
import { problemLine, readInputs } from '../input/workspace.js';
import { tryToWrite } from '../input/write.js';
import { findingLines } from '../reporters/diagnostics.js';
import type { Session } from '../session.js';
import type { Register } from './command.js';

interface FmtOptions {
    readonly check: boolean;
}

export const registerFmt: Register = (program, session, finish) => {
    program
        .command('fmt')
        .summary('bring .cluster files into canonical form')
        .description(
            'Brings .cluster files into canonical form and prints the names of those that it changed. Lines and aligned columns\n' +
                "are the author's choice; indentation, blanks, and the marks and quotes of settings are not. A declaration with a\n" +
                'syntax error is left as it is, and told. With - standard input is formatted to standard output.',
        )
        .argument('[paths...]', 'files, folders, patterns, or - for standard input', ['.'])
        .option(
            '--check',
            'write nothing, print the names of files that would change, and end with 1 if there are any',
            false,
        )
        .action(async (paths: string[], options: FmtOptions) => finish(await fmt(paths, options, session)));
};

async function fmt(paths: readonly string[], { check }: FmtOptions, session: Session): Promise<ExitCode> {
    if (paths.includes(STDIN) && paths.length > 1) {
        throw new MisuseError('Standard input is formatted to standard output, so - stands alone.');
    }
    const { files, code } = await readInputs(paths, session);
    const formatter = await session.rooms.formatter();
    const formatted = files.map((file) => ({ file, text: formatter.format(file.text) }));
    const changed = formatted.filter(({ file, text }) => text !== file.text);
    const written = check ? reportChanged(changed, session) : await write(formatted, changed, session);
    // What formatting mends is no error any more. Positions are those of the text that the reader has at hand: what standard
    // input gave stays as it was.
    const left = formatted
        .filter(({ file, text }) => formatter.problems({ ...file, text }).length > 0)
        .map(({ file, text }) => reportErrors(check || file.argument === STDIN ? file : { ...file, text }));
    if (paths[0] !== STDIN) session.console.say([[summary(changed.length, files.length, check)]]);
    return [written, ...left].reduce(worse, code);

    function reportErrors(file: SourceFile): ExitCode {
        const problems = formatter.problems(file);
        if (problems.length === 0) return ExitCode.Clean;
        const sources = createSources([file], session.io.cwd);
        const errors = counted(problems.length, 'syntax error');
        session.console.say([
            ...problems.flatMap((problem) => findingLines(problem, sources)),
            [
                `${file.name} has ${errors}; what ${problems.length === 1 ? 'it touches' : 'they touch'} is left as it is.`,
            ],
        ]);
        return ExitCode.Findings;
    }
}

interface Formatted {
    readonly file: SourceFile;
    readonly text: string;
}

function reportChanged(changed: readonly Formatted[], { console }: Session): ExitCode {
    console.report(changed.map(({ file }) => [file.name]));
    return changed.length === 0 ? ExitCode.Clean : ExitCode.Findings;
}

/** Prints what came from standard input, whether it changed or not, and writes files that did. */
async function write(
    formatted: readonly Formatted[],
    changed: readonly Formatted[],
    { console }: Session,
): Promise<ExitCode> {
    const [first] = formatted;
    if (first?.file.argument === STDIN) {
        console.verbatim(first.text);
        return ExitCode.Clean;
    }
    let code: ExitCode = ExitCode.Clean;
    for (const { file, text } of changed) {
        const problem = await tryToWrite(fileURLToPath(file.uri), file.name, text);
        if (problem === undefined) {
            console.report([[file.name]]);
        } else {
            console.say([problemLine(problem)]);
            code = ExitCode.Misuse;
        }
    }
    return code;
}

function summary(changed: number, files: number, check: boolean): string {
    const all = counted(files, 'file');
    if (changed === 0) return `${all} ${files === 1 ? 'is' : 'are'} in canonical form.`;
    return check ? `${changed} of ${all} would change.` : `${changed} of ${all} changed.`;
}
