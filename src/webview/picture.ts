/** The painted drawing: layout, what is in view, selection, and what elements stand for. */
import {
    applyElk,
    around,
    chosenDrawing,
    drawnElements,
    foldedDrawing,
    layoutDrawing,
    packZones,
    patched,
    skeletonGraph,
    summary,
    type Box,
    type Drawing,
    type DrawingPatch,
    type Drawn,
    type Layout,
    type LinkNow,
    type Moment,
} from '../diagram/index.js';
import { RovingFocus } from './focus.js';
import { hasFocus } from './keep-focus.js';
import { LayoutMemory } from './layout-memory.js';
import type { LayoutWorker } from './layout-worker.js';
import { PackingMemory } from './packing-memory.js';
import type { Page } from './page.js';
import { Painter } from './painter.js';
import { glide } from './view/motion.js';
import { movedAt, positionsOf, type Positions } from './view/positions.js';
import type { Viewport } from './viewport.js';

/** What is on the stage now. */
export interface Shown {
    readonly drawing: Drawing;
    readonly layout: Layout;
    readonly positions: Positions;
    /** Lines, as they are at the instant that is shown. */
    readonly links: readonly LinkNow[];
    readonly element: (id: string) => SVGElement | undefined;
    readonly drawn: (id: string) => Drawn | undefined;
}

export interface PictureListener {
    /** Some of the elements on the stage may be new ones; undefined: none is left. */
    painted(shown: Shown | undefined): void;
    /** Lines on the stage may be other ones. */
    relinked(shown: Shown): void;
    /** Elements that are in view and not shown themselves, and what shows one of them. */
    hidden: ConstructorParameters<typeof RovingFocus>[2];
    layoutFailed(message: string): void;
}

export class Picture {
    readonly focus: RovingFocus;
    readonly #painter: Painter;
    readonly #memory: LayoutMemory;
    readonly #packings = new PackingMemory();
    /** As the file has it; what is shown may have folded parts. */
    #drawing: Drawing | undefined;
    #version = -1;
    #shown: Shown | undefined;
    #folded: ReadonlySet<string> = new Set();
    #chosen: ReadonlySet<string> = new Set();
    #selected: string | null = null;
    /** Counts drawings: a layout that was asked for an older one is not shown. */
    #sequence = 0;

    constructor(
        private readonly page: Page,
        private readonly viewport: Viewport,
        worker: LayoutWorker,
        private readonly listener: PictureListener,
    ) {
        this.focus = new RovingFocus(page.stage, (element) => this.bringIn(idOf(element) ?? ''), listener.hidden);
        this.#painter = new Painter(page.stage);
        this.#memory = new LayoutMemory(worker);
    }

    /** As the file has it. */
    get drawing(): Drawing | undefined {
        return this.#drawing;
    }

    get shown(): Shown | undefined {
        return this.#shown;
    }

    draw(drawing: Drawing, version: number): void {
        this.#version = version;
        const before = this.#drawing;
        this.page.banner(undefined);
        if (isEmpty(drawing)) {
            this.#sequence += 1;
            this.#drawing = undefined;
            this.#shown = undefined;
            this.#painter.clear();
            this.page.notice('Nothing to draw yet', 'Declare a region with zones and a cluster, and they appear here.');
            this.listener.painted(undefined);
            return;
        }
        this.page.notice('', '');
        this.#drawing = drawing;
        this.lay();
        if (before === undefined || summary(before) !== summary(drawing)) {
            this.page.announce(`The drawing shows: ${summary(drawing)}`);
        }
    }

