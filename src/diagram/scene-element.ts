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
    return options.interactive
        ? target(drawn, classes, kind, shapes)
        : svg(
              'g',
              { class: classes, 'data-id': drawn.id },
              svg('title', {}, [drawn.label, ...drawn.facts].join('\n')),
              ...shapes,
          );
}

/** The label says more than the words do, so these stand beside what takes the focus and are not read out again. */
function target(drawn: Drawn, classes: string, kind: string, shapes: readonly SvgElement[]): SvgElement {
    const label = [`${kind} ${drawn.label}.`, ...drawn.facts].join(' ');
    const isText = (shape: SvgElement): boolean => shape.name === 'text';
    return svg(
        'g',
        { class: classes },
        svg(
            'g',
            { class: 'target', 'data-id': drawn.id, role: 'button', tabindex: -1, 'aria-label': label },
            ...shapes.filter((shape) => !isText(shape)),
        ),
        svg('g', { class: 'words', 'aria-hidden': 'true' }, ...shapes.filter(isText)),
    );
}
