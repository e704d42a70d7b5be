import type { CodeSpec } from '../../engine.js';
import { ELB, HAPROXY, KEEPALIVED, LANGUAGE, PATRONI, VRRP, VRRP_V2 } from '../sources.js';

const FAR = '\nregion far {\n  zone a\n}\n';
const CHECK = 'check every 2s  fall 2  rise 2';
const VIP = `endpoint vip 10.0.0.10 { ${CHECK} }`;
const LOAD = '\nworkload browsers {\n  reads servers 800/s\n}\n';
const OBJECTIVE = '\nobjective quick for servers {\n  tolerate any 1 node\n  restore reads within 10s\n}\n';

/** What the checks of a server cluster may report. */
export const codes: readonly CodeSpec[] = [
    {
        code: 'server/vip-spans-regions',
        title: 'A virtual address spans regions',
        why: 'VRRP adverts stay within one network segment. Members in two regions never hear each other, so each region takes the address for itself.',
        fix: 'Give each region its own virtual address, and put a DNS endpoint in front of them.',
        example: inTwoZones('node gw-1 in dc.a { priority 150 }', 'node gw-2 in far.a { priority 100 }', VIP) + FAR,
        remedy: behindVip(CHECK) + FAR,
        source: VRRP,
    },
    {
        code: 'server/priority-out-of-range',
        title: 'A VRRP priority outside 1 to 255',
        why: 'The protocol has one byte for it; 0 means that the sender stops.',
        fix: 'Use a whole number from 1 to 254; 255 is for the owner of the address.',
        example: inTwoZones('node gw-1 in dc.a { priority 300 }', 'node gw-2 in dc.b { priority 100 }', VIP),
        remedy: behindVip(CHECK),
        source: VRRP,
    },
    {
        code: 'server/equal-priorities',
        title: 'Two members with the same VRRP priority',
        why: 'They wait equally long and may take the address at the same moment; which one keeps it depends on their own IP addresses.',
        fix: 'Give each member its own priority, the highest to the one that should serve.',
        example: inTwoZones('node gw-1 in dc.a', 'node gw-2 in dc.b', VIP),
        remedy: behindVip(CHECK),
        source: VRRP,
    },
    {
        code: 'server/vip-without-service-check',
        title: 'A virtual address without a check of the service',
        why: 'VRRP watches hosts, not services. If the service dies and its host lives, the address stays there and every request is refused.',
        fix: 'Add a check to the endpoint, which stands for `track_script` of keepalived.',
        example: behindVip('advertise every 1s'),
        remedy: behindVip(`advertise every 1s  ${CHECK}`),
        source: KEEPALIVED,
    },
    {
        code: 'server/vrrp2-interval',
        title: 'VRRP version 2 with an interval that is no whole second',
        why: 'Version 2 carries the interval in whole seconds; keepalived rounds it.',
        fix: 'Speak version 3, or advertise every whole second.',
        example: behindVip(`advertise every 500ms  ${CHECK}`),
        remedy: behindVip(`advertise every 500ms  ${CHECK}`, 'settings { vrrp_version = 3 }'),
        source: VRRP_V2,
    },
    {
        code: 'server/preempt-delay-without-preempt',
        title: 'A preempt delay that has no effect',
        why: 'With `preempt no` a returning member never takes the address from a living one, at once or later.',
        fix: 'Remove the delay, or let members preempt.',
        example: behindVip(`preempt no  preempt-delay 5s  ${CHECK}`),
        remedy: behindVip(`preempt no  ${CHECK}`),
        source: KEEPALIVED,
    },
    {
        code: 'server/preempt-delay-out-of-range',
        title: 'A preempt delay above 1000 s',
        why: 'keepalived takes `preempt_delay` from 0 to 1000 s, so this is not what would run.',
        fix: 'Wait for 1000 s at most.',
        example: behindVip(`preempt-delay 2000s  ${CHECK}`),
        remedy: behindVip(`preempt-delay 1000s  ${CHECK}`),
        source: KEEPALIVED,
    },
    {
        code: 'server/vip-is-active-passive',
        title: 'active-active behind a virtual address',
        why: 'One member holds a virtual address at a time, so the others serve nothing.',
        fix: 'Write `failover active-passive`, or put a load balancer in front of the servers.',
        example: behindVip(CHECK, 'failover active-active'),
        remedy: behindVip(CHECK, 'failover active-passive'),
        source: VRRP,
    },
    {
        code: 'server/preempt-against-failback',
        title: '`preempt` contradicts `failback`',
        why: 'VRRP decides by `preempt` whether the address moves back; the failover policy says the opposite.',
        fix: 'Let both say the same: `preempt no` with `failback manually`, or neither of them.',
        example: behindVip(CHECK, 'failover active-passive { failback manually }'),
        remedy: behindVip(`preempt no  ${CHECK}`, 'failover active-passive { failback manually }'),
        source: VRRP,
    },
    {
        code: 'server/order-against-priority',
        title: 'The failover order contradicts the priorities',
        why: 'VRRP gives the address to the living member with the highest priority, whatever order the policy names.',
        fix: 'Let the priorities fall in the order of the policy.',
        example: behindVip(CHECK, 'failover active-passive { order gw-2, gw-1 }'),
        remedy: behindVip(CHECK, 'failover active-passive { order gw-1, gw-2 }'),
        source: VRRP,
    },
    {
        code: 'server/endpoint-promotes-itself',
        title: '`promote manually` behind an address that moves by itself',
        why: 'A virtual address or a load balancer fails over without asking anybody.',
        fix: 'Write `promote automatically`, or use a DNS endpoint that an operator changes.',
        example: behindVip(CHECK, 'failover active-passive { promote manually }'),
        remedy: behindVip(CHECK, 'failover active-passive { promote automatically }'),
        source: LANGUAGE,
    },
    {
        code: 'server/endpoint-does-not-fence',
        title: '`fence yes` behind an address that does not fence',
        why: 'Neither VRRP nor a load balancer can switch a server off, so an isolated one goes on.',
        fix: 'Remove `fence yes`, or use a cluster manager that fences.',
        example: behindVip(CHECK, 'failover active-passive { fence yes }'),
        remedy: behindVip(CHECK, 'failover active-passive'),
        source: LANGUAGE,
    },
    {
        code: 'server/detection-too-short',
        title: 'The address notices a failure later than the policy allows',
        why: 'The timers of the endpoint decide when a failure is noticed; `detect within` promises less time than they take.',
        fix: 'Advertise or check more often, lower `fall` or `timeout`, or allow more time.',
        example: behindVip(CHECK, 'failover active-passive { detect within 2s }'),
        remedy: behindVip(CHECK, 'failover active-passive { detect within 5s }'),
        source: LANGUAGE,
    },
    {
        code: 'server/slower-than-objective',
        title: 'The address notices a failure later than an objective allows',
        why: 'Noticing a dead server alone can take longer than the time within which service must be restored.',
        fix: 'Check or advertise more often, lower `fall` or `timeout`, or allow more time.',
        example:
            inTwoZones(
                'nodes web-[1..2] across zones',
                'endpoint load-balancer 10.0.0.20 { check every 5s  timeout 2s  fall 3 }',
            ) + OBJECTIVE,
        remedy:
            inTwoZones(
                'nodes web-[1..2] across zones',
                'endpoint load-balancer 10.0.0.20 { check every 1s  timeout 1s  fall 2 }',
            ) + OBJECTIVE,
        source: HAPROXY,
    },
    {
        code: 'server/balancer-without-check',
        title: 'A load balancer without health checks',
        why: 'It never learns that a server is dead and goes on sending it its share of the requests.',
        fix: 'Add a check to the endpoint.',
        example: inTwoZones(
            'nodes web-[1..2] across zones',
            'endpoint load-balancer 10.0.0.20 { balance round-robin }',
        ),
        remedy: inTwoZones(
            'nodes web-[1..2] across zones',
            'endpoint load-balancer 10.0.0.20 { balance round-robin  check every 2s  timeout 1s  fall 3  rise 2 }',
        ),
        source: HAPROXY,
    },
    {
        code: 'server/single-zone',
        title: 'All servers stand in one zone',
        why: 'The address survives the loss of a server, but not that of the zone.',
        fix: 'Spread the servers, for example with `across zones`.',
        example: inTwoZones(
            'nodes web-[1..2] in dc.a',
            'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
        ),
        remedy: inTwoZones(
            'nodes web-[1..2] across zones',
            'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
        ),
    },
    {
        code: 'server/single-server',
        title: 'A single server behind an address',
        why: 'Nothing takes over when it dies.',
        fix: 'Add a second server, in another zone.',
        example: inTwoZones(
            'node web-1 in dc.a',
            'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
        ),
        remedy: inTwoZones(
            'nodes web-[1..2] across zones',
            'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
        ),
    },
    {
        code: 'server/survivors-overloaded',
        title: 'Too little capacity after the loss of one server',
        why: 'The survivors would be asked for more than they can carry just when one of them is missing.',
        fix: 'Add a server or capacity, so that the rest suffices when one is missing.',
        example:
            inTwoZones(
                'nodes web-[1..2] across zones { capacity 500/s }',
                'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
            ) + LOAD,
        remedy:
            inTwoZones(
                'nodes web-[1..3] across zones { capacity 500/s }',
                'endpoint load-balancer 10.0.0.20 { check every 2s  timeout 1s  fall 3  rise 2 }',
            ) + LOAD,
    },
    {
        code: 'server/active-passive-without-address',
        title: 'active-passive without a single address',
        why: 'Each client has to find out by itself which server is active, and may reach one that is not.',
        fix: 'Add an endpoint with one address, such as `vip` or `dns`.',
        example: inTwoZones('node db-1 in dc.a', 'node db-2 in dc.b', 'failover active-passive { detect within 3s }'),
        remedy: inTwoZones(
            'node db-1 in dc.a',
            'node db-2 in dc.b',
            'endpoint dns db.internal { ttl 5s }',
            'failover active-passive { detect within 3s }',
        ),
        source: LANGUAGE,
    },
    {
        code: 'server/detection-undeclared',
        title: 'active-passive without a detection time',
        why: 'Nothing bounds how long a dead active server goes unnoticed, so no promotion can be counted on, no restore time proved and no scenario simulated.',
        fix: 'Say in the policy how soon a failure is noticed, for example `detect within 3s`.',
        example: inTwoZones(
            'node db-1 in dc.a',
            'node db-2 in dc.b',
            'endpoint dns db.internal { ttl 5s }',
            'failover active-passive { promote automatically }',
        ),
        remedy: inTwoZones(
            'node db-1 in dc.a',
            'node db-2 in dc.b',
            'endpoint dns db.internal { ttl 5s }',
            'failover active-passive { detect within 3s  promote automatically }',
        ),
        source: LANGUAGE,
    },
    {
        code: 'server/lease-too-short',
        title: 'A lease that runs out before its holder gives up',
        why: 'A server that is cut off tries for `retry_timeout` to renew its lease, and again in the loop after that. If the lease runs out before, another takes over while it still acts.',
        fix: 'Follow the rule of Patroni: `loop_wait + 2 × retry_timeout <= ttl`.',
        example: withLease('ttl = 20', 'loop_wait = 10', 'retry_timeout = 10'),
        remedy: withLease('ttl = 30', 'loop_wait = 10', 'retry_timeout = 10'),
        source: PATRONI,
    },
    {
        code: 'server/lease-without-effect',
        title: 'A lease where an address decides',
        why: 'VRRP and load balancers choose by their own timers, and active-active servers have no active one. A lease decides nothing there.',
        fix: 'Remove `ttl`, or let clients know the servers or look a name up.',
        example: behindVip(CHECK, 'settings { ttl = 30 }'),
        remedy: behindVip(CHECK),
        source: PATRONI,
    },
    {
        code: 'server/aws-check-refused',
        title: 'A health check that AWS refuses',
        why: 'A target group takes intervals from 5 to 300 s, timeouts from 2 to 120 s that are shorter than the interval, and thresholds from 2 to 10.',
        fix: 'Stay inside these ranges.',
        example: behindAws('check every 2s  timeout 1s  fall 3  rise 2'),
        remedy: behindAws('check every 5s  timeout 2s  fall 3  rise 2'),
        source: ELB,
    },
    {
        code: 'server/haproxy-key-without-effect',
        title: 'A key of HAProxy for a load balancer of AWS',
        why: '`load_balancer_type` says that the balancer is one of AWS, and that has no such key.',
        fix: 'Remove the key, or `load_balancer_type`.',
        example: behindAws('check every 5s  timeout 2s', 'settings { redispatch = yes }'),
        remedy: behindAws('check every 5s  timeout 2s'),
        source: ELB,
    },
];

function behindAws(check: string, ...statements: readonly string[]): string {
    return inTwoZones(
        'node web-1 in dc.a',
        'node web-2 in dc.b',
        `endpoint load-balancer 10.0.0.20 { ${check} }`,
        'failover active-active',
        'settings { load_balancer_type = application }',
        ...statements,
    );
}

function withLease(...settings: readonly string[]): string {
    return inTwoZones(
        'node db-1 in dc.a',
        'node db-2 in dc.b',
        'endpoint dns db.internal { ttl 5s }',
        'failover active-passive { promote automatically }',
        `settings { ${settings.join('  ')} }`,
    );
}

/** Two members with priorities of their own behind a virtual address. */
function behindVip(properties: string, ...statements: readonly string[]): string {
    return inTwoZones(
        'node gw-1 in dc.a { priority 150 }',
        'node gw-2 in dc.b { priority 100 }',
        `endpoint vip 10.0.0.10 { ${properties} }`,
        ...statements,
    );
}

function inTwoZones(...statements: readonly string[]): string {
    return [
        'region dc {',
        '  zone a',
        '  zone b',
        '}',
        '',
        'cluster servers: server in dc {',
        ...statements.map((statement) => `  ${statement}`),
        '}',
        '',
    ].join('\n');
}
