import { ExitCode, MisuseError } from '../exit.js';
import { formatOption, type Format } from '../options.js';
import { codeListLines, explanationLines } from '../reporters/explanation.js';
import { codeListJson, explanationJson } from '../reporters/explanationJson.js';
import type { Session } from '../session.js';
import type { Register } from './command.js';

interface ExplainOptions {
    readonly format: Format;
}

export const registerExplain: Register = (program, session, finish) => {
    program
        .command('explain')
        .summary('explain the code of a finding, an engine, a setting or a word of the language')
        .description(
            'Explains the code of a finding: what is wrong, why it matters, what to do, with an example and its source.\n' +
                'Also explains an engine (explain redis) and a setting (explain redis cluster-node-timeout, or its name alone),\n' +
                'and the words of the language (explain partition).\n' +
                'Without a code it lists all codes.',
        )
        .argument('[code]', 'a code such as redis/even-primaries, an engine, a setting or a word')
        .argument('[setting]', 'a setting of the engine')
        .addOption(formatOption())
        .action(async (code: string | undefined, setting: string | undefined, options: ExplainOptions) =>
            finish(await (code === undefined ? list(options, session) : explain(code, setting, options, session))),
        );
};

async function list({ format }: ExplainOptions, session: Session): Promise<ExitCode> {
    const pages = (await session.rooms.explain()).allCodes();
    if (format === 'json') {
        session.console.json(codeListJson(pages));
    } else {
        session.console.report(codeListLines(pages));
    }
    return ExitCode.Clean;
}

async function explain(
    word: string,
    setting: string | undefined,
    { format }: ExplainOptions,
    session: Session,
): Promise<ExitCode> {
    const explanation = (await session.rooms.explain()).explain(word, setting);
    if (explanation.kind === 'unknown') {
        const { similar } = explanation;
        throw new MisuseError(`Nothing is known about ${explanation.word}.`, [
            ...(similar.length === 0 ? [] : [`Did you mean ${similar.join(' or ')}?`]),
            'faultline explain lists all codes.',
        ]);
    }
    if (format === 'json') {
        session.console.json(explanationJson(explanation));
    } else {
        session.console.report(explanationLines(explanation));
    }
    return ExitCode.Clean;
}
