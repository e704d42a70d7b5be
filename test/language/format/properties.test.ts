import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONSTRUCTS, EXAMPLES, format, meaning, said, shuffled } from './support.js';

test.each([...EXAMPLES])('%s is in canonical form', (_name, text) => {
    expect(format(text)).toBe(text);
});

test('what was shuffled says the same when it is formatted, and formatting it again changes nothing', () => {
    fc.assert(
        fc.property(shuffled, (text) => {
            const formatted = format(text);
            expect(said(formatted)).toEqual(said(text));
            expect(format(formatted)).toBe(formatted);
        }),
        { numRuns: 300 },
    );
});

test('what was shuffled means the same when it is formatted', async () => {
    await fc.assert(
        fc.asyncProperty(shuffled, async (text) => {
            expect(await meaning(format(text))).toEqual(await meaning(text));
        }),
        { numRuns: 40 },
    );
});

test('lines are indented by their blocks, and nothing is left at their ends', () => {
    fc.assert(
        fc.property(shuffled, (text) => {
            const formatted = format(text);
            expect(formatted).toMatch(/[^\s]\r?\n$/);
            expect(formatted).not.toMatch(/[ \t]\r?\n/);
            expect(formatted).not.toMatch(/(\r?\n){3}/);
            expect(formatted).not.toMatch(/\{\r?\n\r?\n|\r?\n\r?\n *\}/);
        }),
        { numRuns: 100 },
    );
});

const broken = fc
    .tuple(
        fc.oneof(fc.constantFrom(CONSTRUCTS, ...EXAMPLES.values()), shuffled),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.nat())),
    )
    .map(([text, changes]) => {
        const inserted = ['{', '}', '"', '/*', '*/', '//', '$', ' region ', 'settings {', '\u0000', '=', '\n'];
        return changes.reduce((before, [place, length, what]) => {
            const at = place % (before.length + 1);
            return before.slice(0, at) + (inserted[what % inserted.length] ?? '') + before.slice(at + length);
        }, text);
    });

test('a text with syntax errors keeps every word, and formatting it again changes nothing', () => {
    fc.assert(
        fc.property(broken, (text) => {
            const formatted = format(text);
            const plain = (each: string): string => each.replace(/[\s"=:\\]/g, '');
            expect(plain(formatted)).toBe(plain(text));
            expect(format(formatted)).toBe(formatted);
        }),
        { numRuns: 300 },
    );
});
