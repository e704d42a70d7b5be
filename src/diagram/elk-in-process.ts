import type { Drawing } from './drawing.js';
import { applyElk, skeletonGraph } from './elk.js';
import { layoutDrawing, type Layout } from './layout.js';

/** ELK without a worker, for programs that may wait. The own layout remains where ELK refuses. */
export async function layoutInProcess(drawing: Drawing): Promise<Layout> {
    const own = layoutDrawing(drawing);
    try {
        const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
        return applyElk(own, await new Elk().layout(skeletonGraph(drawing, own)));
    } catch {
        // A picture with the own layout says the same: never a reason to draw nothing.
        return own;
    }
}
