/** The edge between the drawing and the timeline, which is moved with the mouse or the keyboard. */
import { html } from '../dom.js';

/** Shares of the page that the timeline may take. */
const LEAST = 0.12;
const MOST = 0.8;
const STEP = 0.05;

export class Splitter {
    readonly element = html('div', 'splitter');
    #share: number | undefined;

    /** `changed` hears of the share of the page that is wished for; undefined: as much as the content needs, within reason. */
    constructor(
        private readonly below: HTMLElement,
        share: number | undefined,
        private readonly changed: (share: number | undefined) => void,
    ) {
        const { element } = this;
        element.tabIndex = 0;
        element.title =
            'Drag, or press the arrow keys, to give the timeline more or less room; Enter for the usual room';
        element.setAttribute('role', 'separator');
        element.setAttribute('aria-orientation', 'horizontal');
        element.setAttribute('aria-label', 'Room for the timeline');
        element.setAttribute('aria-valuemin', String(LEAST * 100));
        element.setAttribute('aria-valuemax', String(MOST * 100));
        element.addEventListener('pointerdown', (event) => element.setPointerCapture(event.pointerId));
        element.addEventListener('pointermove', (event) => {
            if (element.hasPointerCapture(event.pointerId)) {
                const { bottom } = this.below.getBoundingClientRect();
                this.take((bottom - event.clientY) / Math.max(1, window.innerHeight));
            }
        });
        element.addEventListener('dblclick', () => this.take(undefined));
        element.addEventListener('keydown', (event) => {
            const wish = this.wishOf(event.key);
            if (wish !== undefined) {
                event.preventDefault();
                event.stopPropagation();
                this.take(wish.share);
            }
        });
        this.show(share);
        new ResizeObserver(() => this.tell()).observe(below);
    }

    private wishOf(key: string): { readonly share: number | undefined } | undefined {
        switch (key) {
            case 'ArrowUp':
                return { share: this.present + STEP };
            case 'ArrowDown':
                return { share: this.present - STEP };
            case 'Home':
                return { share: LEAST };
            case 'End':
                return { share: MOST };
            case 'Enter':
                return { share: undefined };
            default:
                return undefined;
        }
    }

    private get present(): number {
        return this.#share ?? this.below.clientHeight / Math.max(1, window.innerHeight);
    }

    private take(share: number | undefined): void {
        this.show(share);
        this.changed(this.#share);
    }

    private show(share: number | undefined): void {
        this.#share = share === undefined ? undefined : Math.min(MOST, Math.max(LEAST, Math.round(share * 100) / 100));
        this.below.classList.toggle('resized', share !== undefined);
        this.below.style.setProperty('--below', `${(this.#share ?? 0) * 100}%`);
        this.tell();
    }

    private tell(): void {
        this.element.setAttribute('aria-valuenow', String(Math.round(this.present * 100)));
    }
}
