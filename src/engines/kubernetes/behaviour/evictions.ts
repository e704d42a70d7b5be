import type { HandlerId } from '../../../simulator/index.js';
import { setDuration } from '../../../topology/index.js';
import type { PodSet } from '../pod-sets.js';
import type { Actor } from './leader-lease.js';
import type { NodeObject, NodeObjects } from './node-objects.js';
import type { Pod, Pods } from './pods.js';
import type { Site } from './site.js';

/**
 * Ends pods that have tolerated the taint of their node for long enough. Those of a DaemonSet tolerate it for ever. A
 * controller manager that has just begun counts from its own beginning.
 */
export class Evictions {
    private readonly due: HandlerId;

    constructor(
        private readonly site: Site,
        private readonly manager: Actor,
        private readonly nodes: NodeObjects,
        private readonly pods: Pods,
    ) {
        this.due = site.world.handler(() => site.changed());
    }

    review(): void {
        if (!this.manager.acts) {
            return;
        }
        const { now } = this.site.world;
        for (const object of this.nodes.list()) {
            if (object.taintedMs === undefined) {
                continue;
            }
            for (const set of this.site.sets.filter(({ group }) => group.word !== 'daemonset')) {
                const dueMs = Math.max(object.taintedMs, this.manager.sinceMs) + set.tolerationMs;
                if (dueMs <= now) {
                    this.evict(object, set);
                } else if (dueMs < Infinity && this.podsOn(object, set).length > 0) {
                    this.site.world.schedule(dueMs, this.due);
                }
            }
        }
    }

    private evict(object: NodeObject, set: PodSet): void {
        const pods = this.podsOn(object, set);
        if (pods.length === 0) {
            return;
        }
        const count = pods.length === 1 ? 'the pod' : `${pods.length} pods`;
        const cause = this.site.world.record({
            kind: 'state',
            text: `${count} of ${this.site.titleOf(set.group)} on ${this.site.nameOf(object.node)} ${pods.length === 1 ? 'is' : 'are'} given up: \`tolerationSeconds\` of ${setDuration(set.tolerationMs)} are over`,
            cause: object.cause,
            peer: object.node,
            shard: set.shard,
        });
        pods.forEach((pod) => this.pods.end(pod, cause));
    }

    private podsOn({ node }: NodeObject, set: PodSet): readonly Pod[] {
        return this.pods.on(node).filter((pod) => pod.set === set && !pod.ending);
    }
}
