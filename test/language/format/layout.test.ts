import { describe, expect, test } from 'vitest';
import { format } from './support.js';

/** In the block of a cluster, so that the lines have an indentation. */
function inCluster(body: string): string {
    return format(`cluster c: kafka {\n${body}\n}\n`).split('\n').slice(1, -2).join('\n');
}

describe('what the formatter decides', () => {
    test.each([
        [
            'indentation',
            'region r {\nzone a {\n      node n\n}\n\tzone b\n}',
            'region r {\n  zone a {\n    node n\n  }\n  zone b\n}\n',
        ],
        ['where braces stand', 'region r\n{ zone a\n{ node n }}', 'region r {\n  zone a { node n }\n}\n'],
        ['blanks between words', 'cluster  c:server{node\tn\tin r . a}', 'cluster c: server { node n in r.a }\n'],
        ['two blanks between statements of a line', 'region r { zone a zone b }', 'region r { zone a  zone b }\n'],
        ['a line for each declaration', 'region a region b /* c */ region c', 'region a\nregion b\n/* c */ region c\n'],
        ['at most one empty line', '\n\nregion a\n\n\n\nregion b\n\n', 'region a\n\nregion b\n'],
        ['no empty line at the ends of a block', 'region r {\n\n  zone a\n\n}\n', 'region r {\n  zone a\n}\n'],
        ['nothing at the ends of lines', 'region a  \n// why \t\n/* b \n c */\n', 'region a\n// why\n/* b\n c */\n'],
        ['a last line break', 'region r', 'region r\n'],
        ['an empty block', 'region r {  }\n', 'region r {}\n'],
        ['two blanks in front of a fault', 'scenario s { at 1s fail zone a }', 'scenario s { at 1s  fail zone a }\n'],
        [
            'blanks around marks',
            'scenario s { at 1s  cut a->b  at 2s  partition a|b ,c }',
            'scenario s { at 1s  cut a -> b  at 2s  partition a | b, c }\n',
        ],
    ])('%s', (_, text, expected) => {
        expect(format(text)).toBe(expected);
    });

    test('marks of settings, wherever they come from', () => {
        expect(inCluster('settings { a=1 b: x c.d y "e f" "g" h = 1,2 , 3 }')).toBe(
            '  settings { a = 1  b = x  c.d = y  "e f" = "g"  h = 1, 2, 3 }',
        );
        expect(format('workload w { writes c 5/s with acks:all,timeout 2s }')).toBe(
            'workload w { writes c 5/s with acks = all, timeout = 2s }\n',
        );
    });

    test('nothing about an empty text', () => {
        expect(format('')).toBe('');
        expect(format(' \n\n')).toBe('');
        expect(format('// alone')).toBe('// alone\n');
    });
});

describe('what the author decides', () => {
    test.each([
        'region r { zone a  zone b }\n',
        'region r {\n  zone a  zone b\n  zone c\n}\n',
        'region r {\n}\n',
        'region a\nregion b\n\nregion c\n',
        'cluster c: server {\n  needs reads of a,\n      writes of b\n  waive "x/y"\n      because "z"\n      until "2027-03-31"\n}\n',
    ])('the lines of %j', (text) => {
        expect(format(text)).toBe(text);
    });

    test.each([
        '  index products { shards 6  replicas 1 }\n  index prices   { shards 3  replicas 2 }',
        '  node a  { tier 0 }\n  node bb { tier 0 }',
        '  node a { capacity  500/s }\n  node b { capacity 1500/s }',
        '  node a    // one\n  node bbb  // two',
        '  node aa  in r.a\n  // between\n  node bbb in r.b',
    ])('the columns of %j', (text) => {
        expect(inCluster(text)).toBe(text);
    });

    test.each([
        ['  node a   in r.a', '  node a in r.a'],
        ['  node a   in r.a\n  node bbbb in r.b', '  node a in r.a\n  node bbbb in r.b'],
        ['  node a   in r.a\n\n  node bbb in r.b', '  node a in r.a\n\n  node bbb in r.b'],
        ['  nodes    n-[1..2]\n  node a   in r.a', '  nodes n-[1..2]\n  node a in r.a'],
        ['  node a      // alone', '  node a  // alone'],
    ])('but blanks that align nothing go: %j', (text, expected) => {
        expect(inCluster(text)).toBe(expected);
    });

    test('the ends of lines', () => {
        expect(format('region r {\r\nzone a\r\n}\r\n/** a\r\n* b */\r\nregion s')).toBe(
            'region r {\r\n  zone a\r\n}\r\n/** a\r\n * b */\r\nregion s\r\n',
        );
    });
});

