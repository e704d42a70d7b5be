import type { Engine } from '../engine.js';
import { CONTROL_PLANE, ETCD, WORKER } from './roles.js';

export const documentation = [
    '**Kubernetes**: API servers in front of etcd, a scheduler and controllers, and workers that run pods. A node that falls silent counts as lost after `node-monitor-grace-period`; its pods leave their Services then, and those of a Deployment are made anew elsewhere after `tolerationSeconds` more. Pods of a StatefulSet are not: their identity must not exist twice. Without the control plane, what runs goes on running.',
    '',
    'Checked: etcd and control planes, the spread of pods over zones and nodes, what is left of a group when a node or a zone fails, disruption budgets, and settings that the real system refuses. Pods are placed by `spread`.',
    '',
    'What is left after nodes, zones or regions fail is proved; failures are not simulated yet. Resources of pods, affinity beyond `spread`, volumes and the address of the API are not modelled. A control plane that a provider runs is written as `assume failover takes …` in a cluster without control-plane nodes.',
].join('\n');

export const versions = ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'];

export const roles: Engine['roles'] = [
    {
        name: CONTROL_PLANE,
        documentation:
            'Runs an API server, a scheduler and a controller manager, and a member of etcd unless some nodes are `as etcd`. Takes no pods unless it is a worker, too.',
    },
    {
        name: ETCD,
        documentation:
            'Runs a member of etcd. If any node is, etcd stands only on these (external); otherwise on every control-plane node (stacked).',
    },
    { name: WORKER, documentation: 'Runs pods. A node without any role is a worker.' },
];

export const groupWords: Engine['groupWords'] = [
    {
        word: 'deployment',
        form: 'one-shard',
        placedWord: 'pod',
        replicasCount: 'all',
        leaderless: true,
        defaultReplicas: 1,
        takes: ['required', 'disruption-budget'],
        documentation:
            'Pods of which any can stand for another. `replicas N` of them, on workers by `spread`; available while `required N` of them are (one, unless said). `pod 0 on worker-1` places one by hand.',
    },
    {
        word: 'statefulset',
        form: 'one-shard',
        placedWord: 'pod',
        replicasCount: 'all',
        leaderless: true,
        defaultReplicas: 1,
        takes: ['required', 'disruption-budget'],
        documentation:
            'Pods with an identity each, such as members of a database. `required N` is how many make it available, for example a majority. A pod on a silent node is not replaced by itself.',
    },
    {
        word: 'daemonset',
        form: 'one-shard',
        placedWord: 'pod',
        replicasCount: 'all',
        leaderless: true,
        defaultReplicas: 'every-member',
        takes: ['required'],
        documentation: 'One pod on every worker.',
    },
];

export const snippet = [
    'nodes ${1:cp}-[1..3] across zones as control-plane',
    'nodes ${2:worker}-[1..6] across zones as worker',
    'deployment ${3:web} {',
    '    replicas 3',
    '    spread zone',
    '    disruption-budget { max-unavailable 1 }',
    '}',
].join('\n');
