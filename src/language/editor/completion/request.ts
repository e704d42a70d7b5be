import type { LangiumDocument, Lexer } from 'langium';
import type { CompletionItemKind } from 'vscode-languageserver';
import type { IToken } from 'chevrotain';
import type { Engine } from '../../../engines/index.js';
import { isCluster, type Cluster, type Document } from '../../generated/ast.js';
import type { VisibleNames } from '../../names/visible.js';
import type { EngineLookup } from '../../services.js';
import type { BlockKind, OpenBlock } from './blocks.js';
import type { Cursor } from './cursor.js';
import type { Expectation } from './expected.js';

/** The cluster around the cursor, as far as it is written. */
interface ClusterAround {
    readonly engine: Engine | undefined;
    /** As written, else the newest that the engine knows. */
    readonly version: string;
    /** What was read of it; missing where its name is not written yet. */
    readonly declaration: Cluster | undefined;
}

/** All that completions are chosen by. */
export interface CompletionRequest {
    readonly document: LangiumDocument<Document>;
    readonly cursor: Cursor;
    /** Tokens of the statement at the cursor, without the word that is being typed. */
    readonly statement: readonly IToken[];
    readonly expected: readonly Expectation[];
    readonly visible: VisibleNames;
    readonly engines: EngineLookup;
    readonly cluster: ClusterAround | undefined;
    readonly lexer: Lexer;
}

/** Something that may be chosen. */
export interface Proposal {
    readonly label: string;
    readonly kind: CompletionItemKind;
    /** Lower ranks stand first. */
    readonly rank: number;
    readonly detail?: string;
    /** Markdown. */
    readonly documentation?: string;
    /** What is inserted, if that is not the label. */
    readonly insert?: string;
    /** Whether `insert` has tab stops in the syntax of LSP snippets. */
    readonly snippet?: boolean;
}

export const RANK = { first: 0, likely: 1, name: 2, other: 3, keyword: 5, snippet: 6 } as const;

export function expects({ expected }: CompletionRequest, rule: string, property?: string): boolean {
    return expected.some(
        (each) =>
            each.rule === rule && each.keyword === undefined && (property === undefined || each.property === property),
    );
}

export function blockKind({ cursor }: CompletionRequest, outwards = 0): BlockKind | undefined {
    return cursor.blocks.at(-1 - outwards)?.kind;
}

/** The image of a token of the statement, counted from its end. */
export function wordBefore({ statement }: CompletionRequest, back = 0): string | undefined {
    return statement.at(-1 - back)?.image;
}

export function clusterAround(
    blocks: readonly OpenBlock[],
    statement: readonly IToken[],
    visible: VisibleNames,
    engines: EngineLookup,
): ClusterAround | undefined {
    const header = blocks.find(({ kind }) => kind === 'cluster')?.header ?? (blocks.length === 0 ? statement : []);
    if (header[0]?.image !== 'cluster') return undefined;
    const colon = header.findIndex(({ image }) => image === ':');
    const engine = engines.find(header[colon + 1]?.image ?? '');
    const version = header.slice(colon + 2).find(({ tokenType }) => tokenType.name === 'STRING');
    const target = visible.target(nameOf(header[1]));
    return {
        engine: colon < 0 ? undefined : engine,
        version: version ? unquoted(version.image) : (engine?.versions.at(-1) ?? ''),
        declaration: target && isCluster(target) ? target : undefined,
    };
}

function nameOf(token: IToken | undefined): string {
    return token ? unquoted(token.image) : '';
}

/** The name or text that a token stands for. */
export function unquoted(image: string): string {
    return image.startsWith('"') ? image.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : image;
}

/** Text inside a snippet, where some signs have a meaning. */
export function snippetText(text: string): string {
    return text.replace(/[$}\\]/g, '\\$&');
}

/** A tab stop with several texts to choose from. */
export function choice(stop: number, texts: readonly string[]): string {
    return `\${${String(stop)}|${texts.map((text) => text.replace(/[,|\\$}]/g, '\\$&')).join(',')}|}`;
}
