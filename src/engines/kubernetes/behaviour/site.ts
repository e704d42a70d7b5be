import type { Cause, World } from '../../../simulator/index.js';
import { groupTitle, type Member, type NodeId, type ShardGroup, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { controlPlaneConfig, type ControlPlaneConfig } from '../config.js';
import { podSets, type PodSet } from '../pod-sets.js';
import { isControlPlane, isWorker } from '../roles.js';

/** What all parts of a running cluster know of it. */
export class Site {
    readonly config: ControlPlaneConfig;
    readonly sets: readonly PodSet[];
    /** Nodes that run a kubelet: all but those of external etcd. */
    readonly kubelets: readonly Member[];
    readonly workers: readonly NodeId[];
    /** The event in the trace that something was changed by last. */
    lastChange: Cause = -1;
    /** Counts whatever may change the way of a request, so that what was found out about it is known to be old. */
    version = 0;
    /** The last event by which the pods that requests to a group are led to became others. */
    private readonly changesOf = new Map<ShardId, Cause>();

    constructor(
        readonly context: EngineContext,
        readonly world: World,
        /** To be called when anything has changed that another part may act on. */
        readonly changed: () => void,
    ) {
        const { members } = context.cluster;
        this.config = controlPlaneConfig(context);
        this.sets = podSets(context);
        this.kubelets = members.filter((member) => isWorker(member) || isControlPlane(member));
        this.workers = members.filter(isWorker).map(({ node }) => node);
    }

    nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }

    titleOf({ id }: ShardGroup): string {
        return groupTitle(this.world.topology, id);
    }

    podsChanged(set: PodSet, cause: Cause): void {
        this.changesOf.set(set.shard, cause);
    }

    /** Why a request that one node passes to a pod on another may succeed now; -1: nothing has happened to them. */
    whyServed({ shard }: PodSet, worker: NodeId, node: NodeId): Cause {
        const { world } = this;
        return Math.max(this.changesOf.get(shard) ?? -1, world.lastFault(worker), world.lastFault(node));
    }

    /** The last fault that struck the node, else the last change of all. */
    blame(node: NodeId): Cause {
        const fault = this.world.lastFault(node);
        return fault >= 0 ? fault : this.lastChange;
    }

    runs(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }
}
