/** Units as people write them elsewhere, and what this language calls them. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
    ms: ['msec', 'msecs', 'millis', 'millisecond', 'milliseconds'],
    s: ['sec', 'secs', 'second', 'seconds'],
    m: ['min', 'mins', 'minute', 'minutes'],
    h: ['hr', 'hrs', 'hour', 'hours'],
    d: ['day', 'days'],
    w: ['week', 'weeks'],
    y: ['year', 'years'],
    '/s': ['rps', 'qps', 'tps', '/sec', '/second'],
    '/min': ['rpm', 'qpm', '/m', '/minute'],
    '/h': ['/hour'],
    '%': ['percent', 'pct'],
};

const KNOWN = new Map(
    Object.entries(SPELLINGS).flatMap(([unit, words]) =>
        [unit, ...words].map((word): [string, string] => [word, unit]),
    ),
);

const THOUSANDS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6 };

/** The unit that a word stands for, if it is one: `s` for `seconds`, `/s` for `rps`. */
export function unitOf(word: string): string | undefined {
    return KNOWN.get(word) ?? KNOWN.get(word.toLowerCase());
}

/** The same figure with a unit of this language: `5/s` for `5/sec`, `10000/s` for `10k/s`. */
export function inOurUnits(text: string): string | undefined {
    const [, digits = '', letter = '', word = ''] =
        /^(\d+(?:\.\d+)?)([kM](?=\/))?([A-Za-z]+|\/[A-Za-z]+)$/.exec(text) ?? [];
    const unit = unitOf(word);
    if (unit === undefined) return undefined;
    const value = Number(digits) * (THOUSANDS[letter] ?? 1);
    return letter === '' ? digits + unit : Number.isInteger(value) ? String(value) + unit : undefined;
}
