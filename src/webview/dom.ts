import { visible, type SvgElement } from '../diagram/index.js';

const SVG = 'http://www.w3.org/2000/svg';

/** DOM nodes of a picture: text becomes text nodes, so no name can be anything but data. */
export function svgNode(element: SvgElement): SVGElement {
    const node = document.createElementNS(SVG, element.name);
    for (const [name, value] of Object.entries(element.attributes)) {
        node.setAttribute(name, typeof value === 'number' ? String(value) : visible(value));
    }
    for (const child of element.children) {
        node.append(typeof child === 'string' ? visible(child) : svgNode(child));
    }
    return node;
}

/** An HTML element with a class, and with text if any. */
export function html<K extends keyof HTMLElementTagNameMap>(
    name: K,
    classes: string,
    text = '',
): HTMLElementTagNameMap[K] {
    const node = document.createElement(name);
    node.className = classes;
    node.textContent = text;
    return node;
}

/** A button that says what it does on hover and to screen readers. */
export function button(text: string, words: string): HTMLButtonElement {
    const node = html('button', '', text);
    node.type = 'button';
    node.title = words;
    node.setAttribute('aria-label', words);
    return node;
}
