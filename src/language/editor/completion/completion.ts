import { URI, type FileSystemProvider, type LangiumDocument, type LangiumDocuments } from 'langium';
import type { CompletionProvider, CompletionProviderOptions } from 'langium/lsp';
import { CompletionTriggerKind, type CompletionList, type CompletionParams } from 'vscode-languageserver';
import { isDocument, type Document } from '../../generated/ast.js';
import { lastStatement } from './blocks.js';
import { cursorAt } from './cursor.js';
import { Expectations } from './expected.js';
import { figureProposals } from './figures.js';
import { completionList, type CompletionAbilities } from './items.js';
import { nameProposals } from './names.js';
import { propertyProposals } from './properties.js';
import { replicaProposals } from './replicas.js';
import { clusterAround, type CompletionRequest, type Proposal } from './request.js';
import { settingProposals } from './settings.js';
import { statementProposals } from './statements.js';
import { codeProposals, importProposals } from './texts.js';
import { vocabularyProposals } from './vocabulary.js';
import type { EditorServices } from '../services.js';

/** Signs behind which an editor asks by itself. A space counts only inside of a statement. */
const TRIGGERS = ['.', '"', ':', '=', '/', ' '];

/** What may be written at the cursor: words by the grammar, and all that an engine's data or the file itself says. */
export class ClusterCompletion implements CompletionProvider {
    readonly completionOptions: CompletionProviderOptions = { triggerCharacters: TRIGGERS };
    private readonly expectations: Expectations;
    private readonly documents: LangiumDocuments;
    private readonly files: FileSystemProvider;
    private client: CompletionAbilities = { snippets: false, insertReplace: false, labelDetails: false };

    constructor(private readonly services: EditorServices) {
        this.expectations = new Expectations(services);
        this.documents = services.shared.workspace.LangiumDocuments;
        this.files = services.shared.workspace.FileSystemProvider;
        services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
            const item = capabilities.textDocument?.completion?.completionItem;
            this.client = {
                snippets: item?.snippetSupport === true,
                insertReplace: item?.insertReplaceSupport === true,
                labelDetails: item?.labelDetailsSupport === true,
            };
        });
    }

    async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList | undefined> {
        const request = isDocument(document.parseResult.value)
            ? this.request(document as LangiumDocument<Document>, params)
            : undefined;
        if (!request) return undefined;
        const imports = await importProposals(request, this.documents, this.files, this.roots());
        const matcher = this.services.shared.lsp.FuzzyMatcher;
        return completionList(proposals(request, imports), request, matcher, this.client);
    }

    private roots(): URI[] {
        const { workspaceFolders } = this.services.shared.workspace.WorkspaceManager;
        return (workspaceFolders ?? []).map(({ uri }) => URI.parse(uri));
    }

    private request(
        document: LangiumDocument<Document>,
        { position, context }: CompletionParams,
    ): CompletionRequest | undefined {
        const lexer = this.services.parser.Lexer;
        const cursor = cursorAt(document, document.textDocument.offsetAt(position), lexer);
        if (!cursor) return undefined;
        const { statement: start, expected } = this.expectations.at(cursor);
        const statement = lastStatement(cursor.tokens.slice(start), cursor.blocks.at(-1)?.kind);
        // Who indents a line has not asked for anything yet.
        const spaced =
            context?.triggerKind === CompletionTriggerKind.TriggerCharacter && context.triggerCharacter === ' ';
        if (spaced && statement.length === 0) return undefined;
        const visible = this.services.names.Visibility.from(document.parseResult.value);
        const engines = this.services.engines.Lookup;
        const cluster = clusterAround(cursor.blocks, statement, visible, engines);
        return { document, cursor, statement, expected, visible, engines, cluster, lexer };
    }
}

function* proposals(request: CompletionRequest, imports: readonly Proposal[]): Generator<Proposal> {
    yield* imports;
    yield* codeProposals(request);
    yield* vocabularyProposals(request);
    yield* settingProposals(request);
    yield* propertyProposals(request);
    yield* replicaProposals(request);
    yield* figureProposals(request);
    // In quotes only names and texts make sense.
    if (!request.cursor.quoted) yield* statementProposals(request);
    yield* nameProposals(request);
}
