/** Reads the value of a setting as its type wants it. */
import { assertNever, parseDuration, parseQuantity, type Setting, type SettingValue } from '../topology/index.js';
import type { SettingDefault, SettingSpec, SettingType } from './engine.js';

export type SettingReading =
    | { readonly fits: true; readonly value: SettingDefault }
    /** `problem`: a sentence that says what is expected instead. */
    | { readonly fits: false; readonly problem: string };

/** What is wrong with the value of a setting, as a sentence; undefined if it fits its type. */
export function settingProblem(spec: SettingSpec, setting: Setting): string | undefined {
    const reading = readSetting(spec, setting);
    return reading.fits ? undefined : reading.problem;
}

/** The value in the unit that simulation and proof work in: durations in milliseconds, sizes in bytes. */
export function readSetting(spec: SettingSpec, setting: Setting): SettingReading {
    const [written, ...more] = setting.values;
    const value = written && withoutQuotes(written);
    if (value === undefined) {
        return misfit(spec, 'it has no value');
    }
    if (spec.type.kind === 'text') {
        return { fits: true, value: setting.values.map((one) => one.text).join(' ') };
    }
    return more.length > 0 ? misfit(spec, 'it has several values') : readValue(spec, spec.type, value);
}

function readValue(
    spec: SettingSpec,
    type: Exclude<SettingType, { kind: 'text' }>,
    value: SettingValue,
): SettingReading {
    switch (type.kind) {
        case 'duration':
            return readDuration(spec, type, value);
        case 'number':
            return readNumber(spec, type, value);
        case 'size':
            return readSize(spec, type.suffixes, value);
        case 'boolean': {
            const text = value.text.toLowerCase();
            const known = text === type.yes.toLowerCase() || text === type.no.toLowerCase();
            return known
                ? { fits: true, value: text === type.yes.toLowerCase() }
                : misfit(spec, `'${value.text}' is neither`);
        }
        case 'enum':
            return type.values.includes(value.text)
                ? { fits: true, value: value.text }
                : misfit(spec, `'${value.text}' is none of them`);
        default:
            return assertNever(type);
    }
}

/** A figure in quotes, as YAML and JSON have it, is a figure. */
function withoutQuotes(value: SettingValue): SettingValue {
    const quantity = value.kind === 'string' ? parseQuantity(value.text) : undefined;
    return quantity === undefined ? value : { kind: 'number', ...quantity, text: value.text };
}

function readDuration(
    spec: SettingSpec,
    { unit, noLimit, refusesBare }: Extract<SettingType, { kind: 'duration' }>,
    value: SettingValue,
): SettingReading {
    if (value.text === noLimit) {
        return { fits: true, value: Infinity };
    }
    if (value.kind !== 'number') {
        return misfit(spec, `'${value.text}' is no number`);
    }
    const isRefused = refusesBare === 'any' || (refusesBare === 'but-zero' && value.value > 0);
    if (value.unit === '' && isRefused) {
        return misfit(spec, `'${value.text}' has no unit`);
    }
    const duration = parseDuration(`${String(value.value)}${value.unit === '' ? unit : value.unit}`);
    return duration === undefined ? misfit(spec, `'${value.text}' is none`) : { fits: true, value: duration };
}

function readNumber(
    spec: SettingSpec,
    type: SettingType & { readonly kind: 'number' },
    value: SettingValue,
): SettingReading {
    if (value.kind !== 'number') {
        return misfit(spec, `'${value.text}' is no number`);
    }
    if (value.unit !== '') {
        return misfit(spec, `'${value.text}' has the unit '${value.unit}'`);
    }
    const fits = value.value >= (type.minimum ?? -Infinity) && value.value <= (type.maximum ?? Infinity);
    if (!fits) {
        return misfit(spec, `${value.text} lies outside`);
    }
    const isFractional = type.fractions === true || !Number.isInteger(spec.default ?? 0);
    const isWhole = Number.isInteger(value.value) || isFractional;
    return isWhole ? { fits: true, value: value.value } : misfit(spec, `${value.text} is no whole number`);
}

function readSize(spec: SettingSpec, suffixes: Readonly<Record<string, number>>, value: SettingValue): SettingReading {
    if (value.kind !== 'number') {
        return misfit(spec, `'${value.text}' is no number`);
    }
    const suffix = value.unit.toLowerCase();
    const bytes = suffix === '' ? 1 : Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
    return bytes === undefined || value.value < 0
        ? misfit(spec, `'${value.text}' is none`)
        : { fits: true, value: value.value * bytes };
}

function misfit(spec: SettingSpec, found: string): SettingReading {
    return { fits: false, problem: `'${spec.key}' takes ${expected(spec.type)}, but ${found}.` };
}

function expected(type: SettingType): string {
    switch (type.kind) {
        case 'duration':
            return type.refusesBare === undefined
                ? `a duration such as 15s (a bare number counts ${type.unit === 'ms' ? 'milliseconds' : 'seconds'}${type.noLimit === undefined ? '' : `; ${type.noLimit} means no limit`})`
                : 'a duration with its unit such as 15s';
        case 'size':
            return `a size in bytes, with one of ${Object.keys(type.suffixes).join(', ')} or without`;
        case 'number':
            return `a number${range(type.minimum, type.maximum)}`;
        case 'boolean':
            return `${type.yes} or ${type.no}`;
        case 'enum':
            return `one of ${type.values.join(', ')}`;
        case 'text':
            return 'a text';
        default:
            return assertNever(type);
    }
}

function range(minimum: number | undefined, maximum: number | undefined): string {
    if (minimum !== undefined && maximum !== undefined) {
        return ` from ${String(minimum)} to ${String(maximum)}`;
    }
    if (minimum !== undefined) {
        return ` of at least ${String(minimum)}`;
    }
    return maximum === undefined ? '' : ` of at most ${String(maximum)}`;
}
