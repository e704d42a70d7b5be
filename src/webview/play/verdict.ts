/** What came of a run, in words. In a narrow panel only its beginning is shown, and a button that shows the rest. */
import { visible, type Playback } from '../../diagram/index.js';
import { button, html } from '../dom.js';
import { comparedWith, namesOf } from './compared.js';
import { notesOf } from './notes.js';

const STATUS: Readonly<Record<Playback['status'], string>> = { passed: '✓', failed: '✗', error: '!' };

export class Verdict {
    readonly element = html('div', 'verdict-room');
    readonly #box = html('div', 'verdict');
    readonly #words = html('div', 'verdict-words');
    readonly #more = button('', 'Show all of the verdict, or only its beginning');

    constructor() {
        this.#box.setAttribute('role', 'status');
        // In a narrow panel it is scrolled.
        this.#box.tabIndex = 0;
        this.#box.append(this.#words);
        this.#more.classList.add('verdict-more');
        this.#more.addEventListener('click', () => {
            this.#box.classList.toggle('open');
            this.showMore();
        });
        this.element.append(this.#box, this.#more);
        const sizes = new ResizeObserver(() => this.showMore());
        sizes.observe(this.#box);
        sizes.observe(this.#words);
        this.showMore();
    }

    load(playback: Playback, other: Playback | undefined): void {
        // Where nothing was expected, nothing was fulfilled.
        const title =
            playback.clauses.length === 0
                ? html('strong', '', visible(playback.title))
                : html('strong', playback.status, `${STATUS[playback.status]} ${visible(playback.title)}`);
        const words = html('span', 'summary', visible(playback.summary));
        const seed = html('span', 'detail figures', `seed ${playback.seed}`);
        seed.title = `Trace ${playback.traceHash}: runs with the same trace went the same way.`;
        this.#words.replaceChildren(
            title,
            ...comparison(playback, other),
            ...unmet(playback),
            words,
            seed,
            ...notesOf(playback.notes),
        );
        this.#box.scrollTop = 0;
    }

    /** Whether there is more than is seen. */
    private showMore(): void {
        const open = this.#box.classList.contains('open');
        const hidden = this.#box.scrollHeight > this.#box.clientHeight + 1;
        this.#more.hidden = !open && !hidden;
        this.#more.textContent = open ? '▴ Less' : '▾ More';
        this.#more.setAttribute('aria-label', open ? 'Less of the verdict' : 'More of the verdict');
        this.#more.setAttribute('aria-expanded', String(open));
    }
}

/** It was just asked for, so it comes before what is long. */
function comparison(playback: Playback, other: Playback | undefined): readonly HTMLElement[] {
    if (other === undefined) {
        return [];
    }
    const [, name] = namesOf(playback, other);
    return [html('span', 'detail compared', `beside ${name}: ${visible(comparedWith(playback, other))}`)];
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
