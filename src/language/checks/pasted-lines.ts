/** Lines of configuration that were pasted into a block without `settings` around them, such as `number_of_shards: 3`. */
import { AstUtils, type AstNode } from 'langium';
import type { GroupWord } from '../../engines/index.js';
import type { Fix } from '../../topology/index.js';
import * as ast from '../generated/ast.js';
import { writtenProperty } from '../names/written.js';
import type { HalfTyped } from '../resolve/half-typed.js';
import { NODE_PROPERTIES } from '../resolve/nodes.js';
import { removal, type Report } from '../resolve/report.js';
import { nameSource, sourceOf } from '../resolve/source.js';
import type { EngineLookup } from '../services.js';

type Line = ast.Property | ast.Replicas;

export function checkPastedLines(document: ast.Document, engines: EngineLookup, report: Report): void {
    for (const node of AstUtils.streamAst(document)) {
        const isLine = ast.isProperty(node) || ast.isReplicas(node);
        if (isLine && node.separator !== undefined) checkLine(node, engines, report);
    }
}

function checkLine(line: Line, engines: EngineLookup, report: Report): void {
    const key = ast.isReplicas(line) ? 'replicas' : line.key;
    const value = valueText(line);
    // The parser says that a half-typed one has no value.
    if (value === undefined) return;
    const { $container: block } = line;
    const word = ast.isShardGroup(block) ? wordOf(block, engines) : undefined;
    const own = ownKeyword(key, line, word);
    if (own !== undefined) reportKeyword(line, key, `${own} ${value}`, report);
    else if (ast.isProperty(line)) reportSetting(line, block, value, report);
}

/** What stands behind the mark: without the comma, and without quotes that nobody needs here. */
function valueText(line: Line): string | undefined {
    const separator = writtenProperty(line, 'separator');
    const { $cstNode: cst } = line;
    if (!separator || !cst) return undefined;
    const text = cst.text
        .slice(separator.end - cst.offset)
        .replace(/,\s*$/, '')
        .trim();
    if (text === '') return undefined;
    return /^"[A-Za-z0-9_.%/-]+"$/.test(text) ? text.slice(1, -1) : text;
}

function wordOf({ $container, word }: ast.ShardGroup, engines: EngineLookup): GroupWord | undefined {
    const engine = engines.find(($container as HalfTyped<ast.Cluster>).engine ?? '');
    return engine?.groupWords.find((each) => each.word === word);
}

/** The word of this language for the same thing, if it has one. */
function ownKeyword(key: string, { $container: block }: Line, word: GroupWord | undefined): string | undefined {
    if (ast.isNodes(block)) return Object.hasOwn(NODE_PROPERTIES, key) ? key : undefined;
    if (!ast.isShardGroup(block) || key === 'replicas') return key;
    if (key === word?.countWord || (key === 'required' && word?.takes?.includes('required'))) return key;
    if (word?.systemKeys?.count?.includes(key)) return word.countWord;
    return word?.systemKeys?.replicas?.includes(key) ? 'replicas' : undefined;
}

function reportKeyword(line: Line, key: string, text: string, report: Report): void {
    const [keyword = ''] = text.split(' ');
    const source = sourceOf(line);
    const isSaid = AstUtils.streamContents(line.$container).some(
        (each) => each !== line && keywordOf(each) === keyword,
    );
    const [help, fixes]: [string, readonly Fix[]] = isSaid
        ? [`Remove the line: this block says '${keyword}' already.`, removal(source, 'Remove the line')]
        : [`Write \`${text}\`.`, [{ kind: 'replace', title: `Write ${text}`, source, text, safe: true }]];
    report.error(
        'language/pasted-line',
        source,
        keyword === key
            ? `'${keyword}' is a word of this language: its value follows without '${line.separator ?? ''}'.`
            : `'${shown(key)}' is written \`${shown(text)}\` here.`,
        help,
        undefined,
        fixes,
    );
}

/** The keyword of a line that is written as it should be. */
function keywordOf(node: AstNode): string | undefined {
    if (!(ast.isReplicas(node) || ast.isProperty(node)) || node.separator !== undefined) return undefined;
    return ast.isReplicas(node) ? 'replicas' : node.key;
}

function reportSetting(line: ast.Property, owner: AstNode, value: string, report: Report): void {
    const source = sourceOf(line);
    const key = writtenProperty(line, 'key')?.text ?? line.key;
    report.error(
        'language/pasted-line',
        source,
        `'${shown(line.key)}' is no word of this language; keys of the real system stand in a block of their own.`,
        `Write \`settings { ${shown(key)} = ${shown(value)} }\`.`,
        undefined,
        [{ kind: 'move-setting', title: 'Move it into settings', source, declaration: nameSource(owner) }],
    );
}

function shown(text: string): string {
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
