import type { CompletionItem, CompletionList, Hover, Position } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import type { EngineLookup } from '../../src/language/services.js';
import { Client } from './client.js';
import { MAIN } from './support.js';

const CURSOR = '¦';

/** A text with the cursor taken out, and where it was. */
function withCursor(text: string): { readonly text: string; readonly position: Position } {
    const offset = text.indexOf(CURSOR);
    const before = text.slice(0, offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return { text: text.replace(CURSOR, ''), position };
}

/** An editor in which a text with a cursor is opened and asked about. */
export class CursorClient {
    private opened = false;

    constructor(readonly client: Client) {}

    static async start({
        engines,
        completionItem = { snippetSupport: true },
    }: { readonly engines?: EngineLookup; readonly completionItem?: object } = {}): Promise<CursorClient> {
        const capabilities = { textDocument: { completion: { completionItem } } };
        const options = { capabilities, ...(engines ? { engines } : {}) };
        return new CursorClient(await Client.start(new AnalysisService(), options));
    }

    async complete(marked: string, context?: object): Promise<CompletionList | null> {
        const position = await this.show(marked);
        const params = { textDocument: { uri: MAIN }, position, ...(context ? { context } : {}) };
        return this.client.connection.sendRequest<CompletionList | null>('textDocument/completion', params);
    }

    async labels(marked: string): Promise<string[]> {
        return ((await this.complete(marked))?.items ?? []).map(({ label }) => label);
    }

    async item(marked: string, label: string): Promise<CompletionItem> {
        const found = (await this.complete(marked))?.items.find((item) => item.label === label);
        if (!found) throw new Error(`'${label}' is not offered.`);
        return found;
    }

    /** The text after the choice of an item, as an editor without insert and replace modes makes it. */
    async chosen(marked: string, label: string): Promise<string> {
        const { text } = withCursor(marked);
        const { textEdit } = await this.item(marked, label);
        if (!textEdit || !('range' in textEdit)) throw new Error('There is no plain edit.');
        const { start, end } = textEdit.range;
        const lines = text.split('\n');
        const offset = ({ line, character }: Position): number =>
            lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
        return text.slice(0, offset(start)) + textEdit.newText + text.slice(offset(end));
    }

    /** Markdown of the hover, or undefined. */
    async hover(marked: string): Promise<string | undefined> {
        const position = await this.show(marked);
        const params = { textDocument: { uri: MAIN }, position };
        const hover = await this.client.connection.sendRequest<Hover | null>('textDocument/hover', params);
        return (hover?.contents as { value: string } | undefined)?.value;
    }

    async show(marked: string): Promise<Position> {
        const { text, position } = withCursor(marked);
        if (this.opened) await this.client.edit(text);
        else await this.client.open(text);
        this.opened = true;
        return position;
    }

    dispose(): void {
        this.client.dispose();
    }
}
