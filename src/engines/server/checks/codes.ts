import type { CodeSpec } from '../../engine.js';
import { HAPROXY, KEEPALIVED, LANGUAGE, VRRP, VRRP_V2 } from '../sources.js';

export const codes: readonly CodeSpec[] = [
    {
        code: 'server/vip-spans-regions',
        title: 'A virtual address spans regions',
        why: 'VRRP adverts stay within one network segment. Members in two regions never hear each other, so each region takes the address for itself.',
        source: VRRP,
    },
    {
        code: 'server/priority-out-of-range',
        title: 'A VRRP priority outside 1 to 255',
        why: 'The protocol has one byte for it; 0 means that the sender stops.',
        source: VRRP,
    },
    {
        code: 'server/equal-priorities',
        title: 'Two members with the same VRRP priority',
        why: 'They wait equally long and may take the address at the same moment; which one keeps it depends on their own IP addresses.',
        source: VRRP,
    },
    {
        code: 'server/vip-without-service-check',
        title: 'A virtual address without a check of the service',
        why: 'VRRP watches hosts, not services. If the service dies and its host lives, the address stays there and every request is refused.',
        source: KEEPALIVED,
    },
    {
        code: 'server/vrrp2-interval',
        title: 'VRRP version 2 with an interval that is no whole second',
        why: 'Version 2 carries the interval in whole seconds; keepalived rounds it.',
        source: VRRP_V2,
    },
    {
        code: 'server/preempt-delay-without-preempt',
        title: 'A preempt delay that has no effect',
        why: 'With `preempt no` a returning member never takes the address from a living one, at once or later.',
        source: KEEPALIVED,
    },
    {
        code: 'server/vip-is-active-passive',
        title: 'active-active behind a virtual address',
        why: 'One member holds a virtual address at a time, so the others serve nothing.',
        source: VRRP,
    },
    {
        code: 'server/preempt-against-failback',
        title: '`preempt` contradicts `failback`',
        why: 'VRRP decides by `preempt` whether the address moves back; the failover policy says the opposite.',
        source: VRRP,
    },
    {
        code: 'server/order-against-priority',
        title: 'The failover order contradicts the priorities',
        why: 'VRRP gives the address to the living member with the highest priority, whatever order the policy names.',
        source: VRRP,
    },
    {
        code: 'server/endpoint-promotes-itself',
        title: '`promote manually` behind an address that moves by itself',
        why: 'A virtual address or a load balancer fails over without asking anybody.',
        source: LANGUAGE,
    },
    {
        code: 'server/endpoint-does-not-fence',
        title: '`fence yes` behind an address that does not fence',
        why: 'Neither VRRP nor a load balancer can switch a server off, so an isolated one goes on.',
        source: LANGUAGE,
    },
    {
        code: 'server/detection-too-short',
        title: 'The address notices a failure later than the policy allows',
        why: 'The timers of the endpoint decide when a failure is noticed; `detect within` promises less time than they take.',
        source: LANGUAGE,
    },
    {
        code: 'server/slower-than-objective',
        title: 'The address notices a failure later than an objective allows',
        why: 'Noticing a dead server alone can take longer than the time within which service must be restored.',
        source: HAPROXY,
    },
    {
        code: 'server/balancer-without-check',
        title: 'A load balancer without health checks',
        why: 'It never learns that a server is dead and goes on sending it its share of the requests.',
        source: HAPROXY,
    },
    {
        code: 'server/single-zone',
        title: 'All servers stand in one zone',
        why: 'The address survives the loss of a server, but not that of the zone.',
    },
    {
        code: 'server/single-server',
        title: 'A single server behind an address',
        why: 'Nothing takes over when it dies.',
    },
    {
        code: 'server/survivors-overloaded',
        title: 'Too little capacity after the loss of one server',
        why: 'The survivors would be asked for more than they can carry just when one of them is missing.',
    },
    {
        code: 'server/active-passive-without-address',
        title: 'active-passive without a single address',
        why: 'Each client has to find out by itself which server is active, and may reach one that is not.',
        source: LANGUAGE,
    },
    {
        code: 'server/detection-undeclared',
        title: 'active-passive without a detection time',
        why: 'Nothing bounds how long a dead active server goes unnoticed, so no promotion can be counted on, no restore time proved and no scenario simulated.',
        source: LANGUAGE,
    },
];
