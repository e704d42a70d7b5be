/** What a node's own agent decides. */
import type { SettingSpec } from '../../engine.js';
import { NODES, POD_LIFECYCLE, SHUTDOWN } from '../sources.js';
import { NODE, SECONDS } from './types.js';

const LEASES = { title: 'Kubernetes: Leases', url: 'https://kubernetes.io/docs/concepts/architecture/leases/' };

export const kubeletSettings: readonly SettingSpec[] = [
    {
        key: 'nodeLeaseDurationSeconds',
        type: SECONDS,
        default: 40_000,
        scope: NODE,
        documentation:
            'How long a node’s lease is valid. The kubelet renews it every quarter of that: every 10 s by default, and between 200 ms and 7 s after a failed attempt.',
        source: LEASES,
        modelled: true,
    },
    {
        key: 'nodeStatusReportFrequency',
        type: SECONDS,
        default: 300_000,
        scope: NODE,
        documentation: 'How often a node reports its whole status when nothing in it changed.',
        source: NODES,
        modelled: false,
    },
    {
        key: 'shutdownGracePeriod',
        type: SECONDS,
        default: 0,
        scope: NODE,
        documentation:
            'How long a host’s shutdown is held up so that its pods end in order. `0`, the default, switches that off: pods then die with the host and the cluster learns of it by silence.',
        source: SHUTDOWN,
        modelled: false,
    },
    {
        key: 'shutdownGracePeriodCriticalPods',
        type: SECONDS,
        default: 0,
        scope: NODE,
        documentation: 'The part of `shutdownGracePeriod` that is kept for critical pods, which end last.',
        source: SHUTDOWN,
        modelled: false,
    },
    {
        key: 'maxContainerRestartPeriod',
        type: SECONDS,
        default: 300_000,
        scope: NODE,
        documentation:
            'The longest wait before a crashed container is started again. The first is 10 s, and each further one is twice as long as the last.',
        source: { ...POD_LIFECYCLE, unconfirmed: true },
        modelled: false,
    },
];
