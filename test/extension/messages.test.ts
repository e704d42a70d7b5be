import { describe, expect, it } from 'vitest';
import { readFromWebview } from '../../src/extension/features/preview/messages.js';

const STEP = { atMs: 30_000, action: 'fail', element: 'zone:us-east-1.a' };
const POSITION = { line: 1, character: 2 };

const UNDERSTOOD: readonly { readonly type: string; readonly [field: string]: unknown }[] = [
    { type: 'ready' },
    { type: 'reveal', source: { uri: 'file:///a.cluster', start: POSITION, end: POSITION } },
    { type: 'break', steps: [STEP, { atMs: 40_000, action: 'heal', element: null }], beside: false },
    { type: 'break', steps: [STEP], seed: 7, beside: true },
    { type: 'break', steps: [STEP], after: { scenario: 'lose-zone', untilMs: 42_000 }, seed: 7, beside: false },
    { type: 'play', scenario: 'lose-zone', beside: false },
    { type: 'cancel' },
    { type: 'save-scenario', steps: [STEP] },
    { type: 'save-scenario', steps: [STEP], seed: 2 },
    { type: 'want-picture', format: 'svg' },
    { type: 'export', format: 'png', data: 'aGVsbG8=' },
    { type: 'layout-failed', message: 'It took too long.' },
];

const REFUSED: readonly unknown[] = [
    undefined,
    'ready',
    { type: 'toString' },
    { type: 'reveal', source: { uri: 'file:///a.cluster', start: { line: -1, character: 0 }, end: POSITION } },
    { type: 'break', steps: [STEP] },
    { type: 'break', steps: [{ ...STEP, atMs: -1 }], beside: false },
    { type: 'break', steps: [{ ...STEP, action: 'constructor' }], beside: false },
    { type: 'break', steps: [{ ...STEP, element: 7 }], beside: false },
    { type: 'break', steps: Array(1001).fill(STEP), beside: false },
    { type: 'play', scenario: 'x'.repeat(1001), beside: false },
    { type: 'play', scenario: 'lose-zone', seed: 0.5, beside: false },
    { type: 'save-scenario', steps: 'all' },
    { type: 'save-scenario', steps: [STEP], after: { scenario: 'lose-zone' } },
    { type: 'want-picture', format: 'gif' },
    { type: 'export', format: 'gif', data: '' },
    { type: 'layout-failed' },
];

describe('what the page says', () => {
    it.each(UNDERSTOOD)('is understood: $type', (message) => {
        expect(readFromWebview(message)).toEqual(message);
    });

    it('is stripped of what the protocol does not know', () => {
        expect(readFromWebview({ type: 'cancel', more: 1 })).toEqual({ type: 'cancel' });
    });

    it.each(REFUSED.map((message) => [JSON.stringify({ message }).slice(0, 80), message]))(
        'is refused: %s',
        (_, message) => {
            expect(readFromWebview(message)).toBeUndefined();
        },
    );
});
