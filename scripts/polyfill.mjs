/** Node 20 lacks `Object.groupBy`, which the parser library calls. Preload: `node --import ./scripts/polyfill.mjs`. */
if (!('groupBy' in Object)) Object.assign(Object, { groupBy });

/**
 * The function as ECMAScript 2024 has it; a package of the same costs 20 kB.
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T, index: number) => PropertyKey} keyOf
 * @returns {Partial<Record<PropertyKey, T[]>>}
 */
function groupBy(items, keyOf) {
    /** @type {Partial<Record<PropertyKey, T[]>>} */
    const groups = Object.create(null);
    let index = 0;
    for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
    return groups;
}
