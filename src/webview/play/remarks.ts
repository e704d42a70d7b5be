/** What is to be known about the run that is shown: that it is of an older text, and where it was saved. */
import { visible } from '../../diagram/index.js';
import type { SourceRange } from '../../topology/index.js';
import { button, html } from '../dom.js';

export interface RemarkActions {
    runAgain(): void;
    /** The comparison, over the text as it is now. */
    compareAgain(): void;
    reveal(source: SourceRange): void;
}

/** Whether the text has become another since the run, and since what it is compared with. */
export interface Outdated {
    readonly outdated: boolean;
    readonly beside: boolean;
}

export class Remarks {
    readonly element = html('div', 'remarks');
    readonly #outdated = html('div', 'remark outdated');
    readonly #why = html('span', '');
    readonly #compared = html('div', 'remark outdated');
    readonly #saved = html('div', 'remark');
    /** Name of the saved scenario, and whether the file was seen to have it. */
    #written: { readonly name: string; seen: boolean } | undefined;

    constructor(private readonly actions: RemarkActions) {
        const again = button('Run again', 'Run again: the same steps over the text as it is now');
        again.addEventListener('click', () => actions.runAgain());
        this.#outdated.append(this.#why, again);
        const anew = button('Compare again', 'Compare again: with a run over the text as it is now');
        anew.addEventListener('click', () => actions.compareAgain());
        this.#compared.append(html('span', '', 'The text has changed since it was compared.'), anew);
        this.element.setAttribute('role', 'status');
        this.element.append(this.#outdated, this.#compared, this.#saved);
        this.clear();
    }

    /** Another run is shown. */
    clear(): void {
        this.#outdated.hidden = true;
        this.#compared.hidden = true;
        this.#saved.hidden = true;
    }

    /** `beside`: of what the run is compared with. `otherSystem`: what the run did is not shown in the drawing. */
    outdate({ outdated, beside }: Outdated, otherSystem: boolean): void {
        const words = 'The text has changed since this run.';
        const more = ' The drawing is of other nodes than ran, so it does not show their states.';
        this.#why.textContent = otherSystem ? words + more : words;
        this.#outdated.hidden = !outdated;
        this.#compared.hidden = !beside;
    }

    /** The file has these scenarios now: what was saved may have been taken out again. */
    offered(names: readonly string[]): void {
        if (this.#written !== undefined) {
            const present = names.includes(this.#written.name);
            this.#saved.hidden ||= this.#written.seen && !present;
            this.#written.seen ||= present;
        }
    }

    tellSaved(name: string, source: SourceRange): void {
        const show = button('Show', 'Show the scenario in the text');
        show.addEventListener('click', () => this.actions.reveal(source));
        this.#saved.replaceChildren(
            html(
                'span',
                '',
                `Saved at the end of the file as scenario ${visible(name)}. Undo in the text takes it out.`,
            ),
            show,
        );
        this.#saved.hidden = false;
        this.#written = { name, seen: false };
    }
}
