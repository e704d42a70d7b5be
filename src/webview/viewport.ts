/** Which part of the drawing is seen, and how large. */
import type { Box } from '../diagram/index.js';

export interface View {
    /** Where the drawing's corner stands in the window, in pixels. */
    readonly x: number;
    readonly y: number;
    readonly zoom: number;
    /** Whether the whole drawing is shown, whatever becomes of it and of the window, until somebody pans or zooms. */
    readonly fitted: boolean;
}

const ZOOM = { minimum: 0.05, maximum: 4, step: 1.25 } as const;
/** From these zooms down details and then names are no longer legible and are left out. */
const FAR = 0.5;
const FARTHER = 0.28;
/** From here down names of clients would stand on those of clusters. */
const FARTHEST = 0.12;
const MARGIN = 16;
/** So long after its last change a view is at rest. */
const REST_MS = 150;
/** Widths and letters that do not shrink with the picture follow the zoom in steps: each costs the browser all styles. */
const STEP = 1.2;
/** At this zoom everything can be read. */
const LEGIBLE = 0.8;
/** A run never makes a drawing that fits into the window smaller than this, or than it was. */
const LEAST_FITTED = 0.6;
/** A changed drawing never leaves the window with less than so many pixels of it. */
const LEAST_IN_VIEW = 160;

export class Viewport {
    #view: View = { x: 0, y: 0, zoom: 1, fitted: true };
    #size = { width: 0, height: 0 };

    #resting = 0;
    /** What is to stay in view until somebody moves it, and the zoom at which all was seen before. */
    #attended: { readonly box: Box; readonly zoom: number } | undefined;

    /** `changed` hears of every view, `rested` when the last of several is there. */
    constructor(
        private readonly frame: HTMLElement,
        private readonly stage: HTMLElement,
        private readonly changed: (view: View) => void,
        private readonly rested: () => void,
    ) {
        new ResizeObserver(() => this.settle()).observe(frame);
    }

    get view(): View {
        return this.#view;
    }

    get size(): { readonly width: number; readonly height: number } {
        return this.#size;
    }

    /** What is in view, in the drawing's pixels. */
    get window(): Box {
        const { x, y, zoom } = this.#view;
        const { clientWidth, clientHeight } = this.frame;
        return { x: -x / zoom, y: -y / zoom, width: clientWidth / zoom, height: clientHeight / zoom };
    }

    /** Takes the size of a new drawing, at a zoom of 1. `moved` is how far, in pixels, what was looked at went with it. */
    resize(width: number, height: number, moved = { x: 0, y: 0 }): void {
        this.#size = { width, height };
        this.#view = { ...this.#view, x: this.#view.x - moved.x, y: this.#view.y - moved.y };
        this.settle();
    }

    show(view: View): void {
        const zoom = Math.min(ZOOM.maximum, Math.max(ZOOM.minimum, view.zoom));
        this.#view = { x: Math.round(view.x), y: Math.round(view.y), zoom, fitted: view.fitted };
        const { x, y } = this.#view;
        this.stage.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
        if (!this.isMoving) {
            this.adapt();
        }
        this.changed(this.#view);
        window.clearTimeout(this.#resting);
        this.#resting = window.setTimeout(() => {
            this.frame.classList.remove('moving');
            this.adapt();
            this.rested();
        }, REST_MS);
    }

    get isMoving(): boolean {
        return this.frame.classList.contains('moving');
    }

    /** Until it rests, the view moves on the compositor alone. */
    moving(): void {
        this.frame.classList.add('moving');
    }

    /** The whole drawing, never enlarged. */
    fit(): void {
        this.#attended = undefined;
        this.fitWhole();
    }

    /**
     * Something happens in the box, in the drawing's pixels, and the frame may be about to shrink: it stays in view, near enough to
     * be read, rather than all of the drawing. undefined: no more.
     */
    attend(box: Box | undefined): void {
        this.#attended = box && { box, zoom: this.#attended?.zoom ?? this.#view.zoom };
        this.settle();
    }

    private fitWhole(): void {
        const { clientWidth, clientHeight } = this.frame;
        const { width, height } = this.#size;
        if (width === 0 || height === 0 || clientWidth === 0 || clientHeight === 0) {
            return;
        }
        const whole = Math.min(1, (clientWidth - MARGIN) / width, (clientHeight - MARGIN) / height);
        const { box, zoom: before } = this.#attended ?? { box: undefined, zoom: 0 };
        const zoom = Math.max(whole, Math.min(before, LEAST_FITTED));
        const x = along(width * zoom, clientWidth, scaled(box?.x, box?.width, zoom));
        const y = along(height * zoom, clientHeight, scaled(box?.y, box?.height, zoom));
        this.show({ x, y, zoom, fitted: true });
    }

