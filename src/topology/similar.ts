/** The candidate that a mistyped word most likely meant: at most a third of its letters differ. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
    const limit = Math.max(1, Math.floor(Math.min(word.length, 40) / 3));
    let best: string | undefined;
    let bestDistance = limit + 1;
    for (const candidate of candidates) {
        if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance) continue;
        const distance = editDistance(word, candidate, bestDistance);
        if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
    }
    return best;
}

/** Insertions, deletions, replacements and swaps of neighbours; `limit` if there are at least as many. */
function editDistance(from: string, to: string, limit: number): number {
    let beforePrevious: number[] = [];
    let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let row = 1; row <= from.length; row++) {
        const current = [row];
        for (let column = 1; column <= to.length; column++) {
            const same = from[row - 1] === to[column - 1];
            let cost = Math.min(
                (previous[column] ?? 0) + 1,
                (current[column - 1] ?? 0) + 1,
                (previous[column - 1] ?? 0) + (same ? 0 : 1),
            );
            if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
                cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
            }
            current.push(cost);
        }
        if (Math.min(...current) >= limit) return limit;
        [beforePrevious, previous] = [previous, current];
    }
    return previous[to.length] ?? limit;
}
