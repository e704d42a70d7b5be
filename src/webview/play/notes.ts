/** What a run leaves out or takes for granted: folded to one line until somebody wants to know. */
import { visible } from '../../diagram/index.js';
import { counted } from '../../topology/index.js';
import { html } from '../dom.js';

export function notesOf(notes: readonly string[]): readonly HTMLElement[] {
    if (notes.length === 0) {
        return [];
    }
    const details = html('details', 'notes');
    const list = html('ul', '');
    list.append(...notes.map((note) => html('li', '', visible(note))));
    details.append(html('summary', '', counted(notes.length, 'note')), list);
    return [details];
}
