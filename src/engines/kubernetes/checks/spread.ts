/** What is wrong with where the pods of a group stand, and may stand after a failure. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { isWorker } from '../roles.js';
import { pods, podsByZone, type Pods } from './groups.js';

export function checkSpread(context: EngineContext, group: Pods): readonly Finding[] {
    return [...onOneNode(context, group), ...stayPending(context, group), ...minDomains(context, group)];
}

function onOneNode({ topology }: EngineContext, { group, nodes }: Pods): readonly Finding[] {
    const [first, ...others] = nodes;
    if (first === undefined || others.length === 0 || others.some((node) => node !== first)) {
        return [];
    }
    const node = topology.nodes[first]!.name;
    return [
        {
            code: 'kubernetes/pods-on-one-node',
            severity: 'warning',
            message: `${nodes.length === 2 ? 'Both pods' : `All ${pods(nodes.length)}`} of ${group.name} run on ${node}: they are lost together, so they protect against nothing but a crash of one of them.`,
            help: 'Add workers and let the pods spread over them.',
            source: group.source,
        },
    ];
}

/**
 * A lost zone still counts as a place that holds no pod, so each other zone may hold `maxSkew` at most and takes none of
 * the lost ones beyond that.
 */
function stayPending(context: EngineContext, pods: Pods): readonly Finding[] {
    const { group, nodes, required } = pods;
    const isHard =
        group.word === 'deployment' &&
        group.spread === 'zone' &&
        context.text('whenUnsatisfiable', { group }) === 'DoNotSchedule' &&
        context.text('nodeTaintsPolicy', { group }) === 'Ignore';
    const inZones = [...podsByZone(context, nodes).values()].sort((a, b) => a - b);
    if (!isHard || inZones.length < 2 || required > nodes.length) {
        return [];
    }
    const maxSkew = context.number('maxSkew', { group });
    const after = inZones.slice(0, -1).reduce((sum, inside) => sum + Math.max(inside, maxSkew), 0);
    if (after >= required) {
        return [];
    }
    return [
        {
            code: 'kubernetes/pods-stay-pending',
            severity: 'warning',
            message: `When a zone fails, ${group.name} keeps ${String(after)} of ${String(nodes.length)} pods and needs ${String(required)}: with \`DoNotSchedule\` the lost zone counts as an empty place, so the missing pods stay pending until it is back.`,
            help: 'Set `whenUnsatisfiable = ScheduleAnyway`, add pods, or lower `required`.',
            source: group.source,
            fixes: [
                {
                    kind: 'set-setting',
                    title: 'Schedule pods anyway',
                    declaration: group.source,
                    key: 'whenUnsatisfiable',
                    value: 'ScheduleAnyway',
                },
            ],
        },
    ];
}

function minDomains(context: EngineContext, { group }: Pods): readonly Finding[] {
    const setting = context.written('minDomains', { group });
    if (setting === undefined) {
        return [];
    }
    const places = placesOf(context, group.spread === 'node' ? 'node' : 'zone');
    const wanted = context.number('minDomains', { group });
    if (wanted <= places) {
        return [];
    }
    const what = group.spread === 'node' ? 'workers' : 'zones with workers';
    return [
        {
            code: 'kubernetes/min-domains-above-places',
            severity: 'warning',
            message: `${group.name} wants its pods in at least ${String(wanted)} places, and there are ${String(places)} ${what}: each of them takes ${pods(context.number('maxSkew', { group }))} at most, and the rest stay pending.`,
            help: `Set \`minDomains\` to ${String(places)} or less, or add places.`,
            source: setting.source,
            fixes: [
                {
                    kind: 'set-setting',
                    title: `Set minDomains to ${String(places)}`,
                    declaration: group.source,
                    key: 'minDomains',
                    value: String(places),
                },
            ],
        },
    ];
}

function placesOf({ cluster, topology }: EngineContext, level: 'zone' | 'node'): number {
    const workers = cluster.members.filter(isWorker).map(({ node }) => node);
    return level === 'node' ? workers.length : new Set(workers.map((node) => topology.nodes[node]!.zone)).size;
}
