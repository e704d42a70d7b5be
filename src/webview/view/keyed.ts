/** Turns one picture into the next: nodes of the page that stand for what did not change are left alone. */
import { visible, type SvgChild, type SvgElement } from '../../diagram/index.js';
import { svgNode } from '../dom.js';

/** A part of the picture and the node of the page that shows it. */
export interface Painted {
    readonly node: SVGElement;
    element: SvgElement;
    /** Empty where the element holds text. */
    children: readonly Painted[];
}

export function painted(element: SvgElement): Painted {
    return adopt(element, svgNode(element));
}

/** Brings the node to what `after` says. What others added to the node stays, unless it stands for something else now. */
export function repaint(part: Painted, after: SvgElement): void {
    const before = part.element;
    if (before === after) {
        return;
    }
    if (keyOf(before) !== keyOf(after)) {
        forget(part);
    }
    part.element = after;
    changeAttributes(part.node, before, after);
    if (holdsText(before) || holdsText(after)) {
        if (!sameTexts(before.children, after.children)) {
            part.node.replaceChildren(...after.children.map(childNode));
        }
        part.children = elementsOf(after).map((child, at) => adopt(child, part.node.children[at]));
    } else {
        part.children = repaintChildren(part, elementsOf(after));
    }
}

function repaintChildren(part: Painted, after: readonly SvgElement[]): Painted[] {
    const known = new Map(part.children.map((child, at) => [keyOf(child.element) ?? `${at}`, child]));
    const kept = after.map((element, at) => {
        const key = keyOf(element) ?? `${at}`;
        const same = known.get(key);
        if (same === undefined || kindOf(same.element) !== kindOf(element)) {
            return undefined;
        }
        known.delete(key);
        return same;
    });
    // What was renamed keeps its node: the first that is left of the same kind.
    const spare = [...known.values()];
    const children = after.map((element, at) => {
        const index = spare.findIndex((each) => kindOf(each.element) === kindOf(element));
        const part = kept[at] ?? (index < 0 ? undefined : spare.splice(index, 1)[0]);
        if (part === undefined) {
            return painted(element);
        }
        repaint(part, element);
        return part;
    });
    spare.forEach(({ node }) => node.remove());
    let next = part.node.firstChild;
    for (const { node } of children) {
        if (node === next) {
            next = node.nextSibling;
        } else {
            part.node.insertBefore(node, next);
        }
    }
    return children;
}

function adopt(element: SvgElement, node: Element | undefined): Painted {
    if (!(node instanceof SVGElement)) {
        throw new Error(`The page lacks the node of ${element.name}.`);
    }
    let at = 0;
    const children = elementsOf(element).map((child) => adopt(child, node.children[at++]));
    return { node, element, children };
}

function changeAttributes(node: SVGElement, before: SvgElement, after: SvgElement): void {
    for (const [name, value] of Object.entries(after.attributes)) {
        // The roving focus decides who takes part in the tab order.
        if (before.attributes[name] !== value && name !== 'tabindex') {
            node.setAttribute(name, typeof value === 'number' ? String(value) : visible(value));
        }
    }
    for (const name of Object.keys(before.attributes)) {
        if (!(name in after.attributes)) {
            node.removeAttribute(name);
        }
    }
}

/** What others have written on the node, such as the state of a run, was about what it stood for before. */
function forget({ node, element, children }: Painted): void {
    for (const name of node.getAttributeNames()) {
        if (!(name in element.attributes)) {
            node.removeAttribute(name);
        }
    }
    node.setAttribute('class', String(element.attributes['class'] ?? ''));
    const own = new Set<Node>(children.map((child) => child.node));
    if (!holdsText(element)) {
        [...node.childNodes].filter((child) => !own.has(child)).forEach((child) => child.remove());
    }
}

/** Id of what the element stands for: its own or that of its first part. */
function keyOf(element: SvgElement): string | undefined {
    const own = element.attributes['data-id'];
    const [first] = element.children;
    if (own !== undefined) {
        return String(own);
    }
    return first === undefined || typeof first === 'string' ? undefined : keyOf(first);
}

function kindOf({ name, attributes }: SvgElement): string {
    return `${name} ${String(attributes['class'] ?? '').split(' ')[0]}`;
}

function holdsText({ children }: SvgElement): boolean {
    return children.some((child) => typeof child === 'string');
}

function elementsOf({ children }: SvgElement): SvgElement[] {
    return children.filter((child): child is SvgElement => typeof child !== 'string');
}

function childNode(child: SvgChild): Node {
    return typeof child === 'string' ? document.createTextNode(visible(child)) : svgNode(child);
}

function sameTexts(before: readonly SvgChild[], after: readonly SvgChild[]): boolean {
    return (
        before.length === after.length &&
        before.every((child, at) => child === after[at] || JSON.stringify(child) === JSON.stringify(after[at]))
    );
}
