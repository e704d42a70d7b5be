/** What becomes of a group until the pods of a lost node are made anew, if they ever are. */
import { setDuration, type Finding, type Fix, type ShardGroup } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useReplicas } from '../../shared/checks/fixes.js';
import { leftWithoutNode, leftWithoutZone, type Pods } from './groups.js';
import { promisesFor } from './promises.js';

export function checkReplacement(context: EngineContext, group: Pods): readonly Finding[] {
    return [...singleReplica(context, group), ...slowReplacement(context, group), ...notReplaced(context, group)];
}

function singleReplica(context: EngineContext, { group, nodes }: Pods): readonly Finding[] {
    if (nodes.length !== 1 || group.word === 'daemonset') {
        return [];
    }
    const node = context.topology.nodes[nodes[0]!]!.name;
    const until =
        group.word === 'statefulset'
            ? 'nobody replaces the pod until the node is back or an operator removes it'
            : `a new pod is started after ${setDuration(replacementMs(context, group))}: the node counts as lost after ${setDuration(context.duration('node-monitor-grace-period'))}, and its pods are evicted ${setDuration(context.duration('tolerationSeconds', { group }))} later`;
    return [
        {
            code: 'kubernetes/single-replica',
            severity: 'warning',
            message: `${group.name} has one pod: when ${node} falls silent ${group.name} is gone, and ${until}.`,
            help: 'Run at least two pods on different nodes, three if they decide by majority.',
            source: group.source,
            fixes: [useReplicas(group.source, 2)],
        },
    ];
}

/** What is left must do until new pods come; an objective that wants it sooner cannot be kept. */
function slowReplacement(context: EngineContext, pods: Pods): readonly Finding[] {
    const { group, required } = pods;
    const { restoreMs, zones } = promisesFor(context, group);
    const left = zones ? leftWithoutZone(context, pods) : leftWithoutNode(pods);
    const takes = replacementMs(context, group);
    if (group.word !== 'deployment' || restoreMs >= takes || left >= required) {
        return [];
    }
    const grace = context.duration('node-monitor-grace-period');
    return [
        {
            code: 'kubernetes/slow-replacement',
            severity: 'warning',
            message: `${group.name} is to be restored within ${setDuration(restoreMs)}, and ${zones ? 'a lost zone' : 'a lost node'} leaves it ${String(left)} of ${String(required)} pods that it needs: new ones come only after ${setDuration(takes)}, which is the grace period of ${setDuration(grace)} and then \`tolerationSeconds\`.`,
            help: 'Run enough pods that those elsewhere suffice, or lower `tolerationSeconds`.',
            source: group.source,
            fixes: soonerEvicted(group, restoreMs - grace),
        },
    ];
}

function notReplaced({ cluster }: EngineContext, pods: Pods): readonly Finding[] {
    const { group, nodes, required } = pods;
    const left = leftWithoutNode(pods);
    const isExpected = cluster.assumptions.some(({ what }) => what === 'recovery');
    if (group.word !== 'statefulset' || nodes.length < 2 || required > nodes.length || left >= required || isExpected) {
        return [];
    }
    return [
        {
            code: 'kubernetes/statefulset-not-replaced',
            severity: 'warning',
            message: `${group.name} needs ${String(required)} of ${String(nodes.length)} pods, and a lost node leaves ${String(left)}: Kubernetes never replaces a pod of a StatefulSet on a silent node by itself, so ${group.name} is down until the node is back or somebody acts.`,
            help: 'Lower `required` if fewer members suffice, add pods, or say how long your procedure for the out-of-service taint takes: `assume recovery takes 5m to 15m`.',
            source: group.source,
        },
    ];
}
/** Half of the time that is left goes to waiting, so that the other half remains to start new pods. */
function soonerEvicted({ source }: ShardGroup, leftMs: number): readonly Fix[] {
    const seconds = Math.floor(leftMs / 2_000);
    if (seconds < 1) {
        return [];
    }
    const value = String(seconds);
    return [
        {
            kind: 'set-setting',
            title: `Evict pods after ${value} s`,
            declaration: source,
            key: 'tolerationSeconds',
            value,
        },
    ];
}

/** From the silence of a node to the eviction of its pods, in ms. */
function replacementMs(context: EngineContext, group: ShardGroup): number {
    return context.duration('node-monitor-grace-period') + context.duration('tolerationSeconds', { group });
}
