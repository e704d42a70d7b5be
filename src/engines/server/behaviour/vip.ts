/** A virtual address: who answers for it, seen by clients and by the simulator. */
import type { Attempt, Cause, HostChange, Steadiness, World } from '../../../simulator/index.js';
import type { Fault, NodeId, ShardId } from '../../../topology/index.js';
import type { VipFront } from '../front.js';
import type { Asker, FrontBehaviour } from './front.js';
import { askPatiently, connected, steadinessOf } from '../../shared/simulation/index.js';
import { VipChecks } from './vip-checks.js';
import { VrrpGroup } from './vrrp.js';

export class VipBehaviour implements FrontBehaviour {
    private readonly group: VrrpGroup;
    private readonly checks: VipChecks | undefined;

    constructor(
        private readonly world: World,
        private readonly front: VipFront,
        shard: ShardId | undefined,
        private readonly initial: NodeId,
    ) {
        this.group = new VrrpGroup(world, front, shard, world.cluster.members);
        const { check } = front;
        this.checks =
            check &&
            new VipChecks(world, front, check, {
                failed: (node, cause) => this.group.serviceFailed(node, cause),
                passed: (node, cause) => this.group.servicePassed(node, cause),
            });
    }

    start(): void {
        this.group.start(this.initial);
        for (const { node } of this.world.cluster.members) {
            this.checks?.begin(node, this.checks.phaseOf(node));
        }
    }

    /** `crashed` and `frozen` strike the service, as a bounce of it does; VRRP runs beside it and notices nothing. */
    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const hostStops = change === 'failed' || (change === 'stopped' && this.world.process(node) === 'stopped');
        if (hostStops) {
            this.checks?.end(node);
            this.group.left(node, change === 'failed' ? 'failed' : 'stopped', cause);
        } else if (change === 'started' && this.group.isDown(node)) {
            this.group.joined(node, cause);
            this.checks?.begin(node, 0);
        } else if (change === 'unfrozen') {
            this.checks?.thawed(node);
        } else {
            this.group.keepsAddress(node, cause);
            if (this.checks === undefined && (change === 'crashed' || change === 'frozen')) {
                this.tellUnchecked(node, change, cause);
            }
        }
        this.world.changed();
    }

    /** Why the address stays with a dead service: nothing looks at it. */
    private tellUnchecked(node: NodeId, how: 'crashed' | 'frozen', cause: Cause): void {
        if (!this.group.leaders().includes(node)) {
            return;
        }
        const name = this.world.topology.nodes[node]!.qualifiedName;
        const service = how === 'crashed' ? 'its service has died' : 'its service has stopped answering';
        this.world.record({
            kind: 'state',
            text: `${name} keeps ${this.front.address}: ${service}, and VRRP, which lives on beside it, does not check it`,
            cause,
            node,
            source: this.front.source,
        });
    }

    networkChanged(): void {
        this.world.changed();
    }

    attempt({ client, held }: Asker & { readonly held?: number | undefined }): Attempt {
        const { world, front } = this;
        const holder = held ?? this.group.holders().find((node) => connected(world, client, node));
        if (holder !== undefined) {
            return askPatiently(world, client, holder, 0, world.lastFault(holder));
        }
        const holders = this.group.holders().map((node) => world.lastFault(node));
        const cause = Math.max(this.group.lastCause(), ...holders);
        return {
            outcome: 'hang',
            node: -1,
            reason: `${front.address} is held by no server that the client can reach`,
            ...(cause >= 0 && { cause }),
        };
    }

    steadiness(asker: Asker): Steadiness {
        return steadinessOf([this.attempt(asker)]);
    }

    leaders(): readonly NodeId[] {
        return this.group.leaders();
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running' && this.group.isEligible(node);
    }

    unsupported(fault: Fault): string | undefined {
        return fault.kind === 'switchover' || fault.kind === 'promote'
            ? `VRRP decides by priority who holds ${this.front.address}; '${fault.kind}' is not modelled for it.`
            : undefined;
    }
}
