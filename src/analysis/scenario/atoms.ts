/** The faults of a scenario, one for each thing that they strike, and steps of any of them. */
import type { Fault, NodeSelector, Selection, Step, Topology } from '../../topology/index.js';
import { nodeReference, placeReference, quoted } from '../names.js';

/** One thing that one step strikes; the whole step where it cannot be divided. */
export interface Atom {
    readonly step: Step;
    /** Position in the step's list of nodes or places. */
    readonly target: number;
}

export function atomsOf(steps: readonly Step[]): readonly Atom[] {
    return steps.flatMap((step) =>
        Array.from({ length: Math.max(1, targetsOf(step.fault)) }, (_, target) => ({ step, target })),
    );
}

/** The steps that strike these things and nothing else, in their old order. */
export function stepsOf(topology: Topology, steps: readonly Step[], atoms: readonly Atom[]): readonly Step[] {
    return steps.flatMap((step) => {
        const kept = atoms.filter((atom) => atom.step === step).map(({ target }) => target);
        if (kept.length === 0) {
            return [];
        }
        return kept.length >= targetsOf(step.fault) ? [step] : [reduced(topology, step, kept)];
    });
}

/** How many nodes or places a fault lists; 0 for one that cannot be divided. */
function targetsOf(fault: Fault): number {
    if ('nodes' in fault) {
        return fault.nodes.length;
    }
    if ('selection' in fault) {
        return fault.selection.kind === 'nodes' ? fault.selection.nodes.length : fault.selection.places.length;
    }
    return 0;
}

function reduced(topology: Topology, step: Step, kept: readonly number[]): Step {
    const fault = restricted(step.fault, kept);
    return { ...step, fault, text: textOf(topology, fault, step.text) };
}

function restricted(fault: Fault, kept: readonly number[]): Fault {
    const chosen = <Thing>(things: readonly Thing[]): readonly Thing[] =>
        things.filter((_, index) => kept.includes(index));
    if ('nodes' in fault) {
        return { ...fault, nodes: chosen(fault.nodes) };
    }
    if ('selection' in fault) {
        const { selection } = fault;
        return {
            ...fault,
            selection:
                selection.kind === 'nodes'
                    ? { kind: 'nodes', nodes: chosen(selection.nodes) }
                    : { kind: 'places', places: chosen(selection.places) },
        };
    }
    return fault;
}

/** `fail zone us-east-1.a`; what follows the list, as in `slow … by 200ms`, stays as it was. */
function textOf(topology: Topology, fault: Fault, old: string): string {
    const rest = fault.kind === 'slow' ? / by \S+\s*$/.exec(old)?.[0] : undefined;
    const listed =
        'nodes' in fault
            ? nodesText(topology, fault.nodes)
            : 'selection' in fault
              ? selectionText(topology, fault.selection)
              : '';
    return `${fault.kind} ${listed}${rest ?? ''}`;
}

function selectionText(topology: Topology, selection: Selection): string {
    if (selection.kind === 'nodes') {
        return nodesText(topology, selection.nodes);
    }
    const level = selection.places[0]?.kind ?? 'zone';
    return `${level} ${selection.places.map((place) => placeReference(topology, place)).join(', ')}`;
}

function nodesText(topology: Topology, nodes: readonly NodeSelector[]): string {
    return `node ${nodes.map((node) => nodeText(topology, node)).join(', ')}`;
}

function nodeText(topology: Topology, selector: NodeSelector): string {
    if (selector.kind === 'leader') {
        return `leader of ${selector.of.text}`;
    }
    const cluster = selector.cluster === undefined ? undefined : topology.clusters[selector.cluster];
    const node = topology.nodes[selector.node];
    return cluster === undefined || node === undefined
        ? nodeReference(topology, selector.node)
        : `${quoted(cluster.name)}.${quoted(node.name)}`;
}
