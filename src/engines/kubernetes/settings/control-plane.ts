/** How the control plane notices failures and what it does about them; how etcd and the controllers choose a leader. */
import type { SettingSpec } from '../../engine.js';
import { ETCD_CONFIG, ETCD_TUNING, GRACE, LEADER_ELECTION, MONITOR, NODES } from '../sources.js';
import { CLUSTER, COUNT, MILLISECONDS, SECONDS, YES_NO } from './types.js';

export const controlPlaneSettings: readonly SettingSpec[] = [
    {
        key: 'node-monitor-period',
        type: SECONDS,
        default: 5_000,
        scope: CLUSTER,
        documentation: 'How often the controller manager looks at the leases of all nodes.',
        source: MONITOR,
        modelled: true,
    },
    {
        key: 'node-monitor-grace-period',
        type: SECONDS,
        default: 40_000,
        defaultsSince: [{ since: '1.32', value: 50_000 }],
        scope: CLUSTER,
        documentation:
            'How old a node’s lease may grow before the node counts as not ready. Its pods then leave their Services and the taint that evicts them is set. Up to 1.31 it was 40 s, and many guides still say so.',
        source: GRACE,
        modelled: true,
    },
    {
        key: 'node-eviction-rate',
        type: COUNT,
        default: 0.1,
        scope: CLUSTER,
        documentation:
            'Nodes a second whose pods are evicted while their zone is well: 0.1 is one node every ten seconds.',
        source: NODES,
        modelled: true,
    },
    {
        key: 'secondary-node-eviction-rate',
        type: COUNT,
        default: 0.01,
        scope: CLUSTER,
        documentation:
            'The same while the zone is unhealthy, in clusters larger than `large-cluster-size-threshold`. In smaller ones evictions from an unhealthy zone stop.',
        source: NODES,
        modelled: true,
    },
    {
        key: 'unhealthy-zone-threshold',
        type: { kind: 'number', minimum: 0, maximum: 1 },
        default: 0.55,
        scope: CLUSTER,
        documentation:
            'The share of nodes that are not ready, and at least three of them, from which a zone counts as unhealthy.',
        source: NODES,
        modelled: true,
    },
    {
        key: 'large-cluster-size-threshold',
        type: COUNT,
        default: 50,
        scope: CLUSTER,
        documentation:
            'Nothing is evicted from an unhealthy zone of up to this many nodes, so its pods are not made anew elsewhere. The documentation counts the nodes of the cluster, the source those of the zone, and so does the simulation.',
        source: NODES,
        modelled: true,
    },
    {
        key: 'heartbeat-interval',
        type: MILLISECONDS,
        default: 100,
        scope: CLUSTER,
        documentation: 'etcd: how often the leader sends heartbeats. About the round trip between members.',
        source: ETCD_TUNING,
        modelled: true,
    },
    {
        key: 'election-timeout',
        type: MILLISECONDS,
        default: 1_000,
        scope: CLUSTER,
        documentation:
            'etcd: how long a member hears nothing before it stands for election, drawn from one to two of these. At least five heartbeats, at most 50 s. Writes to the API wait meanwhile.',
        source: ETCD_CONFIG,
        modelled: true,
    },
    {
        key: 'pre-vote',
        type: YES_NO,
        default: true,
        scope: CLUSTER,
        documentation:
            'etcd: a member asks whether it could win before it stands, so one that was cut off does not disturb the others when it returns.',
        source: ETCD_CONFIG,
        modelled: true,
    },
    {
        key: 'leader-elect-lease-duration',
        type: SECONDS,
        default: 15_000,
        scope: CLUSTER,
        documentation:
            'How long the other schedulers and controller managers wait for the one that holds the lease before they take it.',
        source: LEADER_ELECTION,
        modelled: true,
    },
    {
        key: 'leader-elect-renew-deadline',
        type: SECONDS,
        default: 10_000,
        scope: CLUSTER,
        documentation:
            'How long the holder tries to renew its lease before it gives up. Shorter than the lease itself.',
        source: LEADER_ELECTION,
        modelled: true,
    },
    {
        key: 'leader-elect-retry-period',
        type: SECONDS,
        default: 2_000,
        scope: CLUSTER,
        documentation:
            'How often the lease is renewed by its holder. The others look at it after 1 to 2.2 of these, and count its duration from when they saw the last renewal.',
        source: LEADER_ELECTION,
        modelled: true,
    },
];
