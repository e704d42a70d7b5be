import type * as ast from '../../generated/ast.js';
import { isRange, parseRange, rangeNames, rangeSize } from '../../names/ranges.js';
import { MAXIMUM_COPIES } from '../../resolve/state.js';

/** Names that a declaration makes. A range that is longer than what is worked with makes none, and neither does half a one. */
export function declaredNames(declaration: ast.Nodes | ast.ShardGroup): Iterable<string> {
    const { name } = declaration as Partial<ast.Nodes | ast.ShardGroup>;
    if (name === undefined) return [];
    if (!isRange(declaration)) return [name];
    const range = parseRange(name);
    return range && rangeSize(range) <= MAXIMUM_COPIES ? rangeNames(range) : [];
}
