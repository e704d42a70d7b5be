import { button, html } from '../dom.js';

/** What the keys do and the marks mean, in the order in which somebody needs them. */
const KEYS: readonly (readonly [string, readonly (readonly [keys: string, words: string])[]])[] = [
    [
        'The drawing',
        [
            ['Tab, then ← ↑ ↓ →', 'go to an element and on to its neighbours'],
            ['Enter', 'show it in the text'],
            ['M, Shift+F10', 'what can be done to it'],
            ['C, double click', 'fold or unfold a zone or region'],
            ['W A S D', 'move the view (arrows too, while no element has the focus)'],
            ['+ −', 'zoom in and out; also the wheel with Ctrl'],
            ['F, 0', 'fit the drawing'],
            ['/, Ctrl+F', 'find by name'],
            ['T', 'show as a table'],
            ['E', 'export as SVG or PNG, in a run as it is at the playhead'],
        ],
    ],
    [
        'A run',
        [
            ['Space', 'play and pause'],
            [', .', 'previous and next change'],
            ['+ − on the ruler', 'look closer at a part of the time; also the wheel with Ctrl'],
            ['Escape', 'close the timeline'],
        ],
    ],
    [
        'Marks of a run',
        [
            ['⚡  ▲  ✖', 'above the time: a step of the scenario, a new leader, writes that are lost'],
            ['a name below a bar', 'who led the shard from there on; ▲ where the lead changed hands'],
            ['a bar with a point', 'goes on outside the time that is shown, or was not over at the end'],
            ['✕  ■', 'down; stopped cleanly'],
            ['❚❚', 'frozen: the process stands still, connections stay open'],
            ['⊘  ✂  ◷', 'isolated; cut off from some; slow'],
            ['?, fine dashes', 'others suspect it or count it as failed'],
            ['a ring that fills', 'runs again, until all know'],
            ['a lock', 'fenced: others made sure that it does no harm'],
            ['✕ ◐ at a copy', 'its shard is not served; served in part'],
        ],
    ],
];

/** The list of keys and marks, over everything else until it is closed. */
export class Help {
    readonly element = html('dialog', 'help');

    constructor() {
        const close = button('✕', 'Close (Escape)');
        close.addEventListener('click', () => this.element.close());
        const heading = html('h2', '', 'Keys and marks');
        heading.id = 'help-heading';
        this.element.setAttribute('aria-labelledby', heading.id);
        this.element.append(close, heading, ...KEYS.flatMap(([title, keys]) => [html('h3', '', title), list(keys)]));
        this.element.addEventListener('keydown', (event) => event.stopPropagation());
    }

    show(): void {
        if (!this.element.open) {
            this.element.showModal();
        }
    }
}

function list(keys: readonly (readonly [string, string])[]): HTMLElement {
    const element = html('dl', '');
    element.append(...keys.flatMap(([key, words]) => [html('dt', '', key), html('dd', '', words)]));
    return element;
}
