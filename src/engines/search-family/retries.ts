/** How often clients try again, and on how many nodes. */
import type { FactSource, SettingSpec } from '../engine.js';
import { used } from './settings/types.js';

export const RETRIES = 'retries';

/**
 * Official clients try three times more (Python, JavaScript) or as often as there are nodes (PHP, .NET) where a connection is
 * refused; few try again after a timeout. With one retry of any failure, and one more node in each try that is refused, a
 * request that meets refusals alone meets four nodes, and one that meets silence waits twice.
 */
export function retrySettings(source: FactSource): readonly SettingSpec[] {
    return [
        used({
            key: RETRIES,
            type: { kind: 'number', minimum: 0 },
            default: 1,
            scope: ['client'],
            documentation:
                'How often a failed request is tried again, each time on the next node. Ten tries follow one another at once; a client that has more pauses for 1 s before each of them. A workload that does not say it also goes on to the next node at once where one refuses the connection, once in each try: so it meets up to four nodes that refuse, as the clients for Python and JavaScript do with their three retries (those for PHP and .NET try as often as there are nodes). One retry after a timeout is an assumption of Faultline; the clients for Python try none.',
            source,
        }),
    ];
}
