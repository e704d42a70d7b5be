/** What can be wrong about an address that moves by VRRP. */
import {
    setDuration,
    type Endpoint,
    type Finding,
    type Fix,
    type Member,
    type NodeId,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { DEFAULT_PRIORITY, keptIntervalMs } from '../timers.js';

export function checkVip(context: EngineContext, endpoint: Endpoint): readonly Finding[] {
    return [
        ...spansRegions(context, endpoint),
        ...priorityRange(context),
        ...equalPriorities(context),
        ...withoutServiceCheck(context, endpoint),
        ...interval(context, endpoint),
        ...uselessDelay(endpoint),
        ...tooLongDelay(endpoint),
    ];
}

function spansRegions({ topology, cluster }: EngineContext, endpoint: Endpoint): readonly Finding[] {
    const regions = new Set(cluster.members.map(({ node }) => topology.nodes[node]?.region));
    if (regions.size < 2) {
        return [];
    }
    const names = [...regions].map((region) => topology.regions[region ?? -1]?.name ?? 'no region');
    return [
        {
            code: 'server/vip-spans-regions',
            severity: 'error',
            message:
                `The members behind ${endpoint.address ?? 'the address'} stand in ${names.join(' and ')}. VRRP adverts do not ` +
                'leave a network segment, so each region would take the address for itself.',
            help: 'Give each region its own virtual address and put a DNS endpoint in front of them.',
            source: endpoint.source,
        },
    ];
}

function priorityRange({ cluster }: EngineContext): readonly Finding[] {
    return cluster.members
        .filter(
            ({ priority }) => priority !== undefined && (priority < 1 || priority > 255 || !Number.isInteger(priority)),
        )
        .map((member) => ({
            code: 'server/priority-out-of-range',
            severity: 'error',
            message: `Priority ${String(member.priority)} does not exist: VRRP has one byte for it, and 0 means that the sender stops.`,
            help: 'Use a whole number from 1 to 254; 255 is for the owner of the address.',
            source: member.source,
            fixes: [priorityFix(member, Math.min(254, Math.max(1, Math.round(member.priority ?? 0))))],
        }));
}

function equalPriorities(context: EngineContext): readonly Finding[] {
    const byPriority = new Map<number, Member[]>();
    for (const member of context.cluster.members) {
        const priority = member.priority ?? DEFAULT_PRIORITY;
        byPriority.set(priority, [...(byPriority.get(priority) ?? []), member]);
    }
    return [...byPriority].flatMap(([priority, [first, second, ...more]]) =>
        first === undefined || second === undefined ? [] : [equal(context, priority, first, second, more)],
    );
}

function equal(
    context: EngineContext,
    priority: number,
    first: Member,
    second: Member,
    more: readonly Member[],
): Finding {
    const names = [first, second, ...more].map(({ node }) => nameOf(context, node));
    const usual = [first, second, ...more].some((member) => member.priority === undefined);
    return {
        code: 'server/equal-priorities',
        severity: 'warning',
        message:
            `${names.join(', ')} share priority ${priority}${usual ? ' (the default of those that name none)' : ''}. They wait ` +
            'equally long when the holder falls silent and may take the address at the same moment.',
        help: 'Give each member its own priority, the highest to the one that should serve.',
        source: second.source,
        related: [{ source: first.source, message: `${names[0] ?? ''} has the same priority.` }],
        fixes: more.length === 0 && isAlone(context, second) ? lowered(context, second) : [],
    };
}

function withoutServiceCheck({ cluster }: EngineContext, endpoint: Endpoint): readonly Finding[] {
    if (endpoint.checkMs !== undefined || cluster.members.length < 2) {
        return [];
    }
    return [
        {
            code: 'server/vip-without-service-check',
            severity: 'warning',
            message:
                `Nothing checks the service behind ${endpoint.address ?? 'the address'}. If it dies while its host lives, VRRP ` +
                'sees a healthy host: the address stays, and every request is refused until somebody acts.',
            help: 'Add a check to the endpoint, for example `check every 2s  fall 2  rise 2` (keepalived: `track_script`).',
            source: endpoint.source,
            fixes: [
                {
                    kind: 'add-statement',
                    title: 'Check every 2s',
                    declaration: endpoint.source,
                    text: 'check every 2s  fall 2  rise 2',
                },
            ],
        },
    ];
}

function interval(context: EngineContext, endpoint: Endpoint): readonly Finding[] {
    const { advertiseMs } = endpoint;
    if (advertiseMs === undefined || context.text('vrrp_version') !== '2' || advertiseMs % 1000 === 0) {
        return [];
    }
    return [
        {
            code: 'server/vrrp2-interval',
            severity: 'warning',
            message: `VRRP version 2 carries its interval in whole seconds, so ${advertiseMs} ms cannot be kept: keepalived takes ${setDuration(keptIntervalMs(2, advertiseMs))}, and so does the simulation.`,
            help: 'Set `vrrp_version = 3` in the cluster, or advertise every 1s.',
            source: endpoint.source,
            fixes: [
                {
                    kind: 'set-setting',
                    title: 'Speak VRRP version 3',
                    declaration: context.cluster.source,
                    key: 'vrrp_version',
                    value: '3',
                },
                endpointFix('Advertise every 1s', endpoint, 'advertise', 'every 1s'),
            ],
        },
    ];
}

function uselessDelay(endpoint: Endpoint): readonly Finding[] {
    if (endpoint.preempt !== false || !endpoint.preemptDelayMs) {
        return [];
    }
    return [
        {
            code: 'server/preempt-delay-without-preempt',
            severity: 'warning',
            message:
                'The preempt delay has no effect: with `preempt no` a returning member never takes the address from a living one.',
            help: 'Remove the delay, or let members preempt.',
            source: endpoint.source,
            fixes: [endpointFix('Let members preempt', endpoint, 'preempt', 'yes')],
        },
    ];
}

function tooLongDelay(endpoint: Endpoint): readonly Finding[] {
    return (endpoint.preemptDelayMs ?? 0) <= LONGEST_PREEMPT_DELAY_MS
        ? []
        : [
              {
                  code: 'server/preempt-delay-out-of-range',
                  severity: 'warning',
                  message: 'keepalived knows preempt delays of at most 1000 s, and this one is longer.',
                  help: 'Write `preempt-delay 1000s` or less.',
                  source: endpoint.source,
                  fixes: [endpointFix('Wait for 1000 s', endpoint, 'preempt-delay', '1000s')],
              },
          ];
}

function nameOf({ topology }: EngineContext, node: NodeId): string {
    return topology.nodes[node]?.name ?? String(node);
}

/** Whether the member has a declaration of its own: what a range says holds for all of its nodes. */
function isAlone({ cluster }: EngineContext, member: Member): boolean {
    return cluster.members.every((other) => other === member || other.source !== member.source);
}

/** A priority below all others, as long as there is one. */
function lowered({ cluster }: EngineContext, member: Member): readonly Fix[] {
    const lowest = Math.min(...cluster.members.map(({ priority }) => priority ?? DEFAULT_PRIORITY));
    const below = lowest > STEP ? lowest - STEP : lowest - 1;
    return below < 1 ? [] : [priorityFix(member, below)];
}

const STEP = 10;

/** keepalived.conf(5), `preempt_delay`: 0 to 1000 s. */
const LONGEST_PREEMPT_DELAY_MS = 1_000_000;

function priorityFix({ source }: Member, priority: number): Fix {
    const title = `Use priority ${String(priority)}`;
    return { kind: 'set-property', title, declaration: source, keyword: 'priority', value: String(priority) };
}

export function endpointFix(title: string, { source }: Endpoint, keyword: string, value: string): Fix {
    return { kind: 'set-property', title, declaration: source, keyword, value };
}
