/** Pieces of which the checks of messages are made. */

export type Check = (value: unknown) => boolean;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isFlag: Check = (value) => typeof value === 'boolean';

export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(check: Check): Check {
    return (value) => Array.isArray(value) && value.every(check);
}

export function oneOf(...words: readonly string[]): Check {
    return (value) => isText(value) && words.includes(value);
}

export function record(fields: Readonly<Record<string, Check>>): Check {
    const checks = Object.entries(fields);
    return (value) => isRecord(value) && checks.every(([key, check]) => check(value[key]));
}

/** Missing, or as the check says. */
export function optional(check: Check): Check {
    return (value) => value === undefined || check(value);
}

/** null, or as the check says. */
export function nullable(check: Check): Check {
    return (value) => value === null || check(value);
}
