import type { Cause } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { RaftGroup } from './group.js';
import type { RaftMember } from './state.js';

/**
 * Which members take one that led for lost. A member hears of no other but its leader; that one which it gave up is there again
 * it learns when their connection carries messages again (etcd tells it as `peer … became active`).
 */
export class RaftDoubts {
    private readonly doubted = new Map<NodeId, Set<NodeId>>();

    constructor(private readonly group: RaftGroup) {}

    /** Returns whether the member takes the other for lost: not if that one merely leads no more and their connection is open. */
    add(observer: NodeId, other: NodeId): boolean {
        const isThere = this.group.runs(other) && this.group.linked(observer, other);
        if (!isThere) {
            this.doubted.set(observer, (this.doubted.get(observer) ?? new Set()).add(other));
        }
        return !isThere;
    }

    /** The member's process is gone, and with it what it believed. */
    forget(observer: NodeId): void {
        this.doubted.delete(observer);
    }

    /** The member hears the heartbeat of a leader that it did not follow. */
    follows({ node, term }: RaftMember, leader: NodeId, cause: Cause): void {
        const { world, shard } = this.group;
        const heard = this.takeHeard(node);
        world.record({
            kind: 'state',
            text: `${this.group.nameOf(node)} follows ${this.group.nameOf(leader)} in term ${term}`,
            cause,
            node,
            peer: leader,
            shard,
            belief: { holds: 'alive', about: [...new Set([leader, ...heard])] },
        });
    }

    /** Hosts or links are different. */
    review(): void {
        const { world, shard } = this.group;
        for (const node of this.doubted.keys()) {
            for (const peer of this.group.runs(node) ? this.takeHeard(node) : []) {
                world.record({
                    kind: 'suspicion',
                    text: `${this.group.nameOf(node)} reaches ${this.group.nameOf(peer)} again`,
                    cause: Math.max(world.lastFault(node), world.lastFault(peer)),
                    node,
                    peer,
                    shard,
                    belief: { holds: 'alive', about: [peer] },
                });
            }
        }
    }

    private takeHeard(observer: NodeId): readonly NodeId[] {
        const doubted = this.doubted.get(observer) ?? new Set();
        const heard = [...doubted].filter((peer) => this.group.runs(peer) && this.group.linked(observer, peer));
        heard.forEach((peer) => doubted.delete(peer));
        return heard;
    }
}
