import type { CodeSpec } from '../../engine.js';
import {
    ETCD_CONFIG,
    ETCD_FAILURES,
    ETCD_FAQ,
    HIGHLY_AVAILABLE,
    LEADER_ELECTION,
    SPREAD,
    STATEFULSET,
    TAINTS,
    BUDGET,
    DISRUPTIONS,
} from '../sources.js';

const CONTROL_PLANE = 'nodes cp-[1..3] across zones as control-plane';
const WORKERS = 'nodes w-[1..3] across zones as worker';
const WEB = 'deployment web { replicas 3 }';
const PROMISE = '\nobjective quick for platform.web {\n  tolerate any 1 node\n  restore reads within 2m\n}\n';
const UPGRADE = '\nscenario upgrade {\n  at 1m  roll nodes of platform every 5m\n  until 1h\n}\n';
const ASKS_API = '\nworkload operators { writes platform 1/s }\n';
const DAEMON_SET = {
    title: 'Kubernetes: DaemonSet',
    url: 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/',
};

/** What the checks of the control plane may report. */
const controlPlane: readonly CodeSpec[] = [
    {
        code: 'kubernetes/no-control-plane',
        title: 'A cluster without control plane',
        why: 'Without an API server and etcd nothing can be declared, scheduled or replaced.',
        fix: 'Give nodes the role `control-plane`, or say `assume failover takes …` if a provider runs the control plane.',
        example: cluster('nodes w-[1..3] across zones', WEB),
        remedy: cluster(CONTROL_PLANE, WORKERS, WEB),
        source: HIGHLY_AVAILABLE,
    },
    {
        code: 'kubernetes/few-etcd-members',
        title: 'Fewer than three etcd members',
        why: 'One member tolerates no failure, and two none either, since a majority of two is both. Without a majority the API takes no writes: what runs goes on running, and nothing is replaced.',
        fix: 'Use three members of etcd, which are three control-plane nodes when etcd is stacked.',
        example: cluster('node cp-1 in dc.a as control-plane', WORKERS, WEB),
        remedy: cluster(CONTROL_PLANE, WORKERS, WEB),
        source: ETCD_FAQ,
    },
    {
        code: 'kubernetes/even-etcd-members',
        title: 'An even number of etcd members',
        why: 'Six members survive the loss of two, as five do, and there is one more that can fail.',
        fix: 'Use an odd number: three, or five.',
        example: cluster('nodes cp-[1..6] across zones as control-plane', WORKERS, WEB),
        remedy: cluster('nodes cp-[1..5] across zones as control-plane', WORKERS, WEB),
        source: ETCD_FAQ,
    },
    {
        code: 'kubernetes/etcd-in-one-zone',
        title: 'One zone holds half of the etcd members or more',
        why: 'If that zone fails, the rest are no majority: the API takes no writes until it is back. With two zones no placement avoids it.',
        fix: 'Spread the members over three zones.',
        example: cluster('nodes cp-[1..3] across dc.a, dc.b as control-plane', WORKERS, WEB),
        remedy: cluster(CONTROL_PLANE, WORKERS, WEB),
        source: ETCD_FAILURES,
    },
    {
        code: 'kubernetes/many-etcd-members',
        title: 'More than seven etcd members',
        why: 'Every write must reach more than half of the members, so each further one makes writes slower.',
        fix: 'Use five members, at most seven.',
        example: cluster('nodes cp-[1..9] across zones as control-plane', WORKERS, WEB),
        remedy: cluster('nodes cp-[1..5] across zones as control-plane', WORKERS, WEB),
        source: ETCD_FAQ,
    },
    {
        code: 'kubernetes/few-control-planes',
        title: 'Fewer than three control-plane nodes in front of etcd',
        why: 'The API is answered by API servers and not by etcd itself, and schedulers and controllers run beside them.',
        fix: 'Use three control-plane nodes beside the three members of etcd.',
        example: cluster(
            'nodes cp-[1..2] across zones as control-plane',
            'nodes etcd-[1..3] across zones as etcd',
            WORKERS,
            WEB,
        ),
        remedy: cluster(CONTROL_PLANE, 'nodes etcd-[1..3] across zones as etcd', WORKERS, WEB),
        source: HIGHLY_AVAILABLE,
    },
    {
        code: 'kubernetes/no-api-address',
        title: 'Several API servers without an address in front of them',
        why: 'Kubelets and clients are given one address of the API. Where that is the address of one server, they lose the API with it, although the others live. Faultline takes it that all of them know every server.',
        fix: 'Put an address in front of the API servers and say so, or say `endpoint discovery` if everyone is given all of them.',
        example: sound(WEB) + ASKS_API,
        remedy: sound(WEB, 'endpoint dns api.internal { ttl 5s }') + ASKS_API,
        source: HIGHLY_AVAILABLE,
    },
    {
        code: 'kubernetes/etcd-timers',
        title: 'An election timeout that etcd refuses',
        why: 'A member of etcd starts only if the election timeout is at least five heartbeats and at most 50 s.',
        fix: 'Use the round trip between members for the heartbeat and ten times that for the timeout.',
        example: cluster(CONTROL_PLANE, WORKERS, WEB, 'settings { heartbeat-interval = 500 }'),
        remedy: cluster(CONTROL_PLANE, WORKERS, WEB, 'settings { heartbeat-interval = 500  election-timeout = 5000 }'),
        source: ETCD_CONFIG,
    },
    {
        code: 'kubernetes/lease-timers',
        title: 'A renewal that may outlast the lease',
        why: 'The scheduler and the controller manager refuse to start, since two of them could act at once.',
        fix: 'Keep `leader-elect-renew-deadline` shorter than `leader-elect-lease-duration`.',
        example: cluster(CONTROL_PLANE, WORKERS, WEB, 'settings { leader-elect-lease-duration = 8s }'),
        remedy: cluster(
            CONTROL_PLANE,
            WORKERS,
            WEB,
            'settings { leader-elect-lease-duration = 8s  leader-elect-renew-deadline = 5s }',
        ),
        source: LEADER_ELECTION,
    },
];

