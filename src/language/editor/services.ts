import { inject, type Module } from 'langium';
import {
    createDefaultModule,
    createDefaultSharedModule,
    type DefaultSharedModuleContext,
    type LangiumServices,
    type LangiumSharedServices,
    type PartialLangiumServices,
} from 'langium/lsp';
import type { DesignCheck } from '../document.js';
import { ClusterGeneratedSharedModule, ClusterTopologyGeneratedModule } from '../generated/module.js';
import {
    clusterModule,
    clusterSharedModule,
    engineLookup,
    type ClusterAddedServices,
    type EngineLookup,
} from '../services.js';
import { ClusterCallHierarchy } from './hierarchy/call-hierarchy.js';
import { ClientAbilities } from './client-abilities.js';
import { ClusterCodeActions } from './code-actions.js';
import { ClusterCompletion } from './completion/completion.js';
import { ClusterFolding } from './folding.js';
import { ClusterFormatter } from './formatter.js';
import { ClusterHover } from './hover/hover.js';
import { ClusterInlayHints } from './inlay-hints.js';
import { ClusterKinds } from './kinds.js';
import { ClusterLanguageServer } from './language-server.js';
import { ClusterLenses } from './lenses.js';
import { ClusterDefinition, ClusterTypeDefinition } from './definition.js';
import { ClusterDocumentLinks } from './document-links.js';
import { ClusterDocumentUpdates } from './document-updates.js';
import { ClusterHighlights } from './highlights.js';
import { ClusterReferences } from './references.js';
import { ClusterRename } from './rename/rename.js';
import { ClusterWorkspaceSymbols } from './workspace-symbols.js';
import { Results } from './results.js';
import { ClusterSemanticTokens } from './semantic-tokens.js';
import { ClusterSymbols } from './symbols.js';
import { ClusterValidator } from './validator.js';
import { Runs } from './runs.js';
import { Verdicts } from './verdicts.js';

interface EditorAddedServices {
    readonly editor: {
        readonly Client: ClientAbilities;
        readonly Results: Results;
        readonly Verdicts: Verdicts;
        readonly Runs: Runs;
    };
}

export type EditorServices = LangiumServices & ClusterAddedServices & EditorAddedServices;

export interface EditorOptions {
    readonly engines?: EngineLookup;
    /** Findings about the design; none without it. */
    readonly design?: DesignCheck;
}

function editorModule(design: DesignCheck): Module<EditorServices, PartialLangiumServices & EditorAddedServices> {
    return {
        editor: {
            Client: () => new ClientAbilities(),
            Results: (services) => new Results(services, design),
            Verdicts: () => new Verdicts(),
            Runs: () => new Runs(),
        },
        validation: { DocumentValidator: (services) => new ClusterValidator(services) },
        lsp: {
            HoverProvider: (services) => new ClusterHover(services),
            InlayHintProvider: (services) => new ClusterInlayHints(services),
            CompletionProvider: (services) => new ClusterCompletion(services),
            CodeActionProvider: (services) => new ClusterCodeActions(services, design),
            CodeLensProvider: (services) => new ClusterLenses(services),
            DocumentSymbolProvider: () => new ClusterSymbols(),
            Formatter: (services) => new ClusterFormatter(services),
            FoldingRangeProvider: (services) => new ClusterFolding(services),
            SemanticTokenProvider: (services) => new ClusterSemanticTokens(services),
            CallHierarchyProvider: (services) => new ClusterCallHierarchy(services),
            RenameProvider: (services) => new ClusterRename(services),
            ReferencesProvider: (services) => new ClusterReferences(services),
            DocumentHighlightProvider: (services) => new ClusterHighlights(services),
            DefinitionProvider: (services) => new ClusterDefinition(services),
            TypeProvider: (services) => new ClusterTypeDefinition(services),
            DocumentLinkProvider: (services) => new ClusterDocumentLinks(services),
        },
    };
}

/** The language with everything that an editor asks for, wherever it runs. */
export function createServices(
    context: DefaultSharedModuleContext,
    { engines = engineLookup(), design = () => [] }: EditorOptions = {},
): { readonly shared: LangiumSharedServices; readonly cluster: EditorServices } {
    const shared = inject(createDefaultSharedModule(context), ClusterGeneratedSharedModule, clusterSharedModule, {
        lsp: {
            LanguageServer: (services) => new ClusterLanguageServer(services),
            NodeKindProvider: () => new ClusterKinds(),
            DocumentUpdateHandler: (services) => new ClusterDocumentUpdates(services),
            WorkspaceSymbolProvider: (services) => new ClusterWorkspaceSymbols(services),
        },
    });
    const cluster = inject(
        createDefaultModule({ shared }),
        ClusterTopologyGeneratedModule,
        clusterModule(engines),
        editorModule(design),
    );
    shared.ServiceRegistry.register(cluster);
    return { shared, cluster };
}
