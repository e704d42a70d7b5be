import { describe, expect, test } from 'vitest';
import { projectFile } from './support.js';

interface EnterRule {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly previousLineText?: string;
    readonly action: { readonly indent: string; readonly appendText?: string; readonly removeText?: number };
}

interface Configuration {
    readonly wordPattern: string;
    readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
    readonly onEnterRules: readonly EnterRule[];
    readonly autoClosingPairs: readonly { readonly open: string; readonly close: string; readonly notIn?: string[] }[];
    readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
}

const CONFIGURATION = JSON.parse(projectFile('language-configuration.json')) as Configuration;

/** What an editor does when Enter is pressed where `|` stands: the first rule that fits. */
function entered(text: string): EnterRule['action'] | undefined {
    const [before = '', after = ''] = text.split('|');
    const lines = before.split('\n');
    const line = lines.at(-1) ?? '';
    const fits = (pattern: string | undefined, against: string): boolean =>
        pattern === undefined || new RegExp(pattern).test(against);
    return CONFIGURATION.onEnterRules.find(
        ({ beforeText, afterText, previousLineText }) =>
            fits(beforeText, line) && fits(afterText, after) && fits(previousLineText, lines.at(-2) ?? ''),
    )?.action;
}

describe('a new line', () => {
    test('opens a documentation comment', () => {
        expect(entered('  /**| */')).toEqual({ indent: 'indentOutdent', appendText: ' * ' });
        expect(entered('/** Doc.|')).toEqual({ indent: 'none', appendText: ' * ' });
    });

    test('goes on with one, and leaves it', () => {
        expect(entered('/**\n * Doc.|')).toEqual({ indent: 'none', appendText: '* ' });
        expect(entered(' * a\n * b|')).toEqual({ indent: 'none', appendText: '* ' });
        expect(entered('/**\n * Doc.\n */|')).toEqual({ indent: 'none', removeText: 1 });
    });

    test('splits a comment into two, but does not lengthen one', () => {
        expect(entered('  // one |two')).toEqual({ indent: 'none', appendText: '// ' });
        expect(entered('  // one|')).toBeUndefined();
    });

    test.each(['node n|', '/** Doc. */|', '|', 'nodes a, |b', 'x = "a * b"|'])('is nothing special in %j', (text) => {
        expect(entered(text)).toBeUndefined();
    });
});

describe('indentation', () => {
    const grows = new RegExp(CONFIGURATION.indentationRules.increaseIndentPattern);

    test.each([
        'cluster c: redis {',
        'region r { zone a {',
        'settings { // "why"',
        'node "}" {',
        'cluster c: redis "7.2" in r {',
    ])('grows behind %j', (line) => expect(line).toMatch(grows));

    test.each([
        'region r { zone a }',
        '// {',
        'node "{"',
        '/* { */',
        'nodes a-[1..6]',
        '} // {',
        'waive "a{b" because "c"',
    ])('stays behind %j', (line) => expect(line).not.toMatch(grows));

    test('shrinks at a closing brace', () => {
        expect('  }').toMatch(new RegExp(CONFIGURATION.indentationRules.decreaseIndentPattern));
        expect('zone a }').not.toMatch(new RegExp(CONFIGURATION.indentationRules.decreaseIndentPattern));
    });

    test('is found in linear time', () => {
        for (const line of ['{'.repeat(20_000) + '}', '/'.repeat(50_000), '"'.repeat(50_001), '* '.repeat(50_000)]) {
            expect(grows.test(line)).toBeTypeOf('boolean');
            expect(entered(`${line}|`)?.indent ?? 'none').toBe('none');
        }
    });
});

test('a name is a word, with its hyphens', () => {
    const word = new RegExp(CONFIGURATION.wordPattern, 'g');
    expect('fail node us-east-1.cache-1, a->b'.match(word)).toEqual(['fail', 'node', 'us-east-1', 'cache-1', 'a', 'b']);
});

test('brackets and quotes are not closed inside of texts and comments', () => {
    const closed = CONFIGURATION.autoClosingPairs.filter(({ notIn }) => notIn?.includes('string'));
    expect(closed.map(({ open, close }) => open + close)).toEqual(['{}', '[]', '""', '/** */']);
});

test('marked regions fold', () => {
    const { start, end } = CONFIGURATION.folding.markers;
    expect('  // #region places').toMatch(new RegExp(start));
    expect('//#endregion').toMatch(new RegExp(end));
    expect('// #regional').not.toMatch(new RegExp(start));
});
