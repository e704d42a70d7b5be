/** Names and figures of every kind, well-formed and hostile. */
import { engines } from '../../../src/engines/index.js';

/** Few, so that references often meet a declaration. */
export const NAMES = [
    'r',
    'a',
    'b',
    'c',
    'n',
    'web',
    'orders',
    's-1',
    'payments',
    'w',
    '"x y"',
    'zone',
    'cluster',
    'order',
];

export const HOSTILE_NAMES = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '"<script>alert(1)</script>"',
    '"\u001b[2J\u001b[31m"',
    '"\\"',
    '"../../etc/passwd"',
    '"%00"',
    '""',
    '"🦊"',
    'a'.repeat(300),
];

export const RANGES = ['n-[1..3]', 'n-[01..12]', 'n-[3..1]', 'n-[1..99999999999]', 'n-[', 'n-[1..2]-x', 'n-[1.5..2]'];

export const FIGURES = [
    '0',
    '1',
    '3',
    '12',
    '250ms',
    '15s',
    '10m',
    '200/s',
    '99.95%',
    '10GB',
    '-1',
    '1e9',
    '99999999999999999999',
    '3y',
    '1.5x',
];

export const TEXTS = [
    '"7.2"',
    '"kafka.cluster"',
    '"main.cluster"',
    '"redis/even-primaries"',
    '"2027-03-31"',
    '"',
    '"\\n"',
    '"a b"',
];

export const DOTTED = ['10.0.0.10', '1.2.3.4.5', '8.0.33'];

/** What the engines bring to the language. */
export const ENGINE_WORDS = engines.flatMap((engine) => [
    engine.name,
    ...engine.roles.map(({ name }) => name),
    ...engine.groupWords.flatMap(({ word, placedWord, countWord }) => [word, placedWord, countWord ?? word]),
    ...engine.settings.slice(0, 10).map(({ key }) => key),
]);
