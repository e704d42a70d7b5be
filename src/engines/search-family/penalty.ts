/** How long the official clients leave a node alone that failed them. */
import { parseDuration, type Setting } from '../../topology/index.js';
import type { FactSource, SettingSpec } from '../engine.js';
import { used } from './settings/types.js';

/** After the first failure in a row `firstMs`, and twice as long after each further one, up to `longestMs`. */
export interface Penalty {
    readonly firstMs: number;
    readonly longestMs: number;
}

interface PenaltyKeys {
    readonly first: string;
    readonly firstMs: number;
    /** The key that limits the pauses: by a duration, or by how often they double. */
    readonly limit: string;
    readonly limitMs?: number;
    readonly doublings?: number;
    readonly source: FactSource;
}

/** elastic-transport, below the clients for Python from 8.0 on. */
export const ELASTIC_PENALTY: PenaltyKeys = {
    first: 'dead_node_backoff_factor',
    firstMs: 1_000,
    limit: 'max_dead_node_backoff',
    limitMs: 30_000,
    source: {
        title: 'elastic-transport-python: NodePool',
        url: 'https://elastic-transport-python.readthedocs.io/en/latest/node_pool.html',
    },
};

export const OPENSEARCH_PENALTY: PenaltyKeys = {
    first: 'dead_timeout',
    firstMs: 60_000,
    limit: 'timeout_cutoff',
    doublings: 5,
    source: {
        title: 'opensearch-py: ConnectionPool',
        url: 'https://github.com/opensearch-project/opensearch-py/blob/main/opensearchpy/connection_pool.py',
    },
};

/** The penalty of a client that says one of the keys; any other client looks in the background instead. */
export function penaltyOf(keys: PenaltyKeys, settings: readonly Setting[]): Penalty | undefined {
    const written = (key: string): string | undefined =>
        settings.findLast((setting) => setting.key === key)?.values[0]?.text;
    const [first, limit] = [written(keys.first), written(keys.limit)];
    if (first === undefined && limit === undefined) {
        return undefined;
    }
    const firstMs = Math.max(1, milliseconds(first) ?? keys.firstMs);
    const longestMs =
        keys.limitMs === undefined
            ? firstMs * 2 ** Number(limit ?? keys.doublings)
            : (milliseconds(limit) ?? keys.limitMs);
    return { firstMs: Math.min(firstMs, longestMs), longestMs };
}

/** A bare number is in seconds. */
function milliseconds(text: string | undefined): number | undefined {
    return text === undefined ? undefined : (parseDuration(text) ?? Number(text) * 1_000);
}

export function penaltySettings({
    first,
    firstMs,
    limit,
    limitMs,
    doublings,
    source,
}: PenaltyKeys): readonly SettingSpec[] {
    return [
        used({
            key: first,
            type: { kind: 'duration', unit: 's' },
            default: firstMs,
            scope: ['client'],
            documentation: `How long the client for Python leaves a node alone that failed it, and twice as long after each further failure in a row; then a request tries it. It counts where the workload says this or \`${limit}\`. Other clients look in the background every 10 s, as all clients of Faultline do. Official clients differ: that for Java begins with 1 min and goes up to 30 min.`,
            source,
        }),
        used({
            key: limit,
            type: limitMs === undefined ? { kind: 'number', minimum: 0 } : { kind: 'duration', unit: 's' },
            default: limitMs ?? doublings,
            scope: ['client'],
            documentation:
                limitMs === undefined
                    ? `How often the client for Python doubles \`${first}\` at most.`
                    : `The longest time that the client for Python leaves a node alone, however often it failed.`,
            source,
        }),
    ];
}
