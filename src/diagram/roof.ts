/** Sizes of what stands above the regions: clusters with their addresses, and clients. */
import type { DrawnClient, DrawnCluster } from './drawing.js';
import { onGrid, TYPE, type Size } from './geometry.js';
import { nameWidth, textWidth } from './text.js';

export const ROOF = {
    slope: 16,
    padding: 24,
    nameBaseline: 21,
    header: 32,
    line: 16,
    bottom: 8,
    maximumWidth: 320,
} as const;
export const CLIENT = { padding: 16, nameBaseline: 20, header: 28, line: 16, bottom: 8, maximumWidth: 320 } as const;

export function engineText(cluster: DrawnCluster): string {
    return cluster.version === undefined ? cluster.engine : `${cluster.engine} ${cluster.version}`;
}

export function roofSize(cluster: DrawnCluster): Size {
    const head = nameWidth(cluster.label) + textWidth(engineText(cluster), TYPE.detail) + ROOF.line;
    const lines = cluster.addresses.map((address) => textWidth(address.label, TYPE.detail));
    return {
        width: Math.min(ROOF.maximumWidth, onGrid(Math.max(head, ...lines) + 2 * ROOF.padding)),
        height: ROOF.header + cluster.addresses.length * ROOF.line + (cluster.addresses.length === 0 ? 0 : ROOF.bottom),
    };
}

export function clientSize(client: DrawnClient): Size {
    const lines = client.demands.map((line) => textWidth(line, TYPE.caption));
    const widest = Math.max(nameWidth(client.label), ...lines);
    return {
        width: Math.min(CLIENT.maximumWidth, onGrid(widest + 2 * CLIENT.padding)),
        height: CLIENT.header + client.demands.length * CLIENT.line + CLIENT.bottom,
    };
}
