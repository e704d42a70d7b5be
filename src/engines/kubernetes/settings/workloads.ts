/** Where pods may stand, when they are given up and how they are replaced. */
import type { SettingSpec } from '../../engine.js';
import { BUDGET, DEPLOYMENT, POD_LIFECYCLE, PROBES, SPREAD, TAINTS } from '../sources.js';
import { COUNT, GROUP, SECONDS } from './types.js';

const POD_MANAGEMENT = {
    title: 'Kubernetes: StatefulSets',
    url: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/',
};
const SERVICES = {
    title: 'Kubernetes: Virtual IPs and Service Proxies',
    url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/',
};

export const workloadSettings: readonly SettingSpec[] = [
    {
        key: 'tolerationSeconds',
        type: SECONDS,
        default: 300_000,
        scope: GROUP,
        documentation:
            'How long pods stay bound to a node that is not ready or unreachable. Only then are they evicted and made anew elsewhere: with the default a new pod comes more than five minutes after the node fell silent.',
        source: TAINTS,
        modelled: true,
    },
    {
        key: 'maxSkew',
        type: { kind: 'number', minimum: 1 },
        default: 1,
        scope: GROUP,
        documentation:
            'How many pods more than the emptiest zone or node another one may hold. The API has no default for it; 1 is what `spread` means here.',
        source: SPREAD,
        modelled: true,
    },
    {
        key: 'whenUnsatisfiable',
        type: { kind: 'enum', values: ['DoNotSchedule', 'ScheduleAnyway'] },
        default: 'DoNotSchedule',
        scope: GROUP,
        documentation:
            'What becomes of a pod for which no node satisfies `spread`: it stays pending, or it goes where it violates the rule least. Nodes that failed still count as places, so with `DoNotSchedule` pods of a lost zone mostly stay pending.',
        source: SPREAD,
        modelled: true,
    },
    {
        key: 'minDomains',
        type: { kind: 'number', minimum: 1 },
        default: 1,
        scope: GROUP,
        documentation:
            'Places that there must be. While there are fewer, the emptiest counts as holding none, so each holds at most `maxSkew` pods. Only with `DoNotSchedule`.',
        source: SPREAD,
        modelled: true,
    },
    {
        key: 'nodeAffinityPolicy',
        type: { kind: 'enum', values: ['Honor', 'Ignore'] },
        default: 'Honor',
        scope: GROUP,
        documentation: 'Whether `spread` counts only nodes that the pod’s affinity and selector allow.',
        source: SPREAD,
        modelled: false,
    },
    {
        key: 'nodeTaintsPolicy',
        type: { kind: 'enum', values: ['Honor', 'Ignore'] },
        default: 'Ignore',
        scope: GROUP,
        documentation:
            'Whether `spread` leaves out nodes with taints that the pod does not tolerate, such as those of failed nodes. With `Ignore`, a lost zone still counts as an empty place.',
        source: SPREAD,
        modelled: true,
    },
    {
        key: 'unhealthyPodEvictionPolicy',
        type: { kind: 'enum', values: ['IfHealthyBudget', 'AlwaysAllow'] },
        default: 'IfHealthyBudget',
        scope: GROUP,
        documentation:
            'Whether pods that run but are not ready may be evicted although the disruption budget is used up. With the default they may only while enough others are healthy.',
        source: BUDGET,
        modelled: true,
    },
    {
        key: 'maxUnavailable',
        type: { kind: 'text' },
        default: '25%',
        scope: GROUP,
        documentation:
            'How many pods a rolling update of a Deployment may take away at once. It has nothing to do with the disruption budget, which does not bind rolling updates.',
        source: DEPLOYMENT,
        modelled: false,
    },
    {
        key: 'maxSurge',
        type: { kind: 'text' },
        default: '25%',
        scope: GROUP,
        documentation: 'How many pods beyond `replicas` a rolling update of a Deployment may add.',
        source: DEPLOYMENT,
        modelled: false,
    },
    {
        key: 'podManagementPolicy',
        type: { kind: 'enum', values: ['OrderedReady', 'Parallel'] },
        default: 'OrderedReady',
        scope: GROUP,
        documentation:
            'Whether pods of a StatefulSet start one after the other, each when the one before is ready, or all at once.',
        source: POD_MANAGEMENT,
        modelled: false,
    },
    {
        key: 'terminationGracePeriodSeconds',
        type: SECONDS,
        default: 30_000,
        scope: GROUP,
        documentation: 'How long a pod that is asked to end may take before it is killed; a drain waits for it.',
        source: POD_LIFECYCLE,
        modelled: true,
    },
    {
        key: 'assumed-pod-start-time',
        type: SECONDS,
        default: 10_000,
        scope: GROUP,
        documentation:
            'An assumption of Faultline, not a setting of the system: how long a new pod takes from its place on a node, or one on a host that has started again, until its first readiness probe passes. Images and applications differ widely: set it to what is measured.',
        source: { title: 'An assumption of Faultline', unconfirmed: true },
        modelled: true,
    },
    {
        key: 'minReadySeconds',
        type: SECONDS,
        default: 0,
        scope: GROUP,
        documentation: 'How long a new pod must be ready before it counts as available.',
        source: DEPLOYMENT,
        modelled: false,
    },
    {
        key: 'periodSeconds',
        type: SECONDS,
        default: 10_000,
        scope: GROUP,
        documentation: 'How often a pod’s readiness is probed.',
        source: PROBES,
        modelled: false,
    },
    {
        key: 'failureThreshold',
        type: COUNT,
        default: 3,
        scope: GROUP,
        documentation: 'Probes in a row that must fail before a pod is taken out of its Service.',
        source: PROBES,
        modelled: false,
    },
    {
        key: 'timeoutSeconds',
        type: SECONDS,
        default: 1_000,
        scope: GROUP,
        documentation: 'How long a probe waits for its answer.',
        source: PROBES,
        modelled: false,
    },
    {
        key: 'externalTrafficPolicy',
        type: { kind: 'enum', values: ['Cluster', 'Local'] },
        default: 'Cluster',
        scope: GROUP,
        documentation:
            'Whether a node that gets a request from outside may pass it to a pod on another node. With `Local`, nodes without a pod answer nothing.',
        source: SERVICES,
        modelled: false,
    },
];
