/** What is wrong with how many pods a group has. */
import { counted, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { useProperty, useReplicas } from '../../shared/checks/fixes.js';
import { isWorker } from '../roles.js';
import { pods, type Pods } from './groups.js';

export function checkReplicas(context: EngineContext, group: Pods): readonly Finding[] {
    return [...byPlace(group), ...daemonSetReplicas(context, group), ...requiredAboveReplicas(group)];
}

function byPlace({ group }: Pods): readonly Finding[] {
    if (group.perPlace === undefined) {
        return [];
    }
    return [
        {
            code: 'kubernetes/replicas-by-place',
            severity: 'error',
            message: `${group.name} counts its replicas by place; a ${group.word} has one number of replicas, and the scheduler decides where they go.`,
            help: `Write \`replicas ${String(group.copies)}\` with \`spread zone\`, or declare one ${group.word} for each place.`,
            source: group.source,
            fixes: [useReplicas(group.source, group.copies)],
        },
    ];
}

function daemonSetReplicas({ cluster }: EngineContext, { group }: Pods): readonly Finding[] {
    if (group.word !== 'daemonset') {
        return [];
    }
    const workers = cluster.members.filter(isWorker).length;
    if (group.copies === workers) {
        return [];
    }
    return [
        {
            code: 'kubernetes/daemonset-replicas',
            severity: 'warning',
            message: `${group.name} is a DaemonSet and runs one pod on each of ${counted(workers, 'worker')}, so \`replicas ${String(group.copies)}\` has no meaning.`,
            help: 'Remove `replicas`, or use a deployment.',
            source: group.source,
            fixes: [
                {
                    kind: 'remove-property',
                    title: `Remove replicas ${String(group.copies)}`,
                    declaration: group.source,
                    keyword: 'replicas',
                },
            ],
        },
    ];
}

function requiredAboveReplicas({ group, nodes, required }: Pods): readonly Finding[] {
    if (required <= nodes.length) {
        return [];
    }
    return [
        {
            code: 'kubernetes/required-above-replicas',
            severity: 'error',
            runs: true,
            message: `${group.name} needs ${pods(required)} to be available and has ${String(nodes.length)}, so it never is.`,
            help: 'Raise `replicas`, or lower `required`.',
            source: group.source,
            fixes: [
                useReplicas(group.source, required),
                useProperty(group.source, 'required', String(nodes.length), `Require ${pods(nodes.length)}`),
            ],
        },
    ];
}