describe('comments stay where they are', () => {
    test.each([
        ['behind a brace', 'region r { // why\nzone a }', 'region r { // why\n  zone a\n}\n'],
        ['in front of a brace', 'region r // why\n{ zone a }', 'region r // why\n{ zone a }\n'],
        ['at the end of a block', 'region r {\nzone a\n// why\n}', 'region r {\n  zone a\n  // why\n}\n'],
        ['in front of a statement of a line', 'region r {\n/* x */ zone a\n}', 'region r {\n  /* x */ zone a\n}\n'],
        ['behind a statement', 'region r { zone a /* x */ }', 'region r { zone a /* x */ }\n'],
        ['inside of a list', 'workload w { reads c 1/s /* x */ }', 'workload w { reads c 1/s /* x */ }\n'],
        [
            'between key and value',
            'cluster c: redis { settings { a // x\n b } }',
            'cluster c: redis {\n  settings {\n    a = // x\n        b\n  }\n}\n',
        ],
    ])('%s', (_, text, expected) => {
        expect(format(text)).toBe(expected);
    });

    test('documentation hangs below its declaration, and drawings keep their shape', () => {
        const text =
            'region r {\n    /**\n    * Doc.\n      * More.\n    */\n  zone a\n      /* +--+\n         |  |\n         +--+ */\n}\n';
        expect(format(text)).toBe(
            'region r {\n  /**\n   * Doc.\n   * More.\n   */\n  zone a\n  /* +--+\n         |  |\n         +--+ */\n}\n',
        );
    });
});

describe('what is not understood', () => {
    test('stays as it is, and what is around it is formatted', () => {
        const broken = 'cluster c : redis {\n   nodes   n-[1..3]  in\n}';
        expect(format(`region r{zone a}\n\n\n\n${broken}\nregion s{zone b}`)).toBe(
            `region r { zone a }\n\n\n\n${broken}\nregion s { zone b }\n`,
        );
    });

    test.each([
        'region r {',
        'region r { zone a }}',
        '"unclosed',
        '/* unclosed\nregion   r',
        'region   r $',
        '{'.repeat(40),
    ])('is not touched: %j', (text) => expect(format(text)).toBe(text));

    test.each([
        ['dir: /var/lib/redis', 'dir = "/var/lib/redis"'],
        ['url = http://host:80/a // here', 'url = "http://host:80/a" // here'],
        ['save 900 1', 'save = "900 1"'],
        ['methods = sshfence, shell(/bin/true)', 'methods = "sshfence, shell(/bin/true)"'],
        ['path C:\\data', 'path = "C:\\\\data"'],
        ['"a.b" = $x', 'a.b = "$x"'],
    ])('a value that needs quotes gets them: %s', (line, expected) => {
        expect(inCluster(`settings {\n${line}\nplain: 1\n}`)).toBe(`  settings {\n    ${expected}\n    plain = 1\n  }`);
    });

    test.each([
        'settings {\n  dir: /var\n',
        'settings {\n  dir: /var\n  endpoint vip 10.0.0.1 { preempt no }\n}',
        'settings {\n  a = "b" / c\n}',
        'settings {\n  dir: /var\n}\nnodes',
        '/* settings {\n dir: /var\n} */ nodes',
    ])('but never where something else is wrong: %j', (body) => {
        const text = `cluster c: redis {\n${body}\n}\n`;
        expect(format(text)).toBe(text);
    });
});

test('a line of ten thousand words is formatted like any other', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `n${String(index)}`);
    const text = `cluster c: server {\n  members ${words.join(',   ')}\n  members   ${words.join(',   ')}\n}\n`;
    expect(format(text)).toBe(`cluster c: server {\n  members ${words.join(', ')}\n  members ${words.join(', ')}\n}\n`);
});
