import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRooms } from '../../src/cli/projectRooms.js';
import { faultline, folderWith, type Surroundings } from './console.js';

const UGLY = 'region r {\nzone a\n    zone b }\n\n\n\nworkload w { writes c 5/s }';
const NEAT = 'region r {\n  zone a\n  zone b\n}\n\nworkload w { writes c 5/s }\n';
const BROKEN = 'region r { zone a zone b }\nworkload w { wrties c 5/s }\n';

function fmt(args: readonly string[], around: Surroundings = {}): ReturnType<typeof faultline> {
    return faultline(['fmt', ...args], projectRooms, around);
}

const textOf = (...path: string[]): Promise<string> => readFile(join(...path), 'utf8');

describe('faultline fmt', () => {
    it('writes what changes and prints its name, in and below the working directory', async () => {
        const cwd = await folderWith({ 'ugly.cluster': UGLY, 'deep/neat.cluster': NEAT });
        const outcome = await fmt([], { cwd });
        expect(outcome).toEqual({ code: 0, stdout: 'ugly.cluster\n', stderr: '1 of 2 files changed.\n' });
        expect(await textOf(cwd, 'ugly.cluster')).toBe(NEAT);
        expect(await fmt([], { cwd })).toMatchObject({ code: 0, stdout: '' });
    });

    it('does not touch a file that is in canonical form', async () => {
        const cwd = await folderWith({ 'neat.cluster': NEAT });
        const before = await stat(join(cwd, 'neat.cluster'));
        await fmt(['neat.cluster'], { cwd });
        expect((await stat(join(cwd, 'neat.cluster'))).mtimeMs).toBe(before.mtimeMs);
    });

    it('tells where the errors of standard input stand in what was given', async () => {
        const { stderr } = await fmt(['-'], { stdin: `region r {\n\n\n\n\nzone a }\n${BROKEN.split('\n')[1]!}\n` });
        expect(stderr).toContain('<stdin>:7:');
    });

    it('--check writes nothing, lists what would change and ends with 1', async () => {
        const cwd = await folderWith({ 'ugly.cluster': UGLY, 'neat.cluster': NEAT });
        expect(await fmt(['--check'], { cwd })).toEqual({
            code: 1,
            stdout: 'ugly.cluster\n',
            stderr: '1 of 2 files would change.\n',
        });
        expect(await textOf(cwd, 'ugly.cluster')).toBe(UGLY);
        expect(await fmt(['--check', 'neat.cluster'], { cwd })).toEqual({
            code: 0,
            stdout: '',
            stderr: '1 file is in canonical form.\n',
        });
    });

    it('- formats standard input to standard output, line ends included', async () => {
        expect(await fmt(['-'], { stdin: UGLY })).toEqual({ code: 0, stdout: NEAT, stderr: '' });
        const windows = NEAT.replaceAll('\n', '\r\n');
        expect((await fmt(['-'], { stdin: UGLY.replaceAll('\n', '\r\n') })).stdout).toBe(windows);
        expect((await fmt(['-'], { stdin: NEAT })).stdout).toBe(NEAT);
        expect(await fmt(['--check', '-'], { stdin: UGLY })).toMatchObject({ code: 1, stdout: '<stdin>\n' });
    });

    it('hands control characters on to a file, and shows them on a terminal', async () => {
        const stdin = '// \u001b[31m\n';
        expect((await fmt(['-'], { stdin })).stdout).toBe(stdin);
        expect((await fmt(['-'], { stdin, terminal: true })).stdout).toBe('// ␛[31m\n');
    });

    it('leaves declarations with syntax errors as they are, tells them and ends with 1', async () => {
        const cwd = await folderWith({ 'broken.cluster': BROKEN });
        const { code, stdout, stderr } = await fmt(['broken.cluster'], { cwd });
        expect({ code, stdout }).toEqual({ code: 1, stdout: 'broken.cluster\n' });
        expect(stderr).toContain('broken.cluster:2:14: error language/syntax');
        expect(stderr).toContain('broken.cluster has 1 syntax error; what it touches is left as it is.');
        const written = 'region r { zone a  zone b }\nworkload w { wrties c 5/s }\n';
        expect(await textOf(cwd, 'broken.cluster')).toBe(written);
        expect(await fmt(['--check', 'broken.cluster'], { cwd })).toMatchObject({ code: 1, stdout: '' });
    });

    it('puts values in quotes that cannot be read without', async () => {
        const stdin = 'cluster c: redis {\n  settings {\n    dir: /var/lib/redis // here\n    save 900 1\n  }\n}\n';
        expect(await fmt(['-'], { stdin })).toEqual({
            code: 0,
            stdout: 'cluster c: redis {\n  settings {\n    dir = "/var/lib/redis" // here\n    save = "900 1"\n  }\n}\n',
            stderr: '',
        });
    });

    it('ends with 2 for what makes no sense or cannot be read, and formats the others', async () => {
        const cwd = await folderWith({ 'ugly.cluster': UGLY });
        expect(await fmt(['-', 'ugly.cluster'], { cwd })).toMatchObject({ code: 2, stdout: '' });
        expect(await fmt(['--chekc'], { cwd })).toMatchObject({ code: 2, stdout: '' });
        expect(await textOf(cwd, 'ugly.cluster')).toBe(UGLY);
        expect(await fmt(['none.cluster', 'ugly.cluster'], { cwd })).toMatchObject({
            code: 2,
            stdout: 'ugly.cluster\n',
        });
        expect(await textOf(cwd, 'ugly.cluster')).toBe(NEAT);
    });

    it('keeps the permissions of a file', async () => {
        const cwd = await folderWith({ 'ugly.cluster': UGLY });
        const path = join(cwd, 'ugly.cluster');
        await chmod(path, 0o640);
        await fmt(['ugly.cluster'], { cwd });
        expect((await stat(path)).mode & 0o777).toBe(0o640);
    });

    it('finds the examples in canonical form', async () => {
        expect(await fmt(['--check', 'examples'])).toMatchObject({
            code: 0,
            stdout: '',
        });
    });
});
