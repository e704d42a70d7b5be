/** What is wrong with the API servers, with etcd and with the timers by which leaders are chosen. */
import { demandsOn, setDuration, type Finding } from '../../../topology/index.js';
import type { EngineContext, Quorum } from '../../engine.js';
import { resizeTo, useSetting } from '../../shared/checks/fixes.js';
import { etcdMembers, isControlPlane } from '../roles.js';

const MOST_ETCD_MEMBERS = 7;
const FEWEST_CONTROL_PLANES = 3;

/** The members of etcd decide on every write to the API. */
export function quorums({ cluster }: EngineContext): readonly Quorum[] {
    const members = etcdMembers(cluster.members);
    if (members.length === 0) {
        return [];
    }
    return [
        {
            one: 'etcd member',
            many: 'etcd members',
            enough: MOST_ETCD_MEMBERS,
            voters: members.map(({ node }) => node),
            without: 'the API takes no writes: pods keep running, and none is replaced or moved',
            declarations: members.map(({ source }) => source),
            source: cluster.source,
            codes: {
                tooFew: { code: 'kubernetes/few-etcd-members', severity: 'warning' },
                even: 'kubernetes/even-etcd-members',
                majorityInOneZone: 'kubernetes/etcd-in-one-zone',
            },
        },
    ];
}

export function checkControlPlane(context: EngineContext): readonly Finding[] {
    return [
        ...missing(context),
        ...fewControlPlanes(context),
        ...withoutAddress(context),
        ...manyEtcdMembers(context),
        ...etcdTimers(context),
        ...leaseTimers(context),
    ];
}

/** A managed control plane is not in the file; whoever has one says how long its failover is assumed to take. */
function missing({ cluster }: EngineContext): readonly Finding[] {
    const isManaged = cluster.assumptions.some(({ what }) => what === 'failover');
    if (isManaged || cluster.members.length === 0 || cluster.members.some(isControlPlane)) {
        return [];
    }
    return [
        {
            code: 'kubernetes/no-control-plane',
            severity: 'error',
            message: `No node of ${cluster.name} is a control plane: nobody answers the API, and no pod is scheduled or replaced.`,
            help: 'Give nodes the role, for example `nodes cp-[1..3] across zones as control-plane`. If a provider runs the control plane, say `assume failover takes 15s to 60s` instead.',
            source: cluster.source,
            fixes: [
                {
                    kind: 'add-statement',
                    title: 'Add three control-plane nodes',
                    declaration: cluster.source,
                    text: 'nodes cp-[1..3] across zones as control-plane',
                },
            ],
        },
    ];
}

/** With stacked etcd too few control planes are too few members of etcd, which is told there. */
function fewControlPlanes({ cluster }: EngineContext): readonly Finding[] {
    const count = cluster.members.filter(isControlPlane).length;
    const isStacked = etcdMembers(cluster.members).every(isControlPlane);
    if (isStacked || count === 0 || count >= FEWEST_CONTROL_PLANES) {
        return [];
    }
    return [
        {
            code: 'kubernetes/few-control-planes',
            severity: 'warning',
            message: `${cluster.name} has ${count === 1 ? 'one control-plane node' : `${String(count)} control-plane nodes`} in front of etcd: while ${count === 1 ? 'it is' : 'they are'} away nobody answers the API, however healthy etcd is.`,
            help: 'Use three control-plane nodes.',
            source: cluster.source,
            fixes: resizeTo(
                cluster.members.filter(isControlPlane).map(({ source }) => source),
                FEWEST_CONTROL_PLANES,
                'Use 3 control-plane nodes',
            ),
        },
    ];
}

/** Who asks the API by the address of one server loses it with that server. A load balancer here leads to the workers. */
function withoutAddress({ topology, cluster }: EngineContext): readonly Finding[] {
    const servers = cluster.members.filter(isControlPlane).length;
    const hasAddress = cluster.endpoints.some(({ kind }) => kind !== 'load-balancer');
    const asks = demandsOn(topology, cluster.id).find(({ target }) => target.kind === 'cluster');
    if (servers < 2 || hasAddress || asks === undefined) {
        return [];
    }
    return [
        {
            code: 'kubernetes/no-api-address',
            severity: 'warning',
            message: `${cluster.name} has ${String(servers)} API servers and no address in front of them: a client or kubelet that is given one server’s address loses the API with that server. Here it is taken that all of them know every server.`,
            help: 'Say how they find the API: `endpoint dns api.internal { ttl 5s }` or `endpoint vip 10.0.0.10`, or `endpoint discovery` if they are given all of its servers.',
            source: cluster.source,
            related: [{ source: asks.source, message: 'The API is asked here.' }],
            fixes: [
                {
                    kind: 'add-statement',
                    title: 'Say that all servers are known',
                    declaration: cluster.source,
                    text: 'endpoint discovery',
                },
            ],
        },
    ];
}

function manyEtcdMembers({ cluster }: EngineContext): readonly Finding[] {
    const count = etcdMembers(cluster.members).length;
    if (count <= MOST_ETCD_MEMBERS) {
        return [];
    }
    return [
        {
            code: 'kubernetes/many-etcd-members',
            severity: 'warning',
            message: `${cluster.name} has ${String(count)} etcd members: every write waits for more than half of them, so more members make it slower and hardly safer.`,
            help: 'Use five, at most seven.',
            source: cluster.source,
            fixes: resizeTo(
                etcdMembers(cluster.members).map(({ source }) => source),
                5,
                'Use 5 etcd members',
            ),
        },
    ];
}

function etcdTimers(context: EngineContext): readonly Finding[] {
    const heartbeat = context.duration('heartbeat-interval');
    const election = context.duration('election-timeout');
    const setting = context.written('election-timeout') ?? context.written('heartbeat-interval');
    const isRefused = election < 5 * heartbeat || election > 50_000;
    if (!isRefused || setting === undefined) {
        return [];
    }
    return [
        {
            code: 'kubernetes/etcd-timers',
            severity: 'error',
            message: `etcd refuses to start with an election timeout of ${setDuration(election)} and heartbeats every ${setDuration(heartbeat)}: the timeout must be at least five heartbeats and at most 50 s.`,
            help: 'Use about the round trip between members for the heartbeat and ten times that for the election timeout.',
            source: setting.source,
            fixes:
                10 * heartbeat > 50_000
                    ? []
                    : [useSetting(context.cluster.source, 'election-timeout', `${String(10 * heartbeat)}ms`)],
        },
    ];
}

function leaseTimers(context: EngineContext): readonly Finding[] {
    const lease = context.duration('leader-elect-lease-duration');
    const renew = context.duration('leader-elect-renew-deadline');
    const setting = context.written('leader-elect-renew-deadline') ?? context.written('leader-elect-lease-duration');
    if (renew < lease || setting === undefined) {
        return [];
    }
    return [
        {
            code: 'kubernetes/lease-timers',
            severity: 'error',
            message: `A holder that tries to renew its lease for ${setDuration(renew)} would still act when the lease of ${setDuration(lease)} is over; the scheduler and the controller manager refuse to start.`,
            help: 'Keep `leader-elect-renew-deadline` shorter than `leader-elect-lease-duration`; the defaults are 10s and 15s.',
            source: setting.source,
            fixes: [
                useSetting(
                    context.cluster.source,
                    'leader-elect-renew-deadline',
                    `${String(Math.floor((lease * 2) / 3))}ms`,
                ),
            ],
        },
    ];
}
