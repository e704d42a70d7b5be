import { describe, expect, it } from 'vitest';
import { faultline, folderWith } from './console.js';
import { fakeRooms } from './fakes.js';

const FILE = 'scenario lose-zone-a passed\nscenario lose-zone-b failed\nobjective survive passed';

async function ask(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return faultline(args, fakeRooms(), { cwd: await folderWith({ 'a.cluster': FILE }) });
}

describe('misuse of the command line ends with 2 and tells what exists', () => {
    it.each([
        [['chekc'], ["unknown command 'chekc'", 'Did you mean check?', 'Commands: check, test, simulate, prove, draw']],
        [
            ['check', '--fromat', 'json'],
            ["unknown option '--fromat'", 'Did you mean --format?', '--prove'],
        ],
        [
            ['check', '--format', 'xml'],
            ['xml', 'Allowed choices are pretty, json.'],
        ],
        [
            ['draw', 'a.cluster', '--theme', 'pink'],
            ['Allowed choices are light, dark, high-contrast, high-contrast-light.'],
        ],
        [
            ['simulate', 'a.cluster'],
            ['Say which scenario with --scenario NAME.', '  lose-zone-a', '  lose-zone-b'],
        ],
        [['simulate', '--scenario', 'x'], ["missing required argument 'file'"]],
        [['draw', 'a.cluster', 'b.cluster'], ['too many arguments']],
        [
            ['simulate', 'a.cluster', '--scenario', 'lose-zoen-a'],
            ['has no scenario lose-zoen-a', 'Did you mean lose-zone-a?', '  lose-zone-b'],
        ],
        [
            ['test', '--filter', 'survve'],
            ['No name or title contains survve.', 'Did you mean survive?', '  lose-zone-a'],
        ],
        [
            ['draw', 'a.cluster', '--output', 'x.gif'],
            ['The ending of x.gif does not say', '.svg, .png, .mmd'],
        ],
        [['draw', 'a.cluster', '--output', 'picture'], ['or --format names one of svg, png, mermaid, json']],
        [
            ['draw', 'a.cluster', '--format', 'png'],
            ['A PNG is not printed', '--output'],
        ],
        [['draw', 'a.cluster', '--format', 'gif'], ['Allowed choices are svg, png, mermaid, json.']],
        [['draw', 'a.cluster', '--font', "x'}*{fill:red"], ['Give the name of one font']],
    ])('%j', async (args, expected) => {
        const { code, stdout, stderr } = await ask(...args);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        for (const text of expected) {
            expect(stderr).toContain(text);
        }
    });

    it.each(['-1', '1.5', 'x', '', '1e3', '0x10', '99999999999999999999'])('--seed %j is refused', async (seed) => {
        const { code, stderr } = await ask('simulate', 'a.cluster', '--scenario', 'lose-zone-a', `--seed=${seed}`);
        expect(code).toBe(2);
        expect(stderr).toContain('Give a whole number from 0 to');
    });

    it.each(['0', '-3', '2.5', '10001', 'many'])('--runs %j is refused', async (runs) => {
        const { code, stderr } = await ask('simulate', 'a.cluster', '--scenario', 'lose-zone-a', `--runs=${runs}`);
        expect(code).toBe(2);
        expect(stderr).toContain('Give a whole number from 1 to 10000.');
    });

    it('without a command the help is on stderr', async () => {
        const { code, stdout, stderr } = await ask();
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain('Usage: faultline');
    });
});

describe('help', () => {
    it.each([['--help'], ['help']])('%s is data: on stdout, with exit code 0', async (argument) => {
        const { code, stdout, stderr } = await ask(argument);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toContain('Exit codes:');
    });

    it('of check says which severities count', async () => {
        expect((await ask('check', '--help')).stdout).toContain('Warnings and notes are printed and end with 0.');
    });

    it('prints the version', async () => {
        expect((await ask('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    });
});
