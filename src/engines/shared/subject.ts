import { listed } from '../../topology/index.js';

/** The subject of a sentence and its verb: `s-1 has`, `s-1, s-2 and s-3 have`; beyond three the rest is counted. */
export function subject(named: readonly { readonly name: string }[], one: string, many: string): string {
    const names = listed(
        named.map(({ name }) => name),
        { limit: 3 },
    );
    return `${names} ${named.length === 1 ? one : many}`;
}
