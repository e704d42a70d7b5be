import type { LangiumDocument } from 'langium';
import type { ILexingError, IRecognitionException, IToken } from 'chevrotain';
import type { Finding, Fix, SourceRange } from '../../topology/index.js';
import type { GuardedParseResult, ReadingLimit } from '../parser/guard.js';
import { quoted } from '../names/quoting.js';
import {
    isHashError,
    isNestedError,
    isSingleQuotesError,
    isUnclosedError,
    isUnquotedError,
    type HashError,
    type NestedError,
    type SingleQuotesError,
    type UnclosedError,
    type UnquotedError,
} from '../parser/lexer.js';
import { dividedFigure } from './divided-figures.js';
import { isSlipError, type SlipError } from '../parser/slips.js';
import { remedyAt, type SyntaxRemedy } from '../parser/messages.js';

/** Most syntax errors of one file that are told. */
const MAXIMUM_SYNTAX_ERRORS = 100;

const SHOWN_CHARACTERS = 80;

const HELP = 'Correct this line; what follows it was read as well as possible.';

/** What the lexer and the parser did not understand, in order, and no more than a reader can use. */
export function checkSyntax(document: LangiumDocument): Finding[] {
    const result: GuardedParseResult = document.parseResult;
    const uri = document.uri.toString();
    if (result.limit) return [limitFinding(result.limit, uri)];
    const findings = [
        ...result.lexerErrors.map((error) => lexerFinding(error, document)),
        ...result.parserErrors.map((error) => parserFinding(error, document)),
    ].sort((left, right) => comparePositions(left.source, right.source));
    return findings.slice(0, MAXIMUM_SYNTAX_ERRORS);
}

function limitFinding({ code, message, help, line, character }: ReadingLimit, uri: string): Finding {
    const source = { uri, start: { line, character }, end: { line, character: character + 1 } };
    return { code, severity: 'error', message, help, source };
}

function lexerFinding(error: ILexingError, document: LangiumDocument): Finding {
    const uri = document.uri.toString();
    if (isUnclosedError(error)) return unclosedFinding(error, document);
    if (isHashError(error)) return hashFinding(error, uri);
    if (isUnquotedError(error)) return unquotedFinding(error, uri);
    if (isSingleQuotesError(error)) return singleQuotesFinding(error, uri);
    if (isNestedError(error)) return nestedFinding(error, uri);
    if (isSlipError(error)) return slipFinding(error, document);
    const { line = 1, column = 1, length } = error;
    const start = { line: line - 1, character: column - 1 };
    const end = { line: line - 1, character: column - 1 + Math.min(length, 1000) };
    const message = length === 1 ? 'This character means nothing here.' : 'These characters mean nothing here.';
    const help = `Remove ${length === 1 ? 'it' : 'them'}, or put the text in quotes.`;
    return { code: 'language/syntax', severity: 'error', message, help, source: { uri, start, end } };
}

function unclosedFinding({ line, column, length, what }: UnclosedError, document: LangiumDocument): Finding {
    const start = { line: line - 1, character: column - 1 };
    const uri = document.uri.toString();
    const source = { uri, start, end: { line: start.line, character: start.character + length } };
    const [message, help] =
        what === 'comment'
            ? ['This comment has no end, so nothing behind it is read.', 'Write */ where it ends.']
            : ['This text has no closing quote.', 'Write " where it ends.'];
    return {
        code: 'language/unclosed',
        severity: 'error',
        message,
        help,
        source,
        fixes: [closing(what, source, document)],
    };
}

/** A comment ends with its first line. A text ends where its line ends, but for a brace that opens or closes a block. */
function closing(what: UnclosedError['what'], { uri, start }: SourceRange, { textDocument }: LangiumDocument): Fix {
    const line = textDocument.getText({ start, end: { line: start.line + 1, character: 0 } });
    const kept = what === 'comment' ? line.trimEnd() : line.replace(/\s*[{},]?\s*$/, '');
    const at = { line: start.line, character: start.character + kept.length };
    const [title, text] = what === 'comment' ? ['Close the comment', ' */'] : ['Close the text', '"'];
    return { kind: 'replace', title, source: { uri, start: at, end: at }, text };
}

