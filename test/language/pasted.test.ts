import { describe, expect, test } from 'vitest';
import { engines, type Engine, type GroupWord } from '../../src/engines/index.js';
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

describe('lines of configuration without settings around them', () => {
    const inGroup = (engine: Engine, { word, form }: GroupWord, lines: string): string => {
        const name = form === 'each-name-one-shard' ? 's-[1..3]' : 'x';
        return `cluster c: ${engine.name} {\n  nodes n-[1..6]\n  ${word} ${name} {\n    ${lines}\n  }\n}\n`;
    };
    const words = engines.flatMap((engine) => engine.groupWords.map((word) => [engine.name, word.word, engine, word]));

    test.each(words as [string, string, Engine, GroupWord][])('%s %s', async (_name, _word, engine, word) => {
        const { count = [], replicas = [] } = word.systemKeys ?? {};
        const counts = word.countWord === undefined ? [] : [word.countWord, ...count];
        const lines = [
            ...counts.map((key) => [`${key}: 3`, `${word.countWord ?? ''} 3`]),
            ...['replicas', ...replicas].map((key) => [`"${key}" = "2",`, 'replicas 2']),
        ];
        for (const [line = '', written = ''] of lines) {
            const text = inGroup(engine, word, line);
            const { findings } = await read(text);
            expect(findings.filter(({ code }) => code.startsWith('language/'))).toMatchObject([
                { code: 'language/pasted-line', fixes: [{ title: `Write ${written}`, text: written }] },
            ]);
            const mended = await read(text.replace(line, written));
            expect(mended.findings.filter(({ code }) => code.startsWith('language/'))).toEqual([]);
        }
    });

    test('one finding for each line', async () => {
        const body = '"number_of_shards": 3,\n"index.refresh_interval": "5s",\nnumber_of_replicas: 1';
        const { findings } = await read(`cluster c: elasticsearch { nodes n-[1..3]\nindex p {\n${body}\n} }`);
        expect(findings.map(({ code, message }) => [code, message])).toEqual([
            ['language/pasted-line', "'number_of_shards' is written `shards 3` here."],
            [
                'language/pasted-line',
                "'index.refresh_interval' is no word of this language; keys of the real system stand in a block of their own.",
            ],
            ['language/pasted-line', "'number_of_replicas' is written `replicas 1` here."],
        ]);
    });

    test('what the block says already is not said again', async () => {
        const body = 'shards 3  number_of_shards: 3';
        const { findings } = await read(`cluster c: elasticsearch { nodes n-[1..3] index p { ${body} } }`);
        expect(findings[0]?.fixes?.map(({ title }) => title)).toEqual(['Remove the line']);
    });

    test.each([
        ['cluster c: server { node n { capacity: 500/s } }', 'capacity 500/s'],
        ['region r { zone a { node n { rack = "r1" } } }', 'rack r1'],
        ['cluster c: server { node n endpoint dns x.y { ttl: 5s } }', 'ttl 5s'],
        ['cluster c: server { node n failover active-passive { detect: within 3s } }', 'detect within 3s'],
    ])('also in other blocks: %s', async (text, written) => {
        const { findings } = await read(text);
        expect(findings.map(({ code, fixes }) => [code, fixes?.[0]?.title])).toEqual([
            ['language/pasted-line', `Write ${written}`],
        ]);
    });
});
