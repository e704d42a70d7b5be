/** Says politely what has changed while a run plays: not more often than anybody could listen to. */
import { clock, conditionWords, momentAt, visible, type Moment, type Playback } from '../../diagram/index.js';
import { counted } from '../../topology/index.js';

const PAUSE_MS = 2_500;
/** More changes at once are counted. */
const MOST_NAMED = 3;

export class Announcer {
    #told: Moment | undefined;
    #due = 0;
    #latest: { readonly playback: Playback; readonly moment: Moment } | undefined;

    constructor(private readonly say: (words: string) => void) {}

    /** Undefined: no run is shown. */
    show(playback: Playback | undefined, moment: Moment | undefined): void {
        if (playback === undefined || moment === undefined) {
            window.clearTimeout(this.#due);
            this.#due = 0;
            this.#told = undefined;
            this.#latest = undefined;
            return;
        }
        this.#latest = { playback, moment };
        this.#told ??= momentAt(playback, 0);
        if (this.#due === 0) {
            this.#due = window.setTimeout(() => this.tell(), PAUSE_MS);
        }
    }

    private tell(): void {
        this.#due = 0;
        if (this.#latest === undefined || this.#told === undefined) {
            return;
        }
        const { playback, moment } = this.#latest;
        const changes = changesBetween(this.#told, moment, playback);
        this.#told = moment;
        if (changes.length > 0) {
            const named = changes.slice(0, MOST_NAMED).join('; ');
            const more = changes.length - MOST_NAMED;
            this.say(`${clock(moment.atMs)}: ${named}${more > 0 ? `; ${counted(more, 'more change')}` : ''}.`);
        }
    }
}

function changesBetween(before: Moment, after: Moment, playback: Playback): readonly string[] {
    const name = (id: string): string => visible(id.slice(id.lastIndexOf('.') + 1));
    const lanes = new Map(playback.lanes.map(({ id, label }) => [id, label]));
    const troubled = [...after.troubles.keys()].filter((id) => !before.troubles.has(id));
    const mended = [...before.troubles.keys()].filter((id) => !after.troubles.has(id));
    const nodes = [...new Set([...before.nodes.keys(), ...after.nodes.keys()])].filter(
        (id) => conditionWords(before.nodes.get(id)) !== conditionWords(after.nodes.get(id)),
    );
    return [
        ...troubled.map((id) => `${visible(lanes.get(id) ?? name(id))} fails`),
        ...mended.map((id) => `${visible(lanes.get(id) ?? name(id))} is served again`),
        ...nodes.map((id) => `${name(id)} ${conditionWords(after.nodes.get(id))}`),
        ...[...after.leaders].flatMap(([lane, node]) =>
            node === before.leaders.get(lane) || node === null
                ? []
                : [`${name(node)} leads ${visible(lanes.get(lane) ?? name(lane))}`],
        ),
    ];
}
