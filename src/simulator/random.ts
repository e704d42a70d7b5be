/** A reproducible stream of random numbers. */
export interface RandomStream {
    /** A whole number from 0 up to, not including, `bound`. `bound` is at most 2^32. */
    below(bound: number): number;
    /** A whole number of milliseconds from `minimum` to `maximum`, both included. */
    between(minimum: number, maximum: number): number;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** 32-bit FNV-1a of the text's UTF-16 code units, continued from `hash`. */
export function hashText(text: string, hash = FNV_OFFSET): number {
    for (let i = 0; i < text.length; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
    }
    return hash >>> 0;
}

/**
 * The stream that belongs to one seed, component and purpose. Streams with different names are independent, so adding a
 * component leaves the histories of all others as they were.
 *
 * Generator: sfc32 (Chris Doty-Humphrey's Small Fast Counter), integer arithmetic alone, so that every engine draws the same.
 */
export function randomStream(seed: number, component: string, purpose: string): RandomStream {
    const name = `${component}\u0000${purpose}`;
    let a = hashText(name);
    let b = hashText(name, 0x9e3779b9);
    let c = (seed ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x85ebca6b)) >>> 0;
    let counter = 1;
    const next = (): number => {
        const t = (((a + b) | 0) + counter) | 0;
        counter = (counter + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (c << 21) | (c >>> 11);
        c = (c + t) | 0;
        return t >>> 0;
    };
    for (let i = 0; i < 15; i++) {
        next();
    }
    // Multiplying 32 bits by a bound of at most 2^32 stays below 2^64; a double keeps the upper 53 bits, and they decide.
    const below = (bound: number): number => Math.floor((next() * bound) / 0x1_0000_0000);
    return {
        below,
        between: (minimum, maximum) => minimum + below(maximum - minimum + 1),
    };
}

/** The longest gap that {@link exponential} draws, in means: ln 2^32, rounded up. A longer one comes once in 2^32 draws. */
export const LONGEST_GAP = 22.2;

/**
 * A number whose distribution is exponential with the mean 1: -ln(u), u = 1/2^32 … 1. Only additions, multiplications and
 * divisions, which every engine rounds alike, as it need not do with Math.log.
 */
export function exponential(random: RandomStream): number {
    const draw = random.below(0x1_0000_0000) + 1;
    const exponent = draw === 0x1_0000_0000 ? 32 : 31 - Math.clz32(draw);
    // draw = mantissa · 2^exponent with 1 ≤ mantissa < 2, and ln(mantissa) = 2 · artanh(x).
    const mantissa = draw / 2 ** exponent;
    const x = (mantissa - 1) / (mantissa + 1);
    let power = x;
    let artanh = 0;
    for (let odd = 1; odd <= 35; odd += 2) {
        artanh += power / odd;
        power *= x * x;
    }
    return (32 - exponent) * LN2 - 2 * artanh;
}

const LN2 = 0.6931471805599453;
