import type { Verdict } from '../../analysis/index.js';
import { ExitCode, MisuseError, worse } from '../exit.js';
import { openWorkspace, type Workspace } from '../input/workspace.js';
import { formatOption, type Format } from '../options.js';
import { verdictLines, verdictsSummary } from '../reporters/verdicts.js';
import type { Session } from '../session.js';
import { reportMisread } from './misread.js';
import type { Register } from './command.js';
import { decide, itemsOf, type Item } from './decide.js';
import { nameHints } from './scenario.js';

interface TestOptions {
    readonly format: Format;
    readonly filter?: string;
}

export const registerTest: Register = (program, session, finish) => {
    program
        .command('test')
        .summary('run every scenario and decide every objective')
        .description(
            'Runs every scenario and decides every objective. Scenarios run with the seed that the file names.\n' +
                'Whatever fails or cannot be proved ends with exit code 1.',
        )
        .argument('[paths...]', 'files, folders, patterns, or - for standard input', ['.'])
        .addOption(formatOption())
        .option('--filter <text>', 'only those whose name or title contains the text, in any case')
        .action(async (paths: string[], options: TestOptions) => finish(await test(paths, options, session)));
};

async function test(paths: readonly string[], options: TestOptions, session: Session): Promise<ExitCode> {
    const workspace = await openWorkspace(paths, session);
    const { documents, sources } = workspace;
    const codes = documents.map((document) => reportMisread(document, sources, session));
    const selected = select(workspace, options.filter);
    const verdicts = await decide(selected, session);
    if (options.format === 'json') {
        const analysis = await session.rooms.analysis();
        session.console.json(analysis.testJson(verdicts, (uri) => sources.name(uri)));
    } else {
        report(verdicts, workspace, session);
    }
    const failed = verdicts.some((verdict) => verdict.status !== 'passed');
    return codes.reduce(worse, worse(workspace.code, failed ? ExitCode.Findings : ExitCode.Clean));
}

/** What is to be run, in the order of the files and of their text. Throws if a filter leaves nothing. */
function select({ documents }: Workspace, filter: string | undefined): Item[] {
    const items = documents.flatMap(itemsOf);
    const wanted = filter?.toLowerCase();
    const selected = wanted === undefined ? items : items.filter((item) => matches(item, wanted));
    if (filter !== undefined && selected.length === 0) {
        const names = items.map((item) => item.declared.name);
        throw new MisuseError(
            `No name or title contains ${filter}.`,
            nameHints(filter, names, 'scenario and objective'),
        );
    }
    return selected;
}

function matches({ declared }: Item, wanted: string): boolean {
    return [declared.name, declared.title ?? ''].some((text) => text.toLowerCase().includes(wanted));
}

function report(verdicts: readonly Verdict[], { documents, sources }: Workspace, { console }: Session): void {
    if (verdicts.length === 0) {
        console.say([['There is no scenario and no objective to test.']]);
        return;
    }
    for (const { file } of documents) {
        const here = verdicts.filter((verdict) => verdict.source.uri === file.uri);
        if (here.length > 0) {
            console.report([[file.name], ...here.flatMap((verdict) => verdictLines(verdict, sources)), []]);
        }
    }
    console.report([verdictsSummary(verdicts)]);
}
