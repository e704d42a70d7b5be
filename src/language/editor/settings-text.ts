import {
    settingDefault,
    settingPlaces,
    type Engine,
    type SettingDefault,
    type SettingSpec,
} from '../../engines/index.js';
import { assertNever } from '../../topology/index.js';
import { sourceMarkdown } from '../explain/markdown.js';
import { code } from './markdown.js';

const UNITS: readonly (readonly [string, number])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
];

/** A duration as a file would write it: `15s`, `250ms`, `10m`. */
function durationText(milliseconds: number): string {
    const [unit, factor] = UNITS.find(([, size]) => milliseconds >= size && milliseconds % size === 0) ?? ['ms', 1];
    return `${String(milliseconds / factor)}${unit}`;
}

/** A size as a file would write it, with the largest suffix that leaves a whole number. */
function sizeText(bytes: number, suffixes: Readonly<Record<string, number>>): string {
    const fitting = Object.entries(suffixes).filter(([, size]) => bytes >= size && bytes % size === 0);
    const [suffix, size] = fitting.sort(([, one], [, other]) => other - one)[0] ?? ['', 1];
    return `${String(bytes / size)}${suffix}`;
}

/** The default of a version as a file would write it; undefined where there is none. */
export function defaultText(spec: SettingSpec, version: string): string | undefined {
    const value = settingDefault(spec, version);
    return value === undefined ? undefined : valueText(spec, value);
}

/** A value as a file would write it, with its unit. */
export function valueText({ type }: SettingSpec, value: SettingDefault): string {
    if (typeof value === 'boolean') return type.kind === 'boolean' ? (value ? type.yes : type.no) : String(value);
    if (type.kind === 'duration' && typeof value === 'number') {
        return value === Infinity ? (type.noLimit ?? 'no limit') : durationText(value);
    }
    if (type.kind === 'size' && typeof value === 'number') return sizeText(value, type.suffixes);
    return String(value);
}

/** The same with what it is in milliseconds where that is another number. */
function explained(spec: SettingSpec, value: SettingDefault): string {
    const text = valueText(spec, value);
    if (text === '') return 'empty';
    const isDuration = spec.type.kind === 'duration' && typeof value === 'number' && !text.endsWith('ms');
    return isDuration ? `${code(text)} (${String(value)} ms)` : code(text);
}

export function typeText({ type }: SettingSpec): string {
    switch (type.kind) {
        case 'duration':
            return type.refusesBare === undefined
                ? `duration; a bare number counts ${type.unit === 'ms' ? 'milliseconds' : 'seconds'}`
                : 'duration with its unit';
        case 'size':
            return `size in bytes, or with ${Object.keys(type.suffixes).join(', ')}`;
        case 'number':
            return `number${bounds(type.minimum, type.maximum)}`;
        case 'boolean':
            return `${type.yes} or ${type.no}`;
        case 'enum':
            return type.values.join(' | ');
        case 'text':
            return 'text';
        default:
            return assertNever(type);
    }
}

function bounds(minimum: number | undefined, maximum: number | undefined): string {
    if (minimum !== undefined && maximum !== undefined) return ` from ${String(minimum)} to ${String(maximum)}`;
    if (minimum !== undefined) return ` from ${String(minimum)}`;
    return maximum === undefined ? '' : ` up to ${String(maximum)}`;
}

/** Markdown for hover and completion. `facts` say what it is here. */
export function settingMarkdown(
    spec: SettingSpec,
    engine: Pick<Engine, 'title'>,
    version: string,
    facts: readonly string[] = [],
): string {
    const value = settingDefault(spec, version);
    return [
        `**${spec.key}** · ${engine.title}`,
        ...facts,
        spec.documentation,
        `Default${ofVersion(spec, version)}: ${value === undefined ? 'none' : explained(spec, value)} · ${typeText(spec)} · set ${settingPlaces(spec.scope)}`,
        ...(spec.since === undefined ? [] : [originText(spec.since)]),
        `Source: ${sourceMarkdown(spec.source)}`,
        ...(spec.modelled ? [] : ['*Has no effect on simulation and proof.*']),
    ].join('\n\n');
}

function originText({ version, formerly, source }: NonNullable<SettingSpec['since']>): string {
    const before = formerly === undefined ? '' : `, before that ${code(formerly)}`;
    return `From version ${version} on${before} (${sourceMarkdown(source)})`;
}

/** Only a default that has changed is one of a version. */
function ofVersion({ defaultsSince }: SettingSpec, version: string): string {
    return defaultsSince === undefined || defaultsSince.length === 0 || version === '' ? '' : ` of ${version}`;
}

export function engineMarkdown(engine: Engine): string {
    const versions = engine.versions.length > 0 ? `\n\nVersions: ${engine.versions.join(', ')}` : '';
    const title = engine.documentation.startsWith(`**${engine.title}`) ? '' : `**${engine.title}**\n\n`;
    return `${title}${engine.documentation}${versions}`;
}
