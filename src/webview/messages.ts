/** What comes into the webview is checked before it is believed. */
import { THEME_NAMES } from '../diagram/index.js';
import type { PreviewCommand, ToWebview } from '../protocol/index.js';
import { isCount, isFlag, isRecord, isText, listOf, nullable, oneOf, optional, record, type Check } from './checks.js';
import { playback } from './play/playback-check.js';

const position = record({ line: isCount, character: isCount });
const drawn = {
    id: isText,
    label: isText,
    source: record({ uri: isText, start: position, end: position }),
    facts: listOf(isText),
};
const copy = record({ ...drawn, shard: isText, role: oneOf('leader', 'replica') });
const node = record({ ...drawn, clusters: listOf(isText), roles: listOf(isText), copies: listOf(copy) });
const zone = record({ ...drawn, nodes: listOf(node) });
const region = record({ ...drawn, zones: listOf(zone), nodes: listOf(node) });
const address = record({ ...drawn, kind: oneOf('vip', 'load-balancer', 'dns', 'discovery') });
const cluster = record({
    ...drawn,
    engine: isText,
    version: optional(isText),
    tone: isCount,
    addresses: listOf(address),
    regions: listOf(isText),
});
const client = record({ ...drawn, demands: listOf(isText) });
const link = record({
    ...drawn,
    kind: oneOf('replication', 'dependency', 'traffic'),
    from: isText,
    to: isText,
    count: isCount,
    asynchronous: isFlag,
    through: optional(listOf(isText)),
    standby: optional(isFlag),
});
const drawing = record({
    title: isText,
    regions: listOf(region),
    placeless: listOf(node),
    clusters: listOf(cluster),
    clients: listOf(client),
    links: listOf(link),
});

const drawingPatch = record({
    title: optional(isText),
    regions: optional(listPatch(record(drawn))),
    zones: listOf(listPatch(record(drawn), { of: isText })),
    nodes: listOf(listPatch(node, { of: nullable(isText) })),
    clusters: optional(listPatch(cluster)),
    clients: optional(listPatch(client)),
    links: optional(listPatch(link)),
});

function listPatch(element: Check, more: Readonly<Record<string, Check>> = {}): Check {
    return record({ order: optional(listOf(isText)), put: listOf(element), ...more });
}

const COMMANDS: Readonly<Record<PreviewCommand, true>> = {
    fit: true,
    search: true,
    'close-playback': true,
};

/** What each message has beside its type. */
const MESSAGES: Readonly<Record<ToWebview['type'], Check>> = {
    drawing: record({ drawing, version: isCount }),
    patch: record({ base: isCount, version: isCount, patch: drawingPatch }),
    problem: record({ message: isText }),
    lag: record({ message: nullable(isText) }),
    select: record({ id: nullable(isText) }),
    scenarios: record({ names: listOf(isText) }),
    playing: record({ title: isText }),
    playback: record({ playback, beside: isFlag, atMs: optional(isCount) }),
    'not-played': record({ message: isText }),
    outdated: record({ outdated: isFlag, beside: isFlag }),
    saved: record({ name: isText, source: record({ uri: isText, start: position, end: position }) }),
    command: record({ command: oneOf(...Object.keys(COMMANDS)) }),
    'make-picture': record({
        format: oneOf('svg', 'png'),
        look: record({ theme: optional(oneOf(...THEME_NAMES)), font: optional(isText) }),
    }),
};

/** Undefined for anything that is not one of the protocol's messages. */
export function readToWebview(message: unknown): ToWebview | undefined {
    return isToWebview(message) ? message : undefined;
}

function isToWebview(message: unknown): message is ToWebview {
    if (!isRecord(message) || !isText(message['type'])) {
        return false;
    }
    const check = Object.entries(MESSAGES).find(([type]) => type === message['type'])?.[1];
    return check?.(message) === true;
}
