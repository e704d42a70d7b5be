/** Who takes a node for suspected, failed or fenced: what observers believe, beside what is true. */
import type { BeliefChange, NodeHistory, NodeState, Playback } from './playback.js';

export interface Doubt {
    /** Id of the drawn node or cluster that holds it. */
    readonly by: string;
    readonly holds: Exclude<BeliefChange['holds'], 'alive'>;
    readonly sinceMs: number;
}

type Doubts = ReadonlyMap<string, readonly Doubt[]>;

/** What was found last, for each run: doubts change at few instants, and many between two of them are shown. */
const found = new WeakMap<Playback, { readonly from: number; readonly to: number; readonly doubts: Doubts }>();

/** By id of the drawn node that is doubted. */
export function doubtsAt(playback: Playback, atMs: number): Doubts {
    const last = found.get(playback);
    if (last !== undefined && last.from <= atMs && atMs < last.to) {
        return last.doubts;
    }
    const times = [...playback.beliefs, ...playback.nodes.flatMap(({ changes }) => changes)].map((each) => each.atMs);
    const from = times.reduce((latest, time) => (time <= atMs && time > latest ? time : latest), 0);
    const to = times.reduce((next, time) => (time > atMs && time < next ? time : next), Number.POSITIVE_INFINITY);
    const doubts = readDoubts(playback, atMs);
    found.set(playback, { from, to, doubts });
    return doubts;
}

function readDoubts({ beliefs, nodes }: Playback, atMs: number): Doubts {
    const histories = new Map(nodes.map((history) => [history.id, history.changes]));
    const doubts = new Map<string, Map<string, Doubt>>();
    for (const { by, about, holds, atMs: sinceMs } of beliefs) {
        if (sinceMs > atMs) {
            break;
        }
        for (const id of about) {
            const held = doubts.get(id) ?? new Map<string, Doubt>();
            doubts.set(id, held);
            held.delete(by);
            // A process that has ended since then, or ended and begun again, believes nothing of it any more.
            if (holds !== 'alive' && !endedWithin(histories.get(by), sinceMs, atMs)) {
                held.set(by, { by, holds, sinceMs });
            }
        }
    }
    return new Map([...doubts].flatMap(([id, held]) => (held.size === 0 ? [] : [[id, [...held.values()]] as const])));
}

function endedWithin(changes: NodeHistory['changes'] | undefined, fromMs: number, toMs: number): boolean {
    return changes?.some(({ atMs, state }) => fromMs <= atMs && atMs <= toMs && isDown(state)) === true;
}

/** Nodes that run again after they were down and are still held for failed, suspected or fenced. */
export function recoveringAt(
    { beliefs, nodes }: Playback,
    atMs: number,
    doubts: Doubts,
): ReadonlyMap<string, number | undefined> {
    return new Map(
        nodes.flatMap(({ id, changes }) => {
            const at = changes.findLastIndex((change) => change.atMs <= atMs);
            const began = changes
                .slice(0, at + 1)
                .findLastIndex(({ state }, index) => !isDown(state) && down(index - 1));
            const sinceMs = changes[began]?.atMs;
            const held = doubts.get(id)?.filter((doubt) => doubt.sinceMs <= (sinceMs ?? -1)) ?? [];
            const up = sinceMs !== undefined && changes.slice(began, at + 1).every(({ state }) => !isDown(state));
            if (!up || held.length === 0) {
                return [];
            }
            const ends = held.map(({ by }) => trustedAgain(beliefs, by, id, atMs));
            const endMs = ends.every((end) => end !== undefined) ? Math.max(...ends) : undefined;
            return [[id, endMs === undefined ? undefined : (atMs - sinceMs) / Math.max(1, endMs - sinceMs)] as const];

            function down(index: number): boolean {
                const before = changes[index];
                return before !== undefined && isDown(before.state);
            }
        }),
    );
}

function trustedAgain(beliefs: readonly BeliefChange[], by: string, id: string, afterMs: number): number | undefined {
    return beliefs.find(
        (belief) => belief.atMs > afterMs && belief.by === by && belief.holds === 'alive' && belief.about.includes(id),
    )?.atMs;
}

export function isDown(state: NodeState): boolean {
    return state === 'crashed' || state === 'stopped' || state === 'off';
}
