import { closest, assertNever, type CountOrShare } from '../../topology/index.js';
import { isNodes, isShardGroup, type Property } from '../generated/ast.js';
import type { Figures } from './figures.js';
import { meant, removal, replacements, type Report } from './report.js';
import { sourceOf, sourceOfProperty } from './source.js';

/** What a property's value must be. */
export type PropertyKind =
    | { readonly kind: 'duration' }
    | { readonly kind: 'rate' }
    | { readonly kind: 'count'; readonly minimum: number }
    /** `2` or `25%`. */
    | { readonly kind: 'count-or-share' }
    | { readonly kind: 'yes-no' }
    | { readonly kind: 'choice'; readonly values: readonly string[] }
    | { readonly kind: 'text' };

export type PropertyTable = Readonly<Record<string, PropertyKind>>;

export const DURATION: PropertyKind = { kind: 'duration' };
export const COUNT_OR_SHARE: PropertyKind = { kind: 'count-or-share' };
export const RATE: PropertyKind = { kind: 'rate' };
export const YES_NO: PropertyKind = { kind: 'yes-no' };
export const TEXT: PropertyKind = { kind: 'text' };
export const BY_WHOM: PropertyKind = { kind: 'choice', values: ['automatically', 'manually'] };

export function countFrom(minimum: number): PropertyKind {
    return { kind: 'count', minimum };
}

type PropertyValue = number | boolean | string | CountOrShare;

/** The properties of one block, by their keys. */
export class PropertyValues {
    private readonly values = new Map<string, PropertyValue>();

    set(key: string, value: PropertyValue): void {
        this.values.set(key, value);
    }

    number(key: string): number | undefined {
        const value = this.values.get(key);
        return typeof value === 'number' ? value : undefined;
    }

    boolean(key: string): boolean | undefined {
        const value = this.values.get(key);
        return typeof value === 'boolean' ? value : undefined;
    }

    text(key: string): string | undefined {
        const value = this.values.get(key);
        return typeof value === 'string' ? value : undefined;
    }

    countOrShare(key: string): CountOrShare | undefined {
        const value = this.values.get(key);
        return typeof value === 'object' ? value : undefined;
    }

    byWhom(key: string): 'automatically' | 'manually' | undefined {
        const value = this.values.get(key);
        return value === 'automatically' || value === 'manually' ? value : undefined;
    }
}

/** Reads the properties of a block; what the table does not know, says twice or cannot be is reported. */
export function readProperties(
    properties: readonly Property[],
    table: PropertyTable,
    place: string,
    report: Report,
    figures: Figures,
): PropertyValues {
    const values = new PropertyValues();
    const seen = new Map<string, Property>();
    for (const property of properties) {
        const kind = Object.hasOwn(table, property.key) ? table[property.key] : undefined;
        if (!kind && isPasted(property)) continue;
        if (!kind) {
            reportUnknown(property, table, place, report);
            continue;
        }
        const first = seen.get(property.key);
        if (first) {
            report.error(
                'language/duplicate',
                sourceOfProperty(property, 'key'),
                `'${property.key}' is said twice in ${place.charAt(0).toLowerCase()}${place.slice(1)}, so it is not clear which one counts.`,
                'Remove one of them.',
                [{ source: sourceOf(first), message: 'It is said here first.' }],
                removal(sourceOf(property)),
            );
            continue;
        }
        seen.set(property.key, property);
        const value = readValue(property, kind, report, figures);
        if (value !== undefined) values.set(property.key, value);
    }
    return values;
}

/** A key of the real system in a block that has settings; there is a finding of its own for it. */
function isPasted({ separator, $container }: Property): boolean {
    return separator !== undefined && (isNodes($container) || isShardGroup($container));
}

function reportUnknown(property: Property, table: PropertyTable, place: string, report: Report): void {
    if (beginsStatement(property)) {
        report.error(
            'language/unknown-property',
            sourceOfProperty(property, 'key'),
            `'${property.key}' begins a statement of its own and is no property, so a } is probably missing in front of it.`,
            'Close the block that is open here, or move the statement out of it.',
        );
        return;
    }
    const similar = closest(property.key, Object.keys(table));
    const known = Object.keys(table).join(', ');
    report.error(
        'language/unknown-property',
        sourceOfProperty(property, 'key'),
        `${place} has no property '${property.key}', so nothing would come of it.`,
        similar ? meant(similar) : known ? `Known here: ${known}.` : 'Remove it.',
        undefined,
        [...replacements(sourceOfProperty(property, 'key'), similar), ...removal(sourceOf(property), 'Remove it')],
    );
}

/** Words that begin a declaration or a statement and may name something, too. The others are no properties for the parser. */
const STATEMENTS = new Set(
    'import region cluster failover-policy endpoint replicate workload objective scenario'.split(' '),
);

function beginsStatement({ key, $container }: Property): boolean {
    return STATEMENTS.has(key) || (isShardGroup($container) && key === $container.word);
}

function readValue(
    property: Property,
    kind: PropertyKind,
    report: Report,
    figures: Figures,
): PropertyValue | undefined {
    // A half-typed property has no value yet; the parser says so.
    const text = (property.value as Property['value'] | undefined)?.value;
    if (text === undefined) return undefined;
    const at = sourceOfProperty(property, 'value');
    switch (kind.kind) {
        case 'duration':
            return figures.duration(text, at);
        case 'rate':
            return figures.rate(text, at);
        case 'count':
            return figures.count(text, at, kind.minimum);
        case 'count-or-share': {
            const isShare = text.endsWith('%');
            const amount = isShare ? figures.share(text, at) : figures.count(text, at);
            return amount === undefined ? undefined : { kind: isShare ? 'share' : 'count', value: amount };
        }
        case 'text':
            return text;
        case 'yes-no':
            return choose(property, text, ['yes', 'no'], report) === undefined ? undefined : text === 'yes';
        case 'choice':
            return choose(property, text, kind.values, report);
        default:
            return assertNever(kind);
    }
}

function choose(property: Property, text: string, values: readonly string[], report: Report): string | undefined {
    if (values.includes(text)) return text;
    const similar = closest(text, values);
    report.error(
        'language/value',
        sourceOfProperty(property, 'value'),
        `'${property.key}' is ${values.join(' or ')}, not '${text.slice(0, 40)}'.`,
        similar ? meant(similar) : `Write one of ${values.join(', ')}.`,
        undefined,
        (similar === undefined ? values : [similar]).flatMap((value) =>
            replacements(sourceOfProperty(property, 'value'), value),
        ),
    );
    return undefined;
}
