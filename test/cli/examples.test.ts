import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProveReport, SimulateReport, TestReport } from '../../src/analysis/index.js';
import { projectRooms } from '../../src/cli/projectRooms.js';
import { inProject } from '../../scripts/lib/paths.mjs';
import { faultline, folderWith, type Outcome, type Surroundings } from './console.js';

const REDIS = 'examples/redis.cluster';
const SERVER = 'examples/server.cluster';

const run = (args: readonly string[], around: Surroundings = {}): Promise<Outcome> =>
    faultline(args, projectRooms, { cwd: inProject(), ...around });

const simulated = async (args: readonly string[]): Promise<SimulateReport> =>
    JSON.parse((await run(args)).stdout) as SimulateReport;

/** The example with both copies of s-1 in zone a. */
async function copiesTogether(): Promise<string> {
    const text = await readFile(inProject(REDIS), 'utf8');
    return text
        .replace('s-1 on cache-1, cache-5', 's-1 on cache-1, cache-4')
        .replace('cache-3, cache-4', 'cache-3, cache-5');
}

describe('the examples, as people read them', () => {
    it.each([
        ['check', REDIS],
        ['check', SERVER],
        ['test', REDIS],
        ['test', SERVER],
        ['prove', REDIS],
        ['prove', SERVER],
    ])('%s %s', async (command, file) => {
        const { code, stdout, stderr } = await run([command, file]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const golden = `${command}-${file.replace(/^.*\/|\.cluster$/g, '')}.txt`;
        await expect(stdout).toMatchFileSnapshot(join('golden', golden));
    });

    it('a refuted objective names the zone and gives the scenario', async () => {
        const cwd = await folderWith({ 'cache.cluster': await copiesTogether() });
        const { code, stdout } = await run(['prove', 'cache.cluster'], { cwd });
        expect(code).toBe(1);
        await expect(stdout).toMatchFileSnapshot(join('golden', 'prove-copies-together.txt'));
    });
});

describe('the examples, as machines read them', () => {
    it('stops when the time is up, and says how far it came', async () => {
        const stdin = `region r { zone a  zone b  zone c }
            cluster ring: cassandra in r { nodes n-[1..60] across zones  keyspace k { replicas 3 } endpoint discovery }
            objective far for ring { tolerate any 5 nodes }`;
        const { code, stdout } = await run(['prove', '-', '--timeout', '1ms', '--format', 'json'], { stdin });
        expect(code).toBe(1);
        const { results } = JSON.parse(stdout) as ProveReport;
        const clauses = results.flatMap((result) => result.clauses);
        expect(clauses.map(({ actual }) => actual).join()).toMatch(/within the budget: [\d,]+ of [\d,]+ failure sets/);
        const misuse = await run(['prove', REDIS, '--timeout', 'soon']);
        expect(misuse.code).toBe(2);
        expect(misuse.stderr).toContain('Give a duration with its unit');
    });

    it('proves any 1 node over 6 sets and any 1 zone over 3', async () => {
        const { results } = JSON.parse((await run(['prove', REDIS, '--format', 'json'])).stdout) as ProveReport;
        expect(results).toHaveLength(1);
        expect(results[0]).toMatchObject({ file: REDIS, kind: 'objective', status: 'passed', sets: 9 });
        expect(results[0]?.clauses.slice(0, 2)).toMatchObject([
            { text: 'tolerate any 1 node', status: 'passed', sets: 6 },
            { text: 'tolerate any 1 zone', status: 'passed', sets: 3 },
        ]);
    });

    it('passes every scenario and objective of all ten systems, but for the availability that is not computed yet', async () => {
        const { results } = JSON.parse((await run(['test', 'examples', '--format', 'json'])).stdout) as TestReport;
        expect(results.length).toBeGreaterThan(30);
        expect(new Set(results.map(({ file }) => file)).size).toBe(11);
        const open = results.flatMap(({ file, clauses }) =>
            clauses.filter(({ status }) => status !== 'passed').map(({ text, status }) => `${file}: ${text} ${status}`),
        );
        expect(open).toEqual(['examples/shop.cluster: availability 99.9% not-proved']);
    });

    it('gives the same history for the same seed, and others for others', async () => {
        const args = [
            'simulate',
            REDIS,
            '--scenario',
            'primary-crash',
            '--runs',
            '3',
            '--seed',
            '5',
            '--format',
            'json',
        ];
        const [first, second] = [await simulated(args), await simulated(args)];
        expect(first).toEqual(second);
        expect(first.runs.map(({ seed }) => seed)).toEqual([5, 6, 7]);
        expect(new Set(first.runs.map(({ traceHash }) => traceHash)).size).toBe(3);
    });

    it('sums up what the runs hold', async () => {
        const args = ['simulate', REDIS, '--scenario', 'primary-crash', '--runs', '5', '--format', 'json'];
        const { runs, summary } = JSON.parse((await run(args)).stdout) as SimulateReport;
        const writes = summary.outages.find(({ shard, op }) => shard === 's-1' && op === 'write');
        const lengths = runs
            .flatMap(({ outages }) => outages.filter(({ shard, op }) => shard === 's-1' && op === 'write'))
            .map(({ fromMs, toMs }) => (toMs ?? Infinity) - fromMs)
            .sort((a, b) => a - b);
        expect(writes).toMatchObject({ n: 5, minMs: lengths[0], medianMs: lengths[2], maxMs: lengths[4] });
    });
});

describe('a refutation', () => {
    it('comes with a scenario that fails when it is pasted behind the file', async () => {
        const text = await copiesTogether();
        const cwd = await folderWith({ 'cache.cluster': text });
        const { results } = JSON.parse(
            (await run(['prove', 'cache.cluster', '--format', 'json'], { cwd })).stdout,
        ) as ProveReport;
        const refuted = results[0]?.clauses.find((clause) => clause.text === 'tolerate any 1 zone');
        expect(refuted?.counterexample?.faults).toEqual(['zone us-east-1.a']);
        const scenario = refuted?.counterexample?.scenario ?? '';
        const name = /^scenario (\S+)/.exec(scenario)?.[1] ?? '';
        const replayed = await run(['simulate', '-', '--scenario', name], { stdin: `${text}\n${scenario}` });
        expect(replayed.code).toBe(1);
        expect(replayed.stdout).toContain('✗ expect');
    });

    it('is an error of check --prove, at its clause', async () => {
        const { code, stdout } = await run(['check', '--prove', '-'], { stdin: await copiesTogether() });
        expect(code).toBe(1);
        expect(stdout).toContain('<stdin>:28:3: error objective/refuted\n   28 |   tolerate any 1 zone\n');
    });
});

describe('a scenario that fails', () => {
    const late = `scenario late "Two things, one of which is enough"  {
            at 20s  crash node cache-6
            at 30s  crash node cache-1
            until 5m
            expect writes of sessions.s-1 restored within 1s
        }`;

    it('is printed with what it needs in order to fail, and that fails, too', async () => {
        const text = `${await readFile(inProject(REDIS), 'utf8')}\n${late}`;
        const { code, stdout } = await run(['simulate', '-', '--scenario', 'late', '--minimise'], { stdin: text });
        expect(code).toBe(1);
        const [told, scenario = ''] = stdout.split('  Paste it behind the file and run it:\n');
        expect(told).toContain('1 of 2 faults is needed');
        expect(scenario).toContain('crash node cache-1\n');
        expect(scenario).not.toContain('cache-6');
        const args = ['simulate', '-', '--scenario', 'late-smallest-1'];
        const replayed = await run(args, { stdin: `${text}\n${scenario}` });
        expect(replayed.code).toBe(1);
        const json = await run([...args, '--minimise', '--format', 'json'], { stdin: `${text}\n${scenario}` });
        expect(JSON.parse(json.stdout)).toMatchObject({ minimised: { before: 1, after: 1 } });
    });

    it('needs to fail for that', async () => {
        const { code, stdout } = await run(['simulate', REDIS, '--scenario', 'primary-crash', '--minimise']);
        expect(code).toBe(0);
        expect(stdout).toContain('Nothing to minimise: no expectation failed.');
    });
});

describe('a replay', () => {
    it('is the command that the failure prints', async () => {
        const text = (await readFile(inProject(REDIS), 'utf8')).replace('led by cache-5', 'led by cache-6');
        const cwd = await folderWith({ 'my cache.cluster': text });
        const { stdout } = await run(['test'], { cwd });
        expect(stdout).toContain("replay: faultline simulate 'my cache.cluster' --scenario primary-crash --seed 1");
        const replayed = await run(['simulate', 'my cache.cluster', '--scenario', 'primary-crash', '--seed', '1'], {
            cwd,
        });
        expect(replayed.code).toBe(1);
        expect(replayed.stdout).toContain('✗ expect sessions.s-1 led by cache-6 at 7m');
    });
});

describe('files of any content', () => {
    it.each(['', '// to do\n'])('%j is no error, and it is said that nothing is declared', async (stdin) => {
        const { code, stdout, stderr } = await run(['check', '-'], { stdin });
        expect({ code, stdout, stderr }).toEqual({
            code: 0,
            stdout: 'No findings in 1 file.\n',
            stderr: '<stdin> declares nothing.\n',
        });
    });

    it.each([
        ['a misspelled keyword', 'scenaro x { }', 'language/syntax'],
        ['deep nesting', 'region r {'.repeat(10_000), 'language/too-deep'],
        ['too many nodes', 'cluster a: server { nodes n-[1..999999999] }', 'language/too-many-nodes'],
    ])('%s gets its code and exit code 1 from check and test', async (_what, stdin, code) => {
        const checked = await run(['check', '-'], { stdin });
        expect(checked.code).toBe(1);
        expect(checked.stdout).toContain(` error ${code}\n`);
        const tested = await run(['test', '-'], { stdin });
        expect(tested.code).toBe(1);
        expect(tested.stderr).toContain(` error ${code}\n`);
    });

    it('cannot steer the terminal through the names of a drawing', async () => {
        const stdin = 'region "r\u001b[2J" { zone a { node "<script>\u0007" } }';
        const { stdout } = await run(['draw', '-'], { stdin });
        expect(stdout).toContain('<svg');
        expect(stdout).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(stdout).not.toContain('<script>');
    });
});

describe('imports', () => {
    const importing = (path: string): string => `import "${path}"\nworkload w { reads web 1/s }`;
    const WEB = 'cluster web: server { nodes n-[1..2] }';

    it('are read beside the file, and no further up than the working directory', async () => {
        const cwd = await folderWith({
            'sub/main.cluster': importing('../shared/web.cluster'),
            'shared/web.cluster': WEB,
        });
        expect((await run(['check', 'sub/main.cluster'], { cwd })).code).toBe(0);
        const below = await run(['check', 'main.cluster'], { cwd: join(cwd, 'sub') });
        expect(below.code).toBe(1);
        expect(below.stdout).toContain('error language/import');
    });
});
