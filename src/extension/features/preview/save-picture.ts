import type { Uri } from 'vscode';
import { FileSystemError, window, workspace } from 'vscode';
import type { FromWebview } from '../../../protocol/index.js';
import { nameOf } from './text.js';

type Exported = FromWebview & { readonly type: 'export' };

const FILTERS: Readonly<Record<Exported['format'], Record<string, string[]>>> = {
    svg: { 'SVG picture': ['svg'] },
    png: { 'PNG picture': ['png'] },
};

/** Writes the picture where the user wants it, in whatever file system that is. */
export async function savePicture({ format, data }: Exported, document: Uri): Promise<void> {
    const target = await window.showSaveDialog({
        title: 'Export Drawing',
        saveLabel: 'Export',
        filters: FILTERS[format],
        defaultUri: document.with({ path: document.path.replace(/(\.cluster)?$/, `.${format}`) }),
    });
    if (!target) return;
    const name = nameOf(target);
    try {
        await workspace.fs.writeFile(target, format === 'svg' ? new TextEncoder().encode(data) : decoded(data));
        void window.showInformationMessage(`The drawing was written to ${name}.`);
    } catch (error) {
        void window.showErrorMessage(`The drawing could not be written to ${name}. ${reasonOf(error)}`);
    }
}

const decoded = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function reasonOf(error: unknown): string {
    if (error instanceof FileSystemError && error.code === 'NoPermissions') return 'The place cannot be written to.';
    return error instanceof Error ? error.message : String(error);
}
