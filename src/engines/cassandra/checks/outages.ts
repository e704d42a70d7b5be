/** Outages in scenarios that last longer than hints are kept. */
import { setDuration, type Fault, type Finding, type NodeId, type Topology } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

/** Nodes that come back after hints for them were no longer gathered, so that they lack writes until they are repaired. */
export function checkOutages(context: EngineContext): readonly Finding[] {
    const { topology, cluster } = context;
    const window = context.duration('max_hint_window');
    const members = new Set(cluster.members.map(({ node }) => node));
    return topology.scenarios.flatMap(({ name, steps }): Finding[] => {
        const away = new Map<NodeId, number>();
        for (const { atMs, fault, source } of steps) {
            const nodes = nodesOf(topology, fault).filter((node) => members.has(node));
            if (TAKES_AWAY.has(fault.kind)) {
                for (const node of nodes) {
                    away.set(node, away.get(node) ?? atMs);
                }
                continue;
            }
            const late = nodes.filter((node) => atMs - (away.get(node) ?? atMs) > window);
            for (const node of BRINGS_BACK.has(fault.kind) ? nodes : []) {
                away.delete(node);
            }
            const [first, ...others] = late;
            if (first !== undefined && BRINGS_BACK.has(fault.kind)) {
                const who = `${topology.nodes[first]!.name}${others.length === 0 ? '' : ` and ${String(others.length)} more`}`;
                return [
                    {
                        code: 'cassandra/outage-beyond-hints',
                        severity: 'warning',
                        message: `In ${name}, ${who} ${others.length === 0 ? 'comes' : 'come'} back after more than ${setDuration(window)}, for which ${cluster.name} keeps hints: the writes since then are missing there until someone runs a repair, which a scenario does not do.`,
                        help: 'Restore sooner, or raise `max_hint_window`; in practice, run `nodetool repair` after such an outage.',
                        source,
                    },
                ];
            }
        }
        return [];
    });
}

const TAKES_AWAY: ReadonlySet<Fault['kind']> = new Set(['crash', 'stop', 'freeze', 'fail', 'isolate']);
const BRINGS_BACK: ReadonlySet<Fault['kind']> = new Set(['restart', 'unfreeze', 'restore']);

/** The nodes that a fault names or that stand in the places it names. A leader is nobody here: no node leads. */
function nodesOf(topology: Topology, fault: Fault): readonly NodeId[] {
    if ('nodes' in fault) {
        return fault.nodes.flatMap((each) => (each.kind === 'node' ? [each.node] : []));
    }
    if (fault.kind !== 'fail' && fault.kind !== 'restore' && fault.kind !== 'isolate') {
        return [];
    }
    const { selection } = fault;
    if (selection.kind === 'nodes') {
        return selection.nodes.flatMap((each) => (each.kind === 'node' ? [each.node] : []));
    }
    return topology.nodes
        .filter(({ zone, region }) =>
            selection.places.some((place) => (place.kind === 'zone' ? place.zone === zone : place.region === region)),
        )
        .map(({ id }) => id);
}
