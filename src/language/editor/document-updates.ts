import { URI, type TextDocument } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import { FileChangeType, type DidChangeWatchedFilesParams, type TextDocumentChangeEvent } from 'vscode-languageserver';

/** A file that is deleted while it is open lives on in its editor: it goes when that is closed. */
export class ClusterDocumentUpdates extends DefaultDocumentUpdateHandler {
    readonly #deleted = new Set<string>();

    constructor(private readonly services: LangiumSharedServices) {
        super(services);
    }

    override didChangeWatchedFiles(params: DidChangeWatchedFilesParams): void {
        const { TextDocuments } = this.services.workspace;
        const changes = params.changes.filter(({ uri, type }) => {
            const text = TextDocuments.get(URI.parse(uri));
            if (text === undefined || type !== FileChangeType.Deleted) {
                if (text !== undefined) this.#deleted.delete(text.uri);
                return true;
            }
            this.#deleted.add(text.uri);
            return false;
        });
        super.didChangeWatchedFiles({ changes });
    }

    didCloseDocument({ document: { uri } }: TextDocumentChangeEvent<TextDocument>): void {
        if (this.#deleted.delete(uri)) this.fireDocumentUpdate([], [URI.parse(uri)]);
    }
}
