/** A load balancer that checks each server by itself and spreads requests over those that it believes in. */
import type { Attempt, AttemptContext, Cause, HostChange, Steadiness, World } from '../../../simulator/index.js';
import type { Fault, NodeId, ShardId } from '../../../topology/index.js';
import type { BalancerFront } from '../front.js';
import { ActiveBackend } from './active-backend.js';
import { Connections, type Servers } from './connections.js';
import type { Asker, FrontBehaviour } from './front.js';
import { BackendChecks, reachesBalancer, reviewStanding, Rotation } from '../../shared/balancer/index.js';
import { askServer, connected, roundTrip, steadinessOf } from '../../shared/simulation/index.js';

export class BalancerBehaviour implements FrontBehaviour, Servers {
    private readonly checks: BackendChecks;
    private readonly rotation: Rotation;
    private readonly connections: Connections;
    /** undefined: all servers serve. */
    private readonly active: ActiveBackend | undefined;
    /** Servers that an operator has taken out of the rotation. */
    private readonly drained = new Set<NodeId>();
    /** The last event by which a server was drained. */
    private lastDrain: Cause = -1;

    constructor(
        private readonly world: World,
        private readonly front: BalancerFront,
        service: ShardId | undefined,
        /** In order of declaration, or of succession where only the first serves. */
        private readonly backends: readonly NodeId[],
    ) {
        this.checks = new BackendChecks(world, front, backends, (cause) => {
            this.followChoice(cause);
            world.changed();
        });
        this.rotation = new Rotation(world, front, backends);
        this.connections = new Connections(world, front, this);
        this.active = front.standby ? new ActiveBackend(world, front, service) : undefined;
    }

    start(): void {
        this.checks.start();
        this.active?.start(this.choices()[0]);
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.checks.hostChanged(node, change, cause);
        this.followChoice(cause);
    }

    networkChanged(): void {
        reviewStanding(this.world, this.front, this.backends);
        this.world.changed();
    }

    attempt(context: AttemptContext): Attempt {
        const { world, front } = this;
        if (!reachesBalancer(world, context.client, front, this.backends)) {
            return { outcome: 'hang', node: -1, reason: `${front.address} cannot be reached` };
        }
        const wayMs = roundTrip(world, context.client, world.outside);
        if (context.held !== undefined) {
            return this.connections.goOn(context.held, wayMs, context);
        }
        const node = this.next(context);
        if (node === undefined) {
            return this.nobody(wayMs);
        }
        const answer = this.connections.open(node, wayMs, context);
        const forMs = answer.outcome === 'hang' ? context.timeoutMs : answer.afterMs;
        this.rotation.opened(answer.node, forMs, context.client);
        return answer;
    }

    next(context: AttemptContext): NodeId | undefined {
        return this.rotation.next(this.choices(), context);
    }

    isUp(node: NodeId): boolean {
        return this.checks.isUp(node);
    }

    nobody(wayMs: number): Attempt {
        const which = this.drained.size > 0 ? 'left in its rotation' : 'that passes its checks';
        const reason = `${this.front.address} has no server ${which}`;
        const cause = Math.max(this.checks.lastRemoval, this.lastDrain);
        return { outcome: 'error', node: -1, afterMs: wayMs, reason, cause };
    }

    steadiness({ client }: Asker): Steadiness {
        const { world } = this;
        if (!connected(world, client, world.outside)) {
            return { kind: 'varies' };
        }
        const wayMs = roundTrip(world, client, world.outside);
        const choices = this.choices();
        if (choices.length === 0) {
            return steadinessOf([this.nobody(wayMs)]);
        }
        return choices.some((node) => this.connections.fails(node))
            ? { kind: 'varies' }
            : steadinessOf(
                  choices.map((node) => askServer(world, world.outside, node, wayMs, this.checks.causeOf(node))),
              );
    }

    /** From now on the server gets no further request; those that it has it answers. */
    readonly drain = (node: NodeId, cause: Cause): void => {
        if (this.drained.has(node)) {
            return;
        }
        this.drained.add(node);
        const name = this.world.topology.nodes[node]!.qualifiedName;
        const text = `${this.front.address} sends ${name} no further requests; it answers those that it has`;
        const event = this.world.record({ kind: 'state', text, cause, node, source: this.front.source });
        this.lastDrain = event;
        this.followChoice(event);
        this.world.changed();
    };

    /** Whoever starts a server anew puts it back. What comes up by itself stays drained, as the administrative state of HAProxy does. */
    readonly endDrain = (node: NodeId): void => {
        this.drained.delete(node);
    };

    isDrained(node: NodeId): boolean {
        return this.drained.has(node);
    }

    /** The servers that requests may go to now. */
    choices(): readonly NodeId[] {
        const offered = this.backends.filter((node) => !this.drained.has(node));
        const up = offered.filter((node) => this.checks.isUp(node));
        const open = up.length === 0 && this.front.failOpen ? offered : up;
        return this.front.standby ? open.slice(0, 1) : open;
    }

    private followChoice(cause: Cause): void {
        this.active?.follow(this.choices()[0], cause);
    }

    leaders(): readonly NodeId[] {
        return this.active?.leaders() ?? [];
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running' && this.checks.isUp(node) && !this.drained.has(node);
    }

    unsupported(fault: Fault): string | undefined {
        return fault.kind === 'switchover' || fault.kind === 'promote'
            ? `A load balancer chooses its servers by their checks; '${fault.kind}' is not modelled for it.`
            : undefined;
    }
}
