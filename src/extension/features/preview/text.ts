import { FileSystemError, workspace, type Uri } from 'vscode';

/**
 * Opens the text, since the language server knows open documents only.
 * @returns whether there is one; false for a file that is not there any more and that no editor holds
 */
export async function openText(document: Uri): Promise<boolean> {
    try {
        await workspace.openTextDocument(document);
        return true;
    } catch (error) {
        if (await isGone(document)) return false;
        throw error;
    }
}

const isGone = (document: Uri): Promise<boolean> =>
    Promise.resolve(workspace.fs.stat(document)).then(
        () => false,
        (error: unknown) => error instanceof FileSystemError && error.code === 'FileNotFound',
    );

export const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);
