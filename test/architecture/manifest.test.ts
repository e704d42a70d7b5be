/** What package.json promises to VS Code, npm and Node is what the sources hold. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject, projectRoot } from '../../scripts/lib/paths.mjs';
import { codeServerVersions, vscodeVersionOf } from '../../scripts/vscode-server/versions.mjs';
import { readSources } from './support/imports.js';

interface Manifest {
    readonly name: string;
    readonly version: string;
    readonly license: string;
    readonly main: string;
    readonly browser: string;
    readonly icon: string;
    readonly bin: Readonly<Record<string, string>>;
    readonly engines: { readonly node: string; readonly vscode: string };
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
    readonly capabilities: unknown;
    readonly contributes: {
        readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
        readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
        readonly keybindings: readonly { readonly command: string }[];
        readonly languages: readonly {
            readonly id: string;
            readonly extensions: readonly string[];
            readonly configuration: string;
        }[];
        readonly grammars: readonly { readonly language: string; readonly path: string }[];
    };
}

const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as Manifest;
const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
const extensionText = [...readSources(projectRoot, 'src/extension').values()].join('\n');

/** Commands registered in the extension, constants resolved. */
function registeredCommands(): string[] {
    const constants = new Map(
        [...extensionText.matchAll(/const (\w+) = '([^']+)'/g)].map(([, name, value]) => [name, value]),
    );
    return [...extensionText.matchAll(/registerCommand\(\s*([\w']+)/g)]
        .map(([, argument = '']) => constants.get(argument) ?? argument.replaceAll("'", ''))
        .sort();
}

describe('commands', () => {
    it('are registered exactly as they are contributed', () => {
        expect(registeredCommands()).toEqual(contributed);
    });

    it('are in the category Cluster and have a name of ours', () => {
        for (const { command, category } of manifest.contributes.commands) {
            expect(command).toMatch(/^faultline\.[a-z][A-Za-z]+$/);
            expect(category).toBe('Cluster');
        }
    });

    it('in menus and key bindings exist', () => {
        const used = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings];
        for (const { command } of used) expect(contributed).toContain(command);
    });
});

describe('the manifest', () => {
    it('names the language and files that exist', () => {
        expect(manifest.contributes.languages).toMatchObject([{ id: 'cluster', extensions: ['.cluster'] }]);
        expect(manifest.contributes.grammars).toMatchObject([{ language: 'cluster' }]);
        const { languages, grammars } = manifest.contributes;
        for (const path of [
            manifest.icon,
            ...languages.map((one) => one.configuration),
            ...grammars.map((one) => one.path),
        ])
            expect(existsSync(inProject(path)), path).toBe(true);
    });

    it('supports Restricted Mode and virtual workspaces', () => {
        expect(manifest.capabilities).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
    });

    it('admits the VS Code and Node.js that the tests run on', () => {
        const lowest = vscodeVersionOf(codeServerVersions.lowest).replace(/\.\d+$/, '');
        expect(manifest.engines.vscode).toBe(`^${lowest}.0`);
        expect(manifest.devDependencies['@types/vscode']).toBe(`${lowest}.0`);
        expect(manifest.engines.node).toBe('>=20.10');
        expect(manifest.devDependencies['@types/node']).toMatch(/^20\./);
    });

    it('has an executable program', () => {
        expect(Object.keys(manifest.bin)).toEqual(['faultline']);
        const path = inProject(manifest.bin.faultline ?? '');
        expect(readFileSync(path, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
        expect(statSync(path).mode & 0o111).toBe(0o111);
    });

    it('pins every dependency to one version', () => {
        for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
            expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    });

    it('has the version of the newest entry in the change log', () => {
        const newest = /^## \[?(\d+\.\d+\.\d+)/m.exec(readFileSync(inProject('CHANGELOG.md'), 'utf8'));
        expect(newest?.[1]).toBe(manifest.version);
    });
});

describe('the extension', () => {
    it('is a flat list of features in under 100 lines', () => {
        const lines = readFileSync(inProject('src', 'extension', 'extension.ts'), 'utf8').split('\n').length;
        expect(lines).toBeLessThan(100);
    });

    it('names no URI scheme but that of its own reports', () => {
        expect(extensionText).not.toMatch(/['"`](file|vscode-remote|vscode-vfs|untitled)(:|['"`])/);
    });
});
