import {
    Cancellation,
    DefaultLinker,
    interruptAndCheck,
    isAstNode,
    isReference,
    type AstNode,
    type LangiumDocument,
    type ReferenceInfo,
} from 'langium';

/** References that are looked up before others get a turn. */
const AT_ONCE = 500;

/** Looks up every name of a document. Langium's own walk pauses at every node, which costs more than the looking up. */
export class ClusterLinker extends DefaultLinker {
    override async link(document: LangiumDocument, token = Cancellation.CancellationToken.None): Promise<void> {
        const references: ReferenceInfo[] = [];
        collectReferences(document.parseResult.value, references);
        for (const [index, reference] of references.entries()) {
            if (index % AT_ONCE === 0) await interruptAndCheck(token);
            this.doLink(reference, document);
        }
    }
}

function collectReferences(container: AstNode, found: ReferenceInfo[]): void {
    for (const [property, value] of Object.entries(container) as [string, unknown][]) {
        if (property.startsWith('$')) continue;
        if (isReference(value)) found.push({ reference: value, container, property });
        else if (isAstNode(value)) collectReferences(value, found);
        else if (Array.isArray(value)) {
            for (const [index, item] of (value as unknown[]).entries()) {
                if (isReference(item)) found.push({ reference: item, container, property, index });
                else if (isAstNode(item)) collectReferences(item, found);
            }
        }
    }
}
