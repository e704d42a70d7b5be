/** The preview: messages in, a picture, a timeline and clicks out. */
import type { Drawn, Moment, Playback } from '../diagram/index.js';
import { assertNever } from '../topology/index.js';
import type { PreviewCommand, ToWebview } from '../protocol/index.js';
import { exported } from './export.js';
import { Finder } from './find/finder.js';
import { listenToPointer } from './gestures.js';
import type { Host } from './host.js';
import { listenToKeys, moveView } from './keyboard.js';
import type { LayoutWorker } from './layout-worker.js';
import { Menu, type MenuEntry } from './menu.js';
import type { Page } from './page.js';
import { Picture } from './picture.js';
import { StagePlay } from './play/stage-play.js';
import { ScenarioChoice } from './scenario-choice.js';
import { Announcer } from './play/announcer.js';
import { nameOf, Tooltip } from './tooltip.js';
import { ClusterStates } from './view/cluster-states.js';
import { FarNames } from './view/far-names.js';
import { PlaceStates } from './view/place-states.js';
import { Scenery } from './view/scenery.js';
import { Viewport } from './viewport.js';

export class App {
    readonly #viewport: Viewport;
    readonly #picture: Picture;
    readonly #play: StagePlay;
    readonly #tooltip: Tooltip;
    readonly #menu: Menu;
    readonly #scenery: Scenery;
    readonly #placeStates = new PlaceStates();
    readonly #farNames = new FarNames();
    readonly #clusterStates = new ClusterStates();
    readonly #finder: Finder;
    readonly #scenarios: ScenarioChoice;
    readonly #announcer: Announcer;

