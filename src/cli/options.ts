import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../topology/index.js';
import { DRAWING_FORMATS, THEMES } from './rooms.js';

const FORMATS = ['pretty', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** More runs than this hold more results than a report can use. */
const MAXIMUM_RUNS = 10_000;
/** Leaves room for the seeds of all further runs. */
const MAXIMUM_SEED = Number.MAX_SAFE_INTEGER - MAXIMUM_RUNS;

export function formatOption(): Option {
    return new Option('--format <format>', 'how to print the report').choices(FORMATS).default('pretty');
}

export function themeOption(): Option {
    return new Option('--theme <theme>', 'colours of the drawing').choices(THEMES).default('light');
}

export function fontOption(): Option {
    return new Option('--font <name>', "font of a picture's words, where it is installed").argParser((text) => {
        if (!/^[\p{L}\p{N}][\p{L}\p{N} _.-]*$/u.test(text)) {
            throw new InvalidArgumentError('Give the name of one font, such as Inter or "IBM Plex Sans".');
        }
        return text;
    });
}

export function drawingFormatOption(): Option {
    const option = new Option('--format <format>', 'what to draw; without it what --output ends in, or svg');
    return option.choices(DRAWING_FORMATS);
}

export function seedOption(): Option {
    const option = new Option('--seed <number>', 'seed of the (first) run; without it the one that the scenario names');
    return option.argParser((text) => wholeNumber(text, 0, MAXIMUM_SEED));
}

export function runsOption(): Option {
    const option = new Option('--runs <number>', 'how many runs, each with the next seed').default(1);
    return option.argParser((text) => wholeNumber(text, 1, MAXIMUM_RUNS));
}

export function minimiseOption(): Option {
    return new Option('--minimise', 'of a scenario that fails, print the least that fails in the same way');
}

/** In milliseconds. */
export function timeoutOption(): Option {
    const option = new Option('--timeout <duration>', 'time for each objective, such as 60s').default(60_000, '60s');
    return option.argParser((text) => duration(text, 1));
}

/** In milliseconds. */
export function instantOption(): Option {
    const option = new Option(
        '--at <duration>',
        'draw the states at this instant of a run of --scenario, such as 42s (svg and png)',
    );
    return option.argParser((text) => duration(text, 0));
}

function duration(text: string, minimumMs: number): number {
    const ms = parseDuration(text);
    if (ms === undefined || ms < minimumMs) {
        throw new InvalidArgumentError('Give a duration with its unit, such as 60s or 5m.');
    }
    return ms;
}

function wholeNumber(text: string, minimum: number, maximum: number): number {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
        throw new InvalidArgumentError(`Give a whole number from ${minimum} to ${maximum}.`);
    }
    return value;
}
