import type { Playback } from '../../diagram/index.js';
import { button, html } from '../dom.js';
import { exactly } from './clock.js';
import { SPEEDS } from './player.js';
import { Verdict } from './verdict.js';

export interface ControlActions {
    toggle(): void;
    step(direction: 1 | -1): void;
    setSpeed(speed: number): void;
    /** The same steps under the next seed, beside this run. */
    compareSeed(): void;
    /** The same steps over the text as it is now, beside this run. */
    compareVersion(): void;
    save(): void;
    undo(): void;
    close(): void;
}

export class Controls {
    readonly element = html('div', 'controls');
    readonly #play = button('▶', 'Play (Space)');
    readonly #time = html('output', 'time figures');
    readonly #verdict = new Verdict();
    readonly #save = worded('Save as scenario', 'Save', 'Save as scenario: write these steps into the file');
    readonly #zoom = button('Zoom', 'Zoom: show only the time in which something happens');
    readonly #undo = worded('Undo step', 'Undo', 'Undo step: take back the last one');

    constructor(actions: ControlActions, zoom: () => void) {
        const back = button('◂', 'Previous change (,)');
        const forward = button('▸', 'Next change (.)');
        const speed = html('select', '');
        speed.setAttribute('aria-label', 'Speed');
        speed.append(...SPEEDS.map((each) => new Option(`${each}×`, String(each), each === 5, each === 5)));
        const compare = worded('Compare seed', '⇄ seed', 'Compare seed: run it with the next seed, beside this one');
        const version = worded(
            'Compare text',
            '⇄ text',
            'Compare text: run it over the text as it is now, beside this one',
        );
        const close = button('✕', 'Close the timeline (Escape)');
        this.#time.setAttribute('aria-label', 'Time');
        back.addEventListener('click', () => actions.step(-1));
        forward.addEventListener('click', () => actions.step(1));
        this.#play.addEventListener('click', () => actions.toggle());
        speed.addEventListener('change', () => actions.setSpeed(Number(speed.value)));
        compare.addEventListener('click', () => actions.compareSeed());
        version.addEventListener('click', () => actions.compareVersion());
        this.#save.addEventListener('click', () => actions.save());
        this.#undo.addEventListener('click', () => actions.undo());
        close.addEventListener('click', () => actions.close());
        this.#zoom.addEventListener('click', zoom);
        const transport = html('div', 'buttons');
        transport.append(back, this.#play, forward, this.#time, speed, this.#zoom);
        const rest = html('div', 'buttons');
        rest.append(this.#undo, this.#save, compare, version, close);
        this.element.append(this.#verdict.element, transport, rest);
    }

    load(playback: Playback, other: Playback | undefined): void {
        const live = playback.scenario === undefined;
        this.#save.hidden = !live;
        this.#undo.hidden = !live;
        this.#verdict.load(playback, other);
    }

    /** `possible`: some part of the run is worth a scale of its own. */
    showZoom(possible: boolean, zoomed: boolean): void {
        this.#zoom.hidden = !possible;
        this.#zoom.setAttribute('aria-pressed', String(zoomed));
    }

    show(atMs: number, playing: boolean): void {
        this.#time.textContent = exactly(atMs);
        this.#play.textContent = playing ? '❚❚' : '▶';
        this.#play.title = playing ? 'Pause (Space)' : 'Play (Space)';
        this.#play.setAttribute('aria-label', this.#play.title);
    }
}

/** A button that says less where there is little room. */
function worded(wide: string, narrow: string, words: string): HTMLButtonElement {
    const made = button('', words);
    made.append(html('span', 'in-wide', wide), html('span', 'in-narrow', narrow));
    return made;
}
