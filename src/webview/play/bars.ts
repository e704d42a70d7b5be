/** When a shard could not be read or written: a bar for each time, with its length beside it where there is room. */
import type { Lane, Trouble } from '../../diagram/index.js';
import { html } from '../dom.js';
import { exactly, span } from './clock.js';
import { placed } from './placed.js';
import { shareOf, type TimeScale } from './time-scale.js';

/** Pixels that a letter of a length takes, with what stands around it; and the room behind the end of the track. */
const LETTER = 5.5;
const BESIDE = 12;
const BEHIND = 40;

/** What bars are drawn on: the shown time, and how many pixels wide it is. */
export interface Track {
    readonly scale: TimeScale;
    readonly width: number;
}

export function barsOf(
    { id, troubles }: Pick<Lane, 'id' | 'troubles'>,
    track: Track,
    classes: string,
    go: (atMs: number) => void,
): HTMLElement[] {
    const { scale } = track;
    const shown = troubles.filter(({ fromMs, toMs }) => fromMs <= scale.toMs && (toMs ?? scale.toMs) >= scale.fromMs);
    return shown.map((trouble) => {
        const { operation, form, fromMs, toMs, lengthMs, workload } = trouble;
        const length = toMs === null ? 'not over' : span(lengthMs ?? toMs - fromMs);
        const what = `${operation === 'read' ? 'Reads' : 'Writes'} ${form === 'dark' ? 'fail' : 'fail in part'}`;
        const who = workload === undefined ? UNASKED[operation] : `seen by ${workload}`;
        const bar = html('button', `bar ${operation} ${form} ${classes}`);
        const next = troubles.find((other) => other.operation === operation && other.fromMs > fromMs);
        const stands = lengthAt(length, { fromMs, toMs: toMs ?? scale.toMs }, next?.fromMs, track);
        if (stands !== undefined) {
            bar.append(html('span', `bar-length ${stands}`, length));
        }
        bar.title = `${what} from ${exactly(fromMs)}, ${lengthMs === undefined ? length : `${length} between two answers`}, ${who}`;
        bar.setAttribute('aria-label', bar.title);
        bar.dataset['key'] = `${id} ${classes} ${operation} ${fromMs}`;
        placed(bar, scale, fromMs, toMs ?? Infinity);
        bar.addEventListener('click', () => go(fromMs));
        return bar;
    });
}

/** Behind the bar if there is room, else in it; undefined: there is none, and the bar's own words have to do. */
function lengthAt(
    length: string,
    { fromMs, toMs }: TimeScale,
    nextMs: number | undefined,
    { scale, width }: Track,
): 'behind' | 'within' | undefined {
    const needed = length.length * LETTER + BESIDE;
    const at = (atMs: number): number => Math.min(1, Math.max(0, shareOf(scale, atMs))) * width;
    const room = nextMs === undefined || nextMs > scale.toMs ? width + BEHIND : at(nextMs);
    if (room - at(toMs) > needed) {
        return 'behind';
    }
    return at(toMs) - at(fromMs) > needed ? 'within' : undefined;
}

/** Who asks where the file names nobody. */
const UNASKED: Readonly<Record<Trouble['operation'], string>> = {
    read: 'seen by the probe, which reads all the time because no workload of the file does',
    write: 'seen by the probe, which writes all the time because no workload of the file does',
};
