/** Pods, as they are and as the API holds them. */
import type { Cause, HandlerId } from '../../../simulator/index.js';
import type { GroupId, NodeId } from '../../../topology/index.js';
import { podStartMs } from '../config.js';
import type { PodSet } from '../pod-sets.js';
import type { Site } from './site.js';

export interface Pod {
    readonly id: number;
    readonly set: PodSet;
    /** undefined: it is pending. */
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
    private readonly all: Pod[] = [];
    /** Why a pod of the group was last asked to end. */
    private readonly lastEnd = new Map<PodSet, Cause>();
    private readonly started: HandlerId;
    private readonly ended: HandlerId;

    constructor(private readonly site: Site) {
        this.started = site.world.handler((id, step) => this.onStarted(this.all[id]!, step));
        this.ended = site.world.handler((id, step) => this.onEnded(this.all[id]!, step));
        for (const set of site.sets) {
            for (const node of set.nodes) {
                Object.assign(this.create(set, -1), { node, up: true, reported: true });
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
        return pod;
    }

    /** Those that there are, in order of creation. */
    list(): readonly Pod[] {
        return this.all.filter(({ gone }) => !gone);
    }

    of(set: PodSet): readonly Pod[] {
        return this.list().filter((pod) => pod.set === set);
    }

    on(node: NodeId): readonly Pod[] {
        return this.list().filter((pod) => pod.node === node);
    }

    /** Somebody wants the pod to end: it leaves the endpoints at once. */
    end(pod: Pod, cause: Cause): void {
        Object.assign(pod, { ending: true, cause, gone: pod.node === undefined });
        this.lastEnd.set(pod.set, cause);
    }

    /** Why a pod of the group is missing. */
    causeOfEnd(set: PodSet): Cause {
        return this.lastEnd.get(set) ?? this.site.lastChange;
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

    /** What runs on the node dies with it. */
    kill(node: NodeId, cause: Cause): void {
        for (const pod of this.on(node)) {
            Object.assign(pod, { up: false, task: 'none', step: pod.step + 1, cause });
        }
    }

    private begin(pod: Pod): void {
        const { world, context } = this.site;
        pod.task = 'starting';
        world.schedule(world.now + podStartMs(context, pod.set.group), this.started, pod.id, ++pod.step);
    }

    private terminate(pod: Pod): void {
        const { world, context } = this.site;
        const graceMs = pod.up ? context.duration('terminationGracePeriodSeconds', { group: pod.set.group }) : 0;
        pod.task = 'ending';
        world.schedule(world.now + graceMs, this.ended, pod.id, ++pod.step);
    }

    /** Share of the group's pods that are ready in truth. */
    share(group: GroupId): number {
        const sets = this.site.sets.filter((set) => set.group.id === group);
        const wanted = sets.reduce((sum, { nodes }) => sum + nodes.length, 0);
        const ready = this.list().filter((pod) => sets.includes(pod.set) && this.isReady(pod)).length;
        return wanted === 0 ? 1 : Math.min(1, ready / wanted);
    }

    isReady({ up, reported, ending, node }: Pod): boolean {
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
            text: `a pod of ${pod.set.group.name} on ${this.site.nameOf(pod.node)} is ready`,
            cause: pod.cause,
            node: pod.node,
            shard: pod.set.shard,
        });
        this.site.changed();
    }

    private onEnded(pod: Pod, step: number): void {
        if (step === pod.step) {
            Object.assign(pod, { up: false, gone: true });
            this.site.changed();
        }
    }
}
