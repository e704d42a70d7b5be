/** The single copies of one shard, from its leader to each replica, while the reader looks at one of them. */
import './view.css';
import { drawnElements, lineTo, svg, wayBetween, type Box, type DrawnCopy } from '../../diagram/index.js';
import { svgNode } from '../dom.js';
import type { Shown } from '../picture.js';
import type { Point } from './positions.js';

interface Pill {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly leads: boolean;
}

export class ShardLinks {
    #shown: Shown | undefined;
    #lines: Element | undefined;
    #looked = '';
    #lit: readonly Element[] = [];

    renew(shown: Shown | undefined): void {
        this.hide();
        this.#shown = shown;
    }

    /** Leaders may be other ones. */
    relead(shown: Shown): void {
        this.#shown = shown;
        this.show(this.#looked);
    }

    /** `id` of what is looked at; anything but a copy hides the lines. */
    show(id: string): void {
        this.hide();
        this.#looked = id;
        const shown = this.#shown;
        if (shown === undefined || !id.startsWith('copy:')) {
            return;
        }
        const { shard } = (shown.drawn(id) as DrawnCopy | undefined) ?? {};
        const copies = drawnElements(shown.drawing).filter(
            (each): each is DrawnCopy => 'shard' in each && each.shard === shard,
        );
        const parts = copies.flatMap((copy) => shown.element(copy.id)?.parentElement ?? []);
        const pills = parts.flatMap(pillOf);
        const leader = pills.find(({ leads }) => leads);
        parts.forEach((part) => part.classList.add('same-shard'));
        this.#lit = parts;
        const root = shown.element(id)?.closest('svg');
        if (leader !== undefined && root instanceof SVGElement) {
            const [cards, zones] = [boxesOf(shown, 'node:'), boxesOf(shown, 'zone:')];
            const lines = pills.flatMap((pill) => (pill === leader ? [] : (line(leader, pill, cards, zones) ?? [])));
            this.#lines = svgNode(svg('g', { class: 'shard-links', 'aria-hidden': 'true' }, ...lines));
            root.append(this.#lines);
        }
    }

    hide(): void {
        this.#looked = '';
        this.#lines?.remove();
        this.#lines = undefined;
        this.#lit.forEach((part) => part.classList.remove('same-shard'));
        this.#lit = [];
    }
}

function boxesOf({ positions }: Shown, kind: string): readonly Box[] {
    return [...positions].flatMap(([id, box]) => (id.startsWith(kind) ? [box] : []));
}

function pillOf(part: Element): Pill[] {
    const shape = part.querySelector('.shape');
    if (shape === null || shape.getClientRects().length === 0) {
        return [];
    }
    const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) =>
        Number(shape.getAttribute(name)),
    );
    return [{ x, y, width, height, leads: part.classList.contains('leader') }];
}

/** Half of the gap between two cards: there a line runs as far from the one as from the other. */
const BESIDE = 8;

/** Round all other cards: along the gaps between them, between zones, and above them. */
function line(from: Pill, to: Pill, cards: readonly Box[], zones: readonly Box[]): ReturnType<typeof svg> | undefined {
    const [one, other] = [cardOf(from, cards), cardOf(to, cards)];
    if (one === undefined || other === undefined) {
        return undefined;
    }
    const [startY, endY] = [from.y + from.height / 2, to.y + to.height / 2];
    const sides = (card: Box): readonly number[] => [card.x - BESIDE, card.x + card.width + BESIDE];
    const way = wayBetween(
        sides(one).map((x) => ({ x, y: startY })),
        sides(other).map((x) => ({ x, y: endY })),
        {
            xs: [one, other, ...zones].flatMap(sides),
            ys: [startY, endY, ...[one, other, ...zones].flatMap(({ y, height }) => [y - BESIDE, y + height + BESIDE])],
            obstacles: cards,
        },
    );
    const [first, last] = [way?.[0], way?.at(-1)];
    if (way === undefined || first === undefined || last === undefined) {
        return undefined;
    }
    const start = { x: first.x < from.x ? from.x : from.x + from.width, y: startY };
    const end = { x: last.x < to.x ? to.x : to.x + to.width, y: endY };
    const { line, arrow } = lineTo([start, ...way.map(({ x, y }) => ({ x, y })), end].filter(isCorner));
    return svg('g', {}, svg('path', { class: 'shard-line', d: line }), svg('path', { class: 'shard-arrow', d: arrow }));
}

function cardOf({ x, y }: Pill, cards: readonly Box[]): Box | undefined {
    return cards.find((card) => x >= card.x && x < card.x + card.width && y >= card.y && y < card.y + card.height);
}

function isCorner({ y }: Point, at: number, points: readonly Point[]): boolean {
    const [before, after] = [points[at - 1], points[at + 1]];
    return before === undefined || after === undefined || before.y !== y || after.y !== y;
}
