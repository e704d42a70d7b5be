import {
    assertNever,
    type NodeId,
    type NodeSelector,
    type Scenario,
    type Selection,
    type Step,
    type Topology,
} from '../../topology/index.js';
import { removal, type Report } from '../resolve/report.js';

/** `restore` of what nothing has failed before: most often a slip in the name or in the time. */
export function checkRestores({ steps }: Scenario, topology: Topology, report: Report): void {
    const failed: (NodeId | 'leader')[] = [];
    const told = new Set<object>();
    for (const { fault, source } of steps) {
        if (fault.kind === 'restore') {
            const wanted = nodesOf(fault.selection, topology);
            const isKnown = wanted.length === 0 || wanted.includes('leader') || failed.includes('leader');
            if (isKnown || told.has(source) || wanted.some((node) => failed.includes(node))) continue;
            told.add(source);
            report.warning(
                'language/nothing-to-restore',
                source,
                'Nothing that this step names has failed before it, so it restores nothing.',
                'Name what an earlier step fails, crashes, stops or isolates; `heal` takes back partitions, cuts, delays and losses.',
                undefined,
                removal(source, 'Remove the step'),
            );
        } else {
            failed.push(...struckBy(fault, topology));
        }
    }
}

/** Nodes that a fault takes away, so that `restore` may bring them back. */
function struckBy(fault: Step['fault'], topology: Topology): readonly (NodeId | 'leader')[] {
    switch (fault.kind) {
        case 'fail':
        case 'isolate':
            return nodesOf(fault.selection, topology);
        case 'crash':
        case 'stop':
        case 'freeze':
        case 'wipe':
        case 'drain':
            return fault.nodes.map(nodeOf);
        case 'restart':
        case 'unfreeze':
        case 'restore':
        case 'partition':
        case 'cut':
        case 'heal':
        case 'slow':
        case 'drop':
        case 'roll':
        case 'promote':
        case 'switchover':
            return [];
        default:
            return assertNever(fault);
    }
}

function nodesOf(selection: Selection, { nodes }: Topology): readonly (NodeId | 'leader')[] {
    if (selection.kind === 'nodes') return selection.nodes.map(nodeOf);
    const { places } = selection;
    return nodes
        .filter(({ zone, region }) =>
            places.some((place) => (place.kind === 'zone' ? place.zone === zone : place.region === region)),
        )
        .map(({ id }) => id);
}

/** Who leads at that instant is not known here. */
function nodeOf(selector: NodeSelector): NodeId | 'leader' {
    return selector.kind === 'node' ? selector.node : 'leader';
}
