/** Names that keep their size however far away the drawing is: those that are wider than what they name would lie over others. */
import { textWidth, type Drawn } from '../../diagram/index.js';
import type { Shown } from '../picture.js';

/** As the style sheet has them from afar. */
const SIZE = 11;

interface FarName {
    readonly element: Element;
    /** Pixels of the page. */
    readonly width: number;
    /** Of what it names, in pixels of the drawing. */
    readonly room: number;
}

export class FarNames {
    #names: readonly FarName[] = [];

    /** After the picture was repainted. */
    renew(shown: Shown | undefined, zoom: number): void {
        const { regions = [], clusters = [], clients = [] } = shown?.drawing ?? {};
        const named: readonly Drawn[] = [...regions, ...regions.flatMap(({ zones }) => zones), ...clusters, ...clients];
        this.#names = named.flatMap(({ id, label }) => {
            const words = shown?.element(id)?.parentElement;
            const element = words?.querySelector('.from-afar') ?? words?.querySelector('.name');
            const room = shown?.positions.get(id)?.width;
            return element && room ? [{ element, room, width: textWidth(label, SIZE) }] : [];
        });
        this.update(zoom);
    }

    update(zoom: number): void {
        this.#names.forEach(({ element, width, room }) => element.classList.toggle('too-wide', width > room * zoom));
    }
}