/** What the checks of pods may report. */
const pods: readonly CodeSpec[] = [
    {
        code: 'kubernetes/replicas-by-place',
        title: 'Replicas counted by place',
        why: 'A workload has one number of replicas; the scheduler decides where they go, by constraints.',
        fix: 'Give one number and `spread zone`, or declare one workload for each place.',
        example: sound('deployment web { replicas dc.a 1, dc.b 1 }'),
        remedy: sound('deployment web { replicas 2  spread zone }'),
        source: SPREAD,
    },
    {
        code: 'kubernetes/daemonset-replicas',
        title: 'A DaemonSet with a number of replicas',
        why: 'A DaemonSet runs one pod on every worker, so the number means nothing.',
        fix: 'Remove `replicas`, or declare a deployment.',
        example: sound('daemonset logs { replicas 2 }'),
        remedy: sound('daemonset logs'),
        source: DAEMON_SET,
    },
    {
        code: 'kubernetes/required-above-replicas',
        title: 'A group that needs more pods than it has',
        why: 'It counts as available when `required` pods are ready, which is never.',
        fix: 'Raise `replicas`, or lower `required`.',
        example: sound('deployment web { replicas 3  required 4 }'),
        remedy: sound('deployment web { replicas 5  required 4 }'),
    },
    {
        code: 'kubernetes/single-replica',
        title: 'A group of one pod',
        why: 'The loss of its node is an outage of more than five minutes by default, and that of a StatefulSet lasts until somebody acts.',
        fix: 'Run at least two pods on different nodes.',
        example: sound('deployment web { replicas 1 }'),
        remedy: sound('deployment web { replicas 2 }'),
        source: TAINTS,
    },
    {
        code: 'kubernetes/pods-on-one-node',
        title: 'All pods of a group on one node',
        why: 'They are lost together, so several of them are worth no more than one when the node fails.',
        fix: 'Add workers, or place the pods on different ones.',
        example: inOneZone('deployment web {\n    pod 0 on w-1\n    pod 1 on w-1\n  }'),
        remedy: inOneZone('deployment web {\n    pod 0 on w-1\n    pod 1 on w-2\n  }'),
        source: SPREAD,
    },
    {
        code: 'kubernetes/pods-stay-pending',
        title: 'A hard spread keeps pods pending after the loss of a zone',
        why: 'The failed nodes are still nodes, so their zone counts as a place without pods. With `DoNotSchedule` no other zone may then hold more than `maxSkew`, and the pods of the lost one are not made anew.',
        fix: 'Use `whenUnsatisfiable = ScheduleAnyway`, or run enough pods that the rest suffice.',
        example: sound('deployment web { replicas 3  required 3  spread zone }'),
        remedy: sound(
            'deployment web {\n    replicas 3\n    required 3\n    spread zone\n    settings { whenUnsatisfiable = ScheduleAnyway }\n  }',
        ),
        source: SPREAD,
    },
    {
        code: 'kubernetes/min-domains-above-places',
        title: 'More places wanted than there are',
        why: 'While there are fewer places than `minDomains`, each takes at most `maxSkew` pods and the others stay pending.',
        fix: 'Lower `minDomains`, or add zones with workers.',
        example: sound('deployment web {\n    replicas 3\n    spread zone\n    settings { minDomains = 4 }\n  }'),
        remedy: sound('deployment web {\n    replicas 3\n    spread zone\n    settings { minDomains = 3 }\n  }'),
        source: SPREAD,
    },
    {
        code: 'kubernetes/slow-replacement',
        title: 'Pods are replaced later than an objective allows',
        why: 'A node counts as lost after the grace period, and its pods are evicted `tolerationSeconds` after that: together more than five minutes by default.',
        fix: 'Run so many pods that those elsewhere suffice, or lower `tolerationSeconds`.',
        example: sound('deployment web { replicas 2  required 2 }') + PROMISE,
        remedy: sound('deployment web { replicas 3  required 2 }') + PROMISE,
        source: TAINTS,
    },
    {
        code: 'kubernetes/statefulset-not-replaced',
        title: 'A StatefulSet that does not survive the loss of a node',
        why: 'A pod of a StatefulSet has an identity that must not exist twice, so Kubernetes does not replace it while its node is only silent.',
        fix: 'Run more pods than are required, or have a procedure for the out-of-service taint and say how long it takes.',
        example: sound('statefulset db { replicas 3  required 3 }'),
        remedy: sound('statefulset db { replicas 3  required 2 }'),
        source: STATEFULSET,
    },
];

