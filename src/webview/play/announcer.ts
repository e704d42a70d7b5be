/** Says politely what has changed while a run plays: not more often than anybody could listen to. */
import { conditionWords, momentAt, visible, type Moment, type Playback, type Trouble } from '../../diagram/index.js';
import { counted, groupedBy, listed } from '../../topology/index.js';
import { exactly } from './clock.js';

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

    /** Says at once what happens at an instant that the reader went to, and what has changed. */
    tellArrival(): void {
        window.clearTimeout(this.#due);
        const { playback, moment } = this.#latest ?? {};
        const here = playback?.events.filter(({ atMs }) => atMs === moment?.atMs) ?? [];
        this.tell(here.map(({ text }) => visible(text)));
    }

    private tell(happening?: readonly string[]): void {
        this.#due = 0;
        if (this.#latest === undefined || this.#told === undefined) {
            return;
        }
        const { playback, moment } = this.#latest;
        const changes = [...(happening ?? []), ...changesBetween(this.#told, moment, playback)];
        this.#told = moment;
        if (changes.length > 0 || happening !== undefined) {
            const named = changes.slice(0, MOST_NAMED).join('; ');
            const more = changes.length - MOST_NAMED;
            const words = more > 0 ? `${named}; ${counted(more, 'more change')}` : named;
            this.say(`${exactly(moment.atMs)}${words === '' ? '' : `: ${words}`}.`);
        }
    }
}

function changesBetween(before: Moment, after: Moment, playback: Playback): readonly string[] {
    const name = (id: string): string => visible(id.slice(id.lastIndexOf('.') + 1));
    const lanes = new Map(playback.lanes.map(({ id, label }) => [id, label]));
    const nodes = [...new Set([...before.nodes.keys(), ...after.nodes.keys()])].filter(
        (id) => conditionWords(before.nodes.get(id)) !== conditionWords(after.nodes.get(id)),
    );
    return [
        ...[...new Set([...before.troubles.keys(), ...after.troubles.keys()])].flatMap((id) =>
            serviceChanges(before.troubles.get(id) ?? [], after.troubles.get(id) ?? []).map(
                ({ operations, now }) => `${operations} of ${visible(lanes.get(id) ?? name(id))} ${now}`,
            ),
        ),
        ...nodes.map((id) => `${name(id)} ${conditionWords(after.nodes.get(id))}`),
        ...[...after.leaders].flatMap(([lane, node]) =>
            node === before.leaders.get(lane) || node === null
                ? []
                : [`${name(node)} leads ${visible(lanes.get(lane) ?? name(lane))}`],
        ),
    ];
}

/** What clients meet now and did not before, the same of reads and writes in one. */
function serviceChanges(
    before: readonly Trouble[],
    after: readonly Trouble[],
): readonly { readonly operations: string; readonly now: string }[] {
    const changed = (['read', 'write'] as const).filter(
        (operation) => serviceOf(before, operation) !== serviceOf(after, operation),
    );
    return [...groupedBy(changed, (operation) => serviceOf(after, operation))].map(([now, operations]) => ({
        operations: listed(operations.map((operation) => `${operation}s`)),
        now,
    }));
}

function serviceOf(troubles: readonly Trouble[], operation: Trouble['operation']): string {
    const forms = troubles.filter((trouble) => trouble.operation === operation).map(({ form }) => form);
    return forms.includes('dark') ? 'fail' : forms.length > 0 ? 'fail in part' : 'succeed again';
}
