/** Where addresses before several clusters send the requests of clients. */
import type { SendingHistory } from './playback.js';
import { countUntil } from './times.js';

export interface Sending {
    /** Whether requests of the client go to the cluster. */
    readonly here: boolean;
    readonly sinceMs: number;
}

/** `service`: what clients of the address see. Undefined: as the file declares it, from the start. */
export function sendingAt(
    histories: readonly SendingHistory[],
    atMs: number,
    client: string,
    service: string,
    cluster: string,
): Sending | undefined {
    const changes = histories.find((each) => each.client === client && each.service === service)?.changes ?? [];
    const until = changes.slice(0, countUntil(changes, atMs));
    const here = until.at(-1)?.clusters.includes(cluster);
    if (here === undefined) {
        return undefined;
    }
    const other = until.findLastIndex(({ clusters }) => clusters.includes(cluster) !== here);
    const since = until[other + 1];
    return since && { here, sinceMs: since.atMs };
}