/** What the checks of disruption budgets may report. */
const budgets: readonly CodeSpec[] = [
    {
        code: 'kubernetes/budget-says-both',
        title: 'A disruption budget with two bounds',
        why: 'A budget bounds either the pods that stay or those that go; the API refuses one that says both.',
        fix: 'Keep one of the two.',
        example: sound('deployment web { replicas 3  disruption-budget { min-available 1  max-unavailable 1 } }'),
        remedy: sound('deployment web { replicas 3  disruption-budget { max-unavailable 1 } }'),
        source: BUDGET,
    },
    {
        code: 'kubernetes/budget-blocks-drain',
        title: 'A disruption budget that lets no pod go',
        why: 'A drain asks for each pod and waits until it may go. A budget that never allows it stops maintenance and upgrades. Shares are rounded up to whole pods, so `min-available 90%` of three pods is all three.',
        fix: 'Let at least one pod go.',
        example: sound('deployment web { replicas 3  disruption-budget { min-available 3 } }'),
        remedy: sound('deployment web { replicas 3  disruption-budget { min-available 2 } }'),
        source: BUDGET,
    },
    {
        code: 'kubernetes/budget-below-required',
        title: 'A disruption budget that allows an outage',
        why: 'A drain may take as many pods as the budget allows, even those that the group needs.',
        fix: 'Keep as many pods as are required.',
        example: sound('statefulset db { replicas 3  required 2  disruption-budget { max-unavailable 2 } }'),
        remedy: sound('statefulset db { replicas 3  required 2  disruption-budget { min-available 2 } }'),
        source: BUDGET,
    },
    {
        code: 'kubernetes/no-budget',
        title: 'An upgrade of the nodes without disruption budget',
        why: 'Only a budget makes a drain wait until the pods of the node before are ready elsewhere.',
        fix: 'Add `disruption-budget { max-unavailable 1 }`.',
        example: sound(WEB) + UPGRADE,
        remedy: sound('deployment web { replicas 3  disruption-budget { max-unavailable 1 } }') + UPGRADE,
        source: DISRUPTIONS,
    },
];

export const codes: readonly CodeSpec[] = [...controlPlane, ...pods, ...budgets];

function sound(...lines: readonly string[]): string {
    return cluster(CONTROL_PLANE, WORKERS, ...lines);
}

function inOneZone(...lines: readonly string[]): string {
    return cluster('nodes cp-[1..3] in dc.a as control-plane', 'nodes w-[1..3] in dc.a as worker', ...lines);
}

function cluster(...lines: readonly string[]): string {
    return `region dc {\n  zone a\n  zone b\n  zone c\n}\n\ncluster platform: kubernetes in dc {\n  ${lines.join('\n  ')}\n}\n`;
}
