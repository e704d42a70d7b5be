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

/** Runs over every node on every key that is pressed, so it makes no lists of entries. */
function collectReferences(container: AstNode, found: ReferenceInfo[]): void {
    const properties = container as AstNode & Readonly<Record<string, unknown>>;
    for (const property of Object.keys(container)) {
        const value = properties[property];
        if (typeof value !== 'object' || value === null || property.startsWith('$')) continue;
        if (Array.isArray(value)) {
            for (let index = 0; index < value.length; index++) collect(value[index], container, property, index, found);
        } else collect(value, container, property, undefined, found);
    }
}

function collect(
    value: unknown,
    container: AstNode,
    property: string,
    index: number | undefined,
    found: ReferenceInfo[],
): void {
    if (isReference(value)) {
        found.push({ reference: value, container, property, ...(index === undefined ? {} : { index }) });
    } else if (isAstNode(value)) collectReferences(value, found);
}
