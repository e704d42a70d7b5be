/** The whole drawing, small, with what is in view; there when it does not fit. A click or a drag moves the view. */
import type { Drawing } from '../../diagram/index.js';
import { html } from '../dom.js';
import type { Shown } from '../picture.js';
import type { Viewport } from '../viewport.js';
import { readColours } from './colours.js';

const MOST = { width: 168, height: 120 } as const;
/** In a smaller window it would cover more than it helps to find. */
const LEAST_ROOM = { width: 640, height: 280 } as const;
/** Less than a pixel beyond the edge is in view. */
const EDGE = 2;

export class Minimap {
    readonly element = html('div', 'minimap');
    readonly #canvas = html('canvas', '');
    readonly #window = html('div', 'minimap-window');
    #shown: Shown | undefined;
    #scale = 1;
    /** Whether the canvas shows this drawing. */
    #drawn: Drawing | undefined;

    constructor(private readonly viewport: Viewport) {
        this.element.setAttribute('aria-hidden', 'true');
        this.element.hidden = true;
        this.element.append(this.#canvas, this.#window);
        this.element.addEventListener('pointerdown', (event) => {
            event.stopPropagation();
            this.element.setPointerCapture(event.pointerId);
            this.go(event);
        });
        this.element.addEventListener('pointermove', (event) => {
            if (this.element.hasPointerCapture(event.pointerId)) {
                event.stopPropagation();
                this.go(event);
            }
        });
        this.element.addEventListener('click', (event) => event.stopPropagation());
        new MutationObserver(() => {
            this.#drawn = undefined;
            this.update();
        }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
    }

    renew(shown: Shown | undefined): void {
        this.#shown = shown;
        this.#drawn = undefined;
        this.update();
    }

    /** After the view has moved. */
    update(): void {
        const { width, height } = this.viewport.size;
        const {
            window: view,
            view: { zoom },
        } = this.viewport;
        const whole =
            view.x <= EDGE &&
            view.y <= EDGE &&
            view.x + view.width >= width - EDGE &&
            view.y + view.height >= height - EDGE;
        const cramped = view.width * zoom < LEAST_ROOM.width || view.height * zoom < LEAST_ROOM.height;
        this.element.hidden = this.#shown === undefined || whole || cramped || width === 0;
        if (this.element.hidden || this.#shown === undefined) {
            return;
        }
        if (this.#drawn !== this.#shown.drawing) {
            this.#scale = Math.min(MOST.width / width, MOST.height / height);
            this.draw(this.#shown, width, height);
            this.#drawn = this.#shown.drawing;
        }
        const [left, top] = [Math.max(0, view.x), Math.max(0, view.y)];
        const [right, bottom] = [Math.min(width, view.x + view.width), Math.min(height, view.y + view.height)];
        const scale = this.#scale;
        Object.assign(this.#window.style, {
            left: `${left * scale}px`,
            top: `${top * scale}px`,
            width: `${Math.max(0, right - left) * scale}px`,
            height: `${Math.max(0, bottom - top) * scale}px`,
        });
    }

    private draw({ positions }: Shown, width: number, height: number): void {
        const ratio = window.devicePixelRatio;
        const [canvas, scale] = [this.#canvas, this.#scale];
        canvas.width = Math.ceil(width * scale * ratio);
        canvas.height = Math.ceil(height * scale * ratio);
        for (const { style } of [canvas, this.element]) {
            style.width = `${Math.ceil(width * scale)}px`;
            style.height = `${Math.ceil(height * scale)}px`;
        }
        const context = canvas.getContext('2d');
        if (context === null) {
            return;
        }
        const colours = readColours();
        context.scale(scale * ratio, scale * ratio);
        for (const [id, { x, y, width, height }] of positions) {
            const isPlace = /^(region|zone):/.test(id);
            context.fillStyle = isPlace ? colours.zone : colours.description;
            context.globalAlpha = isPlace ? 1 : 0.5;
            context.fillRect(x, y, width, height);
            if (isPlace) {
                context.lineWidth = 1 / scale;
                context.strokeStyle = colours.border;
                context.strokeRect(x, y, width, height);
            }
        }
    }

    private go(event: PointerEvent): void {
        const { left, top } = this.#canvas.getBoundingClientRect();
        this.viewport.centre({ x: (event.clientX - left) / this.#scale, y: (event.clientY - top) / this.#scale });
    }
}
