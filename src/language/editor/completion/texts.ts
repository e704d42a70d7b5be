import { UriUtils, type FileSystemProvider, type LangiumDocuments, type URI } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver';
import { sharedCodes, type CodeSpec } from '../../../engines/index.js';
import { importedUri } from '../../names/imports.js';
import { quoted } from '../../names/quoting.js';
import { expects, RANK, type CompletionRequest, type Proposal } from './request.js';

/** Codes of findings that the cluster may accept. */
export function codeProposals(request: CompletionRequest): Proposal[] {
    if (!expects(request, 'Waiver', 'code')) return [];
    const proposal = (spec: Pick<CodeSpec, 'code' | 'title' | 'why' | 'fix'>, rank: number): Proposal => ({
        label: spec.code,
        kind: CompletionItemKind.Value,
        rank,
        detail: spec.title,
        documentation: `${spec.why}\n\n${spec.fix}`,
        insert: quoted(spec.code),
    });
    const own = request.cluster?.engine?.codes ?? [];
    return [
        ...own.map((spec) => proposal(spec, RANK.first)),
        ...sharedCodes.map((spec) => proposal(spec, RANK.likely)),
    ];
}

/** Most files of a folder that are offered. */
const MOST_FILES = 200;

/**
 * Files and folders beside this one, and above it as far as the workspace goes.
 *
 * @param roots folders of the workspace; without any, what stands beside the file or below
 */
export async function importProposals(
    request: CompletionRequest,
    documents: LangiumDocuments,
    files: FileSystemProvider,
    roots: readonly URI[],
): Promise<Proposal[]> {
    if (!expects(request, 'Import', 'path')) return [];
    const { document, cursor } = request;
    const folder = cursor.typed.replace(/^"/, '').replace(/[^/]*$/, '');
    const target = importedUri(document.uri, folder === '' ? '.' : folder);
    const own = UriUtils.dirname(document.uri);
    if (!target || ![own, ...roots].some((root) => isWithin(target, root))) return [];
    const known = documents.all
        .map(({ uri }) => uri)
        .filter((uri) => UriUtils.equals(UriUtils.dirname(uri), target) && !UriUtils.equals(uri, document.uri))
        .map((uri) => ({ name: UriUtils.basename(uri), isFolder: false }))
        .toArray();
    const listed = await list(target, document.uri, files);
    const above = UriUtils.dirname(target);
    const isBelow = folder !== '' && !/^(\.\.\/)+$/.test(folder);
    const up = !isBelow && roots.some((root) => isWithin(above, root)) && !UriUtils.equals(above, target) ? [UP] : [];
    const names = new Map([...known, ...listed, ...up].map((entry) => [entry.name, entry]));
    return [...names.values()].slice(0, MOST_FILES).map(({ name, isFolder }) => ({
        label: `${folder}${name}${isFolder ? '/' : ''}`,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        rank: isFolder ? RANK.likely : RANK.first,
        insert: quoted(`${folder}${name}${isFolder ? '/' : ''}`),
    }));
}

const UP = { name: '..', isFolder: true };

function isWithin(folder: URI, root: URI): boolean {
    return UriUtils.equals(folder, root) || UriUtils.contains(root, folder);
}

async function list(
    folder: URI,
    own: URI,
    files: FileSystemProvider,
): Promise<{ readonly name: string; readonly isFolder: boolean }[]> {
    try {
        const entries = await files.readDirectory(folder);
        return entries
            .filter(
                ({ uri, isDirectory }) => isDirectory || (uri.path.endsWith('.cluster') && !UriUtils.equals(uri, own)),
            )
            .map(({ uri, isDirectory }) => ({ name: UriUtils.basename(uri), isFolder: isDirectory }))
            .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
    } catch {
        // A folder that is not there, or that may not be read, offers nothing.
        return [];
    }
}
