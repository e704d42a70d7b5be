/** The drawing in words and rows: for screen readers, and for anybody who wants to read rather than look. */
import {
    leadsControl,
    visible,
    type Drawing,
    type DrawnNode,
    type Moment,
    wholeCondition,
} from '../../diagram/index.js';
import { counted, type SourceRange } from '../../topology/index.js';
import { button, html } from '../dom.js';
import { keepingFocus } from '../keep-focus.js';

export interface TableActions {
    reveal(source: SourceRange): void;
    closed(): void;
}

interface Row {
    readonly node: DrawnNode;
    readonly roles: HTMLElement;
    readonly copies: HTMLElement;
    readonly state: HTMLElement;
}

export class Table {
    readonly element = html('section', 'table');
    readonly #body = html('div', 'table-body');
    #rows: readonly Row[] = [];
    #drawing: Drawing | undefined;
    #chosen: ReadonlySet<string> = new Set();
    #moment: Moment | undefined;

    constructor(private readonly actions: TableActions) {
        const close = button('Drawing', 'Back to the drawing (T)');
        const heading = html('h2', '', 'Nodes by zone');
        heading.id = 'table-heading';
        this.element.setAttribute('aria-labelledby', heading.id);
        this.element.tabIndex = -1;
        const head = html('div', 'table-head');
        head.append(heading, close);
        this.element.append(head, this.#body);
        this.element.hidden = true;
        close.addEventListener('click', () => this.close());
        // What happens in the table is no gesture on the drawing behind it.
        for (const kind of ['pointerdown', 'click', 'dblclick', 'wheel', 'contextmenu'] as const) {
            this.element.addEventListener(kind, (event) => event.stopPropagation());
        }
    }

    get open(): boolean {
        return !this.element.hidden;
    }

    toggle(): void {
        if (this.open) {
            this.close();
        } else {
            this.element.hidden = false;
            this.build();
            this.element.focus();
        }
    }

    close(): void {
        if (this.open) {
            this.element.hidden = true;
            this.#body.replaceChildren();
            this.#rows = [];
            this.actions.closed();
        }
    }

    /** `chosen`: ids of the clusters whose nodes are listed; none: all. */
    renew(drawing: Drawing | undefined, chosen: ReadonlySet<string>): void {
        this.#drawing = drawing;
        this.#chosen = chosen;
        if (this.open) {
            keepingFocus(
                this.#body,
                () => this.build(),
                () => this.element,
            );
        }
    }

    /** Undefined: as the file declares it. */
    show(moment: Moment | undefined): void {
        this.#moment = moment;
        this.#rows.forEach((row) => this.fill(row));
    }

    private build(): void {
        const drawing = this.#drawing;
        if (drawing === undefined) {
            this.#body.replaceChildren(html('p', '', 'There is nothing to list yet.'));
            return;
        }
        const rows: Row[] = [];
        const names = new Map(drawing.clusters.map(({ id, label }) => [id, label]));
        const places = drawing.regions.flatMap((region) => [
            ...region.zones.map((zone) => ({ name: `Zone ${region.label}.${zone.label}`, nodes: zone.nodes })),
            ...(region.nodes.length === 0 ? [] : [{ name: `Region ${region.label}, in no zone`, nodes: region.nodes }]),
        ]);
        const nowhere =
            drawing.placeless.length === 0 ? [] : [{ name: 'In no declared place', nodes: drawing.placeless }];
        const [chosen, all] = [this.#chosen, this.#chosen.size === 0];
        this.#body.replaceChildren(
            ...[...places, ...nowhere].map(({ name, nodes }) => {
                const listed = all ? nodes : nodes.filter(({ clusters }) => clusters.some((id) => chosen.has(id)));
                const count = `${all ? '' : `${listed.length} of `}${counted(nodes.length, 'node')}`;
                const table = html('table', '');
                table.append(html('caption', '', `${visible(name)}, ${count}`));
                const body = html('tbody', '');
                body.append(...listed.map((node) => this.row(node, names, rows)));
                table.append(heads('Node', 'Clusters', 'Roles', 'Copies', 'State'), body);
                return table;
            }),
        );
        this.#rows = rows;
        rows.forEach((row) => this.fill(row));
    }

    private row(node: DrawnNode, names: ReadonlyMap<string, string>, rows: Row[]): HTMLElement {
        const row = html('tr', '');
        const head = html('th', '');
        head.scope = 'row';
        const name = button(visible(node.label), `${visible(node.label)}: show in the text`);
        name.dataset['key'] = node.id;
        name.addEventListener('click', () => this.actions.reveal(node.source));
        head.append(name);
        const clusters = node.clusters.map((id) => names.get(id) ?? id).join(', ');
        const [roles, copies, state] = [html('td', ''), html('td', ''), html('td', '')];
        row.append(head, html('td', '', visible(clusters)), roles, copies, state);
        rows.push({ node, roles, copies, state });
        return row;
    }

    private fill({ node, roles, copies, state }: Row): void {
        const moment = this.#moment;
        write(roles, rolesText(node, moment));
        write(copies, copiesText(node, moment));
        write(state, moment === undefined ? 'as declared' : wholeCondition(moment, node.id));
    }
}

/** With what it leads at the instant, or as the file declares it. */
function rolesText({ id, roles, controls = [] }: DrawnNode, moment: Moment | undefined): string {
    const led = controls.filter((part) => leadsControl(part, id, moment)).map(({ cluster }) => `leads ${cluster}`);
    return visible([...roles, ...led].join(', '));
}

/** Who leads at the instant, or as the file declares it. */
function copiesText({ id, copies }: DrawnNode, moment: Moment | undefined): string {
    return copies
        .map(({ label, shard, role, leaderless }) => {
            const leader = moment?.leaders.get(shard);
            const leads = leader === undefined ? role === 'leader' : leader === id;
            const trouble = moment?.troubles.has(shard) === true ? ', in trouble' : '';
            return `${visible(label)}${leaderless === true ? '' : leads ? ' (leader)' : ' (replica)'}${trouble}`;
        })
        .join('; ');
}

function write(cell: HTMLElement, text: string): void {
    if (cell.textContent !== text) {
        cell.textContent = text;
    }
}

function heads(...names: readonly string[]): HTMLElement {
    const [head, row] = [html('thead', ''), html('tr', '')];
    row.append(
        ...names.map((name) => {
            const cell = html('th', '', name);
            cell.scope = 'col';
            return cell;
        }),
    );
    head.append(row);
    return head;
}
