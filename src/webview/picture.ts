/** The painted drawing: layout, selection, focus and what is said about elements. */
import {
    applyElk,
    drawnElements,
    layoutDrawing,
    patched,
    skeletonGraph,
    summary,
    type Drawing,
    type DrawingPatch,
    type Drawn,
    type Layout,
} from '../diagram/index.js';
import { anchorIn } from './anchor.js';
import { RovingFocus } from './focus.js';
import type { LayoutWorker } from './layout-worker.js';
import type { Page } from './page.js';
import { paint } from './painter.js';
import type { Viewport } from './viewport.js';

export interface PictureListener {
    /** The elements on the stage are new ones. */
    painted(drawing: Drawing): void;
    layoutFailed(message: string): void;
}

export class Picture {
    readonly focus: RovingFocus;
    #drawing: Drawing | undefined;
    #version = -1;
    #elements: ReadonlyMap<string, Drawn> = new Map();
    #selected: string | null = null;
    /** Counts drawings: a layout that was asked for an older one is not shown. */
    #sequence = 0;

    constructor(
        private readonly page: Page,
        private readonly viewport: Viewport,
        private readonly worker: LayoutWorker,
        private readonly listener: PictureListener,
    ) {
        this.focus = new RovingFocus(page.stage, (element) => viewport.bringIn(element));
    }

    get drawing(): Drawing | undefined {
        return this.#drawing;
    }

    draw(drawing: Drawing, version: number): void {
        this.#sequence += 1;
        this.#version = version;
        const before = this.#drawing;
        this.page.banner(undefined);
        if (isEmpty(drawing)) {
            this.#drawing = undefined;
            this.#elements = new Map();
            this.page.stage.replaceChildren();
            this.page.notice('Nothing to draw yet', 'Declare a region with zones and a cluster, and they appear here.');
            return;
        }
        this.page.notice('', '');
        this.#drawing = drawing;
        this.#elements = new Map(drawnElements(drawing).map((element) => [element.id, element]));
        const own = layoutDrawing(drawing);
        this.show(drawing, own);
        if (before === undefined || summary(before) !== summary(drawing)) {
            this.page.announce(`The drawing shows: ${summary(drawing)}`);
        }
        void this.refine(drawing, own, this.#sequence);
    }

    /** Whether the patch was made for what is shown. */
    patch(base: number, version: number, patch: DrawingPatch): boolean {
        if (this.#drawing === undefined || base !== this.#version) {
            return false;
        }
        this.draw(patched(this.#drawing, patch), version);
        return true;
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
        this.#selected = id;
        const element = this.emphasise();
        if (element !== undefined) {
            this.viewport.bringIn(element);
        }
    }

    /** What the part of the page that an event struck stands for. */
    at(target: unknown): { readonly drawn: Drawn; readonly element: Element } | undefined {
        const element = target instanceof Element ? target.closest<SVGElement>('[data-id]') : null;
        const drawn = this.#elements.get(element?.dataset['id'] ?? '');
        return element === null || drawn === undefined ? undefined : { drawn, element };
    }

    /** ELK's layout in place of our own, unless it fails, comes too late or belongs to an older drawing. */
    private async refine(drawing: Drawing, own: Layout, sequence: number): Promise<void> {
        try {
            const placed = await this.worker.layout(skeletonGraph(drawing, own));
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
        const focused = this.page.stage.contains(document.activeElement);
        const anchor = this.viewport.view.fitted ? undefined : anchorIn(this.page);
        const { width, height } = paint(this.page.stage, drawing, layout);
        this.viewport.resize(width, height, anchor?.());
        this.focus.renew(focused);
        this.emphasise();
        this.listener.painted(drawing);
    }

    private emphasise(): Element | undefined {
        let found: Element | undefined;
        for (const element of this.page.stage.querySelectorAll<SVGElement>('[data-id]')) {
            const selected = element.dataset['id'] === this.#selected;
            element.classList.toggle('selected', selected);
            found = selected ? element : found;
        }
        return found;
    }
}

function isEmpty({ regions, placeless, clusters, clients }: Drawing): boolean {
    return regions.length + placeless.length + clusters.length + clients.length === 0;
}
