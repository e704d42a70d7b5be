/** Breaking things and watching what comes of it: the live scenario, the run that is shown, the timeline. */
import {
    actionsOn,
    momentAt,
    nodesWithin,
    standingAt,
    visible,
    type Drawing,
    type Drawn,
    type DrawnNode,
    type LiveAction,
    type Moment,
    type Playback,
    type ShownInstant,
} from '../../diagram/index.js';
import type { FromWebview } from '../../protocol/index.js';
import { counted, type SourceRange } from '../../topology/index.js';
import type { MenuEntry } from '../menu.js';
import type { Page } from '../page.js';
import { LiveScenario } from './live.js';
import { Player } from './player.js';
import { Splitter } from './splitter.js';
import { StatePainter } from './states.js';
import { Timeline } from './timeline.js';
import { WayBack } from './way-back.js';

export class StagePlay {
    readonly #live = new LiveScenario();
    readonly #player: Player;
    readonly #states: StatePainter;
    readonly #timeline: Timeline;
    readonly #wayBack = new WayBack();
    /** Compared with the run that is shown. */
    #beside: Playback | undefined;
    #drawing: Drawing | undefined;
    /** The nodes as the file has them, and as it had them when the shown run came. */
    #places = '';
    #playedPlaces = '';
    #outdated = false;
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
        /** Hears of every instant that is shown; undefined: as the file declares it. */
        seen: (moment: Moment | undefined, playback: Playback | undefined) => void,
    ) {
        this.#states = new StatePainter(page.stage);
        this.#player = new Player((moment) => {
            const told = this.isOtherSystem ? undefined : moment;
            this.#states.show(told);
            seen(told, this.#player.playback);
            if (moment !== undefined) {
                this.#timeline.show(moment, this.#player.playing);
            }
        });
        this.#timeline = new Timeline({
            toggle: () => this.#player.toggle(),
            step: (direction) => this.#player.step(direction),
            setSpeed: (speed) => this.#player.setSpeed(speed),
            seek: (atMs) => this.#player.seek(atMs),
            reveal: (source: SourceRange) => post({ type: 'reveal', source }),
            compareSeed: () => this.again(true, ((this.#beside ?? this.#player.playback)?.seed ?? 0) + 1),
            compareVersion: () => this.again(true, this.#player.playback?.seed),
            runAgain: () => {
                this.#keptMs = this.#player.atMs;
                this.again(false, this.#player.playback?.seed);
            },
            save: () => post({ type: 'save-scenario', steps: this.#live.steps }),
            undo: () => this.undo(),
            close: () => this.close(),
        });
        const splitter = new Splitter(page.below, wish.share, (share) => {
            wish.share = share;
            wish.changed();
        });
        this.#timeline.element.prepend(splitter.element);
        page.below.append(this.#timeline.element);
        page.frame.append(this.#wayBack.element);
    }

    /** What is kept of it while the page is away. */
    get room(): { readonly timeline?: number } {
        return this.wish.share === undefined ? {} : { timeline: this.wish.share };
    }

    /** `whole`: nothing in it is folded. */
    painted(drawing: Drawing, whole: Drawing): void {
        this.#drawing = drawing;
        this.#places = placesOf(whole);
        this.#states.renew(drawing);
        this.tellOtherSystem();
    }

    /** Whether other nodes are drawn than ran, or elsewhere: what happened to those is not true of these. */
    private get isOtherSystem(): boolean {
        return this.#outdated && this.#places !== this.#playedPlaces;
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

    /** What would change something if it were done to the element where the next step stands. */
    entries(drawn: Drawn): readonly MenuEntry[] {
        const kind = kindOf(drawn.id);
        const drawing = this.#drawing;
        if (kind === undefined || drawing === undefined) {
            return [];
        }
        // Steps are never added to a scenario of the file: they begin a live one, before which all is well.
        const playback = this.#player.playback?.scenario === undefined ? this.#player.playback : undefined;
        const atMs = this.#live.nextMs(this.#player.atMs);
        const moment = playback && momentAt(playback, atMs);
        const nodes = nodesWithin(drawing, drawn.id).map(({ id, drains = false }) => ({
            id,
            drains,
            ...(moment?.nodes.get(id) ?? { state: 'serving' as const, connection: 'whole' as const }),
        }));
        const standing = standingAt(this.#live.steps, atMs, (id) => nodesWithin(drawing, id).map((node) => node.id));
        return actionsOn({ kind, id: drawn.id, nodes }, standing).map(({ action, label, hint, mends }, index, all) => ({
            label: kind === 'link' || action === 'heal' ? label : `${label} ${kind} ${drawn.label}`,
            hint,
            apart: mends && all[index - 1]?.mends === false,
            choose: () => this.act(action, drawn.id),
        }));
    }

    playing(title: string): void {
        this.#wayBack.withdraw();
        this.wait(true);
        this.page.progress(`Simulating: ${title}`, () => this.post({ type: 'cancel' }));
    }

    /** Whether what is shown is of an older text. */
    outdate(outdated: boolean): void {
        this.#outdated = outdated;
        this.tellOtherSystem();
    }

    /** The file has these scenarios now. */
    offered(names: readonly string[]): void {
        this.#timeline.offered(names);
    }

    saved(name: string, source: SourceRange): void {
        this.#live.save();
        this.#timeline.tellSaved(name, source);
        this.page.announce(`Saved as scenario ${name}.`);
    }

    load(playback: Playback, beside: boolean, stopAtMs?: number): void {
        this.wait(false);
        this.page.progress(undefined);
        this.page.banner(undefined);
        this.#complained = false;
        const shown = this.#player.playback;
        const atMs = this.#player.atMs;
        this.#beside = beside && shown !== undefined ? playback : undefined;
        if (beside && shown !== undefined) {
            this.#timeline.load(shown, playback);
            this.#player.seek(atMs);
        } else {
            const isLive = playback.scenario === undefined;
            if (isLive) {
                this.#live.ran();
                this.tellLeft(shown, atMs);
            } else {
                this.leave();
            }
            this.#outdated = false;
            this.#playedPlaces = this.#places;
            this.#timeline.load(playback);
            this.#player.load(playback);
            const startAtMs = stopAtMs ?? this.#keptMs ?? (isLive ? this.#live.latestMs : undefined);
            this.#keptMs = undefined;
            if (startAtMs !== undefined) {
                this.#player.seek(startAtMs);
            }
        }
        this.page.announce(`${playback.title}. ${playback.summary}`);
    }

    failed(message: string): void {
        if (this.#player.playback === undefined) {
            this.leave();
        } else {
            this.#live.revert();
        }
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
        this.leave();
        this.#timeline.hide();
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
                this.#player.step(1);
                return true;
            case ',':
                this.#player.step(-1);
                return true;
            case 'Escape':
                this.close();
                return true;
            default:
                return false;
        }
    }

    /** Steps that are not saved can be had back. */
    private leave(): void {
        const { unsaved } = this.#live;
        const { atMs } = this.#player;
        this.#live.clear();
        if (unsaved.length > 0) {
            const words = `${counted(unsaved.length, 'step')} of yours ${unsaved.length === 1 ? 'was' : 'were'} not saved.`;
            this.#wayBack.offer(words, 'Bring back', () => {
                this.#live.bring(unsaved);
                this.#keptMs = atMs;
                this.post({ type: 'break', steps: unsaved, beside: false });
            });
        }
    }

    /** Steps are never added to a scenario of the file: that the run which was shown is not the one that goes on is said. */
    private tellLeft(shown: Playback | undefined, atMs: number): void {
        if (shown?.scenario === undefined) {
            return;
        }
        const { scenario, seed } = shown;
        const words = `This is a new run: what happens in ${visible(scenario)} is not part of it.`;
        this.#wayBack.offer(words, `Back to ${visible(scenario)}`, () => {
            this.#keptMs = atMs;
            this.post({ type: 'play', scenario, beside: false, seed });
        });
    }

    private act(action: LiveAction, element: string): void {
        this.#wayBack.withdraw();
        this.#live.add(action, action === 'heal' ? null : element, this.#player.atMs);
        this.post({ type: 'break', steps: this.#live.steps, beside: false });
    }

    private undo(): void {
        this.#live.undo();
        if (this.#live.steps.length === 0) {
            this.close();
        } else {
            this.post({ type: 'break', steps: this.#live.steps, beside: false });
        }
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
        const seeded = seed === undefined ? {} : { seed };
        this.post(
            scenario === undefined
                ? { type: 'break', steps: this.#live.steps, beside, ...seeded }
                : { type: 'play', scenario, beside, ...seeded },
        );
    }
}

function kindOf(id: string): 'node' | 'zone' | 'region' | 'link' | undefined {
    const kind = id.slice(0, id.indexOf(':'));
    if (kind === 'node' || kind === 'zone' || kind === 'region') {
        return kind;
    }
    return /^link:replication:(zone|region):/.test(id) ? 'link' : undefined;
}

/** Which nodes there are, and where. */
function placesOf(drawing: Drawing): string {
    const within = (drawn: Drawn): string =>
        `${drawn.id}>${nodesWithin(drawing, drawn.id)
            .map(({ id }) => id)
            .join()}`;
    return drawing.regions.flatMap(({ zones }) => zones.map(within)).join(' ');
}

function isNode(drawn: Drawn): drawn is DrawnNode {
    return drawn.id.startsWith('node:') && 'copies' in drawn;
}
