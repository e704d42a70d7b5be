import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultline, folderWith } from './console.js';
import { fakeRooms } from './fakes.js';

describe('faultline test', () => {
    it('gives a line to each, and to failures what was found and how to see it again', async () => {
        const cwd = await folderWith({
            "it's.cluster": 'objective o failed\nscenario good passed\nscenario bad failed\nobjective p not-proved',
        });
        const { code, stdout } = await faultline(['test'], fakeRooms(), { cwd });
        expect(code).toBe(1);
        expect(stdout).toBe(
            [
                "it's.cluster",
                '  ✗ objective o',
                '    ✗ expect o  (line 1)',
                '        It was failed.',
                '        This scenario shows it; paste it behind the file and run it:',
                '',
                '        scenario shown {',
                '        }',
                '',
                '  ✓ scenario good',
                '  ✗ scenario bad',
                '    ✗ expect bad  (line 3)',
                '        It was failed.',
                "      seed 7, replay: faultline simulate 'it'\\''s.cluster' --scenario bad --seed 7",
                '  ? objective p',
                '    ? expect p  (line 4)',
                '        It was not-proved.',
                '',
                '1 passed, 2 failed and 1 not proved of 4 scenarios and objectives.',
                '',
            ].join('\n'),
        );
    });

    it.each(['failed', 'not-proved', 'error'])('%s ends with 1', async (status) => {
        const cwd = await folderWith({ 'a.cluster': `objective o ${status}` });
        expect((await faultline(['test'], fakeRooms(), { cwd })).code).toBe(1);
        expect((await faultline(['prove'], fakeRooms(), { cwd })).code).toBe(1);
    });

    it('runs what the filter names, in any case', async () => {
        const cwd = await folderWith({ 'a.cluster': 'scenario lose-zone passed\nscenario crash failed' });
        const { code, stdout } = await faultline(['test', '--filter', 'ZONE'], fakeRooms(), { cwd });
        expect(code).toBe(0);
        expect(stdout).not.toContain('crash');
    });

    it('tells what is not understood, runs what is, and says why the rest was not run', async () => {
        const cwd = await folderWith({ 'a.cluster': 'misread\nscenario x broken\nscenario y passed' });
        const { code, stdout, stderr } = await faultline(['test'], fakeRooms(), { cwd });
        expect(code).toBe(1);
        expect(stderr).toContain('a.cluster:1:1: error language/syntax');
        expect(stdout).toBe(
            [
                'a.cluster',
                '  ! scenario x',
                '      note: It rests on an error.',
                '  ✓ scenario y',
                '',
                '1 passed and 1 could not be decided of 2 scenarios.',
                '',
            ].join('\n'),
        );
    });

    it('a file in which nothing could be read is not a passed one', async () => {
        const cwd = await folderWith({ 'a.cluster': 'misread' });
        expect((await faultline(['test'], fakeRooms(), { cwd })).code).toBe(1);
        expect((await faultline(['prove'], fakeRooms(), { cwd })).code).toBe(1);
    });

    it('prints the JSON contract', async () => {
        const cwd = await folderWith({ 'a.cluster': 'objective o failed\nscenario s passed' });
        const { stdout } = await faultline(['test', '--format', 'json'], fakeRooms(), { cwd });
        const shared = { file: 'a.cluster' };
        const refuted = { text: 'expect o', line: 1, status: 'failed', actual: 'It was failed.' };
        const counterexample = { faults: ['zone z.a'], scenario: 'scenario shown {\n}\n' };
        const held = { text: 'expect s', line: 2, status: 'passed', actual: 'It was passed.' };
        expect(JSON.parse(stdout)).toEqual({
            version: 1,
            results: [
                {
                    ...shared,
                    kind: 'objective',
                    name: 'o',
                    line: 1,
                    status: 'failed',
                    clauses: [{ ...refuted, counterexample }],
                },
                { ...shared, kind: 'scenario', name: 's', line: 2, status: 'passed', seed: 7, clauses: [held] },
            ],
        });
    });

    it('a finding about a file that can be run does not stop it', async () => {
        const cwd = await folderWith({ 'a.cluster': 'error bad design\nscenario x passed' });
        expect((await faultline(['test'], fakeRooms(), { cwd })).code).toBe(0);
    });

    it('says so when there is nothing to test', async () => {
        const cwd = await folderWith({ 'a.cluster': '' });
        const { code, stdout, stderr } = await faultline(['test'], fakeRooms(), { cwd });
        expect({ code, stdout, stderr }).toEqual({
            code: 0,
            stdout: '',
            stderr: 'There is no scenario and no objective to test.\n',
        });
    });
});

