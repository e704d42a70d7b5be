/** Whether a change does what it promises: the text is read once more with it. */
import { TextDocument, URI, type LangiumDocument } from 'langium';
import type { Finding } from '../../../topology/index.js';
import type { DesignCheck } from '../../document.js';
import { loadWorkspace } from '../../workspace.js';
import type { EditorServices } from '../services.js';
import type { TextChange } from './change.js';

/** Longer texts take too long to be read again for each change that is offered. */
const LONGEST = 100_000;

/** Whether the finding, or one of its like, goes away and no new error of the language or of the placement comes instead. */
export async function mends(
    change: TextChange,
    finding: Finding,
    before: readonly Finding[],
    services: EditorServices,
    design: DesignCheck,
): Promise<boolean> {
    const { document, edits } = change;
    const text = document.textDocument.getText();
    // What a change of another file does to this one is not looked into.
    if (text.length > LONGEST || document.uri.toString() !== finding.source.uri) return true;
    // A damaged text may have its parts in the way of each other: what cannot be applied mends nothing.
    if (overlaps(change)) return false;
    const after = await readAgain(
        document,
        TextDocument.applyEdits(document.textDocument, [...edits]),
        services,
        design,
    );
    const count = (findings: readonly Finding[], is: (each: Finding) => boolean): number => findings.filter(is).length;
    const isLike = ({ code, severity }: Finding): boolean => code === finding.code && severity === finding.severity;
    if (count(after, isLike) >= count(before, isLike)) return false;
    // Behind a syntax error others may wait that were there before.
    if (finding.code.startsWith('language/')) return true;
    return count(after, isGrave) <= count(before, isGrave);
}

function overlaps({ document: { textDocument }, edits }: TextChange): boolean {
    const spans = edits
        .map(({ range }) => ({ start: textDocument.offsetAt(range.start), end: textDocument.offsetAt(range.end) }))
        .sort((one, other) => one.start - other.start);
    return spans.some(({ start }, at) => start < (spans[at - 1]?.end ?? 0));
}

function isGrave({ severity }: Finding): boolean {
    return severity === 'error';
}

async function readAgain(
    document: LangiumDocument,
    text: string,
    services: EditorServices,
    design: DesignCheck,
): Promise<readonly Finding[]> {
    const { LangiumDocuments } = services.shared.workspace;
    const readFile = (uri: string): Promise<string | undefined> =>
        Promise.resolve(LangiumDocuments.getDocument(URI.parse(uri))?.textDocument.getText());
    const engines = services.engines.Lookup.all;
    const [read] = await loadWorkspace([{ uri: document.uri.toString(), text }], { readFile, engines, design });
    return read?.findings ?? [];
}
