/** Figures that nothing documents; a file that knows better says so. */
import type { FactSource, SettingSpec } from '../../engine.js';
import { FAILURE_DETECTOR, HINTS, PRODUCTION } from '../sources.js';
import { MILLISECONDS, NODES } from './types.js';

export const assumptions: readonly SettingSpec[] = [
    {
        key: 'assumed_heartbeat_interval',
        type: MILLISECONDS,
        default: 1000,
        scope: NODES,
        documentation:
            'No key of Cassandra: the mean time between two heartbeats of another node that reach a node by gossip, on which its judgement of silence rests. Nodes gossip every second, so it is close to a second; in large clusters it is a little longer.',
        source: assumed(FAILURE_DETECTOR),
        modelled: true,
    },
    {
        key: 'assumed_start_time',
        type: MILLISECONDS,
        default: 20_000,
        scope: NODES,
        documentation:
            'No key of Cassandra: the time from the start of the process, with the replay of its commit log, until the node gossips and takes part as a replica. It answers clients 8 s later, when gossip has settled.',
        source: assumed(PRODUCTION),
        modelled: true,
    },
    {
        key: 'assumed_hint_size',
        type: { kind: 'size', suffixes: { kib: 1024, kb: 1000, mib: 1_048_576, mb: 1_000_000 } },
        default: 1024,
        scope: NODES,
        documentation:
            'No key of Cassandra: how large one hint is. With `hinted_handoff_throttle` it decides how long the replay of hints takes.',
        source: assumed(HINTS),
        modelled: true,
    },
];

function assumed(source: FactSource): FactSource {
    return { ...source, unconfirmed: true };
}
