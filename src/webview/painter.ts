import {
    chosenDrawing,
    HATCH,
    sceneOf,
    summary,
    type Drawing,
    type Layout,
    type Scene,
    type SvgElement,
} from '../diagram/index.js';
import { measuredLettering } from './view/lettering.js';
import { painted, repaint, type Painted } from './view/keyed.js';

/** Keeps the stage's picture and repaints of it what is new or other. */
export class Painter {
    #root: Painted | undefined;

    constructor(private readonly stage: HTMLElement) {}

    /** `clusters`: ids of those that the reader has chosen; none: all. Returns the size of the picture. */
    paint(drawing: Drawing, layout: Layout, clusters: ReadonlySet<string>): Pick<Scene, 'width' | 'height'> {
        const lettering = measuredLettering();
        const scene = sceneOf(drawing, layout, {
            interactive: true,
            ...(lettering && { lettering }),
            ...(clusters.size === 0 ? {} : { clusters }),
        });
        const { width, height } = scene;
        const words = `${clusters.size === 0 ? '' : 'Chosen: '}${summary(chosenDrawing(drawing, clusters))}`;
        const attributes = {
            width,
            height,
            viewBox: `0 0 ${width} ${height}`,
            role: 'group',
            'aria-label': `Topology of ${drawing.title}. ${words}`,
        };
        const picture: SvgElement = { name: 'svg', attributes, children: [HATCH, ...scene.layers] };
        if (this.#root === undefined) {
            this.#root = painted(picture);
            this.stage.replaceChildren(this.#root.node);
        } else {
            repaint(this.#root, picture);
        }
        return { width, height };
    }

    clear(): void {
        this.#root = undefined;
        this.stage.replaceChildren();
    }
}
