import { patchBetween, toDrawing, type Drawing } from '../../diagram/index.js';
import type { DrawingParams, DrawingReply, ElementAtParams } from '../../protocol/index.js';
import type { EditorServices } from '../editor/services.js';
import { elementAt } from './element-at.js';
import { read } from './read.js';

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
        const drawing = toDrawing(found.result.topology);
        const patch = before && patchBetween(before.drawing, drawing);
        const now = before && !patch ? before : { drawing, version: ++this.version };
        this.known.set(uri, now);
        if (!before || before.version !== base) return { kind: 'whole', drawing, version: now.version };
        return patch ? { kind: 'patch', base, patch, version: now.version } : { kind: 'same', version: now.version };
    }

    /** Id of the element whose text the position stands in; null for none. */
    async elementAt({ uri, position }: ElementAtParams): Promise<string | null> {
        const found = await read(uri, this.services);
        return found ? elementAt(toDrawing(found.result.topology), position) : null;
    }
}
