/** The ring, gossip, hints and the commit log. */
import type { SettingSpec } from '../../engine.js';
import { HINTS, SECURITY, YAML } from '../sources.js';
import { BOOLEAN, COUNT, DURATION, NODES, renamed } from './types.js';

export const nodes: readonly SettingSpec[] = [
    {
        key: 'num_tokens',
        type: COUNT,
        default: 256,
        defaultsSince: [{ since: '4.0', value: 16 }],
        scope: NODES,
        documentation:
            'Token ranges that each node owns. The more there are, the more other nodes share a range with it, and the more pairs of nodes take some range with them when both fail.',
        source: YAML,
        modelled: true,
    },
    {
        key: 'seeds',
        type: { kind: 'text' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'The nodes that others ask when they join and that gossip prefers, by their names in this file. While all of them are down no node can join, and a partition heals more slowly. In a file that names none, the first node of each datacenter is taken for one.',
        source: YAML,
        modelled: true,
    },
    {
        key: 'endpoint_snitch',
        type: { kind: 'text' },
        default: 'SimpleSnitch',
        scope: ['cluster'],
        documentation:
            'Where a node learns its datacenter and rack. Here regions are datacenters and zones are racks, as with `Ec2Snitch`; a node’s `rack` counts instead of its zone. `SimpleSnitch` knows neither. Deprecated in 6.0.',
        source: YAML,
        modelled: false,
    },
    {
        key: 'phi_convict_threshold',
        type: { kind: 'number', minimum: 1, fractions: true },
        default: 8,
        scope: NODES,
        documentation:
            'How sure a node must be before it takes another one for dead. With a heartbeat every second, 8 comes to about 18 s of silence. Each node judges for itself.',
        source: YAML,
        modelled: true,
    },
    {
        key: 'hinted_handoff_enabled',
        type: BOOLEAN,
        default: true,
        scope: NODES,
        documentation: 'Whether a coordinator keeps writes for a replica that is down and delivers them later.',
        source: HINTS,
        modelled: true,
    },
    {
        key: 'max_hint_window',
        type: DURATION,
        default: 10_800_000,
        since: renamed('max_hint_window_in_ms'),
        scope: NODES,
        documentation:
            'How long hints are gathered for a node that is down, 3 hours unless said. A node that was away longer misses writes until it is repaired.',
        source: HINTS,
        modelled: true,
    },
    {
        key: 'hinted_handoff_throttle',
        type: { kind: 'number', minimum: 0 },
        default: 1_048_576,
        since: renamed('hinted_handoff_throttle_in_kb'),
        scope: NODES,
        documentation:
            'Bytes a second, such as `1024KiB`, with which each delivery thread replays hints; divided by the number of other nodes.',
        source: HINTS,
        modelled: true,
    },
    {
        key: 'max_hints_delivery_threads',
        type: COUNT,
        default: 2,
        scope: NODES,
        documentation: 'Threads that replay hints.',
        source: HINTS,
        modelled: true,
    },
    {
        key: 'hints_flush_period',
        type: DURATION,
        default: 10_000,
        since: renamed('hints_flush_period_in_ms'),
        scope: NODES,
        documentation:
            'How often hints go from memory to their file. A coordinator that dies forgets the hints that it had not written yet.',
        source: YAML,
        modelled: true,
    },
    {
        key: 'commitlog_sync',
        type: { kind: 'enum', values: ['periodic', 'batch', 'group'] },
        default: 'periodic',
        scope: NODES,
        documentation:
            'When the commit log is forced to disk. With `periodic` a write is acknowledged before that, and replicas that lose power together lose up to `commitlog_sync_period` of it.',
        source: YAML,
        modelled: true,
    },
    {
        key: 'commitlog_sync_period',
        type: DURATION,
        default: 10_000,
        since: renamed('commitlog_sync_period_in_ms'),
        scope: NODES,
        documentation: 'How often the commit log is forced to disk with `commitlog_sync: periodic`.',
        source: YAML,
        modelled: true,
    },
    {
        key: 'authenticator',
        type: { kind: 'text' },
        default: 'AllowAllAuthenticator',
        scope: ['cluster'],
        documentation:
            'Who may log in. Any but `AllowAllAuthenticator` reads the keyspace `system_auth`, which has one copy until someone gives it more.',
        source: SECURITY,
        modelled: false,
    },
    {
        key: 'internode_tcp_user_timeout',
        type: DURATION,
        default: 30_000,
        since: renamed('internode_tcp_user_timeout_in_ms'),
        scope: NODES,
        documentation: 'After this much unacknowledged silence a connection between nodes is given up.',
        source: YAML,
        modelled: false,
    },
    {
        key: 'internode_tcp_connect_timeout',
        type: DURATION,
        default: 2000,
        since: renamed('internode_tcp_connect_timeout_in_ms'),
        scope: NODES,
        documentation: 'How long a node tries to connect to another one.',
        source: YAML,
        modelled: false,
    },
];
