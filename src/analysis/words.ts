/** How figures and names are written in sentences. */
import type { NodeId, Operation, ShardId, SourceRange, Topology } from '../topology/index.js';

/** `23.4 s`, `12 min 5 s`, `250 ms`; Infinity is `no end`. */
export function duration(ms: number): string {
    if (ms === Infinity) {
        return 'no end';
    }
    if (ms < 1_000) {
        return `${String(rounded(ms, 0))} ms`;
    }
    if (ms < 120_000) {
        return `${rounded(ms / 1_000, 1).toFixed(1)} s`;
    }
    const seconds = Math.round(ms / 1_000);
    const rest = seconds % 60;
    return `${String(Math.floor(seconds / 60))} min${rest === 0 ? '' : ` ${String(rest)} s`}`;
}

/** An instant, in seconds with one decimal below ten minutes: `30.0 s`. */
export function instant(ms: number): string {
    return ms < 600_000 ? `${(ms / 1_000).toFixed(1)} s` : duration(ms);
}

/** As a file writes it: `30s`, `5m`, `1500ms`. */
export function literalDuration(ms: number): string {
    const whole = Math.ceil(ms);
    if (whole % 60_000 === 0) {
        return `${String(whole / 60_000)}m`;
    }
    return whole % 1_000 === 0 ? `${String(whole / 1_000)}s` : `${String(whole)}ms`;
}

/** `12,345`; at most two decimals. */
export function figure(value: number): string {
    const [whole = '0', fraction] = String(rounded(value, 2)).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `99.95%`; a share between 0 and 1, never rounded up to a whole that it is not. */
export function percent(share: number): string {
    const hundredths = Math.floor(share * 1_000_000 + 1e-6) / 10_000;
    return `${String(hundredths)}%`;
}

/** `1 failure set`, `2 failure sets`. */
export function counted(count: number, noun: string): string {
    return `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function plural(operation: Operation): 'reads' | 'writes' {
    return operation === 'read' ? 'reads' : 'writes';
}

/** `sessions.s-1`; the cluster's name alone for its one service. */
export function shardPath(topology: Topology, shard: ShardId): string {
    const found = topology.shards[shard];
    const cluster = found === undefined ? undefined : topology.clusters[found.cluster];
    if (found === undefined || cluster === undefined) {
        return `shard ${String(shard)}`;
    }
    return isOnlyService(found.name, cluster.name, cluster.groups.length)
        ? cluster.name
        : `${cluster.name}.${found.name}`;
}

function isOnlyService(shard: string, cluster: string, groups: number): boolean {
    return groups === 0 && shard === cluster;
}

export function nodeName(topology: Topology, node: NodeId | null): string {
    return node === null ? 'nobody' : (topology.nodes[node]?.name ?? `node ${String(node)}`);
}

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[], word = 'and'): string {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Counted from 1, as people and machine-readable reports do. */
export function lineOf(source: SourceRange): number {
    return source.start.line + 1;
}

function rounded(value: number, decimals: number): number {
    const factor = 10 ** decimals;
    return Math.round(value * factor) / factor;
}
