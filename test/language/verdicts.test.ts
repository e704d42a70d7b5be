import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import type { Verdict } from '../../src/analysis/index.js';
import type { AnalysisPort } from '../../src/language/server/analysis-port.js';
import type { Topology } from '../../src/topology/index.js';
import { standingTitle } from '../../src/language/editor/verdict-words.js';
import { Client } from './client.js';

const DESIGN = `region r { zone a zone b }
cluster c: server in r { nodes n-[1..2] across zones }
`;
const OBJECTIVE = `objective o for c {
  tolerate any 1 zone
}
`;
const TEXT = DESIGN + OBJECTIVE;
const OTHER_DESIGN = TEXT.replace('[1..2]', '[1..4]');

/** One call of the analysis, which the test answers when it likes. */
interface Call {
    readonly topology: Topology;
    readonly index: number;
    readonly cancelled: Promise<void>;
    refute(): void;
    pass(): void;
    fail(message: string): void;
}

let client: Client;
let calls: Call[];
let called: (call: Call) => void;

const analysis: AnalysisPort = {
    proveObjective: (topology, index, token) =>
        new Promise((resolve, reject) => {
            const cancelled = new Promise<void>((done) => token.onCancellationRequested(() => done()));
            const call: Call = {
                topology,
                index,
                cancelled,
                refute: () => resolve(verdictOn(topology, index, 'failed')),
                pass: () => resolve(verdictOn(topology, index, 'passed')),
                fail: (message) => reject(new Error(message)),
            };
            calls.push(call);
            called(call);
        }),
    runScenario: () => Promise.reject(new Error('No scenario is run here.')),
    dispose: () => undefined,
};

function verdictOn(topology: Topology, index: number, status: 'failed' | 'passed'): Verdict {
    const objective = topology.objectives[index]!;
    const zone = topology.zones[0]!;
    const plan = { name: 'shown', source: zone.source, seed: 1, steps: [], untilMs: 0, expectations: [] };
    const counterexample = { faults: ['zone r.a'], scenario: '', plan, sources: [zone.source] };
    const clauses = objective.clauses.map(({ text, source }) => ({
        text,
        source,
        status,
        actual: 'So it was found.',
        ...(status === 'failed' ? { counterexample } : {}),
    }));
    return {
        kind: 'objective',
        name: objective.name,
        source: objective.source,
        status,
        clauses,
        notes: [],
        elapsedMs: 1,
    };
}

function nextCall(): Promise<Call> {
    return new Promise((resolve) => (called = resolve));
}

const refuted = (diagnostics: readonly Diagnostic[]): Diagnostic | undefined =>
    diagnostics.find(({ code }) => code === 'objective/refuted');
const isRefuted = (diagnostics: readonly Diagnostic[]): boolean => refuted(diagnostics) !== undefined;

/** Opens a text whose one objective has been refuted. */
async function openRefuted(text = TEXT): Promise<void> {
    const call = nextCall();
    await client.open(text);
    const found = client.diagnosticsWith(isRefuted);
    (await call).refute();
    await found;
}

beforeEach(async () => {
    calls = [];
    called = () => undefined;
    client = await Client.start(analysis);
});

afterEach(() => client.dispose());

test('comments, blank lines, titles and scenarios cost no proof, and the verdict moves with its objective', async () => {
    await openRefuted();
    const moved = await client.edit(`// one line more\n${TEXT.replace('objective o', 'objective o "Title"')}`);
    expect(refuted(moved)).toMatchObject({
        range: { start: { line: 4, character: 2 } },
        relatedInformation: [{ location: { range: { start: { line: 1, character: 16 } } } }],
    });
    expect(await client.lenses()).toEqual(['✗ tolerate any 1 zone: broken by zone r.a', 'Show']);
    await client.edit(`${TEXT}\n\nscenario s { at 1s fail zone r.a }`);
    const renamed = await client.edit(TEXT.replace('objective o', 'objective other'));
    expect(isRefuted(renamed)).toBe(true);
    const next = nextCall();
    await client.edit(OTHER_DESIGN);
    await next;
    expect(calls).toHaveLength(2);
});

test('what was found stays until the next verdict is in, and the lens says that it is being proved', async () => {
    await openRefuted();
    const shown = client.published.length;
    const next = nextCall();
    expect(isRefuted(await client.edit(OTHER_DESIGN))).toBe(true);
    const call = await next;
    expect(await client.lenses()).toEqual(['… proving (before: ✗ tolerate any 1 zone: broken by zone r.a)']);
    expect(client.published.slice(shown).every(isRefuted)).toBe(true);
    const cleared = client.diagnosticsWith((diagnostics) => !isRefuted(diagnostics));
    call.pass();
    await cleared;
    expect(await client.lenses()).toEqual(['✓ survives any 1 zone']);
});

