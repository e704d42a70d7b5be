/** What somebody left without having kept it is offered once more, until something else is begun or it is waved away. */
import { button, html } from '../dom.js';
import { keepingFocus } from '../keep-focus.js';

export class WayBack {
    readonly element = html('div', 'progress way-back');

    /** `next`: what has the focus once the offer is gone. */
    constructor(private readonly next: () => Element) {
        this.element.setAttribute('role', 'status');
        this.element.hidden = true;
    }

    offer(words: string, label: string, take: () => void): void {
        const back = button(label, label);
        const away = button('✕', 'Dismiss');
        back.addEventListener('click', () => {
            this.withdraw();
            take();
        });
        away.addEventListener('click', () => this.withdraw());
        this.element.replaceChildren(html('span', '', words), back, away);
        this.element.hidden = false;
    }

    withdraw(): void {
        keepingFocus(
            this.element,
            () => {
                this.element.hidden = true;
                this.element.replaceChildren();
            },
            this.next,
        );
    }
}
