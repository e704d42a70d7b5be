/** What a server cluster still does after servers lost power at one instant. */
import type {
    DelayBound,
    DelayPart,
    FailureState,
    Locality,
    LossBound,
    ServiceRules,
    ServiceState,
} from '../../../proof/index.js';
import { assertNever, type Member, type NodeId, type Operation, type ShardId } from '../../../topology/index.js';
import { capacityOf } from '../checks/capacity.js';
import type { EngineContext } from '../../engine.js';
import {
    dataNotModelled,
    frontFor,
    isActivePassive,
    leaseOf,
    PROMOTED_AT_ONCE,
    successionOf,
    type ActiveFront,
    type Front,
} from '../front.js';
import { DEFAULT_PRIORITY } from '../timers.js';
import { audienceOf, type Audience } from '../../shared/audience.js';
import { storesElsewhere } from '../../shared/stores.js';
import { UNDECLARED_TTL } from '../../shared/ttl.js';
import { balancerParts } from '../../shared/balancer/index.js';
import { activeParts, longest, vipParts } from './detection.js';
import { serverLocality } from './locality.js';

const SERVES: ServiceState = { serves: true };
const AT_ONCE: DelayBound = { minMs: 0, maxMs: 0, parts: [], assumptions: [] };

export function rules(context: EngineContext): ServiceRules {
    return new ServerRules(context);
}

class ServerRules implements ServiceRules {
    readonly monotone: boolean;
    readonly locality: Locality;
    private readonly fronts: Readonly<Record<Operation, Front>>;
    private readonly audiences = new Map<Operation, Audience>();
    private readonly succession: readonly NodeId[];
    private readonly members: ReadonlyMap<NodeId, Member>;

    constructor(private readonly context: EngineContext) {
        this.fronts = { read: frontFor(context, 'read'), write: frontFor(context, 'write') };
        this.succession = successionOf(context);
        this.members = new Map(context.cluster.members.map((member) => [member.node, member]));
        this.monotone = !this.activePassive || this.capacitiesFall();
        const ordered = isActivePassive(this.fronts.read) || isActivePassive(this.fronts.write);
        this.locality = serverLocality(this, context, ordered);
    }

    serves(shard: ShardId, operation: Operation, state: FailureState): ServiceState {
        const living = this.living(state);
        if (living.length === 0) {
            return {
                serves: false,
                reason: `All ${this.succession.length} servers of ${this.context.cluster.name} are without power.`,
            };
        }
        const dead = this.succession.find((node) => !state.alive[node]);
        if (dead === undefined) {
            return SERVES;
        }
        const front = this.fronts[operation];
        const decided = this.withoutRepair(front, dead, living[0]);
        // A client that tries again meets another server, or the same: chance decides.
        const isOpen = front.kind === 'balancer' && !front.standby && !this.audience(shard, operation).triesOnce;
        return !decided.serves && isOpen ? { ...decided, isOpen } : decided;
    }

    /** Whether the address copes by itself with the loss of `dead`, the first in order that is gone. */
    private withoutRepair(front: Front, dead: NodeId, heir: NodeId | undefined): ServiceState {
        const lostActive = heir !== this.succession[0];
        switch (front.kind) {
            case 'vip':
            case 'list':
                return SERVES;
            case 'balancer':
                return front.check !== undefined || (front.standby && !lostActive)
                    ? SERVES
                    : {
                          serves: false,
                          ...(!front.standby && { isPart: true }),
                          reason: `${front.address} has no health check and goes on sending requests to ${this.name(dead)}, which is without power.`,
                      };
            case 'active':
                return lostActive ? this.afterPromotion(front, dead) : SERVES;
            default:
                return assertNever(front);
        }
    }

    /** Where nobody says when a failure is noticed, a promotion is neither sure nor ruled out: the simulator refuses it as well. */
    private afterPromotion(front: ActiveFront, dead: NodeId): ServiceState {
        const lost = `${this.name(dead)} was the active server and is without power, and`;
        if (front.promote === 'manually') {
            return { serves: false, reason: `${lost} another is promoted by hand only.` };
        }
        return front.detection === undefined
            ? {
                  serves: false,
                  reason: `${lost} nothing says how soon that is noticed; say it with \`detect within\`.`,
                  isOpen: true,
              }
            : SERVES;
    }

    capacity(state: FailureState): number {
        const living = this.living(state);
        const carrying = this.activePassive ? living.slice(0, 1) : living;
        return carrying.reduce((sum, node) => sum + this.capacityAt(node), 0);
    }

