/** How long one stream of a client waits for DataNodes that are silent (DFSInputStream, DataStreamer, DataXceiver). */
import { parseDuration, type Node, type Setting } from '../../topology/index.js';
import type { HadoopConfig } from './config.js';

/** What a client's own configuration says of each stream that it opens. */
export interface StreamPatience {
    /** Until a connection or an answer is given up, in milliseconds. */
    readonly socketMs: number;
    /** How many pipelines a writer tries for one block. */
    readonly pipelines: number;
}

export const SOCKET_TIMEOUT = 'dfs.client.socket-timeout';
export const BLOCK_WRITE_RETRIES = 'dfs.client.block.write.retries';

/** Added for each DataNode that an answer has to pass (`READ_TIMEOUT_EXTENSION`). */
const EXTENSION_MS = 5_000;

/** @param settings what the workload says behind `with`; the last one of a key counts */
export function streamPatience(config: HadoopConfig, settings: readonly Setting[]): StreamPatience {
    const written = (key: string): number | undefined => {
        const value = settings.findLast((setting) => setting.key === key)?.values[0];
        return value?.kind === 'number' ? (parseDuration(value.text) ?? value.value) : undefined;
    };
    const ownMs = written(SOCKET_TIMEOUT);
    return {
        socketMs: ownMs === undefined ? config.socketMs : endless(ownMs),
        pipelines: 1 + (written(BLOCK_WRITE_RETRIES) ?? config.blockWriteRetries),
    };
}

/** Zero switches a timeout off. */
export function endless(timeoutMs: number): number {
    return timeoutMs === 0 ? Infinity : timeoutMs;
}

/**
 * What it costs to find that the DataNode at this place of a pipeline is silent, and which place is blamed for it. The client
 * connects to the first, each DataNode to the next, and a client that gives up before they do blames the first.
 */
export function silentLink(
    { socketMs }: StreamPatience,
    datanodesMs: number,
    place: number,
    length: number,
    /** Whether its host still takes connections, so that only the answer is missing. */
    connects: boolean,
): { readonly afterMs: number; readonly blamed: number } {
    const clientMs = socketMs + EXTENSION_MS * length;
    if (place === 0) {
        return { afterMs: connects ? clientMs : socketMs, blamed: 0 };
    }
    const linkMs = datanodesMs + EXTENSION_MS * (length - place);
    return linkMs <= clientMs ? { afterMs: linkMs, blamed: place } : { afterMs: clientMs, blamed: 0 };
}

/** How many silent DataNodes a stream surely gets past within this time. @param length DataNodes of a pipeline; 0: it reads */
export function silentWithin({ socketMs, pipelines }: StreamPatience, timeoutMs: number, length: number): number {
    const passed = Math.max(0, Math.floor((timeoutMs - ROUND_TRIPS_MS) / (socketMs + EXTENSION_MS * length)));
    return length === 0 ? passed : Math.min(passed, pipelines - 1);
}

/** More than all messages of a request take. */
const ROUND_TRIPS_MS = 100;

/** Whether NameNodes hand the copy out first: one in the reader's own rack; among equals they choose by chance. */
export function isNear(reader: Pick<Node, 'zone'> | undefined, datanode: Pick<Node, 'zone'>): boolean {
    return reader?.zone !== undefined && reader.zone === datanode.zone;
}
