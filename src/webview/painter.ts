import {
    chosenDrawing,
    HATCH,
    linksScene,
    sceneOf,
    shownLinks,
    summary,
    type Drawing,
    type Layout,
    type LinkNow,
    type Moment,
    type Scene,
    type SceneOptions,
    type SvgElement,
} from '../diagram/index.js';
import { measuredLettering } from './view/lettering.js';
import { painted, repaint, type Painted } from './view/keyed.js';

interface Content {
    readonly drawing: Drawing;
    readonly layout: Layout;
    readonly options: SceneOptions;
}

/** Keeps the stage's picture and repaints of it what is new or other. */
export class Painter {
    #root: Painted | undefined;
    #content: Content | undefined;
    #moment: Moment | undefined;

    constructor(private readonly stage: HTMLElement) {}

    /** `clusters`: ids of those that the reader has chosen; none: all. Returns the size of the picture. */
    paint(drawing: Drawing, layout: Layout, clusters: ReadonlySet<string>): Pick<Scene, 'width' | 'height'> {
        const lettering = measuredLettering();
        const options = {
            interactive: true,
            ...(lettering && { lettering }),
            ...(clusters.size === 0 ? {} : { clusters }),
        };
        this.#content = { drawing, layout, options };
        const { width, height, layers } = sceneOf(drawing, layout, options);
        const words = `${clusters.size === 0 ? '' : 'Chosen: '}${summary(chosenDrawing(drawing, clusters))}`;
        const attributes = {
            width,
            height,
            viewBox: `0 0 ${width} ${height}`,
            role: 'group',
            'aria-label': `Topology of ${drawing.title}. ${words}`,
        };
        const picture: SvgElement = {
            name: 'svg',
            attributes,
            children: [HATCH, ...layers.map((layer) => this.now(layer))],
        };
        if (this.#root === undefined) {
            this.#root = painted(picture);
            this.stage.replaceChildren(this.#root.node);
        } else {
            repaint(this.#root, picture);
        }
        return { width, height };
    }

    /** Lines as they are at the instant; undefined: as the file declares them. Returns whether any may be another one. */
    showMoment(moment: Moment | undefined): boolean {
        const same = moment?.era === this.#moment?.era;
        this.#moment = moment;
        const links = this.#root?.children.find(({ element }) => isLinks(element));
        if (same || links === undefined || this.#content === undefined) {
            return false;
        }
        const { drawing, layout, options } = this.#content;
        repaint(links, linksScene(drawing, layout, { ...options, ...(moment && { moment }) }));
        return true;
    }

    /** As they are shown. */
    get links(): readonly LinkNow[] {
        const moment = this.#moment;
        return this.#content === undefined
            ? []
            : shownLinks(this.#content.drawing, { ...this.#content.options, ...(moment && { moment }) });
    }

    clear(): void {
        this.#root = undefined;
        this.#content = undefined;
        this.stage.replaceChildren();
    }

    private now(layer: SvgElement): SvgElement {
        return this.#moment === undefined || this.#content === undefined || !isLinks(layer)
            ? layer
            : linksScene(this.#content.drawing, this.#content.layout, {
                  ...this.#content.options,
                  moment: this.#moment,
              });
    }
}

function isLinks({ attributes }: SvgElement): boolean {
    return attributes['class'] === 'links';
}
