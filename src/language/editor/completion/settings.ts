import { CompletionItemKind } from 'vscode-languageserver';
import type { IToken } from 'chevrotain';
import {
    clientSettingsOf,
    hasSetting,
    type Engine,
    type SettingScope,
    type SettingSpec,
} from '../../../engines/index.js';
import { isCluster } from '../../generated/ast.js';
import { quoted, writtenValue } from '../../names/quoting.js';
import {
    blockKind,
    choice,
    expects,
    RANK,
    snippetText,
    unquoted,
    type CompletionRequest,
    type Proposal,
} from './request.js';
import { durationProposals } from './figures.js';
import { defaultText, settingMarkdown, typeText } from '../settings-text.js';

/** Whose settings are written at the cursor. */
interface Settings {
    readonly engine: Engine | undefined;
    readonly version: string;
    readonly scope: SettingScope;
    readonly specs: readonly SettingSpec[];
    /** Keys that stand there already. */
    readonly set: ReadonlySet<string>;
    /** The key whose value stands at the cursor. */
    readonly key: string;
}

/** Longest text behind the cursor that is searched for keys of the same block. */
const LOOK_AHEAD = 20_000;

/** Keys, and behind a key its values. */
export function settingProposals(request: CompletionRequest): Proposal[] {
    const keys = expects(request, 'SettingKey');
    const values = expects(request, 'SettingValue') || expects(request, 'DottedWord');
    if (!keys && !values) return [];
    const settings = blockKind(request) === 'workload' ? clientSettings(request) : blockSettings(request);
    if (!settings) return [];
    const spec = settings.specs.find(({ key }) => key === settings.key);
    return [
        ...(keys ? keyProposals(settings, request) : []),
        ...(values && spec ? valueProposals(spec, settings.version, request) : []),
    ];
}

function blockSettings(request: CompletionRequest): Settings | undefined {
    const { cluster, cursor, document, lexer } = request;
    const block = cursor.blocks.at(-1);
    if (!cluster?.engine || block?.kind !== 'settings') return undefined;
    const scope = scopeAround(request);
    const ahead = document.textDocument.getText().slice(cursor.end, cursor.end + LOOK_AHEAD);
    const behind = lexer.tokenize(ahead).tokens;
    const close = behind.findIndex(({ image }) => image === '}');
    return {
        engine: cluster.engine,
        version: cluster.version,
        scope,
        specs: cluster.engine.settings.filter(
            (spec) => spec.scope.includes(scope) && hasSetting(spec, cluster.version),
        ),
        set: new Set([
            ...runs(cursor.tokens.slice(block.begin))
                .filter(isKey)
                .map(({ text }) => text),
            ...runs(close < 0 ? [] : behind.slice(0, close))
                .filter(isKey)
                .map(({ text }) => text),
        ]),
        key: currentKey(request.statement),
    };
}

function scopeAround(request: CompletionRequest): SettingScope {
    const around = request.cursor.blocks.at(-2);
    if (around?.kind === 'node') return 'node';
    if (around?.kind !== 'group') return 'cluster';
    return around.header.some(({ image }) => image === 'on') ? 'shard' : 'group';
}

/** Behind `with`: what the target's system lets its clients say, and what every client has. */
function clientSettings(request: CompletionRequest): Settings | undefined {
    const { statement, visible, engines } = request;
    const begin = statement.findLastIndex(({ image }) => image === 'reads' || image === 'writes');
    const target = visible.target(unquoted(statement[begin + 1]?.image ?? ''));
    const engine = target && isCluster(target) ? engines.find(target.engine) : undefined;
    const said = statement.slice(statement.findLastIndex(({ image }) => image === 'with') + 1);
    return {
        engine,
        version: (target && isCluster(target) ? target.version : undefined) ?? engine?.versions.at(-1) ?? '',
        scope: 'client',
        specs: clientSettingsOf(engine),
        set: new Set(
            runs(said)
                .filter(({ next }) => next === '=' || next === ':')
                .map(({ text }) => text),
        ),
        key: currentKey(said),
    };
}

