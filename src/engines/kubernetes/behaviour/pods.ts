/** Pods, as they are and as the API holds them. */
import type { Cause, HandlerId } from '../../../simulator/index.js';
import { setDuration, type GroupId, type NodeId } from '../../../topology/index.js';
import { restOnSetting } from '../../shared/assumed.js';
import { POD_START, podStartMs } from '../config.js';
import type { PodSet } from '../pod-sets.js';
import type { Site } from './site.js';

export interface Pod {
    readonly id: number;
    readonly set: PodSet;
    /** undefined: it is pending. To be set by {@link Pods.place} alone. */
    node: NodeId | undefined;
    /** Its containers run and take requests. */
    up: boolean;
    /** Ready, as the API holds it. */
    reported: boolean;
    /** Somebody has asked it to end; it may never hear of it. */
    ending: boolean;
    gone: boolean;
    /** What its kubelet is about to do with it. */
    task: 'none' | 'starting' | 'ending';
    /** Number of the task: events of older ones are void. */
    step: number;
    /** The event in the trace by which its state came about. */
    cause: Cause;
}

export class Pods {
    /** By number, those that are gone as well. */
    private readonly all: Pod[] = [];
    /** Those that there are, each list in order of creation. */
    private readonly bySet: ReadonlyMap<PodSet, Pod[]>;
    private readonly byNode = new Map<NodeId, Pod[]>();
    private readonly waiting = new Set<Pod>();
    private readonly setsOf = new Map<GroupId, PodSet[]>();
    /** Pods of the group that were asked to end and that no other has replaced, in that order. */
    private readonly unreplaced = new Map<PodSet, Pod[]>();
    private readonly started: HandlerId;
    private readonly ended: HandlerId;

    constructor(private readonly site: Site) {
        this.started = site.world.handler((id, step) => this.onStarted(this.all[id]!, step));
        this.ended = site.world.handler((id, step) => this.onEnded(this.all[id]!, step));
        this.bySet = new Map(site.sets.map((set) => [set, []]));
        for (const set of site.sets) {
            this.setsOf.set(set.group.id, [...(this.setsOf.get(set.group.id) ?? []), set]);
            for (const node of set.nodes) {
                const pod = this.create(set, -1);
                this.place(pod, node);
                Object.assign(pod, { up: true, reported: true });
            }
        }
    }

    create(set: PodSet, cause: Cause): Pod {
        const pod: Pod = {
            id: this.all.length,
            set,
            node: undefined,
            up: false,
            reported: false,
            ending: false,
            gone: false,
            task: 'none',
            step: 0,
            cause,
        };
        this.all.push(pod);
        this.bySet.get(set)!.push(pod);
        this.waiting.add(pod);
        return pod;
    }

    place(pod: Pod, node: NodeId): void {
        pod.node = node;
        this.waiting.delete(pod);
        const others = this.on(node);
        const later = others.findIndex(({ id }) => id > pod.id);
        this.byNode.set(node, others.toSpliced(later < 0 ? others.length : later, 0, pod));
    }

    /** Those without a node, in order of creation. */
    pending(): readonly Pod[] {
        return [...this.waiting];
    }

    of(set: PodSet): readonly Pod[] {
        return this.bySet.get(set)!;
    }

    on(node: NodeId): readonly Pod[] {
        return this.byNode.get(node) ?? [];
    }

    /** Somebody wants the pod to end: it leaves the endpoints at once. */
    end(pod: Pod, cause: Cause): void {
        Object.assign(pod, { ending: true, cause });
        const others = this.unreplaced.get(pod.set) ?? [];
        this.unreplaced.set(pod.set, [...others.filter((other) => other !== pod), pod]);
        if (pod.node === undefined) {
            this.remove(pod);
        }
    }

    private remove(pod: Pod): void {
        pod.gone = true;
        this.waiting.delete(pod);
        const others = this.bySet.get(pod.set)!;
        others.splice(others.indexOf(pod), 1);
        if (pod.node !== undefined) {
            this.byNode.set(
                pod.node,
                this.on(pod.node).filter((other) => other !== pod),
            );
        }
    }

    /** Why the pod was asked to end that another one replaces now: the first that is gone, or is about to be. */
    replaceOne(set: PodSet): Cause {
        const ended = this.unreplaced.get(set) ?? [];
        const replaced = ended.find(({ gone }) => gone) ?? ended[0];
        this.unreplaced.set(
            set,
            ended.filter((pod) => pod !== replaced),
        );
        return replaced?.cause ?? this.site.lastChange;
    }

    /** The kubelet of the node knows what the API holds, and the API what the kubelet sees. */
    sync(node: NodeId): void {
        for (const pod of this.on(node)) {
            if (pod.ending && pod.task !== 'ending') {
                this.terminate(pod);
            } else if (!pod.ending && !pod.up && pod.task === 'none') {
                this.begin(pod);
            }
            pod.reported = pod.up;
        }
    }

    /** Whether the kubelet of the node and the API have something to tell each other. */
    hasNews(node: NodeId): boolean {
        return this.on(node).some(
            ({ ending, up, reported, task }) =>
                reported !== up || (ending ? task !== 'ending' : !up && task === 'none'),
        );
    }

    /** What runs on the node dies with it. */
    kill(node: NodeId, cause: Cause): void {
        for (const pod of this.on(node)) {
            Object.assign(pod, { up: false, task: 'none', step: pod.step + 1, cause });
        }
    }

    private begin(pod: Pod): void {
        const { world, context } = this.site;
        pod.task = 'starting';
        const { group } = pod.set;
        const takesMs = podStartMs(context, group);
        restOnSetting(
            world,
            context,
            POD_START,
            `A pod of ${this.site.titleOf(group)} is ready ${setDuration(takesMs)} after it got its place`,
            { group },
        );
        world.schedule(world.now + takesMs, this.started, pod.id, ++pod.step);
    }

    private terminate(pod: Pod): void {
        const { world, context } = this.site;
        const graceMs = pod.up ? context.duration('terminationGracePeriodSeconds', { group: pod.set.group }) : 0;
        pod.task = 'ending';
        world.schedule(world.now + graceMs, this.ended, pod.id, ++pod.step);
    }

    /** Share of the group's pods that are ready in truth. */
    share(group: GroupId): number {
        let [wanted, ready] = [0, 0];
        for (const set of this.setsOf.get(group) ?? []) {
            wanted += set.nodes.length;
            for (const pod of this.of(set)) {
                ready += this.isReady(pod) ? 1 : 0;
            }
        }
        return wanted === 0 ? 1 : Math.min(1, ready / wanted);
    }

    private isReady({ up, reported, ending, node }: Pod): boolean {
        const { world } = this.site;
        return up && reported && !ending && node !== undefined && world.reach(world.outside, node) === 'open';
    }

    private onStarted(pod: Pod, step: number): void {
        if (step !== pod.step || pod.node === undefined || !this.site.runs(pod.node)) {
            return;
        }
        Object.assign(pod, { up: true, task: 'none' });
        pod.cause = this.site.world.record({
            kind: 'recovery',
            text: `a pod of ${this.site.titleOf(pod.set.group)} on ${this.site.nameOf(pod.node)} is ready`,
            cause: pod.cause,
            node: pod.node,
            shard: pod.set.shard,
        });
        this.site.podsChanged(pod.set, pod.cause);
        this.site.changed();
    }

    private onEnded(pod: Pod, step: number): void {
        if (step === pod.step) {
            pod.up = false;
            this.remove(pod);
            this.site.changed();
        }
    }
}
