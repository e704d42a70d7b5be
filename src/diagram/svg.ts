/** SVG as plain data: the command line writes it as text, the webview builds DOM nodes from it. */
import { visible } from './text.js';

export interface SvgElement {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string | number>>;
    readonly children: readonly SvgChild[];
}

export type SvgChild = SvgElement | string;

export function svg(
    name: string,
    attributes: Readonly<Record<string, string | number>>,
    ...children: readonly SvgChild[]
): SvgElement {
    return { name, attributes, children };
}

const ENTITIES: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};

/** Text that is safe between tags and inside quotes, whatever it holds. */
export function escapeXml(text: string): string {
    return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Text of an element and what it contains, a line each where that keeps a difference readable. */
export function serialize(element: SvgElement, indent = ''): string {
    const attributes = Object.entries(element.attributes)
        .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
        .join('');
    const open = `${indent}<${element.name}${attributes}`;
    const [first] = element.children;
    if (first === undefined) {
        return `${open}/>`;
    }
    if (element.children.some((child) => typeof child === 'string')) {
        return `${open}>${element.children.map((child) => inline(child)).join('')}</${element.name}>`;
    }
    const lines = element.children.map((child) => (typeof child === 'string' ? child : serialize(child, `${indent} `)));
    return `${open}>\n${lines.join('\n')}\n${indent}</${element.name}>`;
}

function inline(child: SvgChild): string {
    return typeof child === 'string' ? escapeXml(child) : serialize(child);
}
