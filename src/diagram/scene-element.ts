import type { Drawn } from './drawing.js';
import { svg, type SvgElement } from './svg.js';

export interface SceneOptions {
    /** Elements take the focus and say what they are; otherwise the facts are titles, as a picture in a document needs. */
    readonly interactive: boolean;
}

/** A group of shapes that stands for something in the text. */
export function element(
    drawn: Drawn,
    classes: string,
    kind: string,
    options: SceneOptions,
    shapes: readonly SvgElement[],
): SvgElement {
    const words = [`${kind} ${drawn.label}.`, ...drawn.facts].join(' ');
    const identity = { class: classes, 'data-id': drawn.id };
    return options.interactive
        ? svg('g', { ...identity, role: 'button', tabindex: -1, 'aria-label': words }, ...shapes.map(silent))
        : svg('g', identity, svg('title', {}, [drawn.label, ...drawn.facts].join('\n')), ...shapes);
}

/** The label says more than the words inside, so these are not read out again. */
function silent(shape: SvgElement): SvgElement {
    return shape.name === 'text' ? { ...shape, attributes: { ...shape.attributes, 'aria-hidden': 'true' } } : shape;
}
