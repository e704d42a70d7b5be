import { expect, test } from 'vitest';
import { projectFile, read } from './support.js';

/** Deterministic, so that a failure can be looked at again. */
function generator(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (state * 1_664_525 + 1_013_904_223) >>> 0;
        return Math.floor((state / 4_294_967_296) * below);
    };
}

const SOURCES = ['test/language/fixtures/constructs.cluster', 'examples/redis.cluster', 'examples/server.cluster'];

/** One or two words of a valid file are lost, doubled or swapped for a brace: what an editor sees between two keystrokes. */
function damaged(text: string, below: (limit: number) => number): string {
    const words = text.split(/(\s+)/);
    for (let count = 1 + below(2); count > 0; count--) {
        const at = below(words.length);
        words.splice(at, 1, ...([[], ['}'], ['{'], [words[at] ?? '', ' ', words[at] ?? '']][below(4)] ?? []));
    }
    return words.join('');
}

test.each(SOURCES)('every half-typed state of %s is read, and nothing half-understood is run', async (path) => {
    const text = projectFile(path);
    const below = generator(11);
    for (let round = 0; round < 15; round++) {
        const source = damaged(text, below);
        const document = await read(source);
        const spoilt = document.findings.some((finding) => finding.code === 'language/syntax');
        if (!spoilt) continue;
        for (const scenario of document.topology.scenarios) {
            const lines = source.split('\n').slice(scenario.source.start.line);
            expect(lines[0]).toContain(scenario.name);
        }
    }
});

test('a file that breaks off anywhere is read', async () => {
    const text = projectFile('test/language/fixtures/constructs.cluster');
    for (let end = 0; end < text.length; end += 97) {
        const document = await read(text.slice(0, end));
        expect(document.topology.uri).toBe(document.uri);
        for (const { source } of document.findings) expect(source.start.line).toBeGreaterThanOrEqual(0);
    }
});

test('a client setting without a key costs its own line alone', async () => {
    const { findings } = await read(
        'region r { zone a  zone b }\ncluster web: server in r { nodes n-[1..2] across zones }\nworkload w { reads web 1/s with = all }',
    );
    expect(findings.every(({ code, source }) => code === 'language/syntax' && source.start.line === 2)).toBe(true);
});
