/** What comes out of a webview is checked before it is believed. */
import type { FromWebview, Position, SourceRange } from '../../../protocol/index.js';

const LONGEST_MESSAGE = 2000;

/** Undefined for anything that is not one of the protocol's messages. */
export function readFromWebview(message: unknown): FromWebview | undefined {
    if (!isRecord(message)) return undefined;
    switch (message.type) {
        case 'ready':
            return { type: 'ready' };
        case 'reveal':
            return isSourceRange(message.source) ? { type: 'reveal', source: message.source } : undefined;
        case 'layout-failed':
            return typeof message.message === 'string'
                ? { type: 'layout-failed', message: message.message.slice(0, LONGEST_MESSAGE) }
                : undefined;
        default:
            return undefined;
    }
}

/** What the webview keeps over a reload of the window. */
export interface PreviewState {
    readonly uri: string;
}

export const readPreviewState = (saved: unknown): PreviewState | undefined =>
    isRecord(saved) && typeof saved.uri === 'string' ? { uri: saved.uri } : undefined;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isSourceRange = (value: unknown): value is SourceRange =>
    isRecord(value) && typeof value.uri === 'string' && isPosition(value.start) && isPosition(value.end);

const isPosition = (value: unknown): value is Position =>
    isRecord(value) && isCount(value.line) && isCount(value.character);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
