/** Thousands of cards as a canvas draws them: what can be told apart from far away, and nothing else. */
import type { Box, DrawnNode } from '../../diagram/index.js';
import { html } from '../dom.js';
import type { View } from '../viewport.js';
import { readColours, type Colours } from './colours.js';
import type { CulledCard } from './culling.js';

/** What a card shows beside its node. */
export interface CardLook {
    readonly down: boolean;
    readonly troubled: boolean;
    readonly dim: boolean;
    readonly emphasised: boolean;
}

export interface FarContent {
    /** Fields and containers that lie behind the cards, back to front. */
    readonly fields: readonly { readonly box: Box; readonly kind: 'region' | 'zone' }[];
    readonly cards: readonly CulledCard[];
    readonly node: (id: string) => DrawnNode | undefined;
    readonly tone: (cluster: string) => number;
    readonly look: (node: DrawnNode) => CardLook;
}

/** From these zooms on names and then copies can be told apart. */
const NAMES = 0.28;
const BAND = 3;

export class FarLayer {
    readonly element = html('canvas', 'far-layer');
    readonly #context = this.element.getContext('2d');
    #colours: Colours | undefined;

    constructor() {
        this.element.setAttribute('aria-hidden', 'true');
        this.element.hidden = true;
        new MutationObserver(() => (this.#colours = undefined)).observe(document.body, {
            attributes: true,
            attributeFilter: ['class', 'style'],
        });
        matchMedia('(forced-colors: active)').addEventListener('change', () => (this.#colours = undefined));
    }

    get shown(): boolean {
        return !this.element.hidden;
    }

    hide(): void {
        this.element.hidden = true;
    }

    /** `words`: whether names are worth their time, which they are not while the view moves. */
    draw(
        view: View,
        frame: { readonly clientWidth: number; readonly clientHeight: number },
        content: FarContent,
    ): void {
        const context = this.#context;
        if (context === null) {
            return;
        }
        const ratio = window.devicePixelRatio;
        const [width, height] = [frame.clientWidth, frame.clientHeight];
        this.element.hidden = false;
        if (this.element.width !== Math.round(width * ratio) || this.element.height !== Math.round(height * ratio)) {
            this.element.width = Math.round(width * ratio);
            this.element.height = Math.round(height * ratio);
            this.element.style.width = `${width}px`;
            this.element.style.height = `${height}px`;
        }
        this.#colours ??= readColours();
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        context.clearRect(0, 0, width, height);
        drawFields(context, view, content, this.#colours);
        drawCards(context, view, content, this.#colours);
    }
}

type Context = CanvasRenderingContext2D;

function drawFields(context: Context, { x, y, zoom }: View, { fields }: FarContent, colours: Colours): void {
    for (const { box, kind } of fields) {
        context.fillStyle = colours[kind];
        context.beginPath();
        context.roundRect(x + box.x * zoom, y + box.y * zoom, box.width * zoom, box.height * zoom, 8 * zoom);
        context.fill();
    }
}

function drawCards(context: Context, view: View, content: FarContent, colours: Colours): void {
    const { zoom } = view;
    const named = zoom >= NAMES;
    context.font = `600 ${13 * zoom}px ${colours.font}`;
    for (const { id, box } of content.cards) {
        const node = content.node(id);
        if (node === undefined) {
            continue;
        }
        const look = content.look(node);
        const place = placed(box, view);
        context.globalAlpha = look.dim ? 0.25 : 1;
        drawCard(context, place, look, colours);
        drawBands(context, place, node, content, colours);
        if (named) {
            const name = `${look.down ? '✕ ' : ''}${node.label}`;
            context.fillStyle = look.down ? colours.description : colours.foreground;
            context.fillText(name, place.x + 12 * zoom, place.y + 21 * zoom, place.width - 20 * zoom);
        }
    }
    context.globalAlpha = 1;
}

/** On whole pixels, so that a thousand borders look alike. */
function placed(box: Box, { x, y, zoom }: View): Box {
    const left = Math.round(x + box.x * zoom);
    const top = Math.round(y + box.y * zoom);
    return { x: left, y: top, width: Math.round(box.width * zoom), height: Math.round(box.height * zoom) };
}

function drawCard(context: Context, { x, y, width, height }: Box, look: CardLook, colours: Colours): void {
    const edge = look.emphasised ? 2 : 1;
    context.fillStyle = look.emphasised
        ? colours.focus
        : look.down
          ? colours.error
          : look.troubled
            ? colours.warning
            : colours.border;
    context.fillRect(x, y, width, height);
    context.fillStyle = colours.background;
    context.fillRect(x + edge, y + edge, width - 2 * edge, height - 2 * edge);
    if (look.down && width > 6) {
        // A cross that fills the card: a form, whatever the colours.
        context.strokeStyle = colours.error;
        context.lineWidth = Math.max(1, width / 40);
        context.beginPath();
        context.moveTo(x + 2, y + 2);
        context.lineTo(x + width - 2, y + height - 2);
        context.moveTo(x + width - 2, y + 2);
        context.lineTo(x + 2, y + height - 2);
        context.stroke();
    }
}

function drawBands(context: Context, place: Box, node: DrawnNode, content: FarContent, colours: Colours): void {
    const width = Math.max(2, Math.min(BAND, place.width / 8));
    node.clusters.forEach((cluster, index) => {
        context.fillStyle = colours.tones[content.tone(cluster) % colours.tones.length] ?? colours.border;
        context.fillRect(place.x + index * (width + 1), place.y + 1, width, place.height - 2);
    });
}
