/** Regions of one name are one, and so are their zones, wherever somebody sees them together. */
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.js';
import type { ClusterServices } from '../../services.js';
import type { Declaration } from './symbol.js';

/** All declarations of what one declaration declares, that one first. */
export function allDeclarations(
    declaration: Declaration,
    services: ClusterServices,
): readonly [Declaration, ...Declaration[]] {
    if (!ast.isRegion(declaration) && !ast.isZone(declaration)) return [declaration];
    const found = new Set<Declaration>([declaration]);
    const views = everyView(services).map((documents) =>
        documents.flatMap((document) => declaredLike(declaration, document)),
    );
    // Two files that do not see each other may still mean one region, because a third one sees both.
    for (let size = 0; size < found.size;) {
        size = found.size;
        for (const together of views) {
            if (together.some((each) => found.has(each))) for (const each of together) found.add(each);
        }
    }
    const [, ...others] = found;
    return [declaration, ...others];
}

/** For each document that is known: what it sees. */
function everyView(services: ClusterServices): (readonly ast.Document[])[] {
    return services.shared.workspace.LangiumDocuments.all
        .toArray()
        .flatMap(({ parseResult: { value } }) =>
            ast.isDocument(value) ? [services.names.Visibility.from(value).documents] : [],
        );
}

function declaredLike(declaration: ast.Region | ast.Zone, { declarations }: ast.Document): Declaration[] {
    const region = ast.isRegion(declaration) ? declaration : declaration.$container;
    const regions = declarations.filter(ast.isRegion).filter(({ name }) => name === region.name);
    if (ast.isRegion(declaration)) return regions;
    return regions.flatMap(({ zones }) => zones.filter(({ name }) => name === declaration.name));
}

/** The documents that see one of these declarations, each with what it sees. */
export function viewsOf(
    declarations: readonly Declaration[],
    services: ClusterServices,
): { readonly root: ast.Document; readonly documents: readonly ast.Document[] }[] {
    const roots = new Set(declarations.map((each) => AstUtils.findRootNode(each)));
    return everyView(services).flatMap((documents) => {
        const [root] = documents;
        return root && documents.some((document) => roots.has(document)) ? [{ root, documents }] : [];
    });
}
