import type { Engine } from '../engine.js';
import { CONTROL_PLANE, ETCD, WORKER } from './roles.js';

export const documentation = [
    '**Kubernetes**: API servers in front of etcd, a scheduler and controllers, and workers that run pods. A node that falls silent counts as lost after `node-monitor-grace-period`; its pods leave their Services then, and those of a Deployment are made anew elsewhere after `tolerationSeconds` more. Pods of a StatefulSet are not: their identity must not exist twice. Without the control plane, what runs goes on running.',
    '',
    'Checked: etcd and control planes, the spread of pods over zones and nodes, what is left of a group when a node or a zone fails, disruption budgets, and settings that the real system refuses. Pods are placed by `spread`.',
    '',
    'Simulated: etcd by Raft and the API in front of it; who acts as controller manager and scheduler, by their leases; the kubelets’ leases and how they are found stale; endpoints as every worker knows them; taints, evictions, their rates and zones; new pods and their places; drains with disruption budgets; a load balancer outside all places that checks workers, or clients that know the workers. Proved: the same after all recovery, when nodes, zones or regions lose power at one instant.',
    '',
    'A node’s kubelet and its pods are taken as one: `crash` and `stop` end all of them at one instant, without grace, and on a control-plane node what of the control plane runs there. The host lives and refuses connections. A kubelet that dies alone, whose containers go on serving until the node counts as not ready, is not modelled.',
    '',
    'Assumed: a pod starts in `assumed-pod-start-time`, nodes have room for every pod, and what the API holds reaches all watchers at once. A connection between members of etcd that was cut carries messages again when TCP next sends or the members dial anew; what was sent meanwhile is lost, not delivered late, and a reset of the old connection is not modelled. Nor is it that a leader with many writes may send nothing to a member that is back after a cut of about 7 to 12 s, until 12 s after the cut: it hangs in its old connection, whose send buffer is full, until a write there times out after 5 s. The election that such a heal costs without pre-vote then comes up to 4 s later than told. A group answers while `required` of its pods see each other.',
    '',
    'Not modelled: resources of pods, affinity beyond `spread`, volumes and what is in them (nothing is said about lost writes and stale reads, nor of the 6 minutes after which volumes are detached by force), crashes of single containers, rolling updates, the taint `node.kubernetes.io/out-of-service`, pods and nodes that an operator deletes by force (without either a pod of a StatefulSet on a silent node waits until the node is back), the order in which pods of a StatefulSet start, `externalTrafficPolicy`, graceful shutdown of hosts, the address of the API (clients know the API servers), what an API server answers from its cache without asking etcd, and the loss of etcd’s disks. A control plane that a provider runs is written as `assume failover takes …` in a cluster without control-plane nodes: it works, and is away for that long after a zone of the cluster lost power.',
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
        refusesPlaces: true,
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
        refusesPlaces: true,
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
        refusesPlaces: true,
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
