/** The instants between which a reader steps. */
import type { Playback } from '../../diagram/index.js';

/**
 * Every instant at which something happens: all that is listed, marked on the ruler or drawn in a lane, and all that changes
 * the drawing. In order, each once.
 */
export function changesOf({ events, lanes, nodes, leaders, untilMs }: Playback): readonly number[] {
    const times = [
        ...events.map(({ atMs }) => atMs),
        ...lanes.flatMap(({ troubles }) => troubles.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? fromMs])),
        ...[...nodes, ...leaders].flatMap(({ changes }) => changes.map(({ atMs }) => atMs)),
    ];
    return [...new Set(times)].filter((atMs) => atMs >= 0 && atMs <= untilMs).sort((one, other) => one - other);
}
