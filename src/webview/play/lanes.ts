import { clock, visible, type Lane, type LeaderHistory, type Playback } from '../../diagram/index.js';
import { listed, type SourceRange } from '../../topology/index.js';
import { html } from '../dom.js';
import { keepingFocus } from '../keep-focus.js';
import { barsOf, type Track } from './bars.js';
import { densityOf } from './density.js';
import { laneKey } from './lane-key.js';
import { changesHands, leadersOf } from './leaders.js';
import { placed } from './placed.js';

/** More lanes of one cluster become one strip that says how many are in trouble. */
const MOST_LANES = 24;

interface LaneActions {
    /** To an instant that the reader named. */
    go(atMs: number): void;
    reveal(source: SourceRange): void;
}

/** What is drawn, and where. */
export interface Shown {
    readonly playback: Playback;
    /** Compared with it, drawn below each lane. */
    readonly other: Playback | undefined;
    /** Ids of the clusters that are looked at; none: all. */
    readonly chosen: ReadonlySet<string>;
    readonly track: Track;
}

/** A run and where its lanes are found by their ids. */
interface Found {
    readonly untilMs: number;
    readonly lanes: ReadonlyMap<string, Lane>;
    readonly leaders: ReadonlyMap<string, LeaderHistory['changes']>;
}

/** A lane a shard, grouped by cluster. Well-being is absence: only trouble is drawn, and who led where that changed or mattered. */
export class Lanes {
    readonly element = html('div', 'lanes');

    constructor(private readonly actions: LaneActions) {}

    load({ playback, other, chosen, track }: Shown): void {
        const runs = [playback, ...(other === undefined ? [] : [other])].map(found);
        const clusters = [...new Set(playback.lanes.map(({ cluster }) => cluster))];
        const isChosen = (cluster: string): boolean => chosen.size === 0 || chosen.has(cluster);
        const isTroubled = ({ id }: Lane): boolean =>
            runs.some(({ lanes }) => (lanes.get(id)?.troubles.length ?? 0) > 0);
        const rows = clusters.filter(isChosen).flatMap((cluster) => {
            const lanes = playback.lanes.filter((lane) => lane.cluster === cluster);
            const troubled = lanes.filter(isTroubled);
            const told = lanes.filter(
                (lane) => isTroubled(lane) || runs.some(({ leaders }) => changesHands(leaders.get(lane.id))),
            );
            const heading = `${nameOf(cluster)} · ${wellBeing(troubled.length, lanes.length - troubled.length)}`;
            return [
                html('div', 'lane-group', heading),
                ...(told.length > MOST_LANES
                    ? [this.strip(nameOf(cluster), troubled, track)]
                    : told.map((lane) => this.row(lane, runs, track))),
            ];
        });
        const hidden = clusters
            .filter((cluster) => !isChosen(cluster))
            .map((cluster) => {
                const hit = playback.lanes.some((lane) => lane.cluster === cluster && isTroubled(lane));
                return `${nameOf(cluster)}${hit ? ' (in trouble)' : ''}`;
            });
        const left = hidden.length === 0 ? [] : [html('div', 'lanes-left', `Not shown: ${listed(hidden)}.`)];
        keepingFocus(
            this.element,
            () => this.element.replaceChildren(laneKey(playback, other), ...rows, ...left),
            () => this.element.querySelector('button'),
        );
    }

    private row(lane: Lane, runs: readonly Found[], track: Track): HTMLElement {
        const led = runs.some(({ leaders }) => leaders.has(lane.id));
        const row = html('div', `lane${led ? ' led' : ''}${runs.length > 1 ? ' compared' : ''}`);
        const label = html('button', 'lane-label', visible(lane.label));
        label.title = `${lane.label}: show in the text`;
        label.dataset['key'] = lane.id;
        label.addEventListener('click', () => this.actions.reveal(lane.source));
        const bars = html('div', 'bars');
        for (const [at, { lanes, leaders, untilMs }] of runs.entries()) {
            const classes = at === 0 ? '' : 'other';
            const go = (atMs: number): void => this.actions.go(atMs);
            const ran = lanes.get(lane.id);
            bars.append(...(ran === undefined ? [] : barsOf(ran, track, classes, go)));
            const changes = leaders.get(lane.id);
            if (changes !== undefined) {
                bars.append(leadersOf(lane, changes, untilMs, track.scale, classes));
            }
        }
        row.append(label, bars);
        return row;
    }

    private strip(name: string, lanes: readonly Lane[], { scale }: Track): HTMLElement {
        const row = html('div', 'lane strip');
        const label = html('span', 'lane-label', `${lanes.length} shards`);
        const bars = html('div', 'bars');
        bars.append(
            ...densityOf(lanes, scale).map(({ fromMs, toMs, share, count }) => {
                const bar = html('button', 'bar density');
                bar.append(html('span', 'bar-count', `${count}`));
                bar.title = `${count} of ${lanes.length} shards of ${name} fail from ${clock(fromMs)} to ${clock(toMs)}`;
                bar.setAttribute('aria-label', bar.title);
                placed(bar, scale, fromMs, toMs);
                bar.style.setProperty('--share', String(share));
                bar.dataset['key'] = `${name} ${fromMs}`;
                bar.addEventListener('click', () => this.actions.go(fromMs));
                return bar;
            }),
        );
        row.append(label, bars);
        return row;
    }
}

function found({ untilMs, lanes, leaders }: Playback): Found {
    return {
        untilMs,
        lanes: new Map(lanes.map((lane) => [lane.id, lane])),
        leaders: new Map(leaders.map(({ lane, changes }) => [lane, changes])),
    };
}

function nameOf(cluster: string): string {
    return visible(cluster.slice(cluster.indexOf(':') + 1));
}

function wellBeing(troubled: number, well: number): string {
    if (troubled === 0) {
        return 'no trouble';
    }
    if (troubled + well === 1) {
        return 'in trouble';
    }
    return well === 0 ? `all ${troubled} in trouble` : `${troubled} in trouble, ${well} well`;
}
