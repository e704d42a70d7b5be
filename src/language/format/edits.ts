/** Replaces what stands between two offsets. */
export interface Edit {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** The smallest edit that replaces one stretch of a text; none if nothing changes. */
export function smallestEdit(text: string, start: number, end: number, wanted: string): Edit[] {
    const written = text.slice(start, end);
    if (written === wanted) return [];
    const most = Math.min(written.length, wanted.length);
    let head = 0;
    while (head < most && written[head] === wanted[head]) head++;
    // A line break of two characters is changed as a whole.
    if (head > 0 && written[head - 1] === '\r') head--;
    let tail = 0;
    while (tail < most - head && written[written.length - 1 - tail] === wanted[wanted.length - 1 - tail]) tail++;
    if (tail > 0 && written[written.length - tail] === '\n' && tail < most) tail--;
    return [{ start: start + head, end: end - tail, text: wanted.slice(head, wanted.length - tail) }];
}

/** @param edits in order, none of which overlap */
export function applyEdits(text: string, edits: readonly Edit[]): string {
    const parts: string[] = [];
    let done = 0;
    for (const { start, end, text: replacement } of edits) {
        parts.push(text.slice(done, start), replacement);
        done = end;
    }
    return parts.join('') + text.slice(done);
}
