/** What comes out of a webview is checked before it is believed. */
import type {
    FromWebview,
    LiveAction,
    LiveStart,
    LiveStep,
    LiveWish,
    PictureFormat,
    Position,
    SourceRange,
} from '../../../protocol/index.js';

const LONGEST_MESSAGE = 2000;
const LONGEST_NAME = 1000;
/** Nobody clicks more together; a longer list is an accident. */
const MOST_STEPS = 1000;

const ACTIONS: Readonly<Record<LiveAction, true>> = {
    fail: true,
    crash: true,
    stop: true,
    freeze: true,
    isolate: true,
    wipe: true,
    drain: true,
    slow: true,
    cut: true,
    restart: true,
    unfreeze: true,
    restore: true,
    heal: true,
};

type Fields = Record<string, unknown>;

const READERS: Readonly<Record<FromWebview['type'], (fields: Fields) => FromWebview | undefined>> = {
    ready: () => ({ type: 'ready' }),
    reveal: ({ source }) => (isSourceRange(source) ? { type: 'reveal', source } : undefined),
    break: (fields) =>
        isLive(fields) && typeof fields.beside === 'boolean'
            ? { type: 'break', beside: fields.beside, ...liveOf(fields) }
            : undefined,
    play: (fields) =>
        isName(fields.scenario) && isRun(fields)
            ? { type: 'play', scenario: fields.scenario, ...runOf(fields) }
            : undefined,
    cancel: () => ({ type: 'cancel' }),
    'save-scenario': (fields) => (isLive(fields) ? { type: 'save-scenario', ...liveOf(fields) } : undefined),
    'want-picture': ({ format }) => (isFormat(format) ? { type: 'want-picture', format } : undefined),
    export: ({ format, data }) =>
        isFormat(format) && typeof data === 'string' ? { type: 'export', format, data } : undefined,
    'layout-failed': ({ message }) =>
        typeof message === 'string' ? { type: 'layout-failed', message: message.slice(0, LONGEST_MESSAGE) } : undefined,
};

/** Undefined for anything that is not one of the protocol's messages. */
export function readFromWebview(message: unknown): FromWebview | undefined {
    if (!isRecord(message) || !isKind(message.type)) return undefined;
    return READERS[message.type](message);
}

const isKind = (value: unknown): value is FromWebview['type'] =>
    typeof value === 'string' && Object.hasOwn(READERS, value);

/** What the webview keeps over a reload of the window. */
export interface PreviewState {
    readonly uri: string;
}

export const readPreviewState = (saved: unknown): PreviewState | undefined =>
    isRecord(saved) && typeof saved.uri === 'string' ? { uri: saved.uri } : undefined;

const isFormat = (value: unknown): value is PictureFormat => value === 'svg' || value === 'png';

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isSourceRange = (value: unknown): value is SourceRange =>
    isRecord(value) && typeof value.uri === 'string' && isPosition(value.start) && isPosition(value.end);

const isPosition = (value: unknown): value is Position =>
    isRecord(value) && isCount(value.line) && isCount(value.character);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

interface Seeded {
    readonly seed?: number;
}

const isSeed = (value: unknown): value is number | undefined => value === undefined || isCount(value);

const seedOf = (seed: number | undefined): Seeded => (seed === undefined ? {} : { seed });

interface RunWishes extends Seeded {
    readonly beside: boolean;
}

const isRun = (value: Fields): value is Fields & RunWishes => typeof value.beside === 'boolean' && isSeed(value.seed);

const runOf = ({ beside, seed }: RunWishes): RunWishes => ({ beside, ...seedOf(seed) });

const isLive = (value: Fields): value is Fields & LiveWish =>
    isSteps(value.steps) && isSeed(value.seed) && (value.after === undefined || isStart(value.after));

const liveOf = ({ steps, after, seed }: LiveWish): LiveWish => ({
    steps,
    ...(after && { after: { scenario: after.scenario, untilMs: after.untilMs } }),
    ...seedOf(seed),
});

const isStart = (value: unknown): value is LiveStart =>
    isRecord(value) && isName(value.scenario) && isCount(value.untilMs);

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_NAME;

const isSteps = (value: unknown): value is LiveStep[] =>
    Array.isArray(value) && value.length <= MOST_STEPS && value.every(isStep);

const isStep = (value: unknown): value is LiveStep =>
    isRecord(value) &&
    isCount(value.atMs) &&
    typeof value.action === 'string' &&
    Object.hasOwn(ACTIONS, value.action) &&
    (value.element === null || isName(value.element));
