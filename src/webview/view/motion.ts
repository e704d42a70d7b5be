/** Positions change in 240 ms, so that the eye keeps what moves; at once for those who ask for less motion. */
import type { Box, Layout } from '../../diagram/index.js';
import type { Positions } from './positions.js';

const POSITION_MS = 240;
/** More would not be followed by any eye, and cost frames. */
const MOST_MOVING = 300;

/** After the picture was repainted: lets what stands elsewhere now glide there. `find` gives the element of an id. */
export function glide(
    before: Positions,
    after: Positions,
    layout: Layout,
    find: (id: string) => Element | undefined,
    links: Element | null,
): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
        return;
    }
    const moving: { readonly element: Element; readonly dx: number; readonly dy: number }[] = [];
    const add = (id: string, holder: string, carried?: Box): void => {
        const [old, now] = [before.get(id), after.get(id)];
        const element = old === undefined || now === undefined ? undefined : find(id)?.closest(holder);
        if (old !== undefined && now !== undefined && element instanceof Element) {
            const [dx, dy] = [old.x - now.x - (carried?.x ?? 0), old.y - now.y - (carried?.y ?? 0)];
            if (dx !== 0 || dy !== 0) {
                moving.push({ element, dx, dy });
            }
        }
    };
    for (const region of layout.packing.regions) {
        add(region.id, '.region');
        for (const place of region.places) {
            const [old, now] = [before.get(place.id), after.get(place.id)];
            const carried =
                old === undefined || now === undefined
                    ? undefined
                    : { x: old.x - now.x, y: old.y - now.y, width: 0, height: 0 };
            add(place.id, '.place');
            place.nodes.forEach(({ id }) => add(id, '.card', carried));
        }
    }
    for (const id of layout.boxes.keys()) {
        if (id.startsWith('cluster:')) add(id, '.roof');
        if (id.startsWith('client:')) add(id, '.client');
    }
    if (moving.length > 0 && moving.length <= MOST_MOVING) {
        // Lines find their new ways at once, so they appear when what they join is nearly there.
        links?.animate([{ opacity: 0 }, { opacity: 0, offset: 0.5 }, { opacity: 1 }], { duration: POSITION_MS });
        for (const { element, dx, dy } of moving) {
            const from = { transform: `translate(${dx}px, ${dy}px)` };
            element.animate([from, { transform: 'translate(0, 0)' }], { duration: POSITION_MS, easing: 'ease-out' });
        }
    }
}
