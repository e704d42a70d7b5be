/** Which pods each Service sends requests to, as every worker knows it. */
import type { NodeId } from '../../../topology/index.js';
import type { PodSet } from '../pod-sets.js';
import type { Api } from './api.js';
import type { Actor } from './leader-lease.js';
import type { Pod, Pods } from './pods.js';
import type { Site } from './site.js';

type Lists = ReadonlyMap<PodSet, readonly Pod[]>;

/**
 * The controller manager writes the endpoints; kube-proxy on each worker watches them through an API server, and keeps what it
 * knew while it reaches none.
 */
export class Endpoints {
    private current: Lists;
    private readonly known: Map<NodeId, Lists>;
    /** What the workers know; those that know the same share it. */
    private views: ReadonlySet<Lists>;

    constructor(
        private readonly site: Site,
        private readonly api: Api,
        private readonly manager: Actor,
        private readonly pods: Pods,
    ) {
        this.current = this.ready();
        this.known = new Map(site.workers.map((node) => [node, this.current]));
        this.views = new Set([this.current]);
    }

    review(): void {
        if (this.manager.acts) {
            const ready = this.ready();
            const differs = this.site.sets.some((set) => !same(ready.get(set)!, this.current.get(set)!));
            this.current = differs ? ready : this.current;
        }
        for (const node of this.site.workers) {
            if (this.site.runs(node) && this.api.answers(node)) {
                this.known.set(node, this.current);
            }
        }
        this.views = new Set(this.known.values());
    }

    /** The same for workers that know the same. */
    viewOf(worker: NodeId): object {
        return this.known.get(worker)!;
    }

    /** The most pods of the group that a worker knows of. */
    mostSeen(set: PodSet): number {
        let most = 0;
        for (const lists of this.views) {
            most = Math.max(most, lists.get(set)!.length);
        }
        return most;
    }

    /** Pods that the worker forwards requests to. */
    seenBy(worker: NodeId, set: PodSet): readonly Pod[] {
        return this.known.get(worker)!.get(set)!;
    }

    private ready(): Lists {
        return new Map(
            this.site.sets.map((set) => [set, this.pods.of(set).filter(({ reported, ending }) => reported && !ending)]),
        );
    }
}

function same(some: readonly Pod[], others: readonly Pod[]): boolean {
    return some.length === others.length && some.every((pod, index) => pod === others[index]);
}
