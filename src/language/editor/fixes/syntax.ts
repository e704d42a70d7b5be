/** Ways out of syntax errors, where the error itself says what was meant. */
import type { LangiumDocument } from 'langium';
import type { Finding, Fix, SourceRange } from '../../../topology/index.js';
import type { EditorServices } from '../services.js';

export function syntaxFixes(finding: Finding, document: LangiumDocument, services: EditorServices): readonly Fix[] {
    switch (finding.code) {
        case 'language/unclosed':
            return closingMark(finding, document);
        case 'language/syntax':
            return [
                ...meantWord(finding),
                ...unitBesideNumber(finding, document),
                ...textInQuotes(finding, document),
                ...closingBraces(finding, document, services),
            ];
        default:
            return [];
    }
}

/** A comment ends with its first line. A text ends where its line ends, but for a brace that opens or closes a block. */
function closingMark({ source, message }: Finding, document: LangiumDocument): readonly Fix[] {
    const line = lineAt(document, source.start.line);
    if (message.startsWith('This comment'))
        return [insertion('Close the comment', source, line.trimEnd().length, ' */')];
    const text = line.slice(source.start.character).replace(/\s*[{},]?\s*$/, '');
    return [insertion('Close the text', source, source.start.character + text.length, '"')];
}

/** The parser's messages end with a question where a word is nearly right. */
function meantWord({ source, message }: Finding): readonly Fix[] {
    const meant = /Did you mean '([a-z-]+)'\?$/.exec(message)?.[1] ?? /^Say '(reads|writes)':/.exec(message)?.[1];
    if (meant !== undefined) return [{ kind: 'replace', title: `Change to ${meant}`, source, text: meant }];
    if (!message.startsWith("'tolerate' is followed by 'any'")) return [];
    return [insertion("Write 'any'", source, source.start.character, 'any ')];
}

function unitBesideNumber({ source, message }: Finding, document: LangiumDocument): readonly Fix[] {
    if (!message.startsWith('Write the unit next to its number')) return [];
    const before = lineAt(document, source.start.line).slice(0, source.start.character);
    const gap = /\s+$/.exec(before)?.[0].length ?? 0;
    const start = { line: source.start.line, character: source.start.character - gap };
    const title = 'Write the unit next to its number';
    return [{ kind: 'replace', title, source: { ...source, start, end: source.start }, text: '', safe: true }];
}

function textInQuotes({ source, message }: Finding, document: LangiumDocument): readonly Fix[] {
    const wantsQuotes =
        message.startsWith('Put the version in quotes') || message.startsWith('A name begins with a letter');
    if (!wantsQuotes) return [];
    const text = document.textDocument.getText({ start: source.start, end: source.end });
    return [{ kind: 'replace', title: 'Put it in quotes', source, text: `"${text}"`, safe: true }];
}

/** At the end of the file: the braces that it lacks. */
function closingBraces({ source }: Finding, document: LangiumDocument, services: EditorServices): readonly Fix[] {
    const text = document.textDocument.getText();
    if (text.slice(document.textDocument.offsetAt(source.end)).trim() !== '') return [];
    const { tokens } = services.parser.Lexer.tokenize(text);
    const open = tokens.reduce((sum, { image }) => sum + (image === '{' ? 1 : image === '}' ? -1 : 0), 0);
    if (open < 1) return [];
    const end = document.textDocument.positionAt(text.length);
    const start = document.textDocument.positionAt(text.trimEnd().length);
    const title = open === 1 ? 'Close the block' : `Close the ${String(open)} blocks`;
    return [{ kind: 'replace', title, source: { ...source, start, end }, text: `${'\n}'.repeat(open)}\n` }];
}

function insertion(title: string, { uri, start }: SourceRange, character: number, text: string): Fix {
    const at = { line: start.line, character };
    return { kind: 'replace', title, source: { uri, start: at, end: at }, text };
}

function lineAt({ textDocument }: LangiumDocument, line: number): string {
    const [start, end] = [
        { line, character: 0 },
        { line: line + 1, character: 0 },
    ];
    return textDocument.getText({ start, end }).replace(/\r?\n$/, '');
}
