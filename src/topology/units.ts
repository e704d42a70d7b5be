/** Figures with a unit as a file writes them: `15s`, `200/s`, `99.95%`, `10GB`. */

export interface Quantity {
    readonly value: number;
    /** Empty for a bare number. */
    readonly unit: string;
}

const QUANTITY = /^(-?\d+(?:\.\d+)?)([A-Za-z][A-Za-z0-9]*(?:\/[A-Za-z]+)?|%|\/[A-Za-z]+)?$/;

const MILLISECONDS: Readonly<Record<string, number>> = {
    ms: 1,
    s: 1_000,
    m: 60_000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
    w: 604_800_000,
    y: 31_536_000_000,
};

const PER_SECOND: Readonly<Record<string, number>> = { '/s': 1, '/min': 1 / 60, '/h': 1 / 3600 };

const BYTES: Readonly<Record<string, number>> = {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40,
};

/** Number and unit, or undefined for what is no figure. */
export function parseQuantity(text: string): Quantity | undefined {
    const match = QUANTITY.exec(text);
    return match ? { value: Number(match[1]), unit: match[2] ?? '' } : undefined;
}

/** Milliseconds, or undefined when the text is no duration. A figure without a unit is none. */
export function parseDuration(text: string): number | undefined {
    return scaled(text, MILLISECONDS);
}

/** Requests per second, or undefined when the text is no rate. */
export function parseRate(text: string): number | undefined {
    return scaled(text, PER_SECOND);
}

/** A share between 0 and 1 from a percentage, or undefined when the text is none between 0% and 100%. */
export function parseShare(text: string): number | undefined {
    const quantity = parseQuantity(text);
    if (quantity?.unit !== '%' || quantity.value < 0 || quantity.value > 100) return undefined;
    return quantity.value / 100;
}

/** Bytes, or undefined when the text is no size. */
export function parseSize(text: string): number | undefined {
    return scaled(text, BYTES);
}

/** A whole number without a unit, or undefined. */
export function parseCount(text: string): number | undefined {
    const quantity = parseQuantity(text);
    return quantity?.unit === '' && Number.isSafeInteger(quantity.value) ? quantity.value : undefined;
}

function scaled(text: string, factors: Readonly<Record<string, number>>): number | undefined {
    const quantity = parseQuantity(text);
    if (!quantity || quantity.value < 0 || !Object.hasOwn(factors, quantity.unit)) return undefined;
    const result = quantity.value * (factors[quantity.unit] ?? 0);
    return Number.isFinite(result) && result <= Number.MAX_SAFE_INTEGER ? result : undefined;
}