    constructor(
        private readonly page: Page,
        private readonly host: Host,
        worker: LayoutWorker,
        private readonly uri: string,
    ) {
        this.#announcer = new Announcer((words) => page.announce(words));
        this.#viewport = new Viewport(
            page.frame,
            page.stage,
            () => {
                this.save();
                this.#scenery.update();
                this.#finder.viewChanged();
            },
            () => {
                this.#scenery.update();
                this.#farNames.update(this.#viewport.view.zoom);
            },
        );
        this.#scenery = new Scenery(page, this.#viewport, () => this.#finder.cardsChanged());
        const saved = host.saved();
        const state = saved ?? { folded: [], clusters: [] };
        this.#finder = new Finder(page, () => this.#picture, this.#viewport, this.#scenery, state, {
            reveal: (source) => host.post({ type: 'reveal', source }),
            changed: () => this.save(),
        });
        this.#tooltip = new Tooltip(page.frame);
        this.#menu = new Menu(page.frame);
        this.#play = new StagePlay(
            page,
            (message) => host.post(message),
            { share: saved?.timeline, changed: () => this.save() },
            {
                seen: (moment, playback) => this.seen(moment, playback),
                arrived: () => this.#announcer.tellArrival(),
            },
        );
        if (saved !== undefined) {
            this.#viewport.show(saved);
        }
        this.#picture = new Picture(page, this.#viewport, worker, {
            painted: (shown) => {
                this.#scenery.renew(shown);
                this.#placeStates.renew(shown);
                this.#clusterStates.renew(shown);
                this.#farNames.renew(shown, this.#viewport.view.zoom);
                this.#finder.renew(shown);
                this.#tooltip.hide();
                if (shown !== undefined) {
                    this.#play.filter(this.#finder.chosen);
                    this.#play.painted(shown.drawing, this.#picture.drawing ?? shown.drawing);
                }
            },
            relinked: (shown) => this.#finder.relinked(shown),
            hidden: { elements: () => this.#scenery.hidden(), reveal: (element) => this.#scenery.lift(element) },
            layoutFailed: (message) => host.post({ type: 'layout-failed', message }),
        });
        this.#scenarios = new ScenarioChoice((scenario) => host.post({ type: 'play', scenario, beside: false }));
        page.tools.prepend(this.#scenarios.element);
        this.#picture.fold(this.#finder.folded);
        this.#picture.choose(this.#finder.chosen);
        page.notice('Drawing the topology …', 'The language server is reading the file.');
        this.listen();
    }

    receive(message: ToWebview): void {
        switch (message.type) {
            case 'drawing':
                return this.#picture.draw(message.drawing, message.version);
            case 'patch':
                return this.patch(message);
            case 'problem':
                this.#play.textChanged();
                return this.#picture.complain(message.message);
            case 'lag':
                this.#play.textChanged();
                return this.page.lag(message.message ?? undefined);
            case 'select':
                return this.#picture.select(message.id);
            case 'playing':
                return this.#play.playing(message.title);
            case 'playback':
                this.#play.load(message.playback, message.beside, message.atMs);
                return this.#picture.attend([...(this.#play.instant?.moment.nodes.keys() ?? [])]);
            case 'not-played':
                return this.#play.failed(message.message);
            case 'outdated':
                this.#play.textChanged();
                return this.#play.outdate(message.outdated, message.beside);
            case 'saved':
                return this.#play.saved(message.name, message.source);
            case 'command':
                return this.command(message.command);
            case 'make-picture':
                return void this.export(message);
            case 'scenarios':
                this.#play.textChanged();
                this.#play.offered(message.names);
                return this.#scenarios.show(message.names);
            default:
                return assertNever(message);
        }
    }

    private listen(): void {
        const { page } = this;
        listenToPointer(page.frame, this.#viewport, (element) => this.reveal(element));
        listenToKeys(page.stage, {
            inStage: (event, target) => this.pressInStage(event, target),
            anywhere: (key, target) => this.pressAnywhere(key, target),
            search: () => this.#finder.search(),
        });
        page.frame.addEventListener('contextmenu', (event) => {
            // The search field has the menu of every field: cut, copy, paste.
            if (event.target instanceof Element && event.target.closest('input') === null) {
                event.preventDefault();
                const { left, top } = page.frame.getBoundingClientRect();
                this.openMenu(event.target, { x: event.clientX - left, y: event.clientY - top });
            }
        });
        page.stage.addEventListener('pointerover', ({ target }) => this.explain(target));
        page.stage.addEventListener('focusin', ({ target }) => {
            this.explain(target);
            this.#play.choose(this.#picture.at(target)?.drawn);
        });
        page.stage.addEventListener('pointerleave', () => this.#tooltip.hide());
        page.stage.addEventListener('focusout', () => this.#tooltip.hide());
        page.zoomIn.addEventListener('click', () => this.#viewport.zoomIn());
        page.zoomOut.addEventListener('click', () => this.#viewport.zoomOut());
        page.fit.addEventListener('click', () => this.#viewport.fit());
        page.export.addEventListener('click', (event) => {
            event.stopPropagation();
            this.openExport();
        });
    }

    private seen(moment: Moment | undefined, playback: Playback | undefined): void {
        this.#picture.showMoment(moment);
        if (moment === undefined) {
            this.#picture.attend([]);
        }
        this.#scenery.showMoment(moment);
        this.#placeStates.show(moment);
        this.#clusterStates.show(moment);
        this.#finder.showMoment(moment);
        this.#announcer.show(playback, moment);
        this.#tooltip.refresh((drawn) => this.factsOf(this.#picture.shown?.drawn(drawn.id) ?? drawn));
    }

    private patch({ base, version, patch }: ToWebview & { readonly type: 'patch' }): void {
        if (!this.#picture.patch(base, version, patch)) {
            this.host.post({ type: 'ready' });
        }
    }

    private command(command: PreviewCommand): void {
        switch (command) {
            case 'fit':
                return this.#viewport.fit();
            case 'close-playback':
                return this.#play.close();
            case 'search':
                return this.#finder.search();
            default:
                return assertNever(command);
        }
    }

    /** Whether the key was meant for the element that has the focus. */
    private pressInStage(event: KeyboardEvent, target: Element): boolean {
        const { key, shiftKey } = event;
        if (key === 'Enter') {
            this.reveal(target);
        } else if (key === 'ContextMenu' || key === 'm' || (key === 'F10' && shiftKey)) {
            const [frame, at] = [this.page.frame.getBoundingClientRect(), target.getBoundingClientRect()];
            this.openMenu(target, { x: at.left - frame.left + 16, y: at.top - frame.top + 16 });
        } else if (!this.#picture.focus.press(key)) {
            return false;
        }
        return true;
    }

    private pressAnywhere(key: string, target: Element | null): boolean {
        if (key === 'Escape') {
            this.#tooltip.hide();
        }
        if (key === 'e') {
            this.openExport();
            return true;
        }
        return this.#finder.press(key, target) || this.#play.press(key) || moveView(this.#viewport, key);
    }

    private async export({ format, look }: ToWebview & { readonly type: 'make-picture' }): Promise<void> {
        const shown = this.#picture.shown;
        if (shown === undefined) {
            return this.#play.failed('There is no drawing yet that could be exported.');
        }
        try {
            this.host.post(await exported(format, look, shown.drawing, shown.layout, this.#play.instant));
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            this.#play.failed(`The drawing could not be exported. ${reason}`);
        }
    }

    private save(): void {
        this.host.save({ uri: this.uri, ...this.#viewport.view, ...this.#finder.state, ...this.#play.room });
    }

    private openExport(): void {
        this.#tooltip.hide();
        const [frame, at] = [this.page.frame, this.page.export].map((element) => element.getBoundingClientRect());
        if (frame !== undefined && at !== undefined) {
            this.#menu.open('Export', this.pictureEntries(), { x: at.left - frame.left, y: at.top - frame.top });
        }
    }

    private pictureEntries(): readonly MenuEntry[] {
        return (['svg', 'png'] as const).map((format) => ({
            label: `Export as ${format.toUpperCase()}`,
            hint: format === 'svg' ? 'shapes and words, at any size' : 'pixels, twice as many as on the screen',
            apart: false,
            choose: () => this.host.post({ type: 'want-picture', format }),
        }));
    }

    private openMenu(target: unknown, at: { readonly x: number; readonly y: number }): void {
        const found = this.#picture.at(target);
        this.#tooltip.hide();
        if (found === undefined) {
            const fit = { label: 'Fit the drawing', hint: 'F', apart: false, choose: () => this.#viewport.fit() };
            this.#menu.open('Topology', [fit, ...this.pictureEntries()], at);
            return;
        }
        const show = {
            label: 'Show in the text',
            hint: 'Enter',
            apart: true,
            choose: () => this.host.post({ type: 'reveal', source: found.drawn.source }),
        } as const;
        this.#menu.open(nameOf(found.drawn), [...this.#play.entries(found.drawn), show], at);
    }

    private reveal(target: unknown): void {
        const drawn = this.#picture.at(target)?.drawn;
        if (drawn !== undefined) {
            this.#play.choose(drawn);
            this.host.post({ type: 'reveal', source: drawn.source });
        }
    }

    private explain(target: unknown): void {
        const found = this.#picture.at(target);
        if (found === undefined) {
            this.#tooltip.hide();
        } else {
            this.#tooltip.show(found.drawn, found.element, this.factsOf(found.drawn));
        }
    }

    /** At the shown instant. */
    private factsOf(drawn: Drawn): readonly string[] {
        const { id } = drawn;
        return [...this.#placeStates.factsOf(id), ...this.#clusterStates.factsOf(id), ...this.#play.factsOf(drawn)];
    }
}
