import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnalysisService } from '../../src/analysis/index.js';
import { engines } from '../../src/engines/index.js';
import { allCodes, codeMarkdown, explain } from '../../src/language/explain/index.js';
import { EXPLAIN_REQUEST } from '../../src/protocol/index.js';
import { toyEngine } from '../support/toy-engine.js';
import { Client } from './client.js';

describe('a page', () => {
    test.each(allCodes().map((page) => [page.code, page] as const))('%s', (code, page) => {
        const markdown = codeMarkdown(page);
        for (const part of [
            `# ${page.title}`,
            `\`${code}\``,
            page.why,
            page.fix,
            '## Example',
            '## Mended',
            '## Source',
        ]) {
            expect(markdown).toContain(part);
        }
        expect(markdown.match(/```/g)?.length ?? 0).toBe(typeof page.example === 'string' ? 4 : 2);
        if (page.source?.url !== undefined) expect(markdown).toContain(`](${page.source.url})`);
        if (page.source?.unconfirmed) expect(markdown).toContain('an assumption');
    });
});

describe('what is explained', () => {
    test('codes, engines and their settings', () => {
        expect(explain('redis/no-shards')).toMatchObject({ kind: 'code', page: { code: 'redis/no-shards' } });
        expect(explain('redis')).toMatchObject({ kind: 'engine', engine: { name: 'redis' } });
        expect(explain('redis', 'appendonly')).toMatchObject({ kind: 'setting', setting: { key: 'appendonly' } });
    });

    test.each(['min.insync.replicas', 'kafka/min.insync.replicas'])('a setting by its name: %s', (word) => {
        expect(explain(word)).toMatchObject({
            kind: 'setting',
            engine: { name: 'kafka' },
            setting: { key: 'min.insync.replicas' },
        });
    });

    test('a setting of several systems by its name, and with one of them', () => {
        const several = explain('cluster-node-timeout', undefined, [
            ...engines,
            { ...engines.find(({ name }) => name === 'redis')!, name: 'other' },
        ]);
        expect(several).toMatchObject({ kind: 'settings', key: 'cluster-node-timeout' });
        expect(several.kind === 'settings' && several.engines.map(({ name }) => name)).toEqual(
            expect.arrayContaining(['redis', 'other']),
        );
        expect(explain('redis/cluster-node-timeout')).toMatchObject({ kind: 'setting', engine: { name: 'redis' } });
    });

    test('an engine brings its own', () => {
        const own = { ...toyEngine(), codes: [{ ...engines[0]!.codes[0]!, code: 'toy/wobbles' }] };
        expect(explain('toy/wobbles', undefined, [own])).toMatchObject({ kind: 'code' });
        expect(explain('toy/wobbles')).toMatchObject({ kind: 'unknown' });
    });

    test.each([
        ['redis/even-primary', undefined, 'redis/even-primaries'],
        ['even-primaries', undefined, 'redis/even-primaries'],
        ['kafka/even-primaries', undefined, 'redis/even-primaries'],
        ['servr', undefined, 'server'],
        ['redis', 'apendonly', 'appendonly'],
    ])('%s %s is likely %s', (word, key, meant) => {
        expect(explain(word, key)).toMatchObject({
            kind: 'unknown',
            similar: expect.arrayContaining([meant]) as unknown,
        });
    });

    test.each(['__proto__', 'constructor', '<script>', '', '/', 'a'.repeat(10_000)])('%j is unknown', (word) => {
        expect(explain(word)).toMatchObject({ kind: 'unknown', word });
        expect(explain('redis', word)).toMatchObject({ kind: 'unknown', word });
    });
});

describe('an editor asks for the page of a code', () => {
    let editor: Client;
    beforeAll(async () => {
        editor = await Client.start(new AnalysisService());
    });
    afterAll(() => editor.dispose());

    test('and gets it as Markdown', async () => {
        const page = await editor.connection.sendRequest(EXPLAIN_REQUEST, { code: 'language/plural' });
        expect(page).toContain('# `node` in front of a range');
    });

    test('or nothing, where nothing reports the code', async () => {
        expect(await editor.connection.sendRequest(EXPLAIN_REQUEST, { code: 'redis/../..' })).toBeNull();
        expect(await editor.connection.sendRequest(EXPLAIN_REQUEST, { code: 'redis' })).toBeNull();
    });
});
