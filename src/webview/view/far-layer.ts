/** Thousands of cards as a canvas draws them: what can be told apart from far away, and nothing else. */
import { TONE_DASHES, type Box, type DrawnNode } from '../../diagram/index.js';
import { html } from '../dom.js';
import type { View } from '../viewport.js';
import { readColours, type Colours } from './colours.js';
import { READY, type CulledCard } from './culling.js';
import { groupedBy } from '../../topology/index.js';

/** What a card shows beside its node. */
export interface CardLook {
    readonly down: boolean;
    readonly troubled: boolean;
    readonly dim: boolean;
    readonly emphasised: boolean;
}

export interface FarContent {
    /** Whether names are worth their time, which they are not while the view moves. */
    readonly names: boolean;
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

/** What the canvas shows: a view, with margins around the frame. */
interface Drawn {
    readonly view: View;
    readonly width: number;
    readonly height: number;
    readonly marginX: number;
    readonly marginY: number;
}

export class FarLayer {
    readonly element = html('canvas', 'far-layer');
    readonly #context = this.element.getContext('2d');
    #colours: Colours | undefined;
    #drawn: Drawn | undefined;

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

    /** Moves what is drawn along with the view, if it still fills the frame and is not too coarse. */
    follow(view: View): boolean {
        const drawn = this.#drawn;
        if (!this.shown || drawn === undefined) {
            return false;
        }
        const scale = view.zoom / drawn.view.zoom;
        const [x, y] = [view.x - drawn.view.x * scale, view.y - drawn.view.y * scale];
        const slack = Math.min(drawn.marginX, drawn.marginY) / 2;
        const near = scale > 0.7 && scale < 1.6;
        const fills =
            x - drawn.marginX * scale <= slack &&
            y - drawn.marginY * scale <= slack &&
            x + (drawn.width + drawn.marginX) * scale >= drawn.width - slack &&
            y + (drawn.height + drawn.marginY) * scale >= drawn.height - slack;
        if (!near || !fills) {
            return false;
        }
        this.place(x - drawn.marginX * scale, y - drawn.marginY * scale, scale);
        return true;
    }

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
        const [marginX, marginY] = [Math.round(width * READY), Math.round(height * READY)];
        const [fullWidth, fullHeight] = [width + 2 * marginX, height + 2 * marginY];
        this.element.hidden = false;
        if (
            this.element.width !== Math.round(fullWidth * ratio) ||
            this.element.height !== Math.round(fullHeight * ratio)
        ) {
            this.element.width = Math.round(fullWidth * ratio);
            this.element.height = Math.round(fullHeight * ratio);
            this.element.style.width = `${fullWidth}px`;
            this.element.style.height = `${fullHeight}px`;
        }
        this.place(-marginX, -marginY, 1);
        this.#drawn = { view, width, height, marginX, marginY };
        this.#colours ??= readColours();
        context.setTransform(ratio, 0, 0, ratio, marginX * ratio, marginY * ratio);
        context.clearRect(-marginX, -marginY, fullWidth, fullHeight);
        drawFields(context, view, content, this.#colours);
        drawCards(context, view, content, this.#colours);
    }

    private place(x: number, y: number, scale: number): void {
        this.element.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
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

interface Card {
    readonly node: DrawnNode;
    readonly look: CardLook;
    readonly at: Box;
    /** Of its border. */
    readonly edge: string;
}

/** One colour after the other over all cards: changing it costs more than a rectangle. */
function drawCards(context: Context, view: View, content: FarContent, colours: Colours): void {
    const cards = content.cards.flatMap(({ id, box }): Card[] => {
        const node = content.node(id);
        if (node === undefined) {
            return [];
        }
        const look = content.look(node);
        return [{ node, look, at: placed(box, view), edge: edgeColour(look, colours) }];
    });
    for (const dim of [true, false]) {
        context.globalAlpha = dim ? 0.25 : 1;
        const alike = cards.filter(({ look }) => look.dim === dim);
        for (const [colour, bordered] of groupedBy(alike, ({ edge }) => edge)) {
            context.fillStyle = colour;
            bordered.forEach(({ at }) => context.fillRect(at.x, at.y, at.width, at.height));
        }
        context.fillStyle = colours.background;
        for (const { at, look } of alike) {
            const edge = look.emphasised ? 2 : 1;
            context.fillRect(at.x + edge, at.y + edge, at.width - 2 * edge, at.height - 2 * edge);
        }
        drawBands(context, alike, content, colours);
        alike.filter(({ look }) => look.down).forEach((card) => cross(context, card, colours));
        alike.filter(({ look }) => look.troubled && !look.down).forEach((card) => corner(context, card, colours));
        if (content.names && view.zoom >= NAMES) {
            drawNames(context, alike, view.zoom, colours);
        }
    }
    context.globalAlpha = 1;
}

function edgeColour({ emphasised, down, troubled }: CardLook, colours: Colours): string {
    return emphasised ? colours.focus : down ? colours.error : troubled ? colours.warning : colours.border;
}

function drawBands(context: Context, cards: readonly Card[], content: FarContent, colours: Colours): void {
    const bands = cards.flatMap(({ node, at }) =>
        node.clusters.map((cluster, index) => ({ at, index, tone: content.tone(cluster) % colours.tones.length })),
    );
    for (const [tone, alike] of groupedBy(bands, (band) => band.tone)) {
        context.fillStyle = colours.tones[tone] ?? colours.border;
        for (const { at, index } of alike) {
            const width = Math.max(2, Math.min(BAND, at.width / 8));
            const x = at.x + index * (width + 1);
            for (const [start, length] of colours.dashed
                ? dashes(tone, at.height - 2)
                : [[0, at.height - 2] as const]) {
                context.fillRect(x, at.y + 1 + start, width, length);
            }
        }
    }
}

/** Stretches of a band, as the pictures of the drawing have them from near: half as long, but never finer than two pixels. */
function dashes(tone: number, height: number): readonly (readonly [start: number, length: number])[] {
    const pattern = (TONE_DASHES[tone] ?? '').split(' ').map((each) => Math.max(2, Number(each) / 2));
    if (pattern.length < 2) {
        return [[0, height]];
    }
    const stretches: [number, number][] = [];
    for (let [start, at] = [0, 0]; start < height; at += 1) {
        const length = pattern[at % pattern.length] ?? height;
        if (at % 2 === 0) stretches.push([start, Math.min(length, height - start)]);
        start += length;
    }
    return stretches;
}

/** In the corner of what is in trouble or doubted: a form, whatever the colours. */
function corner(context: Context, { at: { x, y, width, height } }: Card, colours: Colours): void {
    const size = Math.min(width, height) / 2;
    context.fillStyle = colours.warning;
    context.beginPath();
    context.moveTo(x + width - size, y);
    context.lineTo(x + width, y);
    context.lineTo(x + width, y + size);
    context.fill();
}

/** Fills the card of what is down: a form, whatever the colours. */
function cross(context: Context, { at: { x, y, width, height } }: Card, colours: Colours): void {
    if (width > 6) {
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

function drawNames(context: Context, cards: readonly Card[], zoom: number, colours: Colours): void {
    context.font = `600 ${13 * zoom}px ${colours.font}`;
    context.fillStyle = colours.foreground;
    for (const { at, node } of cards) {
        context.fillText(node.label, at.x + 12 * zoom, at.y + 21 * zoom, at.width - 20 * zoom);
    }
}

/** On whole pixels, so that a thousand borders look alike. */
function placed(box: Box, { x, y, zoom }: View): Box {
    const left = Math.round(x + box.x * zoom);
    const top = Math.round(y + box.y * zoom);
    return { x: left, y: top, width: Math.round(box.width * zoom), height: Math.round(box.height * zoom) };
}
