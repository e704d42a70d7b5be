/** Shows an instant of a run on the painted drawing. Nothing is laid out or built anew: only classes and marks change. */
import {
    drawnElements,
    type Drawing,
    type DrawnCopy,
    type DrawnNode,
    type Moment,
    type NodeConnection,
    type NodeState,
} from '../../diagram/index.js';
import { svgNode } from '../dom.js';

/** Form first: none of them is told by its colour alone. */
const MARKS: Readonly<Record<NodeState, string>> = {
    serving: '',
    frozen: '❚❚',
    crashed: '✕',
    stopped: '■',
    off: '✕',
};
const CONNECTION_MARKS: Readonly<Record<NodeConnection, string>> = { whole: '', slow: '◷', cut: '✂', isolated: '⊘' };

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
        const nodes = new Set([...(this.#shown?.nodes.keys() ?? []), ...(moment?.nodes.keys() ?? [])]);
        for (const id of nodes) {
            this.showNode(id, moment?.nodes.get(id));
        }
        this.#copies.forEach((each) => this.showCopy(each, moment));
        this.#shown = moment;
    }

    /** As it is shown now; what is not known serves and is connected. */
    conditionOf(id: string): { readonly state: NodeState; readonly connection: NodeConnection } {
        return this.#shown?.nodes.get(id) ?? { state: 'serving', connection: 'whole' };
    }

    private showNode(id: string, condition?: { readonly state: NodeState; readonly connection: NodeConnection }): void {
        const element = this.#elements.get(id);
        if (element === undefined) {
            return;
        }
        const state = condition?.state ?? 'serving';
        const connection = condition?.connection ?? 'whole';
        element.setAttribute('data-state', state);
        element.setAttribute('data-connection', connection);
        const mark = MARKS[state] || CONNECTION_MARKS[connection];
        element.querySelector('.mark')?.remove();
        const shape = element.querySelector('.shape');
        if (mark !== '' && shape !== null) {
            const x = Number(shape.getAttribute('x')) + Number(shape.getAttribute('width')) - 12;
            const y = Number(shape.getAttribute('y')) + 22;
            element.append(svgNode({ name: 'text', attributes: { class: 'mark end', x, y }, children: [mark] }));
        }
    }

    private showCopy(shown: ShownCopy, moment: Moment | undefined): void {
        const { node, copy } = shown;
        const led = moment?.leaders.get(copy.shard);
        const leads = led === undefined ? copy.role === 'leader' : led === node;
        const trouble = moment?.troubles.get(copy.shard);
        const form = trouble?.some((each) => each.form === 'dark') ? 'dark' : trouble === undefined ? '' : 'degraded';
        if (shown.leads === leads && shown.form === form) {
            return;
        }
        Object.assign(shown, { leads, form });
        const element = this.#elements.get(copy.id);
        element?.classList.toggle('leader', leads);
        element?.classList.toggle('replica', !leads);
        element?.setAttribute('data-trouble', form);
    }
}
