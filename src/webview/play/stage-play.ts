/** Breaking things and watching what comes of it: the live scenario, the run that is shown, the timeline. */
import {
    type Drawing,
    type Drawn,
    type DrawnNode,
    type Moment,
    type Playback,
    type ShownInstant,
} from '../../diagram/index.js';
import type { FromWebview } from '../../protocol/index.js';
import type { SourceRange } from '../../topology/index.js';
import { keepingFocus } from '../keep-focus.js';
import type { MenuEntry } from '../menu.js';
import type { Page } from '../page.js';
import { Breaking } from './breaking.js';
import { PlayedPlaces } from './played-places.js';
import { Player } from './player.js';
import { Splitter } from './splitter.js';
import { StatePainter } from './states.js';
import { Timeline } from './timeline.js';

/** Who follows what is shown. */
interface Watcher {
    /** Hears of every instant; undefined: as the file declares it. */
    seen(moment: Moment | undefined, playback: Playback | undefined): void;
    /** The reader went to this instant by name: it was the next change, the start of a bar, the cause of something. */
    arrived(): void;
}

export class StagePlay {
    readonly #breaking: Breaking;
    readonly #player: Player;
    readonly #states: StatePainter;
    readonly #timeline: Timeline;
    readonly #places = new PlayedPlaces();
    /** Compared with the run that is shown. */
    #beside: Playback | undefined;
    #outdated = { outdated: false, beside: false };
    #waiting = false;
    /** The banner says why something could not be run. */
    #complained = false;
    /** Where the playhead stood when the run was asked for once more. */
    #keptMs: number | undefined;

