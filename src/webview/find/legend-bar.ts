/** What tones and forms mean; the clusters among them are switches that dim all others. */
import { chosenDrawing, legendItems, svg, type Drawing, type Moment } from '../../diagram/index.js';
import { html, svgNode } from '../dom.js';
import { keepingFocus } from '../keep-focus.js';

const HEIGHT = 20;

/** With all that is on them, simplified from afar, or by a canvas because there are so many. */
type CardsShown = 'near' | 'far' | 'crowded';

export class LegendBar {
    readonly element = html('section', 'legend-bar');
    #chosen: ReadonlySet<string>;
    #drawing: Drawing | undefined;
    #cards: CardsShown = 'near';
    #moment: Moment | undefined;
    /** What is said now. */
    #texts = '';

    constructor(
        chosen: readonly string[],
        private readonly changed: (chosen: ReadonlySet<string>) => void,
    ) {
        this.#chosen = new Set(chosen);
        this.element.setAttribute('aria-label', 'Legend');
    }

    get chosen(): ReadonlySet<string> {
        return this.#chosen;
    }

    /** `drawing`: as it is shown. */
    renew(drawing: Drawing | undefined): void {
        this.#drawing = drawing;
        this.#texts = '';
        const known = new Set(drawing?.clusters.map(({ id }) => id));
        this.#chosen = new Set([...this.#chosen].filter((id) => known.has(id)));
        this.show(this.#moment);
    }

    /** Undefined: as the file declares it. */
    show(moment: Moment | undefined): void {
        this.#moment = moment;
        const drawing = this.#drawing;
        const items =
            drawing === undefined ? [] : legendItems(drawing.clusters, chosenDrawing(drawing, this.#chosen), moment);
        // While a run plays, instants follow each other faster than what there is to explain.
        const texts = items.map(({ text }) => text).join('\n');
        if (texts !== this.#texts || items.length === 0) {
            this.#texts = texts;
            this.fill(items);
        }
    }

    /** How the cards are shown: what is not seen on them now needs no explanation. */
    look(cards: CardsShown): void {
        if (this.#cards !== cards) {
            this.#cards = cards;
            this.settle();
        }
    }

    /** As high as it is from near, whatever it says: its height must not decide how much of the drawing has room. */
    private settle(): void {
        const { dataset, style } = this.element;
        style.minHeight = '';
        dataset['cards'] = 'near';
        style.minHeight = `${this.element.offsetHeight}px`;
        dataset['cards'] = this.#cards;
    }

    private fill(items: ReturnType<typeof legendItems>): void {
        const entries = items.map(({ text, sample, sampleWidth, cluster, seen = '' }) => {
            const viewBox = `0 ${-HEIGHT / 2} ${sampleWidth} ${HEIGHT}`;
            const size = { width: sampleWidth, height: HEIGHT, viewBox };
            const entry = this.entry(text, svgNode(svg('svg', { ...size, 'aria-hidden': 'true' }, sample)), cluster);
            entry.dataset['seen'] = seen;
            return entry;
        });
        keepingFocus(
            this.element,
            () => this.element.replaceChildren(...entries),
            () => this.element.querySelector('button'),
        );
        this.element.hidden = items.length === 0;
        this.settle();
    }

    private entry(text: string, sample: SVGElement, cluster: string | undefined): HTMLElement {
        const entry = html(cluster === undefined ? 'span' : 'button', 'legend-entry');
        entry.append(sample, html('span', '', text));
        if (cluster !== undefined) {
            const pressed = this.#chosen.has(cluster);
            entry.dataset['key'] = cluster;
            entry.setAttribute('aria-pressed', String(pressed));
            entry.title = pressed ? `Show all clusters as before` : `Show ${text}, dim all others`;
            entry.addEventListener('click', () => this.toggle(cluster));
        }
        return entry;
    }

    private toggle(cluster: string): void {
        const chosen = new Set(this.#chosen);
        if (!chosen.delete(cluster)) {
            chosen.add(cluster);
        }
        this.#chosen = chosen;
        this.#texts = '';
        this.show(this.#moment);
        this.changed(chosen);
    }
}
