import { AstUtils, type CstNode, type LangiumDocument } from 'langium';
import { isShardGroup } from '../../generated/ast.js';
import { writtenProperty } from '../../names/written.js';
import type { ClusterServices } from '../../services.js';
import { placedNames } from './placed-names.js';
import type { NamedSymbol } from './symbol.js';

/** A place where a symbol's name is written. */
export interface Occurrence {
    readonly kind: 'declaration' | 'reference';
    readonly document: LangiumDocument;
    readonly cst: CstNode;
    /** As it is meant, without quotes. */
    readonly name: string;
}

/** Everything that names a symbol, in all documents or in one. Of a range's member: its declaration and what names just it. */
export function occurrencesOf(
    symbol: NamedSymbol,
    services: ClusterServices,
    documents: readonly LangiumDocument[] = services.shared.workspace.LangiumDocuments.all.toArray(),
): Occurrence[] {
    const references = [
        ...placings(symbol, documents, services),
        ...documents.flatMap((document) => referencesIn(document, symbol)),
    ];
    const { member } = symbol;
    return [
        ...declarationsIn(symbol, documents),
        ...(member === undefined ? references : references.filter(({ name }) => name === member)),
    ];
}

function declarationsIn({ declarations }: NamedSymbol, documents: readonly LangiumDocument[]): Occurrence[] {
    return declarations.flatMap((declaration) => {
        const document = AstUtils.getDocument(declaration);
        const cst = writtenProperty(declaration, 'name');
        if (!cst || !documents.includes(document)) return [];
        return [{ kind: 'declaration' as const, document, cst, name: declaration.name }];
    });
}

function placings(
    { declarations }: NamedSymbol,
    documents: readonly LangiumDocument[],
    services: ClusterServices,
): Occurrence[] {
    return declarations.filter(isShardGroup).flatMap((group) => {
        const document = AstUtils.getDocument(group);
        if (!documents.includes(document)) return [];
        return placedNames(group, services).map(({ cst, name }) => ({
            kind: 'reference' as const,
            document,
            cst,
            name,
        }));
    });
}

function referencesIn(document: LangiumDocument, { declarations }: NamedSymbol): Occurrence[] {
    const targets = new Set<unknown>(declarations);
    return document.references.flatMap((reference) => {
        const cst = reference.$refNode;
        if (!('ref' in reference) || !cst || !targets.has(reference.ref)) return [];
        return [{ kind: 'reference' as const, document, cst, name: reference.$refText }];
    });
}