function hashFinding({ line, column }: HashError, uri: string): Finding {
    const start = { line: line - 1, character: column - 1 };
    const source = { uri, start, end: { line: start.line, character: start.character + 1 } };
    return {
        code: 'language/syntax',
        severity: 'error',
        message: 'Comments begin with // here, and not with #.',
        help: 'Write // instead.',
        source,
        fixes: [{ kind: 'replace', title: 'Write //', source, text: '//', safe: true }],
    };
}

function unquotedFinding({ line, column, length, value }: UnquotedError, uri: string): Finding {
    const start = { line: line - 1, character: column - 1 };
    const source = { uri, start, end: { line: start.line, character: start.character + length } };
    const text = quoted(value);
    const [sign] = /[^\w.\s-]/.exec(value) ?? [];
    const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
    return {
        code: 'language/syntax',
        severity: 'error',
        message: `A value with ${sign === undefined ? 'several words' : `'${sign}' in it`} stands in quotes, so that it is clear where it ends.`,
        help: `Write ${shown}.`,
        source,
        fixes: [{ kind: 'replace', title: `Quote it: ${shown}`, source, text, safe: true }],
    };
}

function singleQuotesFinding({ line, column, length, value, message }: SingleQuotesError, uri: string): Finding {
    const start = { line: line - 1, character: column - 1 };
    const source = { uri, start, end: { line: start.line, character: start.character + length } };
    const title = `Write ${value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value}`;
    return {
        code: 'language/syntax',
        severity: 'error',
        message,
        help: `${title}.`,
        source,
        fixes: [{ kind: 'replace', title, source, text: value, safe: true }],
    };
}

function nestedFinding({ line, column }: NestedError, uri: string): Finding {
    const start = { line: line - 1, character: column - 1 };
    return {
        code: 'language/syntax',
        severity: 'error',
        message: 'Settings hold no blocks of their own, so nothing in this one was read.',
        help: 'Write the whole key in each line, with dots: index.number_of_replicas = 1.',
        source: { uri, start, end: { line: start.line, character: start.character + 1 } },
    };
}

function slipFinding({ offset, length, message, help, fix }: SlipError, document: LangiumDocument): Finding {
    const source = rangeOf(offset, offset + length, document);
    const finding: Finding = { code: 'language/syntax', severity: 'error', message, help, source };
    if (!fix) return finding;
    const { title, start, end, text } = fix;
    return { ...finding, fixes: [{ kind: 'replace', title, source: rangeOf(start, end, document), text }] };
}

function rangeOf(start: number, end: number, { uri, textDocument }: LangiumDocument): SourceRange {
    return { uri: uri.toString(), start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
}

function parserFinding(error: IRecognitionException & { previousToken?: IToken }, document: LangiumDocument): Finding {
    const uri = document.uri.toString();
    const own = tokenSource(error.token, uri);
    const source = own ?? afterToken(error.previousToken, uri);
    const divided = own && dividedFigure(own, document);
    if (divided) return divided;
    const remedy = own && remedyAt(error.token);
    const fixes = remedy ? { fixes: [remedyFix(remedy, own)] } : {};
    return { code: 'language/syntax', severity: 'error', message: error.message, help: HELP, source, ...fixes };
}

function remedyFix({ title, change, text, safe }: SyntaxRemedy, at: SourceRange): Fix {
    const source = change === 'replace' ? at : { ...at, end: at.start };
    return { kind: 'replace', title, source, text, ...(safe ? { safe } : {}) };
}

function tokenSource(token: IToken, uri: string): SourceRange | undefined {
    const { startLine, startColumn, endLine, endColumn } = token;
    if (!startLine || !startColumn || !endLine || !endColumn) return undefined;
    // The end of the file is a token without a place.
    if (!(startLine > 0)) return undefined;
    return {
        uri,
        start: { line: startLine - 1, character: startColumn - 1 },
        end: { line: endLine - 1, character: endColumn },
    };
}

function afterToken(token: IToken | undefined, uri: string): SourceRange {
    const end = token && tokenSource(token, uri)?.end;
    const position = end ?? { line: 0, character: 0 };
    return { uri, start: position, end: position };
}

function comparePositions(left: SourceRange, right: SourceRange): number {
    return left.start.line - right.start.line || left.start.character - right.start.character;
}
