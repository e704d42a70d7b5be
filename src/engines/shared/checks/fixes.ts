/** Ways out of findings that several systems share, called alike everywhere. */
import { counted, type Fix, type SourceRange } from '../../../topology/index.js';

type FixOf<Kind extends Fix['kind']> = Extract<Fix, { readonly kind: Kind }>;

/**
 * Gives a group this number of `replicas`, as its system counts them, or, as text, a number for each place:
 * `us-east-1 3, eu-west-1 3`.
 */
export function useReplicas(declaration: SourceRange, replicas: number | string): FixOf<'set-property'> {
    const title = typeof replicas === 'number' ? counted(replicas, 'replica') : `replicas ${replicas}`;
    return useProperty(declaration, 'replicas', String(replicas), `Use ${title}`);
}

/** Writes `keyword value` in the block of a declaration: `Write ttl 5s`, unless a title says it better. */
export function useProperty(
    declaration: SourceRange,
    keyword: string,
    value: string,
    title = `Write ${keyword} ${value}`,
): FixOf<'set-property'> {
    return { kind: 'set-property', title, declaration, keyword, value };
}

/** Writes `key = value` in the settings of a declaration: `Set acks = all`, unless a title says it better. */
export function useSetting(
    declaration: SourceRange,
    key: string,
    value: string,
    title = `Set ${key} = ${value}`,
): FixOf<'set-setting'> {
    return { kind: 'set-setting', title, declaration, key, value };
}

/** Makes the range of names that declares all of these longer or shorter; nothing where several statements do. */
export function resizeTo(declarations: readonly SourceRange[], count: number, title: string): readonly Fix[] {
    const [first, ...others] = declarations;
    return first === undefined || others.some((other) => other !== first)
        ? []
        : [{ kind: 'resize-range', title, declaration: first, by: count - declarations.length }];
}