function keyProposals({ engine, version, specs, set }: Settings, { cursor, document }: CompletionRequest): Proposal[] {
    const rest = document.textDocument.getText().slice(cursor.end, cursor.end + 80);
    const hasValue = /^[ \t]*[=:]/.test(rest);
    return specs
        .filter(({ key }) => !set.has(key))
        .map((spec) => {
            const standard = defaultText(spec, version);
            const key = writtenKey(spec.key);
            return {
                label: spec.key,
                kind: CompletionItemKind.Property,
                rank: spec.modelled ? RANK.first : RANK.likely,
                detail: standard === undefined ? typeText(spec) : `default ${standard === '' ? '""' : standard}`,
                documentation: engine ? settingMarkdown(spec, engine, version) : spec.documentation,
                ...(hasValue
                    ? { insert: key }
                    : { insert: `${snippetText(key)} = ${valueStop(spec, standard)}`, snippet: true }),
            };
        });
}

function valueStop(spec: SettingSpec, standard: string | undefined): string {
    const values = knownValues(spec);
    if (values.length > 0) {
        return choice(
            1,
            [...values.filter((each) => each === standard), ...values.filter((each) => each !== standard)].map(
                writtenValue,
            ),
        );
    }
    if (standard === undefined) return spec.type.kind === 'text' ? '"${1}"' : '${1}';
    return `\${1:${snippetText(writtenValue(standard))}}`;
}

function knownValues({ type }: SettingSpec): readonly string[] {
    if (type.kind === 'boolean') return [type.yes, type.no];
    return type.kind === 'enum' ? type.values : [];
}

function valueProposals(spec: SettingSpec, version: string, request: CompletionRequest): Proposal[] {
    const standard = defaultText(spec, version);
    const known = knownValues(spec);
    const values = known.length > 0 || standard === undefined ? known : [standard];
    const figures = spec.type.kind === 'duration' ? durationProposals(request.cursor.typed) : [];
    return [
        ...values.map((value) => ({
            label: value,
            kind: known.length > 0 ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
            rank: value === standard ? RANK.first : RANK.likely,
            ...(value === standard ? { detail: 'default' } : {}),
            documentation: spec.documentation,
            insert: request.cursor.quoted ? quoted(value) : writtenValue(value),
        })),
        ...figures,
    ];
}

function writtenKey(key: string): string {
    return /^[A-Za-z_](-*[A-Za-z0-9_])*(\.[A-Za-z0-9_]+(-*[A-Za-z0-9_])*)*$/.test(key) ? key : quoted(key);
}

/** Tokens that touch each other, such as those of `min.insync.replicas`. */
interface Run {
    readonly text: string;
    readonly next: string | undefined;
    readonly startsLine: boolean;
}

function runs(tokens: readonly IToken[]): Run[] {
    const found: Run[] = [];
    for (let index = 0; index < tokens.length;) {
        let end = index + 1;
        while (end < tokens.length && touches(tokens[end - 1], tokens[end])) end++;
        const image = tokens
            .slice(index, end)
            .map((token) => token.image)
            .join('');
        const startsLine = index === 0 || tokens[index - 1]?.endLine !== tokens[index]?.startLine;
        found.push({ text: unquoted(image), next: tokens[end]?.image, startsLine });
        index = end;
    }
    return found;
}

function touches(left: IToken | undefined, right: IToken | undefined): boolean {
    if (!left || !right || isSign(left) || isSign(right)) return false;
    return left.startOffset + left.image.length === right.startOffset;
}

function isSign({ image }: IToken): boolean {
    return ['=', ':', ',', '{', '}'].includes(image);
}

function isKey({ text, next, startsLine }: Run): boolean {
    return next === '=' || next === ':' || (startsLine && !['=', ':', ','].includes(text));
}

/** The last key in front of the cursor. */
function currentKey(tokens: readonly IToken[]): string {
    const all = runs(tokens);
    return (all.findLast(({ next }) => next === '=' || next === ':') ?? all.findLast(isKey))?.text ?? '';
}
