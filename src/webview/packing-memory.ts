/** How drawings were packed that have been seen: the same text has the same picture, whatever was written in between. */
import { drawnNodes, type Drawing, type Packing } from '../diagram/index.js';

/** Of so many drawings; the oldest is forgotten. */
const MOST = 32;

export class PackingMemory {
    readonly #known = new Map<string, Packing>();

    recall(drawing: Drawing): Packing | undefined {
        return this.#known.get(keyOf(drawing));
    }

    keep(drawing: Drawing, packing: Packing): void {
        const key = keyOf(drawing);
        this.#known.delete(key);
        this.#known.set(key, packing);
        const [oldest] = this.#known.keys();
        if (this.#known.size > MOST && oldest !== undefined) {
            this.#known.delete(oldest);
        }
    }
}

/** What stands where, and what is folded away. */
function keyOf(drawing: Drawing): string {
    const places = drawing.regions.flatMap((region) => [region, ...region.zones]);
    return [
        ...places.map(({ id, folded }) => `${id}${folded === undefined ? '' : ' folded'}`),
        ...drawnNodes(drawing).map(({ id }) => id),
    ].join('\n');
}