    /** Whether the patch was made for what is shown. */
    patch(base: number, version: number, patch: DrawingPatch): boolean {
        if (this.#drawing === undefined || base !== this.#version) {
            return false;
        }
        this.draw(patched(this.#drawing, patch), version);
        return true;
    }

    /** Ids of the zones and regions of which only the count of what they hold is shown. */
    fold(folded: ReadonlySet<string>): void {
        this.#folded = folded;
        if (this.#drawing !== undefined) {
            this.lay();
        }
    }

    /** Ids of the clusters that are looked at; none: all. */
    choose(clusters: ReadonlySet<string>): void {
        this.#chosen = clusters;
        if (this.#shown !== undefined) {
            this.show(this.#shown.drawing, this.#shown.layout);
            this.page.announce(`The drawing shows: ${summary(chosenDrawing(this.#shown.drawing, clusters))}`);
        }
    }

    /** Undefined: as the file declares it. */
    showMoment(moment: Moment | undefined): void {
        const shown = this.#shown;
        const focused = hasFocus(this.page.stage);
        if (this.#painter.showMoment(moment) && shown !== undefined) {
            this.#shown = indexed(this.page.stage, shown.drawing, shown.layout, shown.positions, this.#painter.links);
            this.listener.relinked(this.#shown);
            this.focus.renew(focused);
        }
    }

    complain(message: string): void {
        if (this.#drawing === undefined) {
            this.page.notice('The topology cannot be drawn', message);
        } else {
            this.page.banner(message);
        }
        this.page.announce(message);
    }

    select(id: string | null): void {
        const before = this.#selected;
        this.#selected = id;
        if (before !== null) {
            this.#shown?.element(before)?.classList.remove('selected');
        }
        if (id !== null) {
            this.#shown?.element(id)?.classList.add('selected');
            this.bringIn(id);
        }
    }

    /** `legible`: near enough to be read. A copy is where its node is. */
    bringIn(id: string, legible = false): void {
        const box = this.boxOf(id);
        if (box !== undefined) {
            this.viewport.bringIn(box, legible);
        }
    }

    /** Keeps what happens at these elements in view; none: no more. */
    attend(ids: readonly string[]): void {
        const boxes = ids.flatMap((id) => this.#shown?.positions.get(id) ?? []);
        this.viewport.attend(boxes.length === 0 ? undefined : around(boxes));
    }

    /** What the part of the page that an event struck stands for. */
    at(target: unknown): { readonly drawn: Drawn; readonly element: Element } | undefined {
        const element = target instanceof Element ? target.closest<SVGElement>('[data-id]') : null;
        const drawn = this.#shown?.drawn(element?.dataset['id'] ?? '');
        return element === null || drawn === undefined ? undefined : { drawn, element };
    }

    private boxOf(id: string): Box | undefined {
        const shown = this.#shown;
        const own = shown?.positions.get(id);
        if (own !== undefined || shown === undefined) {
            return own;
        }
        const holder = shown.element(id)?.closest('.card, .roof')?.querySelector('[data-id]') ?? null;
        const label = shown.layout.routes.get(id)?.points[0];
        return (
            shown.positions.get(idOf(holder) ?? '') ??
            (label === undefined ? undefined : { ...label, width: 1, height: 1 })
        );
    }

    /** Our own layout at once, or ELK's where it is known already; otherwise ELK's when it comes. */
    private lay(): void {
        if (this.#drawing === undefined) {
            return;
        }
        this.#sequence += 1;
        const drawing = foldedDrawing(this.#drawing, this.#folded);
        const packing = packZones(drawing, this.#packings.recall(drawing) ?? this.#shown?.layout.packing);
        this.#packings.keep(drawing, packing);
        const own = layoutDrawing(drawing, packing);
        const graph = skeletonGraph(drawing, own);
        const known = this.#memory.recall(graph);
        this.show(drawing, known === undefined ? own : applyElk(own, known));
        if (known === undefined) {
            void this.refine(drawing, own, this.#sequence);
        }
    }

    /** ELK's layout in place of our own, unless it fails, comes too late or belongs to an older drawing. */
    private async refine(drawing: Drawing, own: Layout, sequence: number): Promise<void> {
        try {
            const placed = await this.#memory.layout(skeletonGraph(drawing, own));
            if (placed !== undefined && sequence === this.#sequence) {
                const layout = applyElk(own, placed);
                this.page.stage.dataset['layout'] = 'refined';
                if (layout !== own) {
                    this.show(drawing, layout);
                }
            }
        } catch (error) {
            if (sequence === this.#sequence) {
                this.page.stage.dataset['layout'] = 'own';
                this.listener.layoutFailed(error instanceof Error ? error.message : String(error));
            }
        }
    }

    private show(drawing: Drawing, layout: Layout): void {
        const focused = hasFocus(this.page.stage);
        const before = this.#shown?.positions;
        const positions = positionsOf(layout);
        const { width, height } = this.#painter.paint(drawing, layout, this.#chosen);
        this.#shown = indexed(this.page.stage, drawing, layout, positions, this.#painter.links);
        const { view, window } = this.viewport;
        const middle = { x: window.x + window.width / 2, y: window.y + window.height / 2 };
        const moved = before === undefined || view.fitted ? { x: 0, y: 0 } : movedAt(middle, before, positions);
        this.viewport.resize(width, height, { x: moved.x * view.zoom, y: moved.y * view.zoom });
        if (before !== undefined) {
            const links = this.page.stage.querySelector('.links');
            glide(before, positions, layout, this.#shown.element, links);
        }
        this.listener.painted(this.#shown);
        this.focus.renew(focused);
        this.page.stage.querySelector('.selected')?.classList.remove('selected');
        this.#shown.element(this.#selected ?? '')?.classList.add('selected');
    }
}

function indexed(
    stage: Element,
    drawing: Drawing,
    layout: Layout,
    positions: Positions,
    links: readonly LinkNow[],
): Shown {
    const targets = [...stage.querySelectorAll<SVGElement>('[data-id]')];
    const elements = new Map(targets.map((element) => [element.dataset['id'] ?? '', element]));
    const drawn = new Map([...drawnElements(drawing), ...links].map((element) => [element.id, element]));
    return { drawing, layout, positions, links, element: (id) => elements.get(id), drawn: (id) => drawn.get(id) };
}

function idOf(element: Element | null): string | undefined {
    return element instanceof SVGElement ? element.dataset['id'] : undefined;
}

function isEmpty({ regions, placeless, clusters, clients }: Drawing): boolean {
    return regions.length + placeless.length + clusters.length + clients.length === 0;
}
