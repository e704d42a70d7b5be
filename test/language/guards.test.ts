import { describe, expect, test } from 'vitest';
import { createCoreServices } from '../../src/language/services.js';
import { EmptyFileSystem } from 'langium';
import { codesOf, read } from './support.js';

const CLEAN = 'region r { zone a }\ncluster c: server in r { node n in r.a }';

describe('nesting', () => {
    test.each([500, 10_000])('%i levels of braces are one error at the place', async (depth) => {
        const document = await read('cluster c: server {\n'.repeat(depth));
        expect(document.findings).toHaveLength(1);
        expect(document.findings[0]).toMatchObject({
            code: 'language/too-deep',
            source: { start: { line: 32, character: 18 } },
        });
    });

    test('what the language needs is not too deep', async () => {
        const document = await read('region r { zone a { node n { settings { x = 1 } } } }');
        expect(codesOf(document)).not.toContain('language/too-deep');
    });
});

describe('many errors', () => {
    const halfTyped = (count: number): string => `cluster c: server {\n${'shards s { on\n}\n'.repeat(count)}}`;

    test('5,000 half-typed blocks in one cluster are survived, and the next parse is clean', () => {
        const { cluster } = createCoreServices(EmptyFileSystem.fileSystemProvider);
        const guard = cluster.parser.Guard;
        const result = guard.parse(halfTyped(5000));
        expect(result.limit !== undefined || result.parserErrors.length > 0).toBe(true);
        const next = guard.parse(CLEAN);
        expect(next.limit).toBeUndefined();
        expect(next.parserErrors).toEqual([]);
        expect(next.value.declarations).toHaveLength(2);
    });

    test('a parser that threw is replaced: one error, and the next parse is clean', () => {
        const { cluster } = createCoreServices(EmptyFileSystem.fileSystemProvider);
        const guard = cluster.parser.Guard;
        const lexer = cluster.parser.Lexer;
        const tokenize = lexer.tokenize.bind(lexer);
        lexer.tokenize = () => {
            lexer.tokenize = tokenize;
            throw new RangeError('Maximum call stack size exceeded');
        };
        expect(guard.parse(CLEAN).limit?.code).toBe('language/too-many-errors');
        expect(guard.parse(CLEAN)).toMatchObject({ parserErrors: [], value: { declarations: [{}, {}] } });
    });

    test('no more than a hundred are told', async () => {
        const document = await read('region { zone }\n'.repeat(400));
        expect(document.findings.length).toBeLessThanOrEqual(100);
        expect(document.findings.length).toBeGreaterThan(0);
    });

    test('5,000 statements without an end are one error', async () => {
        const document = await read(`cluster c: server {\n${'nodes x-[1..2] across {\n'.repeat(5000)}`);
        expect(codesOf(document)).toEqual(['language/too-deep']);
    });
});

describe('sizes', () => {
    test('a range of a billion nodes is one error, and nothing is made of it', async () => {
        const document = await read(
            'region r { zone a }\ncluster c: server in r { nodes cache-[1..999999999] across zones }',
        );
        expect(codesOf(document)).toEqual(['language/too-many-nodes']);
        expect(document.topology.nodes).toEqual([]);
    });

    test('a hundred thousand nodes are as many as there may be', async () => {
        const within = await read('region r { zone a }\ncluster c: server in r { nodes n-[1..100000] across zones }');
        expect(codesOf(within)).toEqual([]);
        const beyond = await read('region r { zone a }\ncluster c: server in r { nodes n-[1..100001] across zones }');
        expect(codesOf(beyond)).toEqual(['language/too-many-nodes']);
    });

    test('a million copies of shards are as many as there may be', async () => {
        const document = await read('cluster c: redis { nodes n-[1..3]\n shards s-[1..999999] { replicas 1 } }');
        expect(codesOf(document)).toContain('language/too-many-copies');
    });

    test('huge numbers are wrong, not fatal', async () => {
        const huge = '9'.repeat(400);
        const document = await read(
            `scenario s { at ${huge}s heal until ${huge}y }\ncluster c: server { nodes n-[1..${huge}] }`,
        );
        expect(new Set(codesOf(document))).toEqual(new Set(['language/out-of-bounds', 'language/range']));
    });
});

describe('odd texts', () => {
    test.each([
        ['a text', 'import "x', 'language/unclosed'],
        ['a comment', 'region r { zone a } /* and so on', 'language/unclosed'],
        ['a range', 'cluster c: server { nodes cache-[1.. }', 'language/range'],
    ])('%s without an end is told', async (_what, text, code) => {
        expect(codesOf(await read(text))).toContain(code);
    });

    test('names of built-in properties are names like any other', async () => {
        const document = await read(
            'region __proto__ { zone constructor }\ncluster toString: server in __proto__ { node hasOwnProperty in __proto__.constructor { valueOf 3 } }',
        );
        expect(document.topology.zones[0]?.qualifiedName).toBe('__proto__.constructor');
        expect(document.topology.nodes[0]).toMatchObject({ name: 'hasOwnProperty', zone: 0 });
        expect(codesOf(document)).toEqual(['language/unknown-property']);
    });

    test('random bytes are survived', async () => {
        let seed = 7;
        const byte = (): number => (seed = (seed * 1_664_525 + 1_013_904_223) >>> 0) >>> 24;
        for (let round = 0; round < 20; round++) {
            const text = String.fromCharCode(...Array.from({ length: 2000 }, byte));
            const document = await read(text);
            expect(document.findings.length).toBeGreaterThan(0);
            expect(document.findings.length).toBeLessThanOrEqual(200);
            for (const { message } of document.findings) expect(message.length).toBeLessThan(400);
        }
    });
});
