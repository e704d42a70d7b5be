/** Whether there is enough left when something is missing. */
import { declaredLoad } from '../../../proof/index.js';
import type { Finding, Member } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { isActivePassive, type Front } from '../front.js';

export function checkCapacity(context: EngineContext, front: Front): readonly Finding[] {
    const { cluster } = context;
    if (cluster.members.length === 1) {
        return [singleServer(context)];
    }
    return [...singleZone(context), ...overload(context, front)];
}

function singleServer({ cluster, topology }: EngineContext): Finding {
    const [member] = cluster.members;
    return {
        code: 'server/single-server',
        severity: 'warning',
        message: `${topology.nodes[member?.node ?? -1]?.name ?? 'The one server'} is the only server of ${cluster.name}: nothing takes over when it dies.`,
        help: 'Add a second server, in another zone.',
        source: cluster.source,
    };
}

function singleZone({ cluster, topology }: EngineContext): readonly Finding[] {
    const zones = new Set(cluster.members.map(({ node }) => topology.nodes[node]?.zone));
    const [zone] = zones;
    if (zones.size !== 1 || zone === undefined) {
        return [];
    }
    return [
        {
            code: 'server/single-zone',
            severity: 'warning',
            message: `All servers of ${cluster.name} stand in zone ${topology.zones[zone]?.qualifiedName ?? ''}, so the loss of that zone takes all of them.`,
            help: 'Spread them, for example with `nodes … across zones`.',
            source: cluster.source,
        },
    ];
}

function overload(context: EngineContext, front: Front): readonly Finding[] {
    const { cluster, topology } = context;
    const load = declaredLoad(topology, cluster.id);
    const capacities = cluster.members.map(capacityOf);
    const left = isActivePassive(front) ? Math.min(...capacities) : sum(capacities) - Math.max(...capacities);
    // Without a figure a member is never the bottleneck; the sum of unlimited ones is not a number. That all of them together
    // cannot carry the load is told for every system alike.
    if (Number.isNaN(left) || left >= load || capacities.includes(Infinity) || sum(capacities) < load) {
        return [];
    }
    return [
        {
            code: 'server/survivors-overloaded',
            severity: 'warning',
            message: `Workloads send ${load} requests a second to ${cluster.name}, and after the loss of one server ${left} can be carried.`,
            help: 'Add a server or capacity, so that the rest suffices when one is missing.',
            source: cluster.source,
        },
    ];
}

export function capacityOf(member: Member): number {
    return member.capacity ?? Infinity;
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}
