/**
 * A smallest part of a list that still does what the whole list does: leaving out any one thing of it would not.
 *
 * Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE Transactions on Software Engineering
 * 28(2), 2002, algorithm ddmin, https://doi.org/10.1109/32.988498
 *
 * @param does whether a part does it; the whole list is taken to
 */
export async function ddmin<Thing>(
    all: readonly Thing[],
    does: (part: readonly Thing[]) => Promise<boolean>,
): Promise<readonly Thing[]> {
    let left = all;
    for (let pieces = 2; left.length > 0;) {
        const chunks = split(left, Math.min(pieces, left.length));
        const smaller = await smallerThat(left, chunks, does);
        if (smaller !== undefined) {
            pieces = smaller.length < left.length / 2 ? 2 : Math.max(2, chunks.length - 1);
            left = smaller;
        } else if (chunks.length >= left.length) {
            return left;
        } else {
            pieces = 2 * chunks.length;
        }
    }
    return left;
}

/** One chunk alone, or all but one. */
async function smallerThat<Thing>(
    left: readonly Thing[],
    chunks: readonly (readonly Thing[])[],
    does: (part: readonly Thing[]) => Promise<boolean>,
): Promise<readonly Thing[] | undefined> {
    for (const chunk of chunks.length > 1 ? chunks : []) {
        if (await does(chunk)) {
            return chunk;
        }
    }
    // Of two chunks all but one is the other, which was tried.
    for (const chunk of chunks.length === 2 ? [] : chunks) {
        const others = left.filter((thing) => !chunk.includes(thing));
        if (await does(others)) {
            return others;
        }
    }
    return undefined;
}

function split<Thing>(list: readonly Thing[], pieces: number): readonly (readonly Thing[])[] {
    return Array.from({ length: pieces }, (_, index) =>
        list.slice(Math.floor((index * list.length) / pieces), Math.floor(((index + 1) * list.length) / pieces)),
    );
}
