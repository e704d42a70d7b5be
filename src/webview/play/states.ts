/** Shows an instant of a run on the painted drawing. Nothing is laid out or built anew: only classes and marks change. */
import {
    copyFactsAt,
    copyMark,
    copyNow,
    drawnElements,
    labelAt,
    leadsControl,
    markGroup,
    marksOf,
    nodeFactsAt,
    nodeNow,
    roleAt,
    spokenCopy,
    spokenLabel,
    troubleOf,
    visible,
    worstDoubt,
    type CopyTrouble,
    type Drawing,
    type Drawn,
    type DrawnCopy,
    type DrawnNode,
    type Moment,
} from '../../diagram/index.js';
import { svgNode } from '../dom.js';

/** A copy as it is shown now: thousands of them are touched only when something is different. */
interface ShownCopy {
    readonly node: string;
    readonly copy: DrawnCopy;
    now: string | undefined;
    label: string;
    form: '' | CopyTrouble;
}

/** A node that takes part in control, likewise. */
interface ShownControl {
    readonly node: DrawnNode;
    /** What is led and by whom, as it is shown; undefined: unknown. */
    now: string | undefined;
}

export class StatePainter {
    #elements = new Map<string, Element>();
    #copies: readonly ShownCopy[] = [];
    #controls: readonly ShownControl[] = [];
    #nodes: ReadonlyMap<string, DrawnNode> = new Map();
    #holders: ReadonlyMap<string, string> = new Map();
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
        // While no run is shown, the picture is as the file declares it.
        const untouched = this.#shown === undefined ? '' : undefined;
        const nodes = drawnElements(drawing).filter((element): element is DrawnNode => 'copies' in element);
        this.#nodes = new Map(nodes.map((node) => [node.id, node]));
        this.#copies = nodes.flatMap(({ id, copies }) =>
            copies.map((copy): ShownCopy => ({ node: id, copy, now: untouched, label: copy.label, form: '' })),
        );
        this.#controls = nodes.flatMap((node) => (node.controls ? [{ node, now: untouched }] : []));
        this.#holders = new Map(this.#copies.map(({ node, copy }) => [copy.id, node]));
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
        const copies = this.#copies.filter((each) => this.showCopy(each, moment)).map(({ node }) => node);
        const controls = this.#controls.filter((each) => this.showControl(each, moment)).map(({ node }) => node.id);
        new Set([...copies, ...controls]).forEach((id) => this.speakNode(id, moment));
        this.#shown = moment;
    }

    /** The element's facts at the shown instant. */
    factsOf(drawn: Drawn): readonly string[] {
        const [moment, node, copy] = [this.#shown, this.#nodes.get(drawn.id), this.#holders.get(drawn.id)];
        if (moment === undefined) {
            return drawn.facts;
        }
        if (node !== undefined) {
            return [nodeNow(node.id, moment), ...nodeFactsAt(node, moment)];
        }
        return copy !== undefined && isCopy(drawn)
            ? [copyNow(drawn, copy, moment), ...copyFactsAt(drawn, copy, moment)]
            : drawn.facts;
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
        describe(target, moment === undefined ? '' : nodeNow(id, moment));
        const marks = marksOf(moment, id);
        element.querySelector('.mark')?.remove();
        const shape = element.querySelector('.shape');
        if (marks.length > 0 && shape !== null) {
            element.append(svgNode(markGroup(marks, cornerOf(shape))));
        }
    }

    /** Its holdings change with who leads, whether or not something happened to it. */
    private speakNode(id: string, moment: Moment | undefined): void {
        const node = this.#nodes.get(id);
        const target = this.#elements.get(id)?.querySelector('[data-id]');
        if (node !== undefined) {
            target?.setAttribute(
                'aria-label',
                spokenLabel('Node', { label: node.label, facts: nodeFactsAt(node, moment) }),
            );
        }
    }

    /** Whether it is shown otherwise than before. */
    private showControl(shown: ShownControl, moment: Moment | undefined): boolean {
        const { id, controls = [] } = shown.node;
        const led = controls.map((part) => leadsControl(part, id, moment));
        const leaders = controls.map(({ shard }) => moment?.leaders.get(shard));
        const now = moment === undefined ? '' : [...led, ...leaders].join();
        if (shown.now === now) {
            return false;
        }
        shown.now = now;
        const leads = led.includes(true);
        this.#elements.get(id)?.querySelector('.control')?.classList.toggle('leads', leads);
        return true;
    }

    /** Whether it is shown otherwise than before. */
    private showCopy(shown: ShownCopy, moment: Moment | undefined): boolean {
        const { node, copy } = shown;
        const role = roleAt(copy, node, moment);
        const form = troubleOf(moment, copy.shard) ?? '';
        const now = moment === undefined ? '' : copyNow(copy, node, moment);
        if (shown.now === now) {
            return false;
        }
        const label = labelAt(copy, node, moment);
        const element = this.#elements.get(copy.id);
        const target = element?.querySelector('[data-id]');
        target?.setAttribute('aria-label', spokenCopy(copy, node, moment));
        describe(target, now);
        if (label !== shown.label) {
            element?.querySelector('.middle')?.replaceChildren(visible(label));
        }
        Object.assign(shown, { now, label, form });
        element?.classList.toggle('leader', role === 'leader');
        element?.classList.toggle('replica', role === 'replica');
        element?.setAttribute('data-trouble', form);
        element?.querySelector('.mark')?.remove();
        const shape = element?.querySelector('.shape') ?? null;
        if (form !== '' && shape !== null) {
            element?.append(svgNode(copyMark(form, cornerOf(shape))));
        }
        return true;
    }
}

function describe(target: Element | null | undefined, words: string): void {
    if (words === '') {
        target?.removeAttribute('aria-description');
    } else {
        target?.setAttribute('aria-description', words);
    }
}

function isCopy(drawn: Drawn): drawn is DrawnCopy {
    return 'shard' in drawn;
}

function cornerOf(shape: Element): { readonly x: number; readonly y: number; readonly width: number } {
    const [x = 0, y = 0, width = 0] = ['x', 'y', 'width'].map((name) => Number(shape.getAttribute(name)));
    return { x, y, width };
}
