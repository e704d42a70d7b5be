/** Shows an instant of a run on the painted drawing. Nothing is laid out or built anew: only classes and marks change. */
import {
    copyMark,
    drawnElements,
    markGroup,
    marksOf,
    troubleOf,
    wholeCondition,
    worstDoubt,
    type Drawing,
    type DrawnCopy,
    type DrawnNode,
    type Moment,
} from '../../diagram/index.js';
import { svgNode } from '../dom.js';

/** A copy as it is shown now: thousands of them are touched only when something is different. */
interface ShownCopy {
    readonly node: string;
    readonly copy: DrawnCopy;
    leads: boolean | undefined;
    form: '' | 'dark' | 'degraded' | undefined;
}

export class StatePainter {
    #elements = new Map<string, Element>();
    #copies: readonly ShownCopy[] = [];
    #shown: Moment | undefined;

    constructor(private readonly stage: HTMLElement) {}

    /** After the picture was built anew. */
    renew(drawing: Drawing): void {
        this.#elements = new Map(
            [...this.stage.querySelectorAll<SVGElement>('[data-id]')].map((target) => [
                target.dataset['id'] ?? '',
                target.parentElement ?? target,
            ]),
        );
        this.#copies = drawnElements(drawing)
            .filter((element): element is DrawnNode => 'copies' in element)
            .flatMap(({ id, copies }) => copies.map((copy) => ({ node: id, copy, leads: undefined, form: undefined })));
        const moment = this.#shown;
        this.#shown = undefined;
        this.show(moment);
    }

    /** Undefined: as the file declares it. */
    show(moment: Moment | undefined): void {
        this.stage.classList.toggle('playing', moment !== undefined);
        const touched = [this.#shown, moment].flatMap((each) =>
            each === undefined ? [] : [...each.nodes.keys(), ...each.doubts.keys()],
        );
        new Set(touched).forEach((id) => this.showNode(id, moment));
        this.#copies.forEach((each) => this.showCopy(each, moment));
        this.#shown = moment;
    }

    /** What the shown instant adds to the element's facts. */
    factsOf(id: string): readonly string[] {
        const moment = this.#shown;
        return moment === undefined || !id.startsWith('node:') ? [] : [`Now ${wholeCondition(moment, id)}.`];
    }

    private showNode(id: string, moment: Moment | undefined): void {
        const element = this.#elements.get(id);
        if (element === undefined) {
            return;
        }
        const { state = 'serving', connection = 'whole' } = moment?.nodes.get(id) ?? {};
        element.setAttribute('data-state', state);
        element.setAttribute('data-connection', connection);
        element.setAttribute('data-doubt', worstDoubt(moment?.doubts.get(id)));
        const target = element.querySelector('[data-id]');
        if (moment === undefined) {
            target?.removeAttribute('aria-description');
        } else {
            target?.setAttribute('aria-description', `Now ${wholeCondition(moment, id)}.`);
        }
        const marks = marksOf(moment, id);
        element.querySelector('.mark')?.remove();
        const shape = element.querySelector('.shape');
        if (marks.length > 0 && shape !== null) {
            element.append(svgNode(markGroup(marks, cornerOf(shape))));
        }
    }

    private showCopy(shown: ShownCopy, moment: Moment | undefined): void {
        const { node, copy } = shown;
        const led = moment?.leaders.get(copy.shard);
        const leads = led === undefined ? copy.role === 'leader' : led === node;
        const form = troubleOf(moment, copy.shard) ?? '';
        if (shown.leads === leads && shown.form === form) {
            return;
        }
        Object.assign(shown, { leads, form });
        const element = this.#elements.get(copy.id);
        element?.classList.toggle('leader', leads);
        element?.classList.toggle('replica', !leads);
        element?.setAttribute('data-trouble', form);
        element?.querySelector('.mark')?.remove();
        const shape = element?.querySelector('.shape') ?? null;
        if (form !== '' && shape !== null) {
            element?.append(svgNode(copyMark(form, cornerOf(shape))));
        }
    }
}

function cornerOf(shape: Element): { readonly x: number; readonly y: number; readonly width: number } {
    const [x = 0, y = 0, width = 0] = ['x', 'y', 'width'].map((name) => Number(shape.getAttribute(name)));
    return { x, y, width };
}
