/** What a folded zone or region says of an instant: the worst as a mark, and all of it in words. */
import { GRID, TYPE, type Box } from './geometry.js';
import { markGroup, markOf, marksOf } from './marks.js';
import { PLACE } from './pack.js';
import type { PlaceState } from './place-state.js';
import type { Moment } from './playback/moment.js';
import { svg, type SvgElement } from './svg.js';
import { textWidth, truncateMiddle, USUAL_LETTERING, type Lettering } from './text.js';

/** Baselines of the two lines, from the lower edge of the box. */
const LINES = [36, 18] as const;
const MARKS = 4 * GRID;

export function foldedScene(
    state: PlaceState,
    moment: Moment,
    box: Box,
    { plain }: Lettering = USUAL_LETTERING,
): SvgElement {
    const x = box.x + PLACE.padding;
    const bottom = box.y + box.height;
    const room = box.width - 2 * PLACE.padding;
    const degraded = state.shards.length > 0 ? [markOf('degraded')] : [];
    const marks = state.worst === undefined ? degraded : marksOf(moment, state.worst);
    const lines = [state.nodes, state.shards].filter((words) => words.length > 0);
    return svg(
        'g',
        { class: 'folded-state', 'aria-hidden': 'true' },
        ...lines.map((words, line) => {
            const width = line === 0 && marks.length > 0 ? room - MARKS : room;
            const text = asManyAsFit(words, width / plain(words.join(', ')));
            return svg('text', { class: 'detail state-words', x, y: bottom - (LINES[line] ?? 0) }, text);
        }),
        ...(marks.length === 0
            ? []
            : [markGroup(marks, { x: box.x, y: bottom - LINES[0] - 21, width: box.width - 4 })]),
    );
}

/** The worst of them in full, and how many are left out. */
function asManyAsFit(words: readonly string[], room: number): string {
    for (let count = words.length; count > 1; count -= 1) {
        const left = words.length - count;
        const text = `${words.slice(0, count).join(', ')}${left === 0 ? '' : ` +${left}`}`;
        if (textWidth(text, TYPE.detail) <= room) {
            return text;
        }
    }
    return truncateMiddle(`${words[0] ?? ''}${words.length > 1 ? ` +${words.length - 1}` : ''}`, TYPE.detail, room);
}
