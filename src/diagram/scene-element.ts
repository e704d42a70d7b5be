import type { Drawn } from './drawing.js';
import { TYPE } from './geometry.js';
import type { Moment } from './playback/moment.js';
import { svg, type SvgElement } from './svg.js';
import { textWidth, truncateAmong, USUAL_LETTERING, type Lettering } from './text.js';

export interface SceneOptions {
    /** Elements take the focus and say what they are; otherwise the facts are titles, as a picture in a document needs. */
    readonly interactive: boolean;
    /** The instant of a run that the picture shows; without it, it is as the file declares it. */
    readonly moment?: Moment;
    /** Without it, that of a usual font. */
    readonly lettering?: Lettering;
    /** Ids of the clusters that the reader has chosen; without it, all are looked at. */
    readonly clusters?: ReadonlySet<string>;
}

/** As much of a name as fits into the room, so that it can be told from its siblings. */
export function fittedName(
    text: string,
    room: number,
    { lettering = USUAL_LETTERING }: SceneOptions,
    siblings: readonly string[] = [],
): string {
    return truncateAmong(text, siblings, TYPE.name, room / lettering.name(text));
}

/** As much of other words of a type size as fits into the room, likewise. */
export function fitted(
    text: string,
    size: number,
    room: number,
    { lettering = USUAL_LETTERING }: SceneOptions,
    siblings: readonly string[] = [],
): string {
    return truncateAmong(text, siblings, size, room / lettering.plain(text));
}

/** How wide such words are. */
export function plainWidth(text: string, size: number, { lettering = USUAL_LETTERING }: SceneOptions): number {
    return textWidth(text, size) * lettering.plain(text);
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

/** What is read out of an element. */
export function spokenLabel(kind: string, { label, facts }: Pick<Drawn, 'label' | 'facts'>): string {
    return [`${kind}${label === '' ? '' : ` ${label}`}.`, ...facts].join(' ');
}

/** The label says more than the words do, so these stand beside what takes the focus and are not read out again. */
function target(drawn: Drawn, classes: string, kind: string, shapes: readonly SvgElement[]): SvgElement {
    const label = spokenLabel(kind, drawn);
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
