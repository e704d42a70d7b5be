import type { Playback } from '../../diagram/index.js';
import { visible } from '../../diagram/index.js';
import { button, html } from '../dom.js';
import { exactly } from './clock.js';
import { comparedWith, namesOf } from './compared.js';
import { notesOf } from './notes.js';
import { SPEEDS } from './player.js';

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

const STATUS: Readonly<Record<Playback['status'], string>> = { passed: '✓', failed: '✗', error: '!' };

export class Controls {
    readonly element = html('div', 'controls');
    readonly #play = button('▶', 'Play (Space)');
    readonly #time = html('output', 'time figures');
    readonly #title = html('div', 'verdict');
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
        this.#title.setAttribute('role', 'status');
        // In a narrow panel it is scrolled.
        this.#title.tabIndex = 0;
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
        this.element.append(this.#title, transport, rest);
    }

    load(playback: Playback, other: Playback | undefined): void {
        const live = playback.scenario === undefined;
        this.#save.hidden = !live;
        this.#undo.hidden = !live;
        // Where nothing was expected, nothing was fulfilled.
        const title =
            playback.clauses.length === 0
                ? html('strong', '', visible(playback.title))
                : html('strong', playback.status, `${STATUS[playback.status]} ${visible(playback.title)}`);
        const words = html('span', 'summary', visible(playback.summary));
        const seed = html('span', 'detail figures', `seed ${playback.seed}`);
        seed.title = `Trace ${playback.traceHash}: runs with the same trace went the same way.`;
        this.#title.replaceChildren(title, ...unmet(playback), words, seed, ...notesOf(playback.notes));
        if (other !== undefined) {
            const [, name] = namesOf(playback, other);
            const compared = html('span', 'detail', `beside ${name}: ${visible(comparedWith(playback, other))}`);
            this.#title.append(compared);
        }
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

/** Each expectation that was not met, or that nobody can tell of, with what was found. */
function unmet({ clauses }: Playback): readonly HTMLElement[] {
    return clauses
        .filter(({ status }) => status !== 'passed')
        .map(({ text, status, actual }) =>
            html(
                'span',
                status,
                `${STATUS[status]} Expected: ${visible(text.replace(/^expect /, ''))}. Found: ${visible(actual)}`,
            ),
        );
}
