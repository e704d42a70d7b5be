/** Everything that an editor asks a language server about a document. */
import type { Position, Range } from 'vscode-languageserver';
import type { Client } from '../client.js';
import type { Chance } from './chance.js';

/** Asks about the whole document, and about a few places in it. A request that fails throws. */
export async function askEverything(client: Client, uri: string, text: string, chance: Chance): Promise<void> {
    const ask = (method: string, params: object): Promise<unknown> =>
        client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });
    const options = { tabSize: 2, insertSpaces: true };
    const all: Range = { start: { line: 0, character: 0 }, end: positionIn(text, text.length) };
    for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens', 'semanticTokens/full']) {
        await ask(method, {});
    }
    await ask('inlayHint', { range: all });
    await ask('formatting', { options });
    await ask('codeAction', { range: all, context: { diagnostics: [] } });
    for (let places = 3; places > 0; places--) {
        const position = positionIn(text, chance.below(text.length + 1));
        const range = { start: position, end: position };
        for (const method of ['completion', 'hover', 'definition', 'documentHighlight', 'prepareCallHierarchy']) {
            await ask(method, { position });
        }
        await ask('references', { position, context: { includeDeclaration: true } });
        await ask('selectionRange', { positions: [position] });
        await ask('codeAction', { range, context: { diagnostics: [] } });
        await ask('rangeFormatting', { range: { start: all.start, end: position }, options });
        await ask('onTypeFormatting', { position, ch: '}', options });
        if (await unlessRefused(ask('prepareRename', { position }))) {
            const newName = chance.pick(['other', 'b', '', '__proto__', 'x y', 'node']);
            await unlessRefused(ask('rename', { position, newName }));
        }
    }
}

/** A rename may be refused with a reason; it must not fail in any other way. */
async function unlessRefused(answer: Promise<unknown>): Promise<unknown> {
    try {
        return await answer;
    } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
    }
}

/** Errors of the protocol that carry a sentence for the user: RequestFailed. */
function isRefusal(error: unknown): boolean {
    return error instanceof Error && 'code' in error && error.code === -32803;
}

function positionIn(text: string, offset: number): Position {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/);
    return { line: before.length - 1, character: before.at(-1)!.length };
}
