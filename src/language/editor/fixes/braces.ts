import type { LangiumDocument } from 'langium';
import type { Finding, Fix } from '../../../topology/index.js';
import type { EditorServices } from '../services.js';

/** Where the file ends too early: the braces that it lacks. */
export function closingBraces(
    { code, source }: Finding,
    { textDocument }: LangiumDocument,
    services: EditorServices,
): readonly Fix[] {
    const text = textDocument.getText();
    if (code !== 'language/syntax' || text.slice(textDocument.offsetAt(source.end)).trim() !== '') return [];
    const { tokens } = services.parser.Lexer.tokenize(text);
    const open = tokens.reduce((sum, { image }) => sum + (image === '{' ? 1 : image === '}' ? -1 : 0), 0);
    if (open < 1) return [];
    const end = textDocument.positionAt(text.length);
    const start = textDocument.positionAt(text.trimEnd().length);
    const title = open === 1 ? 'Close the block' : `Close the ${String(open)} blocks`;
    return [{ kind: 'replace', title, source: { ...source, start, end }, text: `${'\n}'.repeat(open)}\n` }];
}
