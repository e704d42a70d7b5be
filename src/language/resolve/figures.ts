import {
    figure,
    parseCount,
    parseDuration,
    parseRate,
    parseShare,
    type Fix,
    type SourceRange,
} from '../../topology/index.js';
import { inOurUnits } from '../names/units.js';
import { replacements, type Report } from './report.js';

/** Highest rate of requests, per second. */
const MAXIMUM_RATE = 1_000_000;

/** Reads figures with the unit that their place demands; a wrong one is reported and gives undefined. */
export class Figures {
    constructor(private readonly report: Report) {}

    /** Milliseconds. */
    duration(text: string | undefined, at: SourceRange): number | undefined {
        return this.read(parseDuration, text, at, 'a duration', '250ms, 15s, 10m, 4h or 180d');
    }

    /** Per second: more than none, and no more than can be worked with. */
    rate(text: string | undefined, at: SourceRange): number | undefined {
        const value = this.read(parseRate, text, at, 'a rate', '200/s');
        if (value === undefined || (value > 0 && value <= MAXIMUM_RATE)) return value;
        this.report.error(
            'language/out-of-bounds',
            at,
            value > 0
                ? `${figure(value)} requests a second are more than can be worked with; the most is ${figure(MAXIMUM_RATE)}.`
                : 'A rate of nothing means that no request is ever sent.',
            value > 0
                ? 'Write the rate of one part of the load, and split the rest.'
                : 'Write a rate such as 200/s, or leave the line out.',
        );
        return undefined;
    }

    /** Between 0 and 1. */
    share(text: string | undefined, at: SourceRange): number | undefined {
        return this.read(parseShare, text, at, 'a share', '99.95%');
    }

    /** A whole number that is not less than `minimum`. */
    count(text: string | undefined, at: SourceRange, minimum = 0): number | undefined {
        const value = this.read(parseCount, text, at, 'a whole number without a unit', String(Math.max(minimum, 1)));
        if (value === undefined || value >= minimum) return value;
        this.report.error(
            'language/out-of-bounds',
            at,
            `${String(value)} is too small here: the least that makes sense is ${String(minimum)}.`,
            `Write ${String(minimum)} or more.`,
        );
        return undefined;
    }

    private read(
        parse: (text: string) => number | undefined,
        text: string | undefined,
        at: SourceRange,
        what: string,
        example: string,
    ): number | undefined {
        if (text === undefined) return undefined;
        const value = parse(text);
        if (value !== undefined) return value;
        if (isTooLarge(text, parse)) {
            this.report.error(
                'language/out-of-bounds',
                at,
                `'${text.slice(0, 40)}' is too large for ${what}, so nothing can be worked out with it.`,
                `Write ${what} such as ${example}.`,
            );
        } else {
            this.report.error(
                'language/unit',
                at,
                `'${text.slice(0, 40)}' is not ${what}, and this place needs one.`,
                `Write ${what} such as ${example}.`,
                undefined,
                meantFigures(text, parse, at),
            );
        }
        return undefined;
    }
}

/** Whether a smaller figure with the same unit would do. */
function isTooLarge(text: string, parse: (text: string) => number | undefined): boolean {
    const [, digits = '', exponent, unit = ''] = /^(\d+)(?:\.\d+)?(e\d+)?(.*)$/.exec(text) ?? [];
    if (digits === '' || parse(`1${unit}`) === undefined) return false;
    return exponent === undefined
        ? parse(text.replace(digits, '1')) !== undefined
        : Number(digits + exponent) > Number.MAX_SAFE_INTEGER;
}

const UNITS = ['s', 'ms', 'm', '/s', '%'];

/** What a figure without a unit, or with one of another language, may mean. Between several units only the author can tell. */
function meantFigures(text: string, parse: (text: string) => number | undefined, at: SourceRange): readonly Fix[] {
    const written = /^\d+(\.\d+)?$/.test(text) ? UNITS.map((unit) => text + unit) : [inOurUnits(text)];
    const fixes = written
        .filter((each) => each !== undefined && parse(each) !== undefined)
        .flatMap((each) => replacements(at, each));
    return fixes.length > 1 ? fixes.map((fix) => ({ ...fix, open: true })) : fixes;
}
