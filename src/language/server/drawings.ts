import { patchBetween, toDrawing, type Drawing } from '../../diagram/index.js';
import type { DrawingParams, DrawingReply, ElementAtParams } from '../../protocol/index.js';
import type { Finding } from '../../topology/index.js';
import type { EditorServices } from '../editor/services.js';
import { isDocument } from '../generated/ast.js';
import { liesInQuestion } from '../resolve/broken.js';
import { elementAt } from './element-at.js';
import { read, type ReadText } from './read.js';

interface Known {
    readonly drawing: Drawing;
    readonly version: number;
}

/**
 * The drawings of open documents. The last one of each is kept, so that only what is different has to be sent; whoever shows
 * another gets all of it.
 */
export class Drawings {
    private readonly known = new Map<string, Known>();
    private version = 0;

    constructor(private readonly services: EditorServices) {}

    /** null for a document that the server does not know. */
    async answer({ uri, base }: DrawingParams): Promise<DrawingReply | null> {
        const before = this.known.get(uri);
        const found = await read(uri, this.services);
        if (!found) {
            this.known.delete(uri);
            return null;
        }
        const misread = misreadingIn(found);
        // What a half-written line leaves out would vanish and come back with each key.
        const held = misread === undefined ? undefined : before;
        const drawing = held?.drawing ?? toDrawing(found.result.topology);
        const patch = before && patchBetween(before.drawing, drawing);
        const now = before && !patch ? before : { drawing, version: ++this.version };
        this.known.set(uri, now);
        const common = { version: now.version, ...(misread && { lag: lagWords(misread, held !== undefined) }) };
        if (!before || before.version !== base) return { kind: 'whole', drawing, ...common };
        return patch ? { kind: 'patch', base, patch, ...common } : { kind: 'same', ...common };
    }

    /** Id of the element whose text the position stands in; null for none. */
    async elementAt({ uri, position }: ElementAtParams): Promise<string | null> {
        const found = await read(uri, this.services);
        return found ? elementAt(toDrawing(found.result.topology), position) : null;
    }
}

/** The first place that is not understood; what stands in a question is not drawn, so it does not count. */
function misreadingIn({ document, result }: ReadText): Finding | undefined {
    const root = document.parseResult.value;
    const own = isDocument(root) ? [root] : [];
    return result.findings.find(
        (finding) =>
            finding.severity === 'error' && finding.code.startsWith('language/') && !liesInQuestion(finding, own),
    );
}

function lagWords({ message, source }: Finding, held: boolean): string {
    const shown = held ? 'The drawing shows the text as it was before' : 'The drawing shows what could be understood';
    return `${shown}. Line ${String(source.start.line + 1)}: ${message}`;
}
