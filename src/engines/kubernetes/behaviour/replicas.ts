/** The controllers that keep as many pods as are declared, and the scheduler that gives each a node. */
import type { Actor } from './leader-lease.js';
import type { NodeObjects } from './node-objects.js';
import type { Pod, Pods } from './pods.js';
import { nodeForPod } from '../spread.js';
import type { Site } from './site.js';

export class Replicas {
    /** Pods of which the trace says that they wait. */
    private readonly told = new Set<number>();

    constructor(
        private readonly site: Site,
        private readonly manager: Actor,
        private readonly scheduler: Actor,
        private readonly nodes: NodeObjects,
        private readonly pods: Pods,
    ) {}

    review(): void {
        if (this.manager.acts) {
            this.createMissing();
        }
        if (this.scheduler.acts) {
            this.pods.pending().forEach((pod) => this.place(pod));
        }
    }

    /** A Deployment replaces a pod that is to end at once; an identity of a StatefulSet must be gone before it exists anew. */
    private createMissing(): void {
        for (const set of this.site.sets) {
            const pods = this.pods.of(set);
            const counted = set.group.word === 'deployment' ? pods.filter(({ ending }) => !ending) : pods;
            for (let missing = set.nodes.length - counted.length; missing > 0; missing--) {
                this.pods.create(set, this.pods.replaceOne(set));
            }
        }
    }

    private place(pod: Pod): void {
        const { world } = this.site;
        const others = this.pods.of(pod.set).filter(({ ending }) => !ending);
        const node = nodeForPod(
            world.topology,
            pod.set.spread,
            this.nodes.candidates(),
            (on) => others.filter((other) => other.node === on).length,
        );
        if (node === undefined) {
            this.tellPending(pod);
            return;
        }
        this.pods.place(pod, node);
        pod.cause = world.record({
            kind: 'state',
            text: `a new pod of ${this.site.titleOf(pod.set.group)} gets its place on ${this.site.nameOf(node)}`,
            cause: pod.cause,
            node,
            shard: pod.set.shard,
        });
    }

    private tellPending(pod: Pod): void {
        if (!this.told.has(pod.id)) {
            this.told.add(pod.id);
            pod.cause = this.site.world.record({
                kind: 'state',
                text: `a new pod of ${this.site.titleOf(pod.set.group)} stays pending: no worker is ready, open and allowed by its spread`,
                cause: pod.cause,
                shard: pod.set.shard,
            });
        }
    }
}