describe('faultline simulate', () => {
    const FILE = { 'a.cluster': 'scenario good passed\nscenario bad failed' };

    it('tells the story of one run with the seed of the file or another', async () => {
        const cwd = await folderWith(FILE);
        const simulate = (...args: string[]): Promise<{ code: number; stdout: string }> =>
            faultline(['simulate', 'a.cluster', '--scenario', ...args], fakeRooms(), { cwd });
        expect(await simulate('good')).toMatchObject({ code: 0, stdout: 'good ran with seed 7.\n✓ it held\n' });
        expect(await simulate('bad', '--seed', '0')).toMatchObject({
            code: 1,
            stdout: 'bad ran with seed 0.\n✓ it held\n',
        });
    });

    it('sums many runs up in a table', async () => {
        const cwd = await folderWith(FILE);
        const args = ['simulate', 'a.cluster', '--scenario', 'bad', '--runs', '3', '--seed', '11'];
        const { code, stdout } = await faultline(args, fakeRooms(), { cwd });
        expect(code).toBe(1);
        expect(stdout).toBe(
            [
                'bad, 3 runs, seeds 11 to 13',
                '',
                'outages of     n      min   median         p95   max   never recovered',
                'reads of web   2   340 ms   17.4 s   2 min 5 s     –                 1',
                '',
                '✗ expect bad  held in 0 of 3 runs',
                '',
                'Failed in 3 runs: seed 11, 12, 13.',
                'Replay the first: faultline simulate a.cluster --scenario bad --seed 11',
                '',
            ].join('\n'),
        );
    });

    it('writes the event log', async () => {
        const cwd = await folderWith(FILE);
        const args = [
            'simulate',
            'a.cluster',
            '--scenario',
            'good',
            '--runs',
            '2',
            '--trace',
            'log.json',
            '--format',
            'json',
        ];
        const { stdout, stderr } = await faultline(args, fakeRooms(), { cwd });
        expect(JSON.parse(stdout)).toMatchObject({ version: 1, scenario: 'good', runs: [{ seed: 7 }, { seed: 8 }] });
        expect(stderr).toBe('Wrote log.json.\n');
        const trace = [{ atMs: 5, kind: 'fault', text: 'It struck.', cause: null }];
        expect(JSON.parse(await readFile(join(cwd, 'log.json'), 'utf8'))).toEqual({
            version: 1,
            scenario: 'good',
            runs: [7, 8].map((seed) => ({ seed, traceHash: '0123456789abcdef', trace })),
        });
    });

    it('reports a log that cannot be written', async () => {
        const cwd = await folderWith(FILE);
        const args = ['simulate', 'a.cluster', '--scenario', 'good', '--trace', 'no/such/log.json'];
        const { code, stdout, stderr } = await faultline(args, fakeRooms(), { cwd });
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain('no/such/log.json cannot be written: its folder does not exist.');
    });
});

describe('a scenario that is not understood', () => {
    it('is named with the reason, and nothing is printed as data', async () => {
        const cwd = await folderWith({ 'a.cluster': 'scenario x broken' });
        const { code, stdout, stderr } = await faultline(['simulate', 'a.cluster', '--scenario', 'x'], fakeRooms(), {
            cwd,
        });
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toBe('error: a.cluster, scenario x: It rests on an error.\n');
    });

    it('may be the one that is asked for when the text could not be read', async () => {
        const cwd = await folderWith({ 'a.cluster': 'misread' });
        const { code, stderr } = await faultline(['simulate', 'a.cluster', '--scenario', 'x'], fakeRooms(), { cwd });
        expect(code).toBe(2);
        expect(stderr).toContain('error language/syntax');
        expect(stderr).toContain('a.cluster has no scenario x that could be read.');
    });
});

describe('faultline draw', () => {
    it('prints the SVG, or writes it', async () => {
        const cwd = await folderWith({ 'a.cluster': '' });
        const printed = await faultline(['draw', 'a.cluster', '--theme', 'dark'], fakeRooms(), { cwd });
        expect(printed).toEqual({ code: 0, stdout: '<svg class="dark plain"></svg>\n', stderr: '' });
        const written = await faultline(['draw', 'a.cluster', '--output', 'a.svg'], fakeRooms(), { cwd });
        expect(written).toEqual({ code: 0, stdout: '', stderr: 'Wrote a.svg.\n' });
        expect(await readFile(join(cwd, 'a.svg'), 'utf8')).toBe('<svg class="light plain"></svg>');
    });

    it.each([
        ['a.png', [], 'PNG light'],
        ['a.mmd', [], 'flowchart TB\n'],
        ['a.txt', ['--format', 'mermaid'], 'flowchart TB\n'],
        ['a.svg', ['--font', 'IBM Plex Sans'], '<svg class="light IBM Plex Sans"></svg>'],
    ])('writes %s in the format that its ending or an option names', async (name, options, expected) => {
        const cwd = await folderWith({ 'a.cluster': '' });
        const { code } = await faultline(['draw', 'a.cluster', '--output', name, ...options], fakeRooms(), { cwd });
        expect(code).toBe(0);
        expect(await readFile(join(cwd, name), 'utf8')).toBe(expected);
    });

    it('takes one file', async () => {
        const cwd = await folderWith({ 'a.cluster': '', 'b.cluster': '' });
        const { code, stderr } = await faultline(['draw', '.'], fakeRooms(), { cwd });
        expect(code).toBe(2);
        expect(stderr).toContain('stands for 2 files; this command takes one.');
    });

    it('does not draw what is not understood', async () => {
        const cwd = await folderWith({ 'a.cluster': 'misread' });
        const { code, stdout } = await faultline(['draw', 'a.cluster'], fakeRooms(), { cwd });
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    });
});
