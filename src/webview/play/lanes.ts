import { clock, visible, type Lane, type Playback, type Trouble } from '../../diagram/index.js';
import type { SourceRange } from '../../topology/index.js';
import { html } from '../dom.js';
import { exactly, span } from './clock.js';
import { namesOf } from './compared.js';
import { densityOf } from './density.js';
import { shareOf, type TimeScale } from './time-scale.js';

/** More lanes of one cluster become one strip that says how many are in trouble. */
const MOST_LANES = 24;

/** Pixels that a letter of a length takes, with what stands around it; and the room behind the end of the track. */
const LETTER = 5.5;
const BESIDE = 8;
const BEHIND = 40;

interface LaneActions {
    seek(atMs: number): void;
    reveal(source: SourceRange): void;
}

/** A lane a shard, grouped by cluster. Well-being is absence: only trouble is drawn. */
export class Lanes {
    readonly element = html('div', 'lanes');
    #width = 0;

    constructor(private readonly actions: LaneActions) {}

    /** `width`: of the track, in pixels. */
    load(playback: Playback, other: Playback | undefined, scale: TimeScale, width: number): void {
        this.#width = width;
        const clusters = [...new Set(playback.lanes.map(({ cluster }) => cluster))];
        const rows = clusters.flatMap((cluster) => {
            const lanes = playback.lanes.filter((lane) => lane.cluster === cluster);
            const beside = new Map(other?.lanes.map((lane) => [lane.id, lane]));
            const troubled = lanes.filter(
                ({ id, troubles }) => troubles.length + (beside.get(id)?.troubles.length ?? 0) > 0,
            );
            const name = cluster.slice(cluster.indexOf(':') + 1);
            const well = lanes.length - troubled.length;
            const heading = html('div', 'lane-group', `${visible(name)} · ${wellBeing(troubled.length, well)}`);
            return [
                heading,
                ...(troubled.length > MOST_LANES
                    ? [this.strip(name, troubled, scale)]
                    : troubled.map((lane) => this.row(lane, beside.get(lane.id), other !== undefined, scale))),
            ];
        });
        this.element.replaceChildren(...rows);
        this.element.querySelector('.lane-group')?.append(legend(playback, other));
    }

    private row(lane: Lane, beside: Lane | undefined, compared: boolean, scale: TimeScale): HTMLElement {
        const row = html('div', compared ? 'lane compared' : 'lane');
        const label = html('button', 'lane-label', visible(lane.label));
        label.title = `${lane.label}: show in the text`;
        label.addEventListener('click', () => this.actions.reveal(lane.source));
        const bars = html('div', 'bars');
        bars.append(...this.bars(lane.troubles, scale, ''));
        if (compared) {
            bars.append(...this.bars(beside?.troubles ?? [], scale, 'other'));
        }
        row.append(label, bars);
        return row;
    }

    private bars(troubles: readonly Trouble[], scale: TimeScale, classes: string): HTMLElement[] {
        const shown = troubles.filter(
            ({ fromMs, toMs }) => fromMs <= scale.toMs && (toMs ?? scale.toMs) >= scale.fromMs,
        );
        return shown.map((trouble) => {
            const { operation, form, fromMs, toMs, lengthMs, workload } = trouble;
            const end = toMs ?? scale.toMs;
            const length = toMs === null ? 'not over' : span(lengthMs ?? toMs - fromMs);
            const what = `${operation === 'read' ? 'Reads' : 'Writes'} ${form === 'dark' ? 'fail' : 'fail in part'}`;
            const who = workload === undefined ? UNASKED[operation] : `seen by ${workload}`;
            const bar = html('button', `bar ${operation} ${form} ${classes}`);
            const next = troubles.find((other) => other.operation === operation && other.fromMs > fromMs);
            const stands = this.lengthAt(length, { fromMs, toMs: end }, next?.fromMs, scale);
            if (stands !== undefined) {
                bar.append(html('span', `bar-length ${stands}`, length));
            }
            bar.title = `${what} from ${exactly(fromMs)}, ${lengthMs === undefined ? length : `${length} between two answers`}, ${who}`;
            bar.setAttribute('aria-label', bar.title);
            place(bar, scale, fromMs, end);
            bar.addEventListener('click', () => this.actions.seek(fromMs));
            return bar;
        });
    }

    /** Behind the bar if there is room, else in it; undefined: there is none, and the bar's own words have to do. */
    private lengthAt(
        length: string,
        { fromMs, toMs }: TimeScale,
        nextMs: number | undefined,
        scale: TimeScale,
    ): 'behind' | 'within' | undefined {
        const needed = length.length * LETTER + BESIDE;
        const at = (atMs: number): number => Math.min(1, Math.max(0, shareOf(scale, atMs))) * this.#width;
        const room = nextMs === undefined || nextMs > scale.toMs ? this.#width + BEHIND : at(nextMs);
        if (room - at(toMs) > needed) {
            return 'behind';
        }
        return at(toMs) - at(fromMs) > needed ? 'within' : undefined;
    }

    private strip(name: string, lanes: readonly Lane[], scale: TimeScale): HTMLElement {
        const row = html('div', 'lane strip');
        const label = html('span', 'lane-label', `${lanes.length} shards`);
        const bars = html('div', 'bars');
        bars.append(
            ...densityOf(lanes, scale).map(({ fromMs, toMs, share, count }) => {
                const bar = html('button', 'bar density', `${count}`);
                bar.title = `${count} of ${lanes.length} shards of ${name} fail from ${clock(fromMs)} to ${clock(toMs)}`;
                bar.setAttribute('aria-label', bar.title);
                place(bar, scale, fromMs, toMs);
                bar.style.setProperty('--share', String(share));
                bar.addEventListener('click', () => this.actions.seek(fromMs));
                return bar;
            }),
        );
        row.append(label, bars);
        return row;
    }
}

/** Who asks where the file names nobody. */
const UNASKED: Readonly<Record<Trouble['operation'], string>> = {
    read: 'seen by the probe, which reads all the time because no workload of the file does',
    write: 'seen by the probe, which writes all the time because no workload of the file does',
};

/** Which bar of a lane is which. */
function legend(playback: Playback, other: Playback | undefined): HTMLElement {
    const key = html('span', 'lane-key');
    const compared = other === undefined ? [] : namesOf(playback, other);
    const inPart = [playback, other].some((each) =>
        each?.lanes.some(({ troubles }) => troubles.some(({ form }) => form === 'degraded')),
    );
    const entries = [
        ['write', 'writes'],
        ['read', 'reads'],
        ...(inPart ? [['in-part', 'in part']] : []),
        ...compared.map((name, at) => [at === 0 ? 'own' : 'other', name]),
    ];
    for (const [kind = '', words = ''] of entries) {
        const entry = html('span', 'key-entry');
        entry.append(html('span', `swatch ${kind}`), words);
        key.append(entry);
    }
    if (playback.events.some(({ kind }) => kind === 'promotion')) {
        key.append(html('span', 'key-entry new-leader', '▲ new leader'));
    }
    return key;
}

/** What reaches beyond the shown time is cut at its edges. */
function place(bar: HTMLElement, scale: TimeScale, fromMs: number, toMs: number): void {
    bar.style.setProperty('--from', String(Math.max(0, shareOf(scale, fromMs))));
    bar.style.setProperty('--to', String(Math.min(1, shareOf(scale, toMs))));
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
