/** What of the picture is shown to the browser, and by which means, as the view moves over it. */
import { isDown, isTroubled, type Box, type DrawnNode, type Moment } from '../../diagram/index.js';
import type { Shown } from '../picture.js';
import type { Page } from '../page.js';
import type { Viewport } from '../viewport.js';
import { Culling, type CulledCard } from './culling.js';
import { cardAt, hiddenCards, Lifted, type HiddenCard } from './lifted.js';
import { FarLayer, type CardLook, type FarContent } from './far-layer.js';

/** More shapes than this the browser draws too slowly by itself: a canvas takes over. */
const MOST_SHAPES = 1_500;

interface Field {
    readonly box: Box;
    readonly kind: 'region' | 'zone';
}

export class Scenery {
    readonly #culling = new Culling();
    readonly #far = new FarLayer();
    #shown: Shown | undefined;
    #nodes: ReadonlyMap<string, DrawnNode> = new Map();
    #tones: ReadonlyMap<string, number> = new Map();
    #fields: readonly Field[] = [];
    #moment: Moment | undefined;
    #emphasis: (node: DrawnNode) => Pick<CardLook, 'dim' | 'emphasised'> = () => ({ dim: false, emphasised: false });
    readonly #lifted = new Lifted();
    /** Those in view. */
    #cards: readonly CulledCard[] = [];
    #frame = 0;
    /** Whether the canvas shows something that is no longer so. */
    #stale = true;

    constructor(
        private readonly page: Page,
        private readonly viewport: Viewport,
        /** Cards are drawn by other means now. */
        private readonly changed: () => void,
    ) {
        page.frame.insertBefore(this.#far.element, page.stage);
        page.frame.addEventListener('pointermove', (event) => this.point(event));
        page.stage.addEventListener('focusout', ({ relatedTarget }) => {
            const card = relatedTarget instanceof Element ? relatedTarget.closest('.card') : null;
            this.#lifted.lift('focused', card instanceof SVGElement ? card : undefined);
        });
        page.frame.addEventListener('pointerleave', () => this.#lifted.lift('pointed', undefined));
        matchMedia('(forced-colors: active)').addEventListener('change', () => this.update());
        new MutationObserver(() => this.update()).observe(document.body, {
            attributes: true,
            attributeFilter: ['class'],
        });
    }

    /** After the picture was repainted. */
    renew(shown: Shown | undefined): void {
        this.#shown = shown;
        this.#cards = [];
        if (shown === undefined) {
            this.#far.hide();
            return;
        }
        const { drawing, layout, positions } = shown;
        const places = layout.packing.regions.flatMap((region) => region.places);
        this.#nodes = new Map(places.flatMap(({ nodes }) => nodes.map((node) => [node.id, node] as const)));
        this.#tones = new Map(drawing.clusters.map(({ id, tone }) => [id, tone]));
        const regions = layout.packing.regions.length > 1 ? layout.packing.regions : [];
        this.#fields = [...fields('region', regions), ...fields('zone', places)];
        this.#stale = true;
        this.#culling.renew(layout, positions, shown.element);
        this.show();

        function fields(kind: Field['kind'], of: readonly { readonly id: string }[]): Field[] {
            return of.flatMap(({ id }) => {
                const box = positions.get(id);
                return box === undefined ? [] : [{ box, kind }];
            });
        }
    }

    /** Undefined: as the file declares it. */
    showMoment(moment: Moment | undefined): void {
        this.#moment = moment;
        this.#stale = true;
        if (this.#far.shown) {
            this.update();
        }
    }

    emphasise(emphasis: (node: DrawnNode) => Pick<CardLook, 'dim' | 'emphasised'>): void {
        this.#emphasis = emphasis;
        this.#stale = true;
        this.update();
    }

    /** Cards in view that only the canvas draws: they take the focus when they are lifted. */
    hidden(): readonly HiddenCard[] {
        const { view } = this.viewport;
        const { left, top } = this.page.frame.getBoundingClientRect();
        const origin = { x: left + view.x, y: top + view.y };
        return this.#far.shown ? hiddenCards(this.#cards, origin, view.zoom) : [];
    }

    /** So that the element can take the focus, if a canvas draws its card. */
    lift(element: Element): void {
        const card = element.closest('.card');
        if (this.#far.shown && card instanceof SVGElement) {
            this.#lifted.lift('focused', card);
        }
    }

    private point({ clientX, clientY }: PointerEvent): void {
        if (!this.#far.shown || this.viewport.isMoving) {
            return;
        }
        const { left, top } = this.page.frame.getBoundingClientRect();
        const { x, y, zoom } = this.viewport.view;
        const at = { x: (clientX - left - x) / zoom, y: (clientY - top - y) / zoom };
        this.#lifted.lift('pointed', cardAt(this.#cards, at));
    }

    /** With the next frame, however often the view changes before it. */
    update(): void {
        if (this.#frame === 0) {
            this.#frame = requestAnimationFrame(() => this.show());
        }
    }

    private show(): void {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        if (this.#shown === undefined) {
            return;
        }
        const { view, isMoving } = this.viewport;
        if (isMoving && !this.#stale && this.#far.follow(view)) {
            return;
        }
        const cards = this.#culling.cardsIn(this.viewport.window);
        this.#cards = cards;
        // Cards come back when the view rests: laying them out takes the browser longer than a frame.
        const many = cards.reduce((sum, { shapes }) => sum + shapes, 0) > MOST_SHAPES;
        const crowded = many || (isMoving && this.#far.shown);
        if (this.page.stage.classList.contains('crowded') !== crowded) {
            this.page.stage.classList.toggle('crowded', crowded);
            this.changed();
        }
        if (crowded) {
            this.#culling.showPlaces();
            this.#far.draw(view, this.page.frame, this.content(cards));
            this.#stale = false;
        } else {
            this.#culling.show(this.viewport.window);
            this.#far.hide();
            this.#lifted.clear();
        }
    }

    private content(cards: FarContent['cards']): FarContent {
        const moment = this.#moment;
        return {
            names: !this.viewport.isMoving,
            cards,
            fields: this.#fields,
            node: (id) => this.#nodes.get(id),
            tone: (cluster) => this.#tones.get(cluster) ?? 0,
            look: (node) => {
                const down = isDown(moment?.nodes.get(node.id)?.state ?? 'serving');
                return { down, troubled: isTroubled(moment, node), ...this.#emphasis(node) };
            },
        };
    }
}
