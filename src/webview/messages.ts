/** What comes into the webview is checked before it is believed. */
import type { Drawing } from '../diagram/index.js';
import type { ToWebview } from '../protocol/index.js';

/** Undefined for anything that is not one of the protocol's messages. */
export function readToWebview(message: unknown): ToWebview | undefined {
    if (!isRecord(message)) {
        return undefined;
    }
    switch (message['type']) {
        case 'drawing': {
            const { drawing, title } = message;
            return isDrawing(drawing) && isText(title) ? { type: 'drawing', drawing, title } : undefined;
        }
        case 'problem': {
            const { message: words } = message;
            return isText(words) ? { type: 'problem', message: words } : undefined;
        }
        case 'select': {
            const { id } = message;
            return isText(id) || id === null ? { type: 'select', id } : undefined;
        }
        default:
            return undefined;
    }
}

type Check = (value: unknown) => boolean;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Check = (value) => typeof value === 'boolean';
const isOptionalText: Check = (value) => value === undefined || isText(value);

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(check: Check): Check {
    return (value) => Array.isArray(value) && value.every(check);
}

function oneOf(...words: readonly string[]): Check {
    return (value) => isText(value) && words.includes(value);
}

function record(fields: Readonly<Record<string, Check>>): Check {
    const checks = Object.entries(fields);
    return (value) => isRecord(value) && checks.every(([key, check]) => check(value[key]));
}

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
    version: isOptionalText,
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
});
const drawing = record({
    title: isText,
    regions: listOf(region),
    placeless: listOf(node),
    clusters: listOf(cluster),
    clients: listOf(client),
    links: listOf(link),
});

function isDrawing(value: unknown): value is Drawing {
    return drawing(value);
}