    pan(dx: number, dy: number): void {
        this.#attended = undefined;
        this.show({ ...this.#view, x: this.#view.x + dx, y: this.#view.y + dy, fitted: false });
    }

    /** Keeps what lies under the point (in the frame's pixels) where it is. */
    zoomBy(factor: number, at = { x: this.frame.clientWidth / 2, y: this.frame.clientHeight / 2 }): void {
        const zoom = Math.min(ZOOM.maximum, Math.max(ZOOM.minimum, this.#view.zoom * factor));
        const scale = zoom / this.#view.zoom;
        this.#attended = undefined;
        const { x, y } = this.#view;
        this.show({ x: at.x - (at.x - x) * scale, y: at.y - (at.y - y) * scale, zoom, fitted: false });
    }

    zoomIn(): void {
        this.zoomBy(ZOOM.step);
    }

    zoomOut(): void {
        this.zoomBy(1 / ZOOM.step);
    }

    /** How much is told at this zoom, and how wide what does not shrink with the picture is. */
    private adapt(): void {
        const { zoom } = this.#view;
        const step = String(Math.round(STEP ** Math.round(Math.log(zoom) / Math.log(STEP)) * 1_000) / 1_000);
        if (this.stage.style.getPropertyValue('--zoom') !== step) {
            this.stage.style.setProperty('--zoom', step);
        }
        this.stage.classList.toggle('far', zoom < FAR);
        this.stage.classList.toggle('farther', zoom < FARTHER);
        this.stage.classList.toggle('farthest', zoom < FARTHEST);
    }

    /** After the drawing or the window has changed: all of it if all was shown, and in any case a part of it. */
    private settle(): void {
        const { x, y, zoom, fitted } = this.#view;
        const { clientWidth, clientHeight } = this.frame;
        if (this.#size.width === 0 || clientWidth === 0 || clientHeight === 0) {
            return;
        }
        if (fitted) {
            this.fitWhole();
            return;
        }
        if (this.#attended !== undefined) {
            const [dx, dy] = this.wayTo(this.#attended.box);
            this.show({ ...this.#view, x: x + dx, y: y + dy });
            return;
        }
        const dx = overlapping(x, this.#size.width * zoom, clientWidth);
        const dy = overlapping(y, this.#size.height * zoom, clientHeight);
        this.show({ ...this.#view, x: x + dx, y: y + dy });
    }

    /** Pans by as little as brings the box, in the drawing's pixels, into the frame; `legible`: in its middle, near enough to be read. */
    bringIn(box: Box, legible = false): void {
        if (legible) {
            const zoom = Math.max(LEGIBLE, this.#view.zoom);
            this.#view = { ...this.#view, zoom, fitted: false };
            this.centre({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
            return;
        }
        const [dx, dy] = this.wayTo(box);
        if (dx !== 0 || dy !== 0) {
            this.pan(dx, dy);
        }
    }

    private wayTo(box: Box): readonly [dx: number, dy: number] {
        const { x, y, zoom } = this.#view;
        const { clientWidth, clientHeight } = this.frame;
        const [left, top] = [x + box.x * zoom, y + box.y * zoom];
        return [
            shift(left, left + box.width * zoom, MARGIN, clientWidth - MARGIN),
            shift(top, top + box.height * zoom, MARGIN, clientHeight - MARGIN),
        ];
    }

    /** Brings the point of the drawing to the middle of the frame. */
    centre(at: { readonly x: number; readonly y: number }): void {
        this.#attended = undefined;
        const { zoom } = this.#view;
        const { clientWidth, clientHeight } = this.frame;
        this.show({ x: clientWidth / 2 - at.x * zoom, y: clientHeight / 2 - at.y * zoom, zoom, fitted: false });
    }
}

/** A side of the attended box, in pixels of the frame. */
function scaled(start: number | undefined, length = 0, zoom = 1): Span | undefined {
    return start === undefined ? undefined : { start: start * zoom, end: (start + length) * zoom };
}

interface Span {
    readonly start: number;
    readonly end: number;
}

/**
 * Where a drawing begins along one side of a frame: in its middle. One that is longer begins so that what is
 * attended is in the middle, or begins at the edge if it is longer itself, and nothing is left empty for it.
 */
function along(length: number, room: number, attended: Span | undefined): number {
    if (length <= room - MARGIN || attended === undefined) {
        return (room - length) / 2;
    }
    const fits = attended.end - attended.start <= room - 2 * MARGIN;
    const wanted = fits ? room / 2 - (attended.start + attended.end) / 2 : MARGIN - attended.start;
    return Math.max(room - MARGIN / 2 - length, Math.min(MARGIN / 2, wanted));
}

/** How far what begins at `start` must go so that enough of it lies within 0 … `room`. */
function overlapping(start: number, length: number, room: number): number {
    const enough = Math.min(LEAST_IN_VIEW, length, room);
    return Math.max(0, enough - (start + length)) + Math.min(0, room - enough - start);
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
