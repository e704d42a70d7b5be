/** The preview: messages in, a picture and clicks out. */
import {
    applyElk,
    drawnElements,
    layoutDrawing,
    skeletonGraph,
    summary,
    type Drawing,
    type Drawn,
    type Layout,
} from '../diagram/index.js';
import type { ToWebview } from '../protocol/index.js';
import { anchorIn } from './anchor.js';
import { RovingFocus } from './focus.js';
import { listenToPointer } from './gestures.js';
import type { Host } from './host.js';
import type { LayoutWorker } from './layout-worker.js';
import type { Page } from './page.js';
import { paint } from './painter.js';
import { Tooltip } from './tooltip.js';
import { Viewport } from './viewport.js';

export class App {
    readonly #viewport: Viewport;
    readonly #focus: RovingFocus;
    readonly #tooltip: Tooltip;
    #drawing: Drawing | undefined;
    #elements: ReadonlyMap<string, Drawn> = new Map();
    #selected: string | null = null;
    /** Counts drawings: a layout that was asked for an older one is not shown. */
    #sequence = 0;

    constructor(
        private readonly page: Page,
        private readonly host: Host,
        private readonly worker: LayoutWorker,
        uri: string,
    ) {
        this.#viewport = new Viewport(page.frame, page.stage, (view) => host.save({ uri, ...view }));
        const saved = host.saved();
        if (saved !== undefined) {
            this.#viewport.show(saved);
        }
        this.#tooltip = new Tooltip(page.frame);
        this.#focus = new RovingFocus(page.stage, (element) => this.#viewport.bringIn(element));
        page.notice('Drawing the topology …', 'The language server is reading the file.');
        listenToPointer(page.frame, this.#viewport, (element) => this.reveal(element));
        // Not only inside the page's parts: keys count as soon as the panel has the focus.
        document.addEventListener('keydown', (event) => this.press(event));
        page.stage.addEventListener('pointerover', ({ target }) => this.explain(target));
        page.stage.addEventListener('focusin', ({ target }) => this.explain(target));
        page.stage.addEventListener('pointerleave', () => this.#tooltip.hide());
        page.stage.addEventListener('focusout', () => this.#tooltip.hide());
        page.zoomIn.addEventListener('click', () => this.#viewport.zoomIn());
        page.zoomOut.addEventListener('click', () => this.#viewport.zoomOut());
        page.fit.addEventListener('click', () => this.#viewport.fit());
    }

    receive(message: ToWebview): void {
        switch (message.type) {
            case 'drawing':
                return this.draw(message.drawing);
            case 'problem':
                return this.complain(message.message);
            case 'select':
                return this.select(message.id);
        }
    }

    private draw(drawing: Drawing): void {
        this.#sequence += 1;
        const before = this.#drawing;
        this.page.banner(undefined);
        if (
            drawing.regions.length + drawing.placeless.length + drawing.clusters.length + drawing.clients.length ===
            0
        ) {
            this.#drawing = undefined;
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
                this.host.post({
                    type: 'layout-failed',
                    message: error instanceof Error ? error.message : String(error),
                });
            }
        }
    }

    private show(drawing: Drawing, layout: Layout): void {
        const focused = this.page.stage.contains(document.activeElement);
        const anchor = this.#viewport.view.fitted ? undefined : anchorIn(this.page);
        const { width, height } = paint(this.page.stage, drawing, layout);
        this.#viewport.resize(width, height, anchor?.());
        this.#focus.renew(focused);
        this.emphasise();
    }

    private complain(message: string): void {
        if (this.#drawing === undefined) {
            this.page.notice('The topology cannot be drawn', message);
        } else {
            this.page.banner(message);
        }
        this.page.announce(message);
    }

    private select(id: string | null): void {
        this.#selected = id;
        const element = this.emphasise();
        if (element !== undefined) {
            this.#viewport.bringIn(element);
        }
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

    private press(event: KeyboardEvent): void {
        if (event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        const inStage = event.target instanceof Element && this.page.stage.contains(event.target);
        if (inStage && (event.key === 'Enter' || event.key === ' ')) {
            this.reveal(event.target);
        } else if (inStage && this.#focus.press(event.key)) {
            event.preventDefault();
            return;
        } else {
            this.pressAnywhere(event.key);
            return;
        }
        event.preventDefault();
    }

    private pressAnywhere(key: string): void {
        switch (key) {
            case '+':
            case '=':
                return this.#viewport.zoomIn();
            case '-':
                return this.#viewport.zoomOut();
            case 'f':
            case '0':
                return this.#viewport.fit();
            case 'Escape':
                return this.#tooltip.hide();
        }
    }

    private reveal(target: unknown): void {
        const drawn = this.drawnAt(target)?.drawn;
        if (drawn !== undefined) {
            this.host.post({ type: 'reveal', source: drawn.source });
        }
    }

    private explain(target: unknown): void {
        const found = this.drawnAt(target);
        if (found === undefined) {
            this.#tooltip.hide();
        } else {
            this.#tooltip.show(found.drawn, found.element);
        }
    }

    private drawnAt(target: unknown): { drawn: Drawn; element: Element } | undefined {
        const element = target instanceof Element ? target.closest<SVGElement>('[data-id]') : null;
        const drawn = this.#elements.get(element?.dataset['id'] ?? '');
        return element === null || drawn === undefined ? undefined : { drawn, element };
    }
}
