/** Inside the page: how well the words, marks and lines of the drawing stand out from what they are painted on. */
interface Pair {
    /** `text .detail “load balancer”` */
    readonly what: string;
    readonly kind: 'text' | 'graphic';
    readonly colour: string;
    readonly behind: string;
    /** As WCAG 2.2 computes it, 1 to 21. */
    readonly ratio: number;
}

type Rgb = readonly [number, number, number];

const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** What a colour looks like on a ground, whatever form the browser gives it in. */
function seen(colour: string, opacity: number, ground: Rgb): Rgb {
    if (pixel === null) throw new Error('There is no canvas.');
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = `rgb(${ground.join(' ')})`;
    pixel.fillRect(0, 0, 1, 1);
    pixel.globalAlpha = opacity;
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    pixel.globalAlpha = 1;
    const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
}

function luminance(colour: Rgb): number {
    const [red = 0, green = 0, blue = 0] = colour
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: Rgb, other: Rgb): number {
    const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left);
    return (high + 0.05) / (low + 0.05);
}

const PAGE = 'var(--vscode-editor-background)';

function pageColour(): Rgb {
    const probe = document.createElement('span');
    document.body.append(probe);
    probe.style.color = matchMedia('(forced-colors: active)').matches ? 'Canvas' : PAGE;
    const colour = seen(getComputedStyle(probe).color, 1, [0, 0, 0]);
    probe.remove();
    return colour;
}

function isVisible(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && width + height > 0;
}

/** The colours that may lie behind the middle of the element: a hatched field has two. */
function grounds(element: Element, page: Rgb): readonly Rgb[] {
    const { x, y, width, height } = element.getBoundingClientRect();
    const [first, ...rest] = document
        .elementsFromPoint(x + width / 2, y + height / 2)
        .filter((each) => each instanceof SVGGeometryElement && each !== element)
        .map((each) => getComputedStyle(each).fill)
        .filter((fill) => fill !== 'none' && !/^rgba\(.*, 0\)$/.test(fill));
    if (first === undefined) return [page];
    if (!first.startsWith('url(')) return [seen(first, 1, rest[0] ? seen(rest[0], 1, page) : page)];
    const hatching = document.querySelector('.hatching');
    if (hatching === null) return [page];
    const { stroke, opacity } = getComputedStyle(hatching);
    return [page, seen(stroke, Number(opacity), page)];
}

function textPair(text: SVGTextContentElement, page: Rgb): readonly Pair[] {
    const { fill, paintOrder, stroke, strokeWidth } = getComputedStyle(text);
    const halo = paintOrder.startsWith('stroke') && stroke !== 'none' && Number.parseFloat(strokeWidth) >= 2;
    const behind = halo ? [seen(stroke, 1, page)] : grounds(text, page);
    const isMark = text.closest('.mark') !== null;
    const name = `${isMark ? 'mark' : 'text'} .${text.getAttribute('class') ?? ''} “${text.textContent}”`;
    return behind.map((ground) => pair(name, isMark ? 'graphic' : 'text', fill, ground));
}

function pair(what: string, kind: Pair['kind'], colour: string, ground: Rgb): Pair {
    return {
        what,
        kind,
        colour,
        behind: `rgb(${ground.join(' ')})`,
        ratio: ratio(seen(colour, 1, ground), ground),
    };
}

/** Borders of fields and cards are left out: what stands in them says what they are. Lines run over fields, the others on cards. */
const GRAPHICS: readonly (readonly [selector: string, part: 'fill' | 'stroke'])[] = [
    ['.band', 'stroke'],
    ['.link .line', 'stroke'],
    ['.link .arrow', 'fill'],
    ['.copy .shape', 'stroke'],
    ['.control', 'stroke'],
    ['.mark .bars', 'fill'],
];

/** Of everything in the drawing that can be seen once nothing moves any more. */
export async function contrasts(): Promise<readonly Pair[]> {
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    const page = pageColour();
    const fields = [...document.querySelectorAll('.stage :is(.zone, .region) .shape')].map((field) =>
        seen(getComputedStyle(field).fill, 1, page),
    );
    const texts = [...document.querySelectorAll<SVGTextContentElement>('.stage :is(text, tspan)')].filter(
        (text) => [...text.childNodes].some((node) => node.nodeType === Node.TEXT_NODE) && isVisible(text),
    );
    const graphics = GRAPHICS.flatMap(([selector, part]) =>
        [...document.querySelectorAll(`.stage ${selector}`)].filter(isVisible).flatMap((shape) => {
            const style = getComputedStyle(shape);
            // An open arrow is its outline.
            const colour = shape.matches('.traffic .arrow, [data-trouble] .arrow') ? style.stroke : style[part];
            const kind = shape.closest('.link')?.getAttribute('class') ?? shape.getAttribute('class') ?? '';
            return (shape.closest('.link') === null ? [page] : [page, ...fields]).map((ground) =>
                pair(`${selector} of ${kind}`, 'graphic', colour, ground),
            );
        }),
    );
    return [...texts.flatMap((text) => textPair(text, page)), ...graphics];
}
