/**
 * Releases of the npm package code-server that carry the VS Code servers we run in.
 * Its version 4.N.P holds VS Code 1.N.P.
 */
export const codeServerVersions = {
    /** The lowest VS Code that `engines.vscode` in package.json admits. */
    lowest: '4.100.3',
    recent: '4.139.1',
};

/** The VS Code inside a code-server release. @param {string} codeServerVersion */
export const vscodeVersionOf = (codeServerVersion) => codeServerVersion.replace(/^4\./, '1.');
