import type { Engine } from '../engine.js';

/** Any node takes any request, so all but an address for a single one fit. */
export const UNFIT_ENDPOINTS: NonNullable<Engine['unfitEndpoints']> = {
    vip: {
        why: 'All requests then go through the one node that holds the address, although any node can take them.',
        instead: 'Use `endpoint discovery`, a DNS name for all nodes, or a load balancer with a health check.',
        replacement: 'endpoint discovery',
    },
};