    recovery(shard: ShardId, operation: Operation, state: FailureState): DelayBound {
        const front = this.fronts[operation];
        const heir = this.living(state)[0];
        const spared = isActivePassive(front)
            ? heir === this.succession[0]
            : this.succession.every((node) => state.alive[node]);
        if (spared || heir === undefined) {
            return AT_ONCE;
        }
        const audience = this.audience(shard, operation);
        const noticed = this.parts(front, heir, audience);
        const parts = [...noticed, audience.part];
        return {
            minMs: this.certainDelay(front, noticed, audience),
            maxMs: longest(parts),
            parts,
            assumptions: assumptionsOf(front),
        };
    }

    /** A cluster that needs writes elsewhere says with this where its data is: that is asked by itself. */
    loss(): LossBound {
        return leaseOf(this.context) === undefined && storesElsewhere(this.context.cluster)
            ? { kind: 'none' }
            : { kind: 'within', windowMs: Infinity, reason: dataNotModelled(this.context), isModelled: false };
    }

    private parts(front: Front, heir: NodeId, audience: Audience): readonly DelayPart[] {
        switch (front.kind) {
            case 'vip':
                return vipParts(front, this.members.get(heir)?.priority ?? DEFAULT_PRIORITY);
            case 'balancer':
                return balancerParts(front);
            case 'active':
                return activeParts(front);
            case 'list':
                return [
                    {
                        label: 'each dead server is tried once',
                        minMs: 0,
                        maxMs: Math.ceil(this.succession.length * audience.periodMs) + audience.timeoutMs,
                    },
                ];
            default:
                return assertNever(front);
        }
    }

    /** Clients that wait long enough, or meet a living server at their next try, may never see a request fail. */
    private certainDelay(front: Front, noticed: readonly DelayPart[], audience: Audience): number {
        const soonest = noticed.reduce((sum, part) => sum + part.minMs, 0);
        switch (front.kind) {
            case 'vip':
            case 'active':
                return audience.leastPatienceMs < soonest ? soonest : 0;
            case 'balancer': {
                // The last request that meets a dead server may come a whole round of the rotation before its removal; where
                // zones take turns first, a round is as many times longer as there are zones, at most one for each server.
                const servers = this.succession.length;
                const round = Math.ceil(servers * (front.crossZone ? 1 : servers) * audience.periodMs);
                return audience.triesOnce && !front.leastConnections ? Math.max(0, soonest - round) : 0;
            }
            case 'list':
                return 0;
            default:
                return assertNever(front);
        }
    }

    private get activePassive(): boolean {
        return isActivePassive(this.fronts.read) && isActivePassive(this.fronts.write);
    }

    /** Whether each standby carries at most what the one before it carries; else a further failure can bring more capacity. */
    private capacitiesFall(): boolean {
        return this.succession.every(
            (node, index) => index === 0 || this.capacityAt(node) <= this.capacityAt(this.succession[index - 1]!),
        );
    }

    private capacityAt(node: NodeId): number {
        const member = this.members.get(node);
        return member === undefined ? 0 : capacityOf(member);
    }

    private living(state: FailureState): readonly NodeId[] {
        return this.succession.filter((node) => state.alive[node]);
    }

    private audience(shard: ShardId, operation: Operation): Audience {
        const known = this.audiences.get(operation) ?? audienceOf(this.context.topology, shard, operation);
        this.audiences.set(operation, known);
        return known;
    }

    private name(node: NodeId): string {
        return this.context.topology.nodes[node]?.name ?? String(node);
    }
}

const LEASE_ASSUMED =
    'The store that holds the lease does not fail, and whoever has taken the lease serves within `assumed.promotion-time`.';

function assumptionsOf(front: Front): readonly string[] {
    const network =
        'The network delivers within a millisecond, and an address moves to its new holder for all clients at once.';
    switch (front.kind) {
        case 'vip':
            return [network];
        case 'balancer':
            return [
                'The load balancer itself does not fail, and its checks reach living servers within a millisecond.',
            ];
        case 'active':
            return [
                front.detection?.kind === 'lease' ? LEASE_ASSUMED : PROMOTED_AT_ONCE,
                ...(front.ttlDeclared ? [] : [UNDECLARED_TTL]),
            ];
        case 'list':
            return ['Requests arrive evenly spaced.'];
        default:
            return assertNever(front);
    }
}
