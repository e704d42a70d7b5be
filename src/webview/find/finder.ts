/** Ways to find one's way in a drawing: search, filter by cluster, folding, table, small map, list of keys. */
import { drawnElements, type Moment } from '../../diagram/index.js';
import type { SourceRange } from '../../topology/index.js';
import { focusOn } from '../keep-focus.js';
import type { Page } from '../page.js';
import type { Picture, Shown } from '../picture.js';
import { Minimap } from '../view/minimap.js';
import type { Scenery } from '../view/scenery.js';
import { ShardLinks } from '../view/shard-links.js';
import type { Viewport } from '../viewport.js';
import { emphasise, emphasisOf, type Wanted } from './emphasis.js';
import { Help } from './help.js';
import { LegendBar } from './legend-bar.js';
import { Search } from './search.js';
import { Table } from './table.js';

export interface FinderState {
    readonly folded: readonly string[];
    readonly clusters: readonly string[];
}

export interface FinderActions {
    reveal(source: SourceRange): void;
    /** What is to be kept has changed. */
    changed(): void;
}

export class Finder {
    readonly #search: Search;
    readonly #legend: LegendBar;
    readonly #table: Table;
    readonly #minimap: Minimap;
    readonly #help = new Help();
    readonly #shardLinks = new ShardLinks();
    #hits: ReadonlySet<string> | undefined;
    #folded: ReadonlySet<string>;
    #shown: Shown | undefined;

