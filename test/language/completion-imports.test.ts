import { EmptyFileSystemProvider, URI, type FileSystemNode, type LangiumDocuments } from 'langium';
import { expect, test } from 'vitest';
import type { CompletionRequest } from '../../src/language/editor/completion/request.js';
import { importProposals } from '../../src/language/editor/completion/texts.js';

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
    '/home': ['secret.cluster', 'work/'],
    '/home/work': ['top.cluster', 'team/'],
    '/home/work/team': ['main.cluster', 'places.cluster', 'shared/', '.git/', 'notes.txt'],
    '/home/work/team/shared': ['regions.cluster'],
};

const files = Object.assign(new EmptyFileSystemProvider(), {
    readDirectory: (folder: URI): Promise<FileSystemNode[]> => {
        const path = folder.path.replace(/\/$/, '');
        const nodes = (FOLDERS[path] ?? []).map((name) => ({
            isFile: !name.endsWith('/'),
            isDirectory: name.endsWith('/'),
            uri: URI.file(`${path}/${name.replace('/', '')}`),
        }));
        return Promise.resolve(nodes);
    },
});

/** What is offered behind `import "…`, with these folders as the workspace. */
async function offered(typed: string, ...roots: readonly string[]): Promise<string[]> {
    const request = {
        expected: [{ rule: 'Import', property: 'path' }],
        document: { uri: URI.file('/home/work/team/main.cluster') },
        cursor: { typed: `"${typed}` },
    } as unknown as CompletionRequest;
    const documents = { all: { map: () => ({ filter: () => ({ map: () => ({ toArray: () => [] }) }) }) } };
    const proposals = await importProposals(
        request,
        documents as unknown as LangiumDocuments,
        files,
        roots.map((root) => URI.file(root)),
    );
    return proposals.map(({ label }) => label);
}

test('files and folders beside a file are offered, and those in them', async () => {
    expect(await offered('', '/home/work/team')).toEqual(['places.cluster', 'shared/']);
    expect(await offered('shared/', '/home/work/team')).toEqual(['shared/regions.cluster']);
    expect(await offered('')).toEqual(['places.cluster', 'shared/']);
});

test('the folder above is offered as far as the workspace goes', async () => {
    expect(await offered('', '/home/work')).toEqual(['places.cluster', 'shared/', '../']);
    expect(await offered('../', '/home/work')).toEqual(['../top.cluster', '../team/']);
    expect(await offered('../', '/home/work/team')).toEqual([]);
    expect(await offered('../')).toEqual([]);
    expect(await offered('../../', '/home/work')).toEqual([]);
});
