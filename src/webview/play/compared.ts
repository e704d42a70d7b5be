import type { Playback } from '../../diagram/index.js';

/** What tells two runs apart that are shown beside each other: their seeds, or the texts that they are of. */
export function namesOf(playback: Playback, other: Playback): readonly [own: string, other: string] {
    return other.seed === playback.seed
        ? ['the text as it was run', 'the text when it was compared']
        : [`seed ${playback.seed}`, `seed ${other.seed}`];
}
