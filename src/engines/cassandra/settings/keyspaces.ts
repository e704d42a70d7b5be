/** What a keyspace, or a table in it, says about its copies. */
import type { SettingSpec } from '../../engine.js';
import { CONFIG_SOURCE, DEFINITION, REPAIR, YAML } from '../sources.js';
import { BOOLEAN, COUNT, SECONDS } from './types.js';

export const keyspaces: readonly SettingSpec[] = [
    {
        key: 'replication',
        type: { kind: 'enum', values: ['NetworkTopologyStrategy', 'SimpleStrategy'] },
        default: undefined,
        scope: ['group', 'cluster'],
        documentation:
            'How copies are spread. `NetworkTopologyStrategy` counts them for each datacenter and puts them into different racks where it can. `SimpleStrategy` takes the next nodes of the ring, whatever rack or datacenter they are in, and is meant for tests. `CREATE KEYSPACE` has no default; a file that does not say it means `NetworkTopologyStrategy`.',
        source: DEFINITION,
        modelled: true,
    },
    {
        key: 'default_keyspace_rf',
        type: COUNT,
        default: 1,
        scope: ['cluster'],
        since: { version: '4.1', source: YAML },
        documentation: 'Copies of a keyspace that does not say how many.',
        source: CONFIG_SOURCE,
        modelled: true,
    },
    {
        key: 'durable_writes',
        type: BOOLEAN,
        default: true,
        scope: ['group'],
        documentation:
            'Whether writes go to the commit log. With `false` a node that stops loses what it had not flushed.',
        source: DEFINITION,
        modelled: true,
    },
    {
        key: 'speculative_retry',
        type: { kind: 'text' },
        default: '99p',
        scope: ['group'],
        documentation:
            'When a coordinator asks one more replica for a read whose answer is late. It hides a slow or dead replica from readers. How long the 99th percentile is cannot be seen from a file: 10 ms are assumed, and a value in `ms` is taken as it stands.',
        source: DEFINITION,
        modelled: true,
    },
    {
        key: 'gc_grace_seconds',
        type: SECONDS,
        default: 864_000_000,
        scope: ['group'],
        documentation:
            'How long a deletion is remembered, 10 days unless said. A replica that missed it and is not repaired within this time brings the deleted data back.',
        source: REPAIR,
        modelled: false,
    },
];
