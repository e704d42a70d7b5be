/** Small files that show a finding and its remedy. */
import type { CodeSpec } from '../../engine.js';
import { AWARENESS } from '../awareness.js';
import { codeOf, type Page, type SearchProduct } from '../product.js';

/** What differs from a sound cluster. */
export interface FileParts {
    readonly region?: string;
    /** Lines that declare the nodes which vote. */
    readonly managers?: string;
    /** Lines that declare the nodes which hold data. */
    readonly data?: string;
    readonly index?: string;
    readonly settings?: readonly string[];
    /** What stands behind the cluster. */
    readonly behind?: string;
}

/** The lines of a sound cluster. */
export function soundManagers({ managerRoles: [role] }: SearchProduct): string {
    return `nodes m-[1..3] across zones as ${role}`;
}

/** A sound cluster of six nodes in three zones, but for these parts. */
export function pageFile(product: SearchProduct, parts: FileParts = {}): string {
    const settings = parts.settings ?? [`${AWARENESS} = zone`];
    const lines = [
        parts.managers ?? soundManagers(product),
        parts.data ?? 'nodes d-[1..3] across zones as data',
        parts.index ?? 'index products { shards 3  replicas 1 }',
        ...(settings.length === 0 ? [] : ['settings {', ...settings.map((setting) => `    ${setting}`), '}']),
    ].flatMap((line) => line.split('\n'));
    return [
        `region r { ${parts.region ?? 'zone a  zone b  zone c'} }`,
        '',
        `cluster catalogue: ${product.engine} in r {`,
        ...lines.map((line) => `    ${line}`),
        '}',
        ...(parts.behind === undefined ? [] : ['', parts.behind]),
        '',
    ].join('\n');
}

export function toCodes(product: SearchProduct, pages: readonly Page[]): readonly CodeSpec[] {
    return pages.map(({ name, ...page }) => ({ code: codeOf(product, name), ...page }));
}
