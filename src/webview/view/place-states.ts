/** How zones and regions are at the shown instant: in words for all of them, on the picture for folded ones. */
import {
    drawnPlaces,
    foldedScene,
    nodesWithin,
    placeState,
    placeStateWords,
    type DrawnNode,
    type Moment,
} from '../../diagram/index.js';
import { svgNode } from '../dom.js';
import type { Shown } from '../picture.js';
import { measuredLettering } from './lettering.js';

interface Place {
    readonly id: string;
    readonly nodes: readonly DrawnNode[];
    readonly isFolded: boolean;
    /** What is on the picture: instants follow each other faster than they differ. */
    words: string;
}

export class PlaceStates {
    #shown: Shown | undefined;
    #moment: Moment | undefined;
    #places: readonly Place[] = [];

    /** After the picture was repainted. */
    renew(shown: Shown | undefined): void {
        this.#places.forEach(({ id }) => this.clear(id));
        this.#shown = shown;
        this.#places = (shown === undefined ? [] : drawnPlaces(shown.drawing)).map(({ id, folded }) => ({
            id,
            nodes: shown === undefined ? [] : nodesWithin(shown.drawing, id),
            isFolded: folded !== undefined,
            words: '',
        }));
        this.show(this.#moment);
    }

    /** Undefined: as the file declares it. */
    show(moment: Moment | undefined): void {
        this.#moment = moment;
        for (const place of this.#places) {
            this.write(place, moment);
        }
    }

    /** What the shown instant adds to the facts of a zone or region. */
    factsOf(id: string): readonly string[] {
        return this.#shown === undefined || this.#moment === undefined || !/^(zone|region):/.test(id)
            ? []
            : [`Now ${placeStateWords(placeState(nodesWithin(this.#shown.drawing, id), this.#moment))}.`];
    }

    private write(place: Place, moment: Moment | undefined): void {
        const state = moment && placeState(place.nodes, moment);
        const words = state === undefined ? '' : `Now ${placeStateWords(state)}.`;
        const [target, box] = [this.#shown?.element(place.id), this.#shown?.positions.get(place.id)];
        if (words === place.words || target === undefined || box === undefined) {
            return;
        }
        place.words = words;
        this.clear(place.id);
        if (state !== undefined && moment !== undefined) {
            target.setAttribute('aria-description', words);
            if (place.isFolded) {
                target.parentElement?.setAttribute('data-state', state.form);
                target.parentElement?.append(svgNode(foldedScene(state, moment, box, measuredLettering())));
            }
        }
    }

    private clear(id: string): void {
        const target = this.#shown?.element(id);
        target?.removeAttribute('aria-description');
        target?.parentElement?.removeAttribute('data-state');
        target?.parentElement?.querySelector('.folded-state')?.remove();
    }
}
