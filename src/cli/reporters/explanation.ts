/** Pages of codes, engines, settings and words as text for a terminal. */
import { settingPlaces, type Engine, type FactSource, type SettingSpec } from '../../engines/index.js';
import { assertNever } from '../../topology/index.js';
import { linesOf, proseOf, styled, type Line } from '../output/page.js';
import type { CodePage, Explanation } from '../rooms.js';

export type Known = Exclude<Explanation, { kind: 'unknown' }>;

export function explanationLines(explanation: Known): Line[] {
    switch (explanation.kind) {
        case 'code':
            return codeLines(explanation.page);
        case 'engine':
            return engineLines(explanation.engine);
        case 'setting':
            return settingLines(explanation.engine, explanation.setting);
        case 'settings':
            return [
                [styled('bold', explanation.key)],
                ...proseOf('A setting of several systems.', 0),
                ...settingsOf('Explained for each of them', explanation.key, explanation.engines),
            ];
        case 'word':
            return wordLines(explanation);
        default:
            return assertNever(explanation);
    }
}

function wordLines({ word, meanings, engines }: Extract<Known, { kind: 'word' }>): Line[] {
    return [
        [styled('bold', word)],
        ...proseOf('A word of the language.', 0),
        ...section(
            meanings.length === 1 ? 'What it means' : 'What it means, by where it stands',
            meanings.flatMap((meaning) => proseOf(plain(meaning), 2)),
        ),
        ...(engines.length === 0 ? [] : settingsOf('Also a setting', word, engines)),
    ];
}

function settingsOf(heading: string, key: string, engines: readonly Engine[]): Line[] {
    return section(
        heading,
        engines.map(({ name }): Line => [`  faultline explain ${name} ${key}`]),
    );
}

/** All codes, under the room or the system that reports them. */
export function codeListLines(pages: readonly CodePage[]): Line[] {
    const rooms = new Set(pages.map(({ code }) => roomOf(code)));
    return [...rooms].flatMap((room) => [
        [styled('bold', room)],
        ...pages
            .filter(({ code }) => roomOf(code) === room)
            .flatMap(({ code, title }): Line[] => [[`  ${code}`], ...proseOf(title, 6)]),
        [],
    ]);
}

function roomOf(code: string): string {
    return code.slice(0, code.indexOf('/'));
}

function codeLines({ code, title, why, fix, example, remedy, source }: CodePage): Line[] {
    return [
        [styled('bold', code)],
        ...proseOf(title, 0),
        ...section('Why it matters', proseOf(why, 2)),
        ...section('What to do', proseOf(fix, 2)),
        ...section('Example', typeof example === 'string' ? fileLines(example) : proseOf(example.description, 2)),
        ...section('Mended', fileLines(remedy)),
        ...section('Source', source ? sourceLines(source) : proseOf('A rule of the language itself.', 2)),
    ];
}

function engineLines({ name, title, documentation, versions, groupWords, settings }: Engine): Line[] {
    const words = groupWords.map(({ word }) => word);
    return [
        [styled('bold', name)],
        ...proseOf(title, 0),
        ...section('What is modelled', proseOf(plain(documentation), 2)),
        ...(versions.length === 0 ? [] : section('Versions', proseOf(versions.join(', '), 2))),
        ...(words.length === 0 ? [] : section('Words for its shards', proseOf(words.join(', '), 2))),
        ...section('Settings', [
            ...settings.map(({ key }): Line => [`  ${key}`]),
            ...proseOf(`faultline explain ${name} KEY explains one.`, 2),
        ]),
    ];
}

function settingLines(engine: Engine, setting: SettingSpec): Line[] {
    const effect = setting.modelled
        ? 'It counts in simulation and proof.'
        : 'It has no effect on simulation and proof.';
    return [
        [styled('bold', setting.key)],
        ...proseOf(`A setting of ${engine.title}, set ${settingPlaces(setting.scope)}.`, 0),
        ...section('What it does', [...proseOf(plain(setting.documentation), 2), ...proseOf(effect, 2)]),
        ...section('Default', [
            ...proseOf(defaultText(setting, setting.default), 2),
            ...(setting.defaultsSince ?? []).flatMap(({ since, value }) =>
                proseOf(`${defaultText(setting, value)} since version ${since}`, 2),
            ),
        ]),
        ...section('Source', sourceLines(setting.source)),
    ];
}

function defaultText({ type }: SettingSpec, value: SettingSpec['default']): string {
    if (value === undefined) {
        return 'none';
    }
    if (typeof value === 'boolean') {
        return type.kind === 'boolean' ? (value ? type.yes : type.no) : String(value);
    }
    return type.kind === 'duration' ? `${String(value)} ms` : String(value);
}

function section(heading: string, lines: readonly Line[]): Line[] {
    return [[], [styled('bold', heading)], ...lines];
}

function fileLines(text: string): Line[] {
    return linesOf(text.trimEnd(), 2);
}

function sourceLines({ title, url, unconfirmed }: FactSource): Line[] {
    return [
        ...proseOf(unconfirmed ? `${title} (an assumption: no source was found)` : title, 2),
        ...(url === undefined ? [] : linesOf(url, 2)),
    ];
}

/** Markdown without its emphasis, which a terminal does not show. */
function plain(markdown: string): string {
    return markdown.replaceAll('**', '');
}
