import type { CstNode } from 'langium';

/** Another text for a part of a document. */
export interface Patch {
    readonly offset: number;
    readonly end: number;
    readonly text: string;
}

/** The text of a statement with some of its parts replaced. Offsets count from the beginning of the document. */
export function patchedText({ text, offset: start }: CstNode, patches: readonly Patch[]): string {
    return patches
        .toSorted((left, right) => right.offset - left.offset)
        .reduce(
            (result, patch) => result.slice(0, patch.offset - start) + patch.text + result.slice(patch.end - start),
            text,
        );
}
