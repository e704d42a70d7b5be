import {
    createDefaultCoreModule,
    createDefaultSharedCoreModule,
    inject,
    type FileSystemProvider,
    type LangiumCoreServices,
    type LangiumSharedCoreServices,
    type Module,
    type PartialLangiumCoreServices,
    type PartialLangiumSharedCoreServices,
} from 'langium';
import { engines as registeredEngines, type Engine } from '../engines/index.js';
import { ClusterGeneratedSharedModule, ClusterTopologyGeneratedModule } from './generated/module.js';
import { ImportIndex, NoPrecomputedScopes, NoReferenceDescriptions } from './names/indexing.js';
import { ClusterLinker } from './names/linker.js';
import { ClusterScopeProvider } from './names/scope.js';
import { Visibility } from './names/visible.js';
import { ClusterDocumentFactory, ParserGuard } from './parser/guard.js';
import { ClusterLexer } from './parser/lexer.js';
import { ClusterParserMessages } from './parser/messages.js';
import { ClusterTokenBuilder } from './parser/tokens.js';
import { ClusterValueConverter } from './parser/values.js';
import { SingleLanguageRegistry } from './registry.js';
import { WorkspaceFiles } from './workspace-files.js';

/** The systems that a file may name. */
export interface EngineLookup {
    readonly all: readonly Engine[];
    find(name: string): Engine | undefined;
}

export interface ClusterAddedServices {
    readonly parser: { readonly Guard: ParserGuard };
    readonly names: { readonly Visibility: Visibility };
    readonly engines: { readonly Lookup: EngineLookup };
}

export type ClusterServices = LangiumCoreServices & ClusterAddedServices;

export function engineLookup(all: readonly Engine[] = registeredEngines): EngineLookup {
    const byName = new Map(all.map((engine) => [engine.name, engine]));
    return { all, find: (name) => byName.get(name) };
}

/** What the language adds to or changes in Langium's own services, with or without an editor. */
export function clusterModule(
    engines: EngineLookup,
): Module<ClusterServices, PartialLangiumCoreServices & ClusterAddedServices> {
    return {
        parser: {
            Guard: (services) => new ParserGuard(services),
            Lexer: (services) => new ClusterLexer(services),
            TokenBuilder: () => new ClusterTokenBuilder(),
            ValueConverter: () => new ClusterValueConverter(),
            ParserErrorMessageProvider: () => new ClusterParserMessages(),
        },
        names: { Visibility: (services) => new Visibility(services) },
        engines: { Lookup: () => engines },
        references: {
            Linker: (services) => new ClusterLinker(services),
            ScopeComputation: () => new NoPrecomputedScopes(),
            ScopeProvider: (services) => new ClusterScopeProvider(services),
        },
        workspace: { ReferenceDescriptionProvider: () => new NoReferenceDescriptions() },
    };
}

export const clusterSharedModule: Module<LangiumSharedCoreServices, PartialLangiumSharedCoreServices> = {
    ServiceRegistry: (services) => new SingleLanguageRegistry(services),
    workspace: {
        LangiumDocumentFactory: (services) => new ClusterDocumentFactory(services),
        IndexManager: (services) => new ImportIndex(services),
        WorkspaceManager: (services) => new WorkspaceFiles(services),
    },
};

/** Everything that reads `.cluster` files without an editor. */
export function createCoreServices(
    fileSystemProvider: () => FileSystemProvider,
    engines: EngineLookup = engineLookup(),
): { readonly shared: LangiumSharedCoreServices; readonly cluster: ClusterServices } {
    const shared = inject(
        createDefaultSharedCoreModule({ fileSystemProvider }),
        ClusterGeneratedSharedModule,
        clusterSharedModule,
    );
    const cluster = inject(createDefaultCoreModule({ shared }), ClusterTopologyGeneratedModule, clusterModule(engines));
    shared.ServiceRegistry.register(cluster);
    return { shared, cluster };
}