    constructor(
        private readonly page: Page,
        private readonly post: (message: FromWebview) => void,
        /** Share of the page that the timeline takes, where somebody has chosen it. */
        private readonly wish: { share: number | undefined; readonly changed: () => void },
        private readonly watcher: Watcher,
    ) {
        this.#states = new StatePainter(page.stage);
        this.#player = new Player((moment) => {
            const told = this.isOtherSystem ? undefined : moment;
            this.#states.show(told);
            watcher.seen(told, this.#player.playback);
            if (moment !== undefined) {
                this.#timeline.show(moment, this.#player.playing);
            }
        });
        this.#breaking = new Breaking(post, {
            playback: () => this.#player.playback,
            atMs: () => this.#player.atMs,
            keep: (atMs) => (this.#keptMs = atMs),
            current: () => page.current(),
        });
        this.#timeline = new Timeline({
            toggle: () => this.#player.toggle(),
            step: (direction) => this.step(direction),
            setSpeed: (speed) => this.#player.setSpeed(speed),
            seek: (atMs) => this.#player.seek(atMs),
            go: (atMs) => {
                this.#player.seek(atMs);
                watcher.arrived();
            },
            reveal: (source: SourceRange) => post({ type: 'reveal', source }),
            compareSeed: () => this.again(true, ((this.#beside ?? this.#player.playback)?.seed ?? 0) + 1),
            compareVersion: () => this.again(true, this.#player.playback?.seed),
            compareAgain: () => this.again(true, this.#beside?.seed),
            runAgain: () => {
                this.#keptMs = this.#player.atMs;
                this.again(false, this.#player.playback?.seed);
            },
            save: () => this.#breaking.save(),
            undo: () => this.#breaking.undo() || this.close(),
            close: () => this.close(),
        });
        const splitter = new Splitter(page.below, wish.share, (share) => {
            wish.share = share;
            wish.changed();
        });
        this.#timeline.element.prepend(splitter.element);
        page.below.append(this.#timeline.element);
        page.frame.append(this.#breaking.element);
    }

    /** What is kept of it while the page is away. */
    get room(): { readonly timeline?: number } {
        return this.wish.share === undefined ? {} : { timeline: this.wish.share };
    }

    /** `whole`: nothing in it is folded. */
    painted(drawing: Drawing, whole: Drawing): void {
        this.#places.renew(whole);
        this.#breaking.renew(drawing);
        this.#states.renew(drawing);
        this.tellOtherSystem();
    }

    /** Whether other nodes are drawn than ran, or elsewhere: what happened to those is not true of these. */
    private get isOtherSystem(): boolean {
        return this.#outdated.outdated && this.#places.areOther;
    }

    private tellOtherSystem(): void {
        this.#timeline.outdate(this.#outdated, this.isOtherSystem);
        this.#player.seek(this.#player.atMs);
    }

    /** Undefined: no run is shown. */
    get instant(): ShownInstant | undefined {
        const { playback, moment } = this.#player;
        return playback === undefined || moment === undefined || this.isOtherSystem
            ? undefined
            : { moment, title: playback.title };
    }

    /** What is known of the element at the shown instant. */
    factsOf(drawn: Drawn): readonly string[] {
        return this.#states.factsOf(drawn);
    }

    /** Ids of the clusters that are looked at; none: all. */
    filter(clusters: ReadonlySet<string>): void {
        this.#timeline.filter(clusters);
    }

    /** What can be done to the element, as entries of a menu. */
    entries(drawn: Drawn): readonly MenuEntry[] {
        return this.#breaking.entries(drawn);
    }

    playing(title: string): void {
        this.#breaking.begun();
        this.wait(true);
        this.page.progress(`Simulating: ${title}`, () => this.post({ type: 'cancel' }));
    }

    /** Whether what is shown is of an older text, and what it is compared with. */
    outdate(outdated: boolean, beside: boolean): void {
        this.#outdated = { outdated, beside };
        this.tellOtherSystem();
    }

    /** The file has these scenarios now. */
    offered(names: readonly string[]): void {
        this.#timeline.offered(names);
    }

    saved(name: string, source: SourceRange): void {
        this.#breaking.saved();
        this.#timeline.tellSaved(name, source);
        this.page.announce(`Saved as scenario ${name}.`);
    }

    load(playback: Playback, beside: boolean, stopAtMs?: number): void {
        this.wait(false);
        this.page.progress(undefined);
        this.page.banner(undefined);
        this.#complained = false;
        const shown = this.#player.playback;
        this.#beside = beside && shown !== undefined ? playback : undefined;
        if (beside && shown !== undefined) {
            this.#timeline.load(shown, playback);
            this.outdate(this.#outdated.outdated, false);
        } else {
            const isLive = playback.scenario === undefined;
            if (isLive) {
                this.#breaking.ran();
            } else {
                this.#breaking.leave();
            }
            this.#outdated = { outdated: false, beside: false };
            this.#places.ran();
            this.#timeline.load(playback);
            this.#player.load(playback);
            const startAtMs = stopAtMs ?? this.#keptMs ?? (isLive ? this.#breaking.latestMs : undefined);
            this.#keptMs = undefined;
            if (startAtMs !== undefined) {
                this.#player.seek(startAtMs);
            }
        }
        this.page.announce(`${playback.title}. ${playback.summary}`);
    }

    failed(message: string): void {
        this.#breaking.failed();
        this.#complained = true;
        this.#keptMs = undefined;
        this.wait(false);
        this.page.progress(undefined);
        this.page.banner(message);
        this.page.announce(message);
    }

    /** The text is another one: what was wrong with it need not be so any more. */
    textChanged(): void {
        if (this.#complained) {
            this.#complained = false;
            this.page.banner(undefined);
        }
    }

    /** A node whose beliefs the list shows; any other element: what happened. */
    choose(drawn: Drawn | undefined): void {
        this.#timeline.choose(drawn !== undefined && isNode(drawn) ? drawn : undefined);
    }

    close(): void {
        if (this.#waiting) {
            this.post({ type: 'cancel' });
        }
        this.#breaking.leave();
        keepingFocus(
            this.#timeline.element,
            () => this.#timeline.hide(),
            () => this.page.current(),
        );
        this.#player.close();
    }

    /** Whether the key was one of the player's. */
    press(key: string): boolean {
        if (this.#player.playback === undefined) {
            return false;
        }
        switch (key) {
            case ' ':
                this.#player.toggle();
                return true;
            case '.':
                this.step(1);
                return true;
            case ',':
                this.step(-1);
                return true;
            case 'Escape':
                this.close();
                return true;
            default:
                return false;
        }
    }

    private step(direction: 1 | -1): void {
        this.#player.step(direction);
        this.watcher.arrived();
    }

    /** While a run is under way, that of before is not taken for it. */
    private wait(waiting: boolean): void {
        this.#waiting = waiting;
        this.page.stage.classList.toggle('waiting', waiting);
        this.#timeline.wait(waiting);
    }

    /** The same scenario once more over the text as it is now, in place of the run that is shown or beside it. */
    private again(beside: boolean, seed: number | undefined): void {
        const scenario = this.#player.playback?.scenario;
        if (scenario === undefined) {
            this.#breaking.run(beside, seed);
        } else {
            this.post({ type: 'play', scenario, beside, ...(seed === undefined ? {} : { seed }) });
        }
    }
}

function isNode(drawn: Drawn): drawn is DrawnNode {
    return drawn.id.startsWith('node:') && 'copies' in drawn;
}
