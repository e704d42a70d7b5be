import { describe, expect, test } from 'vitest';
import { format } from './format/support.js';
import { read } from './support.js';

const inCluster = (settings: string): string => `cluster c: elasticsearch {\n  node n\n  ${settings}\n}\n`;

/** The settings of the only cluster, and the errors of the text that it stands in. */
async function understood(settings: string): Promise<{ settings: Record<string, string[]>; errors: string[] }> {
    const { topology, findings } = await read(inCluster(settings));
    const entries = topology.clusters[0]!.settings.map(({ key, values }): [string, string[]] => [
        key,
        values.map(({ text }) => text),
    ]);
    const errors = findings.filter(({ code }) => code === 'language/syntax');
    return { settings: Object.fromEntries(entries), errors: errors.map(({ message }) => message) };
}

describe('settings as JSON', () => {
    test.each([
        [
            'settings {\n    "cluster.name": "x",\n    "a.b": 5,\n    "c": true\n  }',
            { 'cluster.name': ['x'], 'a.b': ['5'], c: ['true'] },
            'settings {\n    cluster.name = "x"\n    a.b = 5\n    c = true\n  }',
        ],
        ['settings { "a": 1, "b": -1, }', { a: ['1'], b: ['-1'] }, 'settings { a = 1  b = -1 }'],
        [
            'settings {\n    "hosts": [\n      "a:9300",\n      "b"\n    ],\n    "last": "x"\n  }',
            { hosts: ['a:9300', 'b'], last: ['x'] },
            'settings {\n    hosts = "a:9300",\n        "b"\n    last = "x"\n  }',
        ],
        ['settings { "two words": 1, "1st": 2 }', { 'two words': ['1'], '1st': ['2'] }, undefined],
    ])('are understood and written as settings: %s', async (text, settings, formatted) => {
        expect(await understood(text)).toEqual({ settings, errors: [] });
        if (formatted !== undefined) expect(format(inCluster(text))).toBe(inCluster(formatted));
    });

    test('a comma still parts the values of a list', async () => {
        expect(await understood('settings { a = x, y  b = "1", "2", z, c: 3 }')).toEqual({
            settings: { a: ['x', 'y'], b: ['1', '2', 'z'], c: ['3'] },
            errors: [],
        });
    });

    test('a block in the place of a value is one mistake', async () => {
        const { settings, errors } = await understood(
            'settings {\n "index": {\n  "a": 1,\n  "b": { "c": 2 }\n },\n "d": 3\n}',
        );
        expect(errors).toEqual(['Settings hold no blocks of their own, so nothing in this one was read.']);
        expect(settings).toMatchObject({ d: ['3'] });
    });
});

describe('a value without the quotes that it needs', () => {
    test.each([
        ['settings { dir = /var/lib }', '/var/lib', "A value with '/' in it"],
        ['settings { dir /var/lib  port 5 }', '/var/lib', "A value with '/' in it"],
        ['settings { url=http://host:80/a?b=c }', 'http://host:80/a?b=c', "A value with ':' in it"],
        ['settings { "url":http://host }', 'http://host', "A value with ':' in it"],
        ['settings {\n  hosts: a:9300, b:9300 // both\n}', 'a:9300, b:9300', "A value with ':' in it"],
        ['settings { hosts: [ a:9300, "b" ] }', 'a:9300', "A value with ':' in it"],
        ['settings {\n  requirepass foo#bar\n}', 'foo#bar', "A value with '#' in it"],
        ['settings {\n  save 900 1 300 10\n}', '900 1 300 10', 'A value with several words'],
        ['settings { save 900 1 }', '900 1', 'A value with several words'],
        ['settings {\n  title = two words\n  other = 3\n}', 'two words', 'A value with several words'],
    ])('is one mistake, and is taken for what it is: %s', async (text, value, begin) => {
        const { topology, findings } = await read(inCluster(text));
        const [error, ...others] = findings.filter(({ severity }) => severity === 'error');
        expect(others).toEqual([]);
        expect(error).toMatchObject({
            code: 'language/syntax',
            message: `${begin} stands in quotes, so that it is clear where it ends.`,
            fixes: [{ title: `Quote it: "${value}"`, text: `"${value}"`, safe: true }],
        });
        expect(topology.clusters[0]!.settings[0]!.values[0]).toMatchObject({ text: value });
        const after = await read(inCluster(text.replace(value, `"${value}"`)));
        expect(after.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    });

    test.each([
        'settings { a 1  b 2  c x.y }',
        'settings {\n  a 1 b 2\n  rate = 200/s // 5:6\n  share 99.5% /* a/b */\n}',
        'settings { a: b c: d }',
        'settings { a\n  . b = 1 }',
    ])('others need none: %s', async (text) => {
        expect((await understood(text)).errors).toEqual([]);
    });

    test('in a block that is not closed yet nothing is guessed', async () => {
        const { findings } = await read(
            'cluster c: redis {\n  settings {\n  endpoint vip 10.0.0.1 { preempt no }\n}\n',
        );
        expect(JSON.stringify(findings)).not.toContain('Quote it');
    });
});
