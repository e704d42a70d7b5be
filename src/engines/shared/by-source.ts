import type { SourceRange } from '../../topology/index.js';

/** Elements that one statement declares, such as the members of a range, together: they are one finding. */
export function bySource<Element extends { readonly source: SourceRange }>(
    elements: readonly Element[],
): readonly (readonly [Element, ...Element[]])[] {
    const groups = new Map<SourceRange, [Element, ...Element[]]>();
    for (const element of elements) {
        const group = groups.get(element.source);
        if (group === undefined) {
            groups.set(element.source, [element]);
        } else {
            group.push(element);
        }
    }
    return [...groups.values()];
}
