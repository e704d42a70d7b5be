import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { collectFindings, idleFaultFindings, proveObjective, runScenario } from '../../src/analysis/index.js';
import { engines } from '../../src/engines/index.js';
import { exampleText, languageCodes } from '../../src/language/codes/index.js';
import { verdictFindings } from '../../src/analysis/index.js';
import { allCodes } from '../../src/language/explain/codes.js';
import { read } from './support.js';

const SYNTAX = ['language/syntax', 'language/unclosed'];

/** Codes of a file, of its objectives as well, and of its scenarios if they are run. */
async function codesOf(text: string, runs = false): Promise<Set<string>> {
    const { findings, topology } = await read(text, {}, { design: collectFindings });
    const verdicts = await Promise.all(topology.objectives.map((_, index) => proveObjective(topology, index)));
    const played = runs ? topology.scenarios : [];
    const shown = await Promise.all(
        played.map(async (scenario, index) =>
            idleFaultFindings(scenario, (await runScenario(topology, index)).run.faults),
        ),
    );
    return new Set([...findings, ...verdicts.flatMap(verdictFindings), ...shown.flat()].map(({ code }) => code));
}

describe.each(allCodes().map((page) => [page.code, page] as const))('%s', (code, page) => {
    it('is reported for its example, which is understood unless the code is about what is not', async () => {
        const example = exampleText(page);
        if (example === undefined) return;
        const codes = await codesOf(example, code.startsWith('scenario/'));
        expect(codes).toContain(code);
        if (!code.startsWith('language/')) expect([...codes].filter((each) => SYNTAX.includes(each))).toEqual([]);
    });

    it('is not reported for the remedy, which is understood', async () => {
        const codes = await codesOf(page.remedy, code.startsWith('scenario/'));
        expect([...codes].filter((each) => each === code || SYNTAX.includes(each))).toEqual([]);
    });

    it('is told in whole sentences, with a source or as a rule of the language or of every system', () => {
        expect(code).toMatch(/^[a-z]+\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
        expect(page.title).toMatch(/[^.]$/);
        expect(page.why).toMatch(/^\S.*\.$/s);
        expect(page.fix).toMatch(/^\S.*\.$/s);
    });
});

test('every code has one page', () => {
    const codes = allCodes().map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('only what no file causes is without an example', () => {
    const without = allCodes().filter((page) => exampleText(page) === undefined);
    expect(without.map(({ code }) => code)).toEqual(['language/too-many-errors', 'language/check-failed']);
});

test('every code that anything may report has a page', () => {
    const rooms = ['language', 'topology', 'objective', 'scenario', ...engines.map(({ name }) => name)];
    const literal = new RegExp(`(['"\`])((?:${rooms.join('|')})/[a-z0-9-]+)\\1`, 'g');
    const reported = sources().flatMap((text) => [...text.matchAll(literal)].map(([, , code]) => code!));
    const known = new Set(allCodes().map(({ code }) => code));
    expect([...new Set(reported)].filter((code) => !known.has(code))).toEqual([]);
    expect(reported).toEqual(expect.arrayContaining(languageCodes.map(({ code }) => code)));
});

/** Texts of all files of the program. */
function sources(): string[] {
    const folder = fileURLToPath(new URL('../../src/', import.meta.url));
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
        .map((path) => readFileSync(`${folder}${path}`, 'utf8'));
}
