import { CstUtils, type LangiumDocument } from 'langium';
import type { ILexingError, IRecognitionException, IToken } from 'chevrotain';
import type { Finding, SourceRange } from '../../topology/index.js';
import type { GuardedParseResult, ReadingLimit } from '../parser/guard.js';
import { isClosed } from '../parser/values.js';

/** Most syntax errors of one file that are told. */
export const MAXIMUM_SYNTAX_ERRORS = 100;

const HELP = 'Correct this line; what follows it was read as well as possible.';

/** What the lexer and the parser did not understand, in order, and no more than a reader can use. */
export function checkSyntax(document: LangiumDocument): Finding[] {
    const result: GuardedParseResult = document.parseResult;
    const uri = document.uri.toString();
    if (result.limit) return [limitFinding(result.limit, uri)];
    const findings = [
        ...result.lexerErrors.map((error) => lexerFinding(error, uri)),
        ...result.parserErrors.map((error) => parserFinding(error, uri)),
        ...unclosed(document, uri),
    ].sort((left, right) => comparePositions(left.source, right.source));
    return findings.slice(0, MAXIMUM_SYNTAX_ERRORS);
}

function limitFinding({ code, message, help, line, character }: ReadingLimit, uri: string): Finding {
    const source = { uri, start: { line, character }, end: { line, character: character + 1 } };
    return { code, severity: 'error', message, help, source };
}

function lexerFinding({ line = 1, column = 1, length }: ILexingError, uri: string): Finding {
    const start = { line: line - 1, character: column - 1 };
    const end = { line: line - 1, character: column - 1 + Math.min(length, 1000) };
    const message = length === 1 ? 'This character means nothing here.' : 'These characters mean nothing here.';
    const help = 'Remove them, or put the text in quotes.';
    return { code: 'language/syntax', severity: 'error', message, help, source: { uri, start, end } };
}

function parserFinding(error: IRecognitionException & { previousToken?: IToken }, uri: string): Finding {
    const source = tokenSource(error.token, uri) ?? afterToken(error.previousToken, uri);
    return { code: 'language/syntax', severity: 'error', message: error.message, help: HELP, source };
}

function tokenSource(token: IToken, uri: string): SourceRange | undefined {
    const { startLine, startColumn, endLine, endColumn } = token;
    if (!startLine || !startColumn || !endLine || !endColumn || Number.isNaN(startLine)) return undefined;
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

/** Strings and comments that reach the end of their line or of the file. */
function unclosed(document: LangiumDocument, uri: string): Finding[] {
    const root = document.parseResult.value.$cstNode;
    const text = document.textDocument.getText();
    if (!root || !(text.includes('"') || text.includes('/*'))) return [];
    const findings: Finding[] = [];
    for (const leaf of CstUtils.flattenCst(root)) {
        const kind = leaf.tokenType.name === 'ML_COMMENT' ? 'comment' : leaf.text.startsWith('"') ? 'text' : undefined;
        if (!kind || (kind === 'comment' ? /\*\/$/.test(leaf.text) && leaf.length > 3 : isClosed(leaf.text))) continue;
        const start = leaf.range.start;
        const source = {
            uri,
            start,
            end: { line: start.line, character: start.character + (kind === 'comment' ? 2 : 1) },
        };
        const message =
            kind === 'comment'
                ? 'This comment has no end, so nothing behind it is read.'
                : 'This text has no closing quote.';
        const help = kind === 'comment' ? 'Write */ where it ends.' : 'Write " where it ends.';
        findings.push({ code: 'language/unclosed', severity: 'error', message, help, source });
    }
    return findings;
}

function comparePositions(left: SourceRange, right: SourceRange): number {
    return left.start.line - right.start.line || left.start.character - right.start.character;
}
