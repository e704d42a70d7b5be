import type { Cause, DrainState, HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { mustStay } from '../budget.js';
import type { PodSet } from '../pod-sets.js';
import type { Api } from './api.js';
import type { NodeObjects } from './node-objects.js';
import type { Pod, Pods } from './pods.js';
import type { Site } from './site.js';

/** `kubectl drain` asks again after so long where the API refused an eviction (kubectl: drain/drain.go). */
const RETRY_MS = 5_000;

interface Drain {
    readonly cause: Cause;
    /** When it asks next, in ms; Infinity: everything has been asked to go. */
    nextMs: number;
    /** The API refused something when it was asked last. */
    blocked: boolean;
    /** The trace says that it is over. */
    told: boolean;
}

/** Nodes that an operator empties from outside: closed for new pods, and their pods evicted as far as budgets allow. */
export class Drains {
    private readonly all = new Map<NodeId, Drain>();
    private readonly retry: HandlerId;

    constructor(
        private readonly site: Site,
        private readonly api: Api,
        private readonly nodes: NodeObjects,
        private readonly pods: Pods,
    ) {
        this.retry = site.world.handler(() => site.changed());
    }

    begin(node: NodeId, cause: Cause): void {
        if (this.nodes.find(node) !== undefined && !this.all.has(node)) {
            this.all.set(node, { cause, nextMs: this.site.world.now, blocked: false, told: false });
        }
    }

    state(node: NodeId): DrainState {
        const drain = this.all.get(node);
        if (drain === undefined) {
            return 'none';
        }
        if (drain.blocked) {
            return 'blocked';
        }
        return drain.nextMs === Infinity && this.evictable(node).length === 0 ? 'done' : 'none';
    }

    review(): void {
        const { world } = this.site;
        for (const [node, drain] of this.all) {
            this.tellDone(node, drain);
            if (drain.nextMs > world.now) {
                continue;
            }
            const wasBlocked = drain.blocked;
            drain.blocked = !this.api.answers(world.outside) || this.evictAll(node, drain.cause) > 0;
            drain.nextMs = drain.blocked ? world.now + RETRY_MS : Infinity;
            if (drain.blocked) {
                world.schedule(drain.nextMs, this.retry);
            }
            if (drain.blocked && !wasBlocked) {
                this.tellBlocked(node, drain);
            }
        }
    }

    /** Returns how many pods may not go now. */
    private evictAll(node: NodeId, cause: Cause): number {
        this.nodes.get(node).cordoned = true;
        let refused = 0;
        for (const pod of this.evictable(node).filter(({ ending }) => !ending)) {
            if (!this.mayGo(pod)) {
                refused++;
                continue;
            }
            const event = this.site.world.record({
                kind: 'state',
                text: `a pod of ${this.site.titleOf(pod.set.group)} on ${this.site.nameOf(node)} is evicted: it leaves the endpoints first and ends then`,
                cause,
                node,
                shard: pod.set.shard,
            });
            this.site.podsChanged(pod.set, event);
            this.pods.end(pod, event);
        }
        return refused;
    }

    /** DaemonSets would put their pods back at once, so a drain leaves them. */
    private evictable(node: NodeId): readonly Pod[] {
        return this.pods.on(node).filter(({ set }) => set.group.word !== 'daemonset');
    }

    private mayGo(pod: Pod): boolean {
        const { group, nodes } = pod.set;
        if (group.disruptionBudget === undefined) {
            return true;
        }
        const stay = mustStay(nodes.length, group.disruptionBudget);
        const healthy = this.healthy(pod.set);
        if (pod.reported) {
            return healthy - 1 >= stay;
        }
        return healthy >= stay || this.site.context.text('unhealthyPodEvictionPolicy', { group }) === 'AlwaysAllow';
    }

    private healthy(set: PodSet): number {
        return this.pods.of(set).filter(({ reported, ending }) => reported && !ending).length;
    }

    private tellDone(node: NodeId, drain: Drain): void {
        if (!drain.told && this.state(node) === 'done') {
            drain.told = true;
            const text = `${this.site.nameOf(node)} is drained: nothing runs on it but what belongs to every node`;
            this.site.world.record({ kind: 'state', text, cause: drain.cause, node });
        }
    }

    private tellBlocked(node: NodeId, { cause }: Drain): void {
        const waiting = this.evictable(node).find((pod) => !pod.ending && !this.mayGo(pod));
        const why =
            waiting === undefined
                ? 'no API server takes the evictions'
                : `the disruption budget of ${this.site.titleOf(waiting.set.group)} lets no further pod go now`;
        this.site.world.record({
            kind: 'state',
            text: `the drain of ${this.site.nameOf(node)} waits: ${why}`,
            cause,
            peer: node,
        });
    }
}