test('an edit that is taken back costs no proof', async () => {
    await openRefuted();
    const next = nextCall();
    await client.edit(OTHER_DESIGN);
    const found = client.diagnosticsWith((diagnostics) => !isRefuted(diagnostics));
    (await next).pass();
    await found;
    expect(isRefuted(await client.edit(TEXT))).toBe(true);
    expect(await client.lenses()).toEqual(['✗ tolerate any 1 zone: broken by zone r.a', 'Show']);
    expect(isRefuted(await client.edit(OTHER_DESIGN))).toBe(false);
    expect(calls).toHaveLength(2);
});

test('the proof of an outdated model is cancelled, and its late result is not shown', async () => {
    const first = nextCall();
    await client.open(TEXT);
    const outdated = await first;
    const second = nextCall();
    await client.edit(OTHER_DESIGN);
    await outdated.cancelled;
    outdated.refute();
    const call = await second;
    expect(call.topology.nodes).toHaveLength(4);
    const told = client.diagnosticsWith(() => true);
    call.pass();
    await told;
    expect(client.published.some(isRefuted)).toBe(false);
    expect(await client.lenses()).toEqual(['✓ survives any 1 zone']);
});

test('a proof goes on while a comment is typed, and its verdict is told at the present place', async () => {
    const first = nextCall();
    await client.open(TEXT);
    const call = await first;
    await client.edit(`// a\n// comment\n${TEXT}`);
    const found = client.diagnosticsWith(isRefuted);
    call.refute();
    expect(refuted(await found)?.range.start.line).toBe(5);
    expect(calls).toHaveLength(1);
});

test('a half-typed line leaves what was found in its place and says that it is older', async () => {
    await openRefuted();
    const halfTyped = await client.edit(TEXT.replace('across zones', 'across zones nod'));
    expect(halfTyped.some(({ code }) => code === 'language/syntax')).toBe(true);
    expect(refuted(halfTyped)).toMatchObject({
        range: { start: { line: 3, character: 2 } },
        message: expect.stringContaining('before the text had its present errors') as string,
    });
    expect(await client.lenses()).toEqual([
        '… waiting until the errors are mended (before: ✗ tolerate any 1 zone: broken by zone r.a)',
    ]);
    expect(isRefuted(await client.edit(TEXT))).toBe(true);
    expect(calls).toHaveLength(1);
});

test('a clause that is being changed keeps its place among the diagnostics', async () => {
    await openRefuted();
    const next = nextCall();
    expect(isRefuted(await client.edit(TEXT.replace('1 zone', '2 zones')))).toBe(true);
    await next;
});

test('only the changed one of two objectives is proved again', async () => {
    const two = `${TEXT}objective p for c {\n  tolerate any 1 node\n}\n`;
    const first = nextCall();
    await client.open(two);
    const second = first.then((call) => (call.pass(), nextCall()));
    const told = client.diagnosticsWith(() => calls.length === 2);
    (await second).pass();
    await told;
    const third = nextCall();
    await client.edit(two.replace('1 node', '2 nodes'));
    const call = await third;
    expect(call.topology.objectives[call.index]?.name).toBe('p');
    expect(await client.lenses()).toEqual(['✓ survives any 1 zone', '… proving (before: ✓ survives any 1 node)']);
});

test('a proof that fails is said to have failed, once', async () => {
    const first = nextCall();
    await client.open(TEXT);
    const told = client.diagnosticsWith(() => true);
    (await first).fail('The worker died.');
    await told;
    expect(await client.lenses()).toEqual(['! It could not be proved. The worker died.']);
    await client.edit(`// a comment\n${TEXT}`);
    expect(calls).toHaveLength(1);
});

test('what keeps several clauses from being decided is said once', () => {
    const source = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const clause = (text: string, actual: string): Verdict['clauses'][number] => ({
        text,
        actual,
        source,
        status: 'error',
    });
    const title = (...clauses: Verdict['clauses']): string =>
        standingTitle({
            kind: 'proved',
            verdict: { kind: 'objective', name: 'o', source, status: 'error', clauses, notes: [], elapsedMs: 0 },
        });
    const [zone, node] = [clause('tolerate any 1 zone', 'No model.'), clause('tolerate any 1 node', 'No model.')];
    expect(title(zone, node)).toBe('! No model.');
    expect(title(zone, clause('availability 99%', 'No rates.'))).toBe(
        '! tolerate any 1 zone: No model.  ! availability 99%: No rates.',
    );
});
