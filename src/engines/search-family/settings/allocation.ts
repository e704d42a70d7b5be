/** Where copies may stand, and how fast lost ones are made anew. */
import type { SettingSpec } from '../../engine.js';
import { AWARENESS, forcedKey, KNOWN_ATTRIBUTES } from '../awareness.js';
import {
    ASSUMPTION,
    CLUSTER,
    INDEX,
    DURATION,
    NODE,
    SIZE,
    TEXT,
    TRUE_FALSE,
    unused,
    used,
    type SettingSources,
} from './types.js';

export const SHARD_LIMIT = 'cluster.max_shards_per_node';
export const RECOVERY_RATE = 'indices.recovery.max_bytes_per_sec';
/** No key of the real systems: how much there is to copy, which no file of theirs says. */
export const ASSUMED_SHARD_SIZE = 'assumed.shard_size';
export const ASSUMED_CATCH_UP = 'assumed.catch_up_time';

export function allocation(sources: SettingSources): readonly SettingSpec[] {
    return [
        used({
            key: AWARENESS,
            type: TEXT,
            default: '',
            scope: CLUSTER,
            documentation:
                'Attributes of nodes over which the copies of a shard are spread: at most the copies divided by the values of the attribute, rounded up, stand under one value. `zone` is taken as the node’s zone and `rack` as its rack; a data node without the attribute gets no copies. Without awareness both copies of a shard may stand in one zone.',
            source: sources.awareness,
        }),
        ...KNOWN_ATTRIBUTES.map((attribute) =>
            used({
                key: forcedKey(attribute),
                type: TEXT,
                default: '',
                scope: CLUSTER,
                documentation: `The values that \`${attribute}\` is to have. Copies are divided over all of them even while some have no nodes, so that the copies of a lost ${attribute} are not made anew in the others. It takes effect only if \`${attribute}\` is an awareness attribute.`,
                source: sources.awareness,
            }),
        ),
        unused({
            key: 'cluster.routing.allocation.enable',
            type: { kind: 'enum', values: ['all', 'primaries', 'new_primaries', 'none'] },
            default: 'all',
            scope: CLUSTER,
            documentation:
                'Which copies may be assigned to nodes. `none` is for maintenance: what is lost meanwhile stays lost.',
            source: sources.allocation,
        }),
        unused({
            key: 'cluster.routing.rebalance.enable',
            type: { kind: 'enum', values: ['all', 'primaries', 'replicas', 'none'] },
            default: 'all',
            scope: CLUSTER,
            documentation: 'Which copies may be moved to even out the nodes.',
            source: sources.allocation,
        }),
        unused({
            key: 'cluster.routing.allocation.same_shard.host',
            type: TRUE_FALSE,
            default: false,
            scope: CLUSTER,
            documentation:
                'Keeps two copies of a shard off one host where several nodes run on it. Here every node is a host of its own, so it changes nothing.',
            source: sources.allocation,
        }),
        unused({
            key: SHARD_LIMIT,
            type: { kind: 'number', minimum: 1 },
            default: 1_000,
            scope: CLUSTER,
            documentation:
                'Copies that the cluster may hold for each data node, on average. An index that would exceed it is refused.',
            source: sources.shardLimit,
        }),
        ...recovery(sources),
        ...watermarks(sources),
    ];
}

function recovery(sources: SettingSources): readonly SettingSpec[] {
    return [
        used({
            key: 'index.unassigned.node_left.delayed_timeout',
            type: DURATION,
            default: 60_000,
            scope: INDEX,
            documentation:
                'How long replicas that were on a lost node stay unassigned before they are made anew elsewhere, in case the node returns. A replica is promoted to primary without this delay.',
            source: sources.delayed,
        }),
        used({
            key: RECOVERY_RATE,
            type: SIZE,
            default: 40 * 2 ** 20,
            scope: NODE,
            documentation:
                'How fast a node sends or receives copies that are made anew, for all of them together. Nodes of the coldest tiers alone may take more.',
            source: sources.recovery,
        }),
        used({
            key: ASSUMED_SHARD_SIZE,
            type: SIZE,
            default: 10 * 2 ** 30,
            scope: INDEX,
            documentation:
                'An assumption of Faultline, not a setting of the system: the size of one shard, which decides how long it takes to make a copy anew.',
            source: ASSUMPTION,
        }),
        used({
            key: ASSUMED_CATCH_UP,
            type: DURATION,
            default: 1_000,
            scope: CLUSTER,
            documentation:
                'An assumption of Faultline, not a setting of the system: how long a copy takes to catch up that is found on the disk of a node that returns. The files are used again; only what was written meanwhile is sent.',
            source: ASSUMPTION,
        }),
        unused({
            key: 'cluster.routing.allocation.node_concurrent_recoveries',
            type: { kind: 'number', minimum: 1 },
            default: 2,
            scope: CLUSTER,
            documentation:
                'Copies that a node receives, and sends, at the same time while they are made anew. Faultline makes one after the other at the full throttle.',
            source: sources.allocation,
        }),
    ];
}

function watermarks({ allocation: source }: SettingSources): readonly SettingSpec[] {
    const spec = (name: string, value: string, documentation: string): SettingSpec =>
        unused({
            key: `cluster.routing.allocation.disk.watermark.${name}`,
            type: TEXT,
            default: value,
            scope: CLUSTER,
            documentation: `${documentation} Disk usage is not modelled.`,
            source,
        });
    return [
        spec('low', '85%', 'A node whose disk is fuller gets no more replicas.'),
        spec('high', '90%', 'Copies are moved away from a node whose disk is fuller.'),
        spec('flood_stage', '95%', 'Indices with a copy on a node whose disk is fuller refuse writes.'),
    ];
}
