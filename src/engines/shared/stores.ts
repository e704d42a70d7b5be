import type { Cluster } from '../../topology/index.js';

/** Whether the file says where the data of a cluster is that holds none itself: a write is answered only after one there. */
export function storesElsewhere({ needs }: Cluster): boolean {
    return needs.some(({ kind, operation }) => kind === 'needs' && operation === 'write');
}
