/** What tones and forms mean; the clusters among them are switches that dim all others. */
import { legendItems, svg, type Drawing } from '../../diagram/index.js';
import { html, svgNode } from '../dom.js';

const HEIGHT = 20;

export class LegendBar {
    readonly element = html('section', 'legend-bar');
    #chosen: ReadonlySet<string>;

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

    renew(drawing: Drawing | undefined): void {
        const known = new Set(drawing?.clusters.map(({ id }) => id));
        this.#chosen = new Set([...this.#chosen].filter((id) => known.has(id)));
        const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['cluster'] : '';
        const items = drawing === undefined ? [] : legendItems(drawing);
        this.element.replaceChildren(
            ...items.map(({ text, sample, sampleWidth, cluster }) => {
                const picture = svg(
                    'svg',
                    {
                        width: sampleWidth,
                        height: HEIGHT,
                        viewBox: `0 ${-HEIGHT / 2} ${sampleWidth} ${HEIGHT}`,
                        'aria-hidden': 'true',
                    },
                    sample,
                );
                return this.entry(text, svgNode(picture), cluster, focused);
            }),
        );
        this.element.hidden = items.length === 0;
    }

    private entry(text: string, sample: SVGElement, cluster: string | undefined, focused?: string): HTMLElement {
        const entry = html(cluster === undefined ? 'span' : 'button', 'legend-entry');
        entry.append(sample, html('span', '', text));
        if (cluster !== undefined) {
            const pressed = this.#chosen.has(cluster);
            entry.dataset['cluster'] = cluster;
            entry.setAttribute('aria-pressed', String(pressed));
            entry.title = pressed ? `Show all clusters as before` : `Show ${text}, dim all others`;
            entry.addEventListener('click', () => this.toggle(cluster, entry));
            if (cluster === focused) {
                queueMicrotask(() => entry.focus());
            }
        }
        return entry;
    }

    private toggle(cluster: string, entry: HTMLElement): void {
        const chosen = new Set(this.#chosen);
        if (!chosen.delete(cluster)) {
            chosen.add(cluster);
        }
        this.#chosen = chosen;
        entry.setAttribute('aria-pressed', String(chosen.has(cluster)));
        this.changed(chosen);
    }
}
