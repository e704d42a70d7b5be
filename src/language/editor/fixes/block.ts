/** Adds a statement to the block of another one, in the way in which that block is written. */
import * as ast from '../../generated/ast.js';
import { replaced, type TextChange } from './change.js';
import { blockOf, type Statement } from './statement.js';

/** Statements that have no block where nothing is said in one. */
const TAKES_BLOCK: readonly string[] = [
    ast.Nodes.$type,
    ast.ShardGroup.$type,
    ast.Endpoint.$type,
    ast.Failover.$type,
    ast.FailoverPolicy.$type,
    ast.Replication.$type,
];

/** A line, or a line with a block of its own: `settings` with one entry. */
export interface NewStatement {
    readonly text: string;
    readonly body?: string;
}

/** Undefined where there is no block and none may be, or where it is not closed yet. */
export function addStatement(statement: Statement, added: NewStatement): TextChange | undefined {
    const block = blockOf(statement);
    if (block) return addToBlock(statement, block.open.end, block.close.offset, added);
    const { node } = statement;
    const isHalfTyped = statement.cst.text.includes('{');
    const isNamed = ast.isFailover(node) && node.policy !== undefined;
    if (isHalfTyped || isNamed || !TAKES_BLOCK.includes(node.$type)) return undefined;
    return replaced(statement.document, statement.cst.end, statement.cst.end, ` { ${onOneLine(added)} }`);
}

function addToBlock({ document, cst }: Statement, open: number, close: number, added: NewStatement): TextChange {
    const text = document.textDocument.getText();
    const inner = text.slice(open, close);
    if (!inner.includes('\n')) {
        const kept = inner.trimEnd();
        const gap = kept === '' ? ' ' : '  ';
        return replaced(document, open + kept.length, close, `${gap}${onOneLine(added)} `);
    }
    const newline = inner.includes('\r\n') ? '\r\n' : '\n';
    const unit = indentationUnit(text);
    const outer = indentationAt(text, cst.offset);
    const own = /\n([ \t]*)[^\s]/.exec(inner)?.[1] ?? outer + unit;
    const lines = onLines(added, unit).map((line) => own + line);
    const lineStart = text.lastIndexOf('\n', close - 1) + 1;
    if (text.slice(lineStart, close).trim() === '') {
        return replaced(document, lineStart, lineStart, lines.map((line) => line + newline).join(''));
    }
    const kept = open + inner.trimEnd().length;
    return replaced(document, kept, close, [...['', ...lines], outer].join(newline));
}

function onOneLine({ text, body }: NewStatement): string {
    const line = text.replace(/\s*\n\s*/g, ' ');
    return body === undefined ? line : `${line} { ${body} }`;
}

function onLines({ text, body }: NewStatement, unit: string): string[] {
    const lines = text.split(/\r?\n/);
    if (body === undefined) return lines;
    return [...lines.slice(0, -1), `${lines.at(-1) ?? ''} {`, unit + body, '}'];
}

/** What one level of this text is indented by; two spaces where nothing is. */
function indentationUnit(text: string): string {
    const indented = /^(\t|[ ]{1,8})(?=[A-Za-z])/m.exec(text)?.[1];
    return indented ?? '  ';
}

function indentationAt(text: string, offset: number): string {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}
