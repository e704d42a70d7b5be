import * as ast from '../../generated/ast.js';
import { isRange, parseRange, rangeNames, type NameRange } from '../../names/ranges.js';
import { writtenProperty } from '../../names/written.js';
import type { EditorServices } from '../services.js';
import { replaced, type TextChange } from './change.js';
import type { Statement } from './statement.js';

/** Largest change by which a range is resized. */
const MOST = 1000;

/** Moves the end of a range of names. Undefined where none would be left, or where a name that would go is used. */
export function resizeRange(declaration: Statement, by: number, services: EditorServices): TextChange | undefined {
    const { node, document } = declaration;
    if (!ast.isNodes(node) && !ast.isShardGroup(node)) return undefined;
    const written = writtenProperty(node, 'name');
    const range = isRange(node) ? parseRange(node.name) : undefined;
    if (!written || !range || Math.abs(by) > MOST || range.last + by < range.first) return undefined;
    if (by < 0 && isUsed(node, { ...range, first: range.last + by + 1 }, services)) return undefined;
    const last = String(range.last + by).padStart(range.width, '0');
    const bracket = written.text.indexOf('..');
    const close = written.text.indexOf(']');
    return replaced(document, written.offset + bracket + 2, written.offset + close, last);
}

/** Whether any file names one of these names of a declaration. */
function isUsed(declaration: ast.Nodes | ast.ShardGroup, names: NameRange, services: EditorServices): boolean {
    const gone = new Set(rangeNames(names));
    return services.shared.workspace.LangiumDocuments.all.some(({ references }) =>
        references.some(
            (reference) => gone.has(reference.$refText) && 'ref' in reference && reference.ref === declaration,
        ),
    );
}
