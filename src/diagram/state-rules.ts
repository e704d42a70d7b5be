/** How the instant of a run looks on a drawing; the marks that stand beside it are shapes of their own. */
import type { Palette } from './theme.js';

const DOWN = ['off', 'crashed', 'stopped'].map((state) => `.node[data-state=${state}]`);
/** What is cut off looks so, whatever others take it for. */
const DOUBTED = ['suspected', 'failed', 'fenced'].flatMap((doubt) =>
    ['whole', 'slow'].map(
        (connection) => `.node[data-state=serving][data-doubt=${doubt}][data-connection=${connection}]`,
    ),
);

const places = (state: string): readonly string[] => ['zone', 'region'].map((kind) => `.${kind}[data-state=${state}]`);
const PLACES_DOWN = places('down');
const PLACES_PARTLY_DOWN = places('partly-down');
const PLACES_TROUBLED = places('troubled');

/** Beside what is not served. */
const DARK = '.mark.dark';
/** Beside what fails reads or writes alone: a letter. */
const STRUCK = ['.mark.unread', '.mark.unwritten'];

const BROKEN = ['cut', 'still'].map((trouble) => `.link[data-trouble=${trouble}]`);

const each = (selectors: readonly string[], part: string): string =>
    selectors.map((selector) => `${selector} ${part}`).join(',');

export function stateRules({
    error,
    warning,
    description,
    foreground,
    border,
    background,
}: Palette): readonly string[] {
    return [
        `.mark,.mark text,.bars{font-size:13px;font-weight:700;fill:${error}}`,
        // Words and marks stand on a hatched card as on an empty one.
        `.node>.mark text,.node>.mark .bars,.copy .mark,${each(DOWN, '.roles')},${each(DOWN, '.detail')},${each(DOWN, '.caption')}{paint-order:stroke;stroke:${background};stroke-width:3;stroke-linejoin:round}`,
        `.hatching{stroke:${description};stroke-width:2;opacity:.4}`,
        `${each(DOWN, '.shape')}{fill:url(#hatch)}`,
        `${each(DOWN, '.name')}{text-decoration:line-through}`,
        `.node[data-state=frozen] .shape{stroke:${warning}}`,
        `${each(DOUBTED, '.shape')}{stroke:${warning};stroke-dasharray:3 3}`,
        `${each(['.node[data-connection=isolated]', '.node[data-connection=cut]'], '.shape')}{stroke:${error};stroke-dasharray:6 4}`,
        `${each([...DOUBTED, '.node[data-connection=slow]'], '.mark text')},.node[data-state=frozen] .bars{fill:${warning}}`,
        `.folded-state .mark text,.folded-state .bars{fill:${warning}}`,
        `.state-words{paint-order:stroke;stroke:${background};stroke-width:3;stroke-linejoin:round;fill:${foreground}}`,
        `${each(PLACES_DOWN, '.shape')},${each(PLACES_PARTLY_DOWN, '.shape')}{stroke:${error}}`,
        `${each(PLACES_DOWN, '.shape')}{fill:url(#hatch)}`,
        `${each([...PLACES_DOWN, ...PLACES_PARTLY_DOWN], '.mark text')}{fill:${error}}`,
        `${each(PLACES_TROUBLED, '.shape')}{stroke:${warning};stroke-dasharray:3 3}`,
        '.link .mark{font-size:11px}',
        `.link[data-trouble=partly] .mark{fill:${warning}}`,
        `.link[data-trouble=partly] .chip{stroke:${warning}}`,
        `${each(BROKEN, '.line')}{stroke:${error};stroke-dasharray:2 5;stroke-linecap:round}`,
        `${each(BROKEN, '.chip')}{stroke:${error}}`,
        `${each(BROKEN, '.arrow')}{fill:${background};stroke:${error}}`,
        `.ring{fill:none;stroke:${border};stroke-width:3}`,
        `.ring.filled{stroke:${foreground}}`,
        `.lock rect{fill:${foreground}}`,
        `.shackle{fill:none;stroke:${foreground};stroke-width:1.5}`,
        '.copy .mark{font-size:10px}',
        `${[DARK, ...STRUCK].join(',')}{fill:${error}}`,
        // Beside a leader's pill as well, whose words have another colour.
        `.copy ${DARK}{fill:${error}}`,
        // A stroke around a struck letter would cover it, and red on a hatched card is faint.
        `${STRUCK.map((mark) => `.copy ${mark}`).join(',')}{fill:${foreground};stroke:none}`,
        `${STRUCK.join(',')}{text-decoration:line-through}`,
        `.mark.degraded,.copy .mark.degraded{fill:${warning}}`,
        ...['.copy', '.cluster'].flatMap((kind) => [
            `${kind}[data-trouble=dark] .shape{stroke:${error};stroke-width:2}`,
            `${each([`${kind}[data-trouble=unread]`, `${kind}[data-trouble=unwritten]`], '.shape')}{stroke:${error};stroke-width:2;stroke-dasharray:7 3}`,
            `${kind}[data-trouble=degraded] .shape{stroke:${warning};stroke-width:2;stroke-dasharray:3 2}`,
        ]),
    ];
}
