/** The candidate that was most likely meant by `word`, or undefined if none is near. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
    const limit = Math.max(1, Math.floor(Math.min(word.length, MAXIMUM_LENGTH) / 3));
    let best: { readonly candidate: string; readonly distance: number } | undefined;
    for (const candidate of candidates) {
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
        if (distance <= limit && (best === undefined || distance < best.distance)) {
            best = { candidate, distance };
        }
    }
    return best?.candidate;
}

/** Nobody mistypes one name for another of this length, and comparing them costs the product of their lengths. */
const MAXIMUM_LENGTH = 100;

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost 1. */
function editDistance(a: string, b: string): number {
    if (a.length > MAXIMUM_LENGTH || b.length > MAXIMUM_LENGTH) {
        return a === b ? 0 : Infinity;
    }
    let beforePrevious: number[] = [];
    let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const current = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            current.push(
                Math.min(
                    (previous[j] ?? 0) + 1,
                    (current[j - 1] ?? 0) + 1,
                    substitution,
                    swapped ? (beforePrevious[j - 2] ?? 0) + 1 : Infinity,
                ),
            );
        }
        beforePrevious = previous;
        previous = current;
    }
    return previous[b.length] ?? 0;
}
