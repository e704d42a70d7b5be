import { describe, expect, it } from 'vitest';
import { faultline, type Outcome } from './console.js';
import { fakeRooms } from './fakes.js';

const ask = (...args: string[]): Promise<Outcome> => faultline(['explain', ...args], fakeRooms());

describe('faultline explain', () => {
    it('tells what, why, what to do, an example, the mended one and the source', async () => {
        const { code, stdout } = await ask('redis/even-primaries');
        expect(code).toBe(0);
        const parts = ['redis/even-primaries', 'An even number', 'Why it matters', 'What to do', 'shards s-[1..4]'];
        let from = 0;
        for (const part of [...parts, 'Mended', 'shards s-[1..3]', 'Source', 'https://redis.io/']) {
            expect(stdout.indexOf(part, from), part).toBeGreaterThanOrEqual(from);
            from = stdout.indexOf(part, from);
        }
    });

    it('prints the page for machines', async () => {
        const { code, stdout } = await ask('redis/even-primaries', '--format', 'json');
        expect(code).toBe(0);
        const page = JSON.parse(stdout) as Record<string, unknown>;
        expect(page).toMatchObject({ version: 1, kind: 'code', code: 'redis/even-primaries' });
        expect(Object.keys(page)).toEqual(
            expect.arrayContaining(['title', 'why', 'fix', 'example', 'remedy', 'source']),
        );
    });

    it('describes an example that is too large to print', async () => {
        expect((await ask('language/too-large')).stdout).toContain('A file of more than 16 million characters.');
        expect(JSON.parse((await ask('language/too-large', '--format', 'json')).stdout)).toMatchObject({
            exampleDescription: 'A file of more than 16 million characters.',
        });
    });

    it.each([
        'crash fail stop drain restart restore freeze unfreeze wipe isolate partition cut heal slow drop roll promote switchover',
        'expect restored interrupted uninterrupted available unavailable lost stale led nobody health drain fully split capacity',
        'at until seed repeat leader between zone region node scenario objective tolerate workload any',
    ])('has a page for each of %s', async (words) => {
        for (const word of words.split(' ')) {
            const { code, stdout } = await ask(word);
            expect({ word, code }).toEqual({ word, code: 0 });
            expect(stdout).toMatch(new RegExp(`^${word}\\nA word of the language\\.\\n\\nWhat it means.*\\n {2}\\S`));
        }
    });

    it('tells every meaning of a word, and whose setting it is besides', async () => {
        const { stdout } = await ask('promote');
        expect(stdout).toContain('`promote automatically|manually`');
        expect(stdout).toContain('`promote X`');
        expect(JSON.parse((await ask('isolate', '--format', 'json')).stdout)).toEqual({
            version: 1,
            kind: 'word',
            word: 'isolate',
            meanings: [expect.stringMatching(/^`isolate node\|zone\|region P`: alive and out of reach\./)],
            engines: [],
        });
    });

    it('tells what a crash and a stop leave alive', async () => {
        expect((await ask('crash')).stdout).toContain('The host lives and refuses connections.');
        expect((await ask('stop')).stdout).toContain('The host itself lives, answers and refuses connections');
        expect((await ask('hadoop')).stdout).toContain('after both the host lives and refuses connections');
        expect((await ask('kubernetes')).stdout).toContain('`crash` and `stop` end all of them at one instant');
    });

    it('lists every code with its title, by room', async () => {
        const { code, stdout } = await ask();
        expect(code).toBe(0);
        for (const part of ['language\n', '  language/syntax\n', 'topology\n', 'redis\n', '      A line that is not']) {
            expect(stdout).toContain(part);
        }
        const { codes } = JSON.parse((await ask('--format', 'json')).stdout) as { codes: unknown[] };
        expect(codes).toContainEqual({ code: 'redis/no-shards', title: 'A cluster without shards' });
    });

    it('explains an engine and a setting', async () => {
        expect((await ask('redis')).stdout).toContain('cluster-node-timeout');
        const { stdout } = await ask('redis', 'cluster-node-timeout');
        for (const part of ['A setting of Redis Cluster, set at the cluster.', '15000 ms', 'redis.conf']) {
            expect(stdout).toContain(part);
        }
    });

    it.each([
        [['redis/evn-primaries'], 'Did you mean redis/even-primaries?'],
        [['even-primaries'], 'redis/even-primaries'],
        [['reddis'], 'Did you mean redis?'],
        [['redis', 'cluster-node-timout'], 'Did you mean cluster-node-timeout?'],
        [['__proto__'], 'Nothing is known about __proto__.'],
        [['redis', 'constructor'], 'Nothing is known about constructor.'],
    ])('%j is misuse, and similar words are offered', async (args, expected) => {
        const { code, stdout, stderr } = await ask(...args);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain(expected);
    });

    it('lets nothing that was typed steer the terminal', async () => {
        const { stderr } = await ask('\u001b[31mred');
        expect(stderr).not.toContain('\u001b');
        expect(stderr).toContain('␛[31mred');
    });
});
