import { AstUtils, GrammarAST, isCompositeCstNode, type AstNode, type CompositeCstNode, type CstNode } from 'langium';

/** The property that an element of the grammar fills, since the same few elements are asked for again and again. */
const features = new WeakMap<GrammarAST.AbstractElement, string>();

/**
 * Where one property of a node is written, such as its name; undefined if it is not there. `index` counts the values of a
 * list; beyond its end it means the last one.
 */
export function writtenProperty(node: AstNode, property: string, index = 0): CstNode | undefined {
    const found: CstNode[] = [];
    if (node.$cstNode && isCompositeCstNode(node.$cstNode)) collect(node.$cstNode, node, property, index + 1, found);
    return found[index] ?? found.at(-1);
}

function collect(parent: CompositeCstNode, element: AstNode, property: string, wanted: number, found: CstNode[]): void {
    for (const child of parent.content) {
        if (found.length === wanted) return;
        if (featureOf(child.grammarSource) === property) found.push(child);
        else if (isCompositeCstNode(child) && child.astNode === element) {
            collect(child, element, property, wanted, found);
        }
    }
}

function featureOf(element: GrammarAST.AbstractElement | undefined): string {
    if (!element) return '';
    let feature = features.get(element);
    if (feature === undefined) {
        feature = AstUtils.getContainerOfType(element, GrammarAST.isAssignment)?.feature ?? '';
        features.set(element, feature);
    }
    return feature;
}
