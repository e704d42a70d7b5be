import { visible } from '../diagram/index.js';
import { html } from './dom.js';

/** The file's scenarios, to be played: a list that says what it does and never shows a choice of its own. */
export class ScenarioChoice {
    readonly element = html('select', 'scenario-choice');

    constructor(play: (scenario: string) => void) {
        this.element.title = 'Play a scenario of this file';
        this.element.setAttribute('aria-label', this.element.title);
        this.element.hidden = true;
        this.element.addEventListener('change', () => {
            const chosen = this.element.value;
            // The same one can be played again.
            this.element.selectedIndex = 0;
            if (chosen !== '') {
                play(chosen);
            }
        });
    }

    show(names: readonly string[]): void {
        this.element.replaceChildren(
            new Option('▶ Play …', ''),
            ...names.map((name) => new Option(visible(name), name)),
        );
        this.element.hidden = names.length === 0;
    }
}
