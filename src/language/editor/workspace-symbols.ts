import { AstUtils, interruptAndCheck, type LangiumDocuments } from 'langium';
import type { FuzzyMatcher, LangiumSharedServices, NodeKindProvider, WorkspaceSymbolProvider } from 'langium/lsp';
import { CancellationToken, type WorkspaceSymbol, type WorkspaceSymbolParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { ownerOf } from '../names/owner.js';
import { isRange } from '../names/ranges.js';
import { namesOf } from '../names/symbols.js';
import { writtenProperty } from '../names/written.js';
import type { Declaration } from './naming/symbol.js';

/** Nobody scrolls through more of them; a longer query finds the rest. */
const MOST_SYMBOLS = 256;

/** Everything with a name, in all files. A full name finds a member of a range: `cache-3` finds `cache-[1..6]`. */
export class ClusterWorkspaceSymbols implements WorkspaceSymbolProvider {
    private readonly documents: LangiumDocuments;
    private readonly matcher: FuzzyMatcher;
    private readonly kinds: NodeKindProvider;

    constructor({ workspace, lsp }: LangiumSharedServices) {
        this.documents = workspace.LangiumDocuments;
        this.matcher = lsp.FuzzyMatcher;
        this.kinds = lsp.NodeKindProvider;
    }

    async getSymbols(
        { query }: WorkspaceSymbolParams,
        token: CancellationToken = CancellationToken.None,
    ): Promise<WorkspaceSymbol[]> {
        const found: WorkspaceSymbol[] = [];
        for (const { parseResult } of this.documents.all) {
            await interruptAndCheck(token);
            if (ast.isDocument(parseResult.value)) found.push(...this.symbolsIn(parseResult.value, query));
        }
        const rank = ({ name }: WorkspaceSymbol): number => rankOf(name.toLowerCase(), query.toLowerCase());
        return found.toSorted((left, right) => rank(left) - rank(right)).slice(0, MOST_SYMBOLS);
    }

    private symbolsIn(document: ast.Document, query: string): WorkspaceSymbol[] {
        const members =
            query === ''
                ? []
                : namesOf(document)
                      .nodes.all(query)
                      .filter((each) => isRange(each) && each.name !== query);
        return [
            ...members.flatMap((declaration) => this.symbol(declaration, query)),
            ...everyDeclaration(document).flatMap((declaration) => {
                const { name } = declaration as Partial<Declaration>;
                return name && this.matcher.match(query, name) ? this.symbol(declaration, name) : [];
            }),
        ];
    }

    private symbol(declaration: Declaration, name: string): WorkspaceSymbol[] {
        const cst = writtenProperty(declaration, 'name');
        if (!cst) return [];
        const container = containerOf(declaration);
        return [
            {
                name,
                kind: this.kinds.getSymbolKind(declaration),
                ...(container ? { containerName: container } : {}),
                location: { uri: AstUtils.getDocument(declaration).uri.toString(), range: cst.range },
            },
        ];
    }
}

function everyDeclaration({ declarations }: ast.Document): Declaration[] {
    return declarations.flatMap((declaration): Declaration[] => {
        if (ast.isRegion(declaration)) {
            return [declaration, ...declaration.zones.flatMap((zone) => [zone, ...zone.nodes])];
        }
        if (ast.isCluster(declaration)) {
            const parts = declaration.items.filter((item) => ast.isNodes(item) || ast.isShardGroup(item));
            return [declaration, ...parts];
        }
        return ast.isReplication(declaration) || ast.isFailureRates(declaration) ? [] : [declaration];
    });
}

/** `us-east-1` of a zone, `us-east-1.a` of a node that stands there, `sessions` of a cluster's node or shards. */
function containerOf(declaration: Declaration): string | undefined {
    if (!ast.isZone(declaration) && !ast.isNodes(declaration) && !ast.isShardGroup(declaration)) return undefined;
    const container = ast.isShardGroup(declaration) ? ownerOf(declaration) : declaration.$container;
    return ast.isZone(container) ? `${container.$container.name}.${container.name}` : container.name;
}

/** The name itself first, then names that begin with the query or hold it, then the rest. */
function rankOf(name: string, query: string): number {
    if (name === query) return 0;
    if (name.startsWith(query)) return 1;
    return name.includes(query) ? 2 : 3;
}
