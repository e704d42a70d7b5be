/** Which part of the drawing is seen, and how large. */

export interface View {
    /** Where the drawing's corner stands in the window, in pixels. */
    readonly x: number;
    readonly y: number;
    readonly zoom: number;
}

const ZOOM = { minimum: 0.05, maximum: 4, step: 1.25 } as const;
/** From these zooms down details and then names are no longer legible and are left out. */
const FAR = 0.5;
const FARTHER = 0.28;
const MARGIN = 16;

export class Viewport {
    #view: View = { x: 0, y: 0, zoom: 1 };
    #size = { width: 0, height: 0 };

    constructor(
        private readonly frame: HTMLElement,
        private readonly stage: HTMLElement,
        private readonly changed: (view: View) => void,
    ) {}

    get view(): View {
        return this.#view;
    }

    /** Size of the drawing at a zoom of 1. */
    resize(width: number, height: number): void {
        this.#size = { width, height };
    }

    show(view: View): void {
        const zoom = Math.min(ZOOM.maximum, Math.max(ZOOM.minimum, view.zoom));
        this.#view = { x: Math.round(view.x), y: Math.round(view.y), zoom };
        const { x, y } = this.#view;
        this.stage.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
        this.stage.style.setProperty('--zoom', String(zoom));
        this.stage.classList.toggle('far', zoom < FAR);
        this.stage.classList.toggle('farther', zoom < FARTHER);
        this.changed(this.#view);
    }

    /** The whole drawing, never enlarged. */
    fit(): void {
        const { clientWidth, clientHeight } = this.frame;
        const { width, height } = this.#size;
        if (width === 0 || height === 0 || clientWidth === 0 || clientHeight === 0) {
            return;
        }
        const zoom = Math.min(1, (clientWidth - MARGIN) / width, (clientHeight - MARGIN) / height);
        this.show({ x: (clientWidth - width * zoom) / 2, y: Math.max(0, (clientHeight - height * zoom) / 2), zoom });
    }

    pan(dx: number, dy: number): void {
        this.show({ ...this.#view, x: this.#view.x + dx, y: this.#view.y + dy });
    }

    /** Keeps what lies under the point (in the frame's pixels) where it is. */
    zoomBy(factor: number, at = { x: this.frame.clientWidth / 2, y: this.frame.clientHeight / 2 }): void {
        const zoom = Math.min(ZOOM.maximum, Math.max(ZOOM.minimum, this.#view.zoom * factor));
        const scale = zoom / this.#view.zoom;
        this.show({ x: at.x - (at.x - this.#view.x) * scale, y: at.y - (at.y - this.#view.y) * scale, zoom });
    }

    zoomIn(): void {
        this.zoomBy(ZOOM.step);
    }

    zoomOut(): void {
        this.zoomBy(1 / ZOOM.step);
    }

    /** Pans by as little as brings the element into the frame. */
    bringIn(element: Element): void {
        const [box, frame] = [element.getBoundingClientRect(), this.frame.getBoundingClientRect()];
        const dx = shift(box.left, box.right, frame.left + MARGIN, frame.right - MARGIN);
        const dy = shift(box.top, box.bottom, frame.top + MARGIN, frame.bottom - MARGIN);
        if (dx !== 0 || dy !== 0) {
            this.pan(dx, dy);
        }
    }
}

function shift(start: number, end: number, low: number, high: number): number {
    if (start >= low && end <= high) {
        return 0;
    }
    // What is larger than the frame is in view while any part of it fills the frame.
    if (start <= low && end >= high) {
        return 0;
    }
    return start < low || end - start > high - low ? low - start : high - end;
}
