import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject, projectRoot } from '../../scripts/lib/paths.mjs';
import { ALLOWED, violationsIn } from './support/arrows.js';
import { importsOf, readSources, type Sources } from './support/imports.js';

const sources = readSources(projectRoot, 'src');
const rooms = Object.keys(ALLOWED);

/** Violations that a file adds to the real ones, which are none. */
const planted = (path: string, text: string): string[] => violationsIn(importsOf(new Map([...sources, [path, text]])));

describe('the import graph', () => {
    it('is read: every room has files and imports', () => {
        const edges = importsOf(sources);
        for (const room of rooms.filter((name) => name !== 'topology'))
            expect(edges.filter((edge) => edge.from.startsWith(`src/${room}/`)).length, room).toBeGreaterThan(0);
    });

    it('has no room that the table does not name', () => {
        const folders = readdirSync(inProject('src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
        expect(rooms).toEqual(expect.arrayContaining(folders.map((entry) => entry.name)));
    });

    it('has no forbidden arrow', () => {
        expect(violationsIn(importsOf(sources))).toEqual([]);
    });

    it('has a table without cycles', () => {
        const above = (room: string, path: readonly string[]): void => {
            expect(path, [...path, room].join(' → ')).not.toContain(room);
            for (const next of ALLOWED[room] ?? []) above(next, [...path, room]);
        };
        for (const room of rooms) above(room, []);
    });
});

describe('a planted arrow is found', () => {
    it.each([
        ['src/topology/x.ts', `import { run } from '../simulator/index.js';`, 'topology must not know simulator'],
        ['src/simulator/x.ts', `import type { Engine } from '../engines/index.js';`, 'simulator must not know engines'],
        ['src/proof/x.ts', `export * from '../analysis/index.js';`, 'proof must not know analysis'],
        [
            'src/engines/redis/x.ts',
            `const x = await import('../../language/index.js');`,
            'engines must not know language',
        ],
        ['src/extension/x.ts', `let x: import('../simulator/index.js').Run;`, 'extension must not know simulator'],
        ['src/webview/x.ts', `import * as vscode from 'vscode';`, 'only extension may'],
        ['src/simulator/x.ts', `import { AstNode } from 'langium/grammar';`, 'only language may'],
        ['src/proof/x.ts', `import { readFileSync } from 'node:fs';`, 'only extension, language, analysis, cli may'],
        ['src/protocol/x.ts', `import { toDrawing } from '../diagram/index.js';`, 'types only'],
        ['src/cli/x.ts', `import { deep } from '../analysis/verdict.js';`, 'through their index.ts'],
        ['src/unheard-of/x.ts', `import '../topology/index.js';`, 'not a known room'],
    ])('%s: %s', (path, text, reason) => {
        expect(planted(path, text)).toEqual([expect.stringContaining(reason)]);
    });

    it('and what is allowed is not', () => {
        expect(planted('src/cli/x.ts', `import { simulate } from '../simulator/index.js';`)).toEqual([]);
        expect(planted('src/protocol/x.ts', `import type { Drawing } from '../diagram/index.js';`)).toEqual([]);
    });

    it('in the sources themselves, not only in lists made by hand', () => {
        const poisoned: Sources = new Map(
            [...sources].map(([path, text]) => [
                path,
                path === 'src/topology/model.ts' ? `${text}\nimport '../cli/main.js';` : text,
            ]),
        );
        expect(violationsIn(importsOf(poisoned))).toEqual([expect.stringContaining('topology must not know cli')]);
    });
});
