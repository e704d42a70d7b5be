/** Pages about addresses. */
import type { CodeSpec } from '../../engine.js';
import { servers, sessions, WRITES } from './files.js';

const SHARDS = 'shards s-[1..3] { replicas 1 }';
const THREE = 'nodes web-[1..3] across zones';

/** Two clusters of servers behind one name. */
const shop = (route: string): string =>
    servers(
        [THREE],
        ['', 'cluster spare: server in dc {', `  ${THREE.replace('web', 'spare')}`, '}', '', ...address(route)],
    );

const address = (route: string): readonly string[] => [
    'endpoint shop dns shop.example.com {',
    `  ${route}`,
    '  ttl 30s',
    '  check every 10s',
    '  fall 3',
    '}',
];

const TWO_ROUTES = 'route to web, spare by failover';

export const addressCodes: readonly CodeSpec[] = [
    {
        code: 'topology/route-twice',
        title: 'One cluster twice behind an address',
        why: 'The address sends clients on when a cluster does not answer, and the same cluster in another line does not answer either.',
        fix: 'Name each cluster once, and another one to fall back on.',
        example: shop('route to web, web by failover'),
        remedy: shop(TWO_ROUTES),
    },
    {
        code: 'topology/single-route',
        title: 'An address before one cluster',
        why: 'Its health checks decide nothing: while no cluster behind an address is healthy, all of them count as healthy.',
        fix: 'Name a second cluster, or let clients use the address of the first.',
        example: shop('route to web by failover'),
        remedy: shop(TWO_ROUTES),
    },
    {
        code: 'topology/no-write-address',
        title: 'Writes without an address',
        why: 'Every address of the cluster serves reads, so it is not said where clients find the node that takes writes.',
        fix: 'Add an address for writes, or `endpoint discovery` if clients learn the nodes.',
        example: servers(['nodes web-[1..3] across zones', 'endpoint dns web-ro.internal { serves reads }'], WRITES),
        remedy: servers(
            [
                'nodes web-[1..3] across zones',
                'endpoint dns web-ro.internal { serves reads }',
                'endpoint dns web.internal { serves writes }',
            ],
            WRITES,
        ),
    },
    {
        code: 'topology/address-twice',
        title: 'One address in front of two things',
        why: 'A request to it reaches one of them, unless they differ in their ports.',
        fix: 'Give one of them another address, or write the port: `"10.0.0.1:8443"`.',
        example: servers([
            'nodes web-[1..3] across zones',
            'endpoint dns web.internal { serves writes }',
            'endpoint dns web.internal { serves reads }',
        ]),
        remedy: servers([
            'nodes web-[1..3] across zones',
            'endpoint dns web.internal { serves writes }',
            'endpoint dns web-ro.internal { serves reads }',
        ]),
    },
    {
        code: 'topology/endpoint-kind',
        title: 'An address that does not fit in front of the system',
        why: 'Clients of some systems must reach every node, since each holds a part of the data; others are reached by names that a provider gives. An address of another kind leads such clients to one node, or nowhere.',
        fix: 'Use the kind of address that the message names, often `endpoint discovery`.',
        example: sessions(SHARDS, 'endpoint load-balancer 10.0.0.20 { check every 2s }'),
        remedy: sessions(SHARDS, 'endpoint discovery'),
    },
    {
        code: 'topology/address-form',
        title: 'An address that is none',
        why: 'Clients reach an IP address, with four numbers from 0 to 255, or a name of letters, digits and hyphens between dots. A DNS name is looked up, which an IP address is not.',
        fix: 'Correct the address; write a port in quotes: `"10.0.0.1:8443"`.',
        example: servers([THREE, 'endpoint load-balancer 999.1.1.1 { check every 2s }']),
        remedy: servers([THREE, 'endpoint load-balancer 10.1.1.1 { check every 2s }']),
    },
];