    constructor(
        private readonly page: Page,
        private readonly picture: () => Picture,
        viewport: Viewport,
        private readonly scenery: Scenery,
        state: FinderState,
        private readonly actions: FinderActions,
    ) {
        this.#folded = new Set(state.folded);
        this.#search = new Search({
            entries: () => drawnElements(this.picture().drawing ?? EMPTY).filter(({ id }) => !id.startsWith('link:')),
            go: (id) => this.go(id),
            found: (ids) => {
                this.#hits = ids;
                if (ids === undefined) {
                    this.lookAway();
                }
                this.emphasise();
            },
            closed: (hit) => this.focusFound(hit ?? ''),
        });
        this.#legend = new LegendBar(state.clusters, (chosen) => {
            this.picture().choose(chosen);
            actions.changed();
        });
        this.#table = new Table({ reveal: (source) => actions.reveal(source), closed: () => page.table.focus() });
        this.#minimap = new Minimap(viewport);
        page.frame.append(this.#minimap.element, this.#search.element, this.#table.element, this.#help.element);
        page.legend.append(this.#legend.element);
        page.search.addEventListener('click', () => this.#search.show());
        page.table.addEventListener('click', () => this.#table.toggle());
        page.help.addEventListener('click', () => this.#help.show());
        page.stage.addEventListener('dblclick', ({ target }) => this.foldAt(target));
        for (const kind of ['pointerover', 'focusin'] as const) {
            page.stage.addEventListener(kind, ({ target }) =>
                this.#shardLinks.show(this.picture().at(target)?.drawn.id ?? ''),
            );
        }
        page.stage.addEventListener('pointerleave', () => this.#shardLinks.hide());
        page.stage.addEventListener('focusout', () => this.#shardLinks.hide());
    }

    get state(): FinderState {
        return { folded: [...this.#folded], clusters: [...this.#legend.chosen] };
    }

    get folded(): ReadonlySet<string> {
        return this.#folded;
    }

    /** Ids of the clusters that are looked at; none: all. */
    get chosen(): ReadonlySet<string> {
        return this.#legend.chosen;
    }

    /** After the picture was repainted. */
    renew(shown: Shown | undefined): void {
        this.#shown = shown;
        const drawing = shown === undefined ? undefined : this.picture().drawing;
        this.#legend.renew(shown?.drawing);
        this.#table.renew(drawing, this.#legend.chosen);
        this.#minimap.renew(shown);
        this.#shardLinks.renew(shown);
        this.#search.renew();
        this.emphasise();
    }

    /** After lines were repainted alone. */
    relinked(shown: Shown): void {
        this.#shown = shown;
        this.#shardLinks.relead(shown);
        this.emphasise();
    }

    viewChanged(): void {
        this.#minimap.update();
        this.cardsChanged();
    }

    /** Cards may be shown by other means now. */
    cardsChanged(): void {
        const has = (name: string): boolean => this.page.stage.classList.contains(name);
        this.#legend.look(has('crowded') ? 'crowded' : has('farther') ? 'far' : 'near');
    }

    showMoment(moment: Moment | undefined): void {
        this.#table.show(moment);
        this.#legend.show(moment);
    }

    search(): void {
        this.#table.close();
        this.#search.show();
    }

    /** Whether the key was one of these. */
    press(key: string, target: unknown): boolean {
        switch (key) {
            case '/':
                this.search();
                return true;
            case 't':
                this.#table.toggle();
                return true;
            case '?':
                this.#help.show();
                return true;
            case 'c':
                return this.foldAt(target);
            case 'Escape':
                return this.close();
            default:
                return false;
        }
    }

    /** Folds or unfolds the zone or region that the target stands for, or in which it stands. */
    private foldAt(target: unknown): boolean {
        const id = this.placeOf(this.picture().at(target)?.drawn.id);
        if (id === undefined) {
            return false;
        }
        const folded = new Set(this.#folded);
        if (!folded.delete(id)) {
            folded.add(id);
        }
        this.refold(folded);
        this.#shown?.element(id)?.focus({ preventScroll: true });
        this.page.announce(folded.has(id) ? 'Folded.' : 'Unfolded.');
        return true;
    }

    private refold(folded: ReadonlySet<string>): void {
        this.#folded = folded;
        this.picture().fold(folded);
        this.actions.changed();
    }

    /** A place itself; of a node or a copy, the zone in which it stands. */
    private placeOf(id: string | undefined): string | undefined {
        if (id === undefined || /^(zone|region):/.test(id)) {
            return id;
        }
        const zones = this.picture().drawing?.regions.flatMap((region) => region.zones) ?? [];
        return zones.find(({ nodes }) => nodes.some((node) => holds(node, id)))?.id;
    }

    /** What is folded away is unfolded first. */
    private go(id: string): void {
        const regions = this.picture().drawing?.regions ?? [];
        const holders = regions.flatMap((region) => {
            const zones = region.zones.filter((zone) => zone.id === id || zone.nodes.some((node) => holds(node, id)));
            const own = zones.length > 0 || region.nodes.some((node) => holds(node, id));
            return [...(own ? [region.id] : []), ...zones.filter((zone) => zone.id !== id).map((zone) => zone.id)];
        });
        if (holders.some((holder) => this.#folded.has(holder))) {
            this.refold(new Set([...this.#folded].filter((each) => !holders.includes(each))));
        }
        this.picture().bringIn(id, true);
        this.lookAway();
        this.#shown?.element(id)?.parentElement?.classList.add('looked-at');
    }

    /** After the search: what was looked at last can be gone on from. */
    private focusFound(id: string): void {
        const element = this.#shown?.element(id);
        if (element !== undefined) {
            this.scenery.lift(element);
        }
        focusOn(element ?? this.page.current());
    }

    private lookAway(): void {
        this.page.stage.querySelector('.looked-at')?.classList.remove('looked-at');
    }

    private close(): boolean {
        const open = this.#search.open || this.#table.open;
        this.#search.close();
        this.#table.close();
        return open;
    }

    private emphasise(): void {
        const wanted: Wanted = { hits: this.#hits, clusters: this.#legend.chosen };
        if (this.#shown !== undefined) {
            emphasise(this.#shown, wanted);
        }
        this.scenery.emphasise(emphasisOf(wanted));
    }
}

function holds(
    node: { readonly id: string; readonly copies: readonly { readonly id: string }[] },
    id: string,
): boolean {
    return node.id === id || node.copies.some((copy) => copy.id === id);
}

const EMPTY = { title: '', regions: [], placeless: [], clusters: [], clients: [], links: [] } as const;
