import { EmptyFileSystem, URI, type FileSystemProvider, type LangiumDocument } from 'langium';
import { engines as registeredEngines, type Engine } from '../engines/index.js';
import { readDocument, type DesignCheck, type DocumentResult } from './document.js';
import { isDocument, type Document } from './generated/ast.js';
import { importedUri } from './names/imports.js';
import { createCoreServices, engineLookup, type ClusterServices } from './services.js';

export interface WorkspaceText {
    /** `file:///…`; relative imports are resolved against it. */
    readonly uri: string;
    readonly text: string;
}

export interface WorkspaceOptions {
    /** How a file that an import names is read; undefined when there is none. Without it nothing but the texts is seen. */
    readonly readFile?: (uri: string) => Promise<string | undefined>;
    /** Imports stay at or below this address. */
    readonly root?: string;
    readonly engines?: readonly Engine[];
    /** Findings about the design; none without it. */
    readonly design?: DesignCheck;
}

export interface WorkspaceDocument extends DocumentResult {
    readonly uri: string;
    readonly text: string;
}

/** Reads texts and what they import, without any editor: one result for each text, in the given order. */
export async function loadWorkspace(
    texts: readonly WorkspaceText[],
    options: WorkspaceOptions = {},
): Promise<WorkspaceDocument[]> {
    const engines = options.engines ?? registeredEngines;
    const free = idle.get(engines) ?? [];
    idle.set(engines, free);
    const services = free.pop() ?? createServices(engines);
    const documents = await load(texts, options, services);
    await empty(services);
    free.push(services);
    return documents;
}

type Services = ReturnType<typeof createCoreServices>;

/** Services cost as much as reading a thousand lines; those that are free serve again. Each has one reader at a time. */
const idle = new WeakMap<readonly Engine[], Services[]>();

function createServices(engines: readonly Engine[]): Services {
    const fileSystem: () => FileSystemProvider = EmptyFileSystem.fileSystemProvider;
    return createCoreServices(fileSystem, engineLookup(engines));
}

function empty({ shared }: Services): Promise<void> {
    const known = shared.workspace.LangiumDocuments.all.map(({ uri }) => uri).toArray();
    return shared.workspace.DocumentBuilder.update([], known);
}

async function load(
    texts: readonly WorkspaceText[],
    options: WorkspaceOptions,
    { cluster, shared }: Services,
): Promise<WorkspaceDocument[]> {
    const given = texts.map(({ uri, text }) => addDocument(uri, text, cluster));
    await addImports(given, options, cluster);
    await shared.workspace.DocumentBuilder.build(shared.workspace.LangiumDocuments.all.toArray(), {
        validation: false,
    });
    return given.map((document, index) => ({
        ...readDocument(document, cluster, options.design),
        uri: document.uri.toString(),
        text: texts[index]?.text ?? '',
    }));
}

function addDocument(uri: string, text: string, { shared }: ClusterServices): LangiumDocument<Document> {
    const documents = shared.workspace.LangiumDocuments;
    const parsed = URI.parse(uri);
    const known = documents.getDocument(parsed);
    if (known) return known as LangiumDocument<Document>;
    const document = shared.workspace.LangiumDocumentFactory.fromString<Document>(text, parsed);
    documents.addDocument(document);
    return document;
}

async function addImports(
    given: readonly LangiumDocument[],
    { readFile, root }: WorkspaceOptions,
    services: ClusterServices,
): Promise<void> {
    if (!readFile) return;
    const asked = new Set<string>();
    const pending = [...given];
    for (let document = pending.pop(); document; document = pending.pop()) {
        const tree = document.parseResult.value;
        if (!isDocument(tree)) continue;
        for (const { path } of tree.imports) {
            const uri = importedUri(document.uri, path)?.toString();
            if (!uri || asked.has(uri) || (root !== undefined && !uri.startsWith(root))) continue;
            asked.add(uri);
            const text = await readFile(uri);
            if (text !== undefined) pending.push(addDocument(uri, text, services));
        }
    }
}
