/** The single copies of one shard, from its leader to each replica, while the reader looks at one of them. */
import './view.css';
import { drawnElements, svg, type DrawnCopy } from '../../diagram/index.js';
import { svgNode } from '../dom.js';
import type { Shown } from '../picture.js';

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
    #lit: readonly Element[] = [];

    renew(shown: Shown | undefined): void {
        this.hide();
        this.#shown = shown;
    }

    /** `id` of what is looked at; anything but a copy hides the lines. */
    show(id: string): void {
        this.hide();
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
            const lines = pills.filter((pill) => pill !== leader).map((pill) => line(leader, pill));
            this.#lines = svgNode(svg('g', { class: 'shard-links', 'aria-hidden': 'true' }, ...lines));
            root.append(this.#lines);
        }
    }

    hide(): void {
        this.#lines?.remove();
        this.#lines = undefined;
        this.#lit.forEach((part) => part.classList.remove('same-shard'));
        this.#lit = [];
    }
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

/** From side to side, leaving and arriving level; pills above each other are joined on their right. */
function line(from: Pill, to: Pill): ReturnType<typeof svg> {
    const [startY, endY] = [from.y + from.height / 2, to.y + to.height / 2];
    const right = to.x >= from.x + from.width;
    const left = to.x + to.width <= from.x;
    const startX = left ? from.x : from.x + from.width;
    const endX = right ? to.x : to.x + to.width;
    const bend = Math.max(24, Math.abs(endX - startX) / 2);
    const [out, into] = [left ? -bend : bend, right ? -bend : bend];
    const tip = right ? -6 : 6;
    return svg(
        'g',
        {},
        svg('path', {
            class: 'shard-line',
            d: `M${startX} ${startY}C${startX + out} ${startY} ${endX + into} ${endY} ${endX + tip} ${endY}`,
        }),
        svg('path', {
            class: 'shard-arrow',
            d: `M${endX} ${endY}L${endX + tip} ${endY - 3.5}L${endX + tip} ${endY + 3.5}Z`,
        }),
    );
}
