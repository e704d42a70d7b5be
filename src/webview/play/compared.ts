import type { Playback } from '../../diagram/index.js';

/** What tells two runs apart that are shown beside each other: their seeds, or the texts that they are of. */
export function namesOf(playback: Playback, other: Playback): readonly [own: string, other: string] {
    return other.seed === playback.seed
        ? ['the text as it was run', 'the text when it was compared']
        : [`seed ${playback.seed}`, `seed ${other.seed}`];
}

/** What came of the other run, in as many words as it takes to tell it from the own one. */
export function comparedWith(playback: Playback, other: Playback): string {
    if (other.traceHash === playback.traceHash) {
        return 'no difference; it went the same way.';
    }
    return other.summary === playback.summary ? 'the same outcome, by another way.' : other.summary;
}
