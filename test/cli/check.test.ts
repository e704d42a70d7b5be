import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultline, folderWith } from './console.js';
import { fakeRooms } from './fakes.js';

describe('faultline check', () => {
    it('ends with 0 for warnings and notes, with 1 for an error', async () => {
        const cwd = await folderWith({ 'w.cluster': 'warning odd\ninformation fine', 'e.cluster': 'ok\nerror wrong' });
        expect(await faultline(['check', 'w.cluster'], fakeRooms(), { cwd })).toMatchObject({ code: 0, stderr: '' });
        expect(await faultline(['check', 'e.cluster'], fakeRooms(), { cwd })).toMatchObject({ code: 1, stderr: '' });
    });

    it('shows place, line, message and help of each finding and sums them up', async () => {
        const cwd = await folderWith({ 'a.cluster': 'fine\nerror all copies in one zone' });
        const { stdout } = await faultline(['check', 'a.cluster'], fakeRooms(), { cwd });
        expect(stdout).toBe(
            [
                'a.cluster:2:1: error toy/error',
                '    2 | error all copies in one zone',
                '      | ^^^^^',
                '  all copies in one zone',
                '  help: Mend it.',
                '',
                '1 error in 1 file.',
                '',
            ].join('\n'),
        );
    });

    it('prints the JSON contract with lines and columns from 1', async () => {
        const cwd = await folderWith({ 'sub/a.cluster': 'warning w' });
        const { stdout } = await faultline(['check', '--format', 'json'], fakeRooms(), { cwd });
        expect(JSON.parse(stdout)).toEqual({
            version: 1,
            diagnostics: [
                {
                    file: 'sub/a.cluster',
                    line: 1,
                    column: 1,
                    endLine: 1,
                    endColumn: 8,
                    severity: 'warning',
                    code: 'toy/warning',
                    message: 'w',
                    help: 'Mend it.',
                    related: [],
                },
            ],
        });
    });

    it('takes folders and patterns, each file once, sorted, and leaves node_modules out', async () => {
        const cwd = await folderWith({
            'b.cluster': 'error b',
            'a.cluster': 'error a',
            'deep/c.cluster': 'error c',
            'node_modules/x/d.cluster': 'error d',
            'notes.txt': 'error e',
        });
        const files = async (...args: string[]): Promise<string[]> => {
            const { stdout } = await faultline(['check', '--format', 'json', ...args], fakeRooms(), { cwd });
            return (JSON.parse(stdout) as { diagnostics: { file: string }[] }).diagnostics.map(({ file }) => file);
        };
        expect(await files('.')).toEqual(['a.cluster', 'b.cluster', 'deep/c.cluster']);
        expect(await files('*.cluster', 'a.cluster', './a.cluster')).toEqual(['a.cluster', 'b.cluster']);
        expect(await files('deep', 'b.cluster')).toEqual(['deep/c.cluster', 'b.cluster']);
    });

    it('ends with links that lead in a circle', async () => {
        const cwd = await folderWith({ 'deep/c.cluster': 'error c' });
        await symlink('..', join(cwd, 'deep', 'up'));
        const { stdout } = await faultline(['check'], fakeRooms(), { cwd });
        expect(stdout).toContain('1 error in 1 file.');
    });

    it('reads standard input', async () => {
        const { code, stdout } = await faultline(['check', '-'], fakeRooms(), { stdin: 'error no' });
        expect(code).toBe(1);
        expect(stdout).toContain('<stdin>:1:1: error toy/error');
    });

    it('makes refuted objectives errors and unproved ones warnings when asked to prove', async () => {
        const cwd = await folderWith({ 'a.cluster': 'objective o failed\nobjective p not-proved\nobjective q passed' });
        expect((await faultline(['check'], fakeRooms(), { cwd })).code).toBe(0);
        const { code, stdout } = await faultline(['check', '--prove'], fakeRooms(), { cwd });
        expect(code).toBe(1);
        expect(stdout).toContain('a.cluster:1:1: error objective/refuted');
        expect(stdout).toContain('a.cluster:2:1: warning objective/not-proved');
        expect(stdout).toContain('1 error and 1 warning in 1 file.');
    });
});

describe('input that cannot be read', () => {
    const cases: [string, Record<string, string | Uint8Array>, string, string][] = [
        ['a missing file', {}, 'gone.cluster', 'gone.cluster cannot be read: there is no such file.'],
        ['an empty folder', { 'sub/notes.txt': '' }, 'sub', 'There is no .cluster file in the folder sub.'],
        ['a pattern without a match', {}, '*.cluster', 'No file matches the pattern *.cluster.'],
        ['bytes', { 'x.cluster': new Uint8Array([0, 1, 2]) }, 'x.cluster', 'x.cluster is not a text file in UTF-8.'],
        [
            'Latin-1',
            { 'x.cluster': new Uint8Array([0xe9, 0x20]) },
            'x.cluster',
            'x.cluster is not a text file in UTF-8.',
        ],
        [
            'a path through a file',
            { x: '' },
            'x/y.cluster',
            'x/y.cluster cannot be read: a part of its path is not a folder.',
        ],
    ];
    it.each(cases)('%s: exit code 2 and one clear sentence', async (_what, files, argument, sentence) => {
        const cwd = await folderWith(files);
        const outcome = await faultline(['check', argument], fakeRooms(), { cwd });
        expect(outcome).toEqual({ code: 2, stdout: '', stderr: `error: ${sentence}\n` });
    });

    it('does not keep the others from being checked', async () => {
        const cwd = await folderWith({ 'a.cluster': 'error a' });
        const { code, stdout, stderr } = await faultline(['check', 'gone.cluster', 'a.cluster'], fakeRooms(), { cwd });
        expect(code).toBe(2);
        expect(stdout).toContain('a.cluster:1:1: error');
        expect(stderr).toBe('error: gone.cluster cannot be read: there is no such file.\n');
    });

    it('a byte order mark is no part of the text', async () => {
        const cwd = await folderWith({ 'a.cluster': '\ufefferror a' });
        expect((await faultline(['check'], fakeRooms(), { cwd })).code).toBe(1);
    });
});
