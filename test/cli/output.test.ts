import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { sink } from '../../src/cli/nodeIo.js';
import { excerpt } from '../../src/cli/reporters/excerpt.js';
import { createSources } from '../../src/cli/input/sources.js';
import { proseOf, render } from '../../src/cli/output/page.js';
import { simulationLines } from '../../src/cli/reporters/simulation.js';
import { faultline, folderWith } from './console.js';
import { fakeRooms, rangeIn } from './fakes.js';

const ESCAPE = '\u001b';

describe('what reaches a terminal', () => {
    const evil = `error ${ESCAPE}[2J${ESCAPE}]0;owned\u0007 \u009b31m \u202e\r over`;

    it('has colours, and NO_COLOR takes them away', async () => {
        const cwd = await folderWith({ 'a.cluster': 'error a' });
        const check = (around: object): Promise<{ stdout: string }> =>
            faultline(['check'], fakeRooms(), { cwd, ...around });
        expect((await check({ terminal: true })).stdout).toContain(`${ESCAPE}[31merror`);
        expect((await check({ terminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(ESCAPE);
        expect((await check({ terminal: true, env: { TERM: 'dumb' } })).stdout).not.toContain(ESCAPE);
        expect((await check({ terminal: false })).stdout).not.toContain(ESCAPE);
    });

    it.each([['pretty'], ['json']])('never holds control characters of a file (%s)', async (format) => {
        const cwd = await folderWith({ 'a.cluster': evil });
        const { stdout } = await faultline(['check', '--format', format], fakeRooms(), { cwd });
        expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        if (format === 'json') {
            const { diagnostics } = JSON.parse(stdout) as { diagnostics: { message: string }[] };
            expect(diagnostics[0]?.message).toBe(evil.slice('error '.length));
        } else {
            expect(stdout).toContain('␛[2J␛]0;owned␇ <U+009B>31m <U+202E>');
        }
    });

    it('never holds control characters of the command line', async () => {
        const { stderr } = await faultline([`${ESCAPE}[2J`], fakeRooms());
        expect(stderr).toContain('␛[2J');
        expect(stderr).not.toContain(ESCAPE);
    });

    it('shows progress on a terminal alone and removes it before anything else', async () => {
        const cwd = await folderWith({ 'a.cluster': 'scenario one passed' });
        const test = (terminal: boolean): Promise<{ stderr: string }> =>
            faultline(['test'], fakeRooms(), { cwd, terminal });
        expect((await test(true)).stderr).toMatch(/1 of 1: one.*\r\u001b\[2K$/su);
        expect((await test(false)).stderr).toBe('');
    });
});

describe('sentences on a terminal', () => {
    const [sentence] = proseOf('Move a copy of 東京 to another zone', 2);
    const page = (columns: number | undefined): string =>
        render(sentence === undefined ? [] : [sentence, ['never  broken at all']], { colours: false, columns });

    it('are broken between words where the line ends, with their margin', () => {
        expect(page(17)).toBe('  Move a copy of\n  東京 to another\n  zone\nnever  broken at all\n');
    });

    it('go on below themselves in the story of a run', () => {
        const lines = simulationLines('Story\n  1:00.000  #12  w-1 counts as not ready  ← #1');
        expect(render(lines, { colours: false, columns: 30 })).toBe(
            'Story\n  1:00.000  #12  w-1 counts as\n                 not ready\n                 ← #1\n',
        );
        expect(render(lines, { colours: false, columns: undefined })).toBe(
            'Story\n  1:00.000  #12  w-1 counts as not ready  ← #1\n',
        );
    });

    it('keep a figure and its unit together', () => {
        const lines = render(proseOf('It took 360.0 s in all', 0), { colours: false, columns: 13 });
        expect(lines).toBe('It took\n360.0 s in\nall\n');
    });

    it('keep words that are longer than a line, and stay whole elsewhere', () => {
        expect(page(3)).toMatch(/^ {2}Move\n {2}a\n {2}copy\n/);
        expect(page(undefined)).toBe('  Move a copy of 東京 to another zone\nnever  broken at all\n');
    });
});

describe('a reader that goes away', () => {
    it('is no failure, and nothing more is written to it', () => {
        const stream = new PassThrough();
        const failures: string[] = [];
        const out = sink(stream as unknown as NodeJS.WriteStream, ({ message }) => failures.push(message));
        stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
        out.write('more');
        expect(stream.readableLength).toBe(0);
        expect(failures).toEqual([]);
        stream.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }));
        expect(failures).toEqual(['full']);
    });
});

describe('the line above the carets', () => {
    const shown = (text: string, from: number, to: number): string => {
        const sources = createSources([{ uri: 'file:///a', name: 'a', argument: 'a', text }], '/');
        return render(excerpt(rangeIn('file:///a', 0, from, to), sources, 'red'), {
            colours: false,
            columns: undefined,
        });
    };

    it('keeps the carets below their place behind tabs, wide letters and control characters', () => {
        expect(shown('\tnode x', 1, 5)).toBe('    1 |     node x\n      |     ^^^^\n');
        expect(shown('"東京" node', 5, 9)).toBe('    1 | "東京" node\n      |        ^^^^\n');
        expect(shown('\u009bnode', 1, 5)).toBe('    1 | <U+009B>node\n      |         ^^^^\n');
    });

    it('shows a caret for a place without extent at the end of the line', () => {
        expect(shown('node', 4, 4)).toBe('    1 | node\n      |     ^\n');
    });

    it('cuts a long line around the place', () => {
        const lines = shown(`${'a'.repeat(1000)}HERE${'b'.repeat(1000)}`, 1000, 1004).split('\n');
        expect(lines[0]).toMatch(/^ {4}1 \| …a{30}HEREb{76}…$/);
        expect(lines[1]?.indexOf('^')).toBe(lines[0]?.indexOf('HERE'));
    });
});
