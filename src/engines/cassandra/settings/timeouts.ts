/** How long a coordinator waits for replicas. */
import type { FactSource, SettingSpec } from '../../engine.js';
import { YAML, YAML_BY_RELEASE } from '../sources.js';
import { DURATION, NODES, renamed } from './types.js';

/** Single rows are read and written; scans, counters and lightweight transactions are not simulated. */
const MODELLED: readonly string[] = ['read_request_timeout', 'write_request_timeout'];

export const timeouts: readonly SettingSpec[] = [
    timeout(
        'read_request_timeout',
        5000,
        'How long a coordinator waits for the replicas of a read. Until a dead replica is marked as down, reads that need it fail only after this time.',
    ),
    timeout(
        'write_request_timeout',
        2000,
        'How long a coordinator waits for the acknowledgements of a write. The replicas that got it keep it even when it fails for the client.',
        YAML_BY_RELEASE,
    ),
    timeout('range_request_timeout', 10_000, 'How long a coordinator waits for the replicas of a scan.'),
    timeout(
        'counter_write_request_timeout',
        5000,
        'How long a coordinator waits for the write of a counter.',
        YAML_BY_RELEASE,
    ),
    timeout(
        'cas_contention_timeout',
        1000,
        'How long a lightweight transaction tries again when others get in its way.',
        YAML_BY_RELEASE,
    ),
    timeout('request_timeout', 10_000, 'How long a coordinator waits in all other cases.'),
];

function timeout(key: string, ms: number, documentation: string, source: FactSource = YAML): SettingSpec {
    return {
        key,
        type: DURATION,
        default: ms,
        scope: NODES,
        since: renamed(`${key}_in_ms`),
        documentation,
        source,
        modelled: MODELLED.includes(key),
    };
}
