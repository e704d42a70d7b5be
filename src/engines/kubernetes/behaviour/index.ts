/** Failure behaviour of one Kubernetes cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    DrainState,
    HandlerId,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import { assertNever, type Fault, type GroupId, type NodeId, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { controlPlaneNodes, type ControlPlaneNodes } from '../control-plane.js';
import { DATA_NOT_MODELLED } from '../data.js';
import { balancerOf } from '../entrance.js';
import type { PodSet } from '../pod-sets.js';
import { DeclaredApi, type Api } from './api.js';
import { Drains } from './drains.js';
import { Endpoints } from './endpoints.js';
import { Evictions } from './evictions.js';
import { Kubelets } from './kubelets.js';
import { LeaderLease, ManagedActor, type Actor } from './leader-lease.js';
import { ManagedApi } from './managed-api.js';
import { NodeController } from './node-controller.js';
import { NodeObjects, type NodeObject } from './node-objects.js';
import { Pods } from './pods.js';
import { Replicas } from './replicas.js';
import { Site } from './site.js';
import { BalancedTraffic, DirectTraffic, Proxies, type Traffic } from './traffic.js';
import { slowestLink } from './slow-links.js';
import { unsupported } from './unsupported.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new KubernetesBehaviour(context, world);
}

class KubernetesBehaviour implements ClusterBehaviour {
    readonly lacks = {
        promote: 'Kubernetes has no such order.',
        switchover: 'Kubernetes has no such order.',
    };
    readonly dataNotModelled = DATA_NOT_MODELLED;
    private readonly site: Site;
    private readonly plane: ControlPlaneNodes;
    private readonly api: Api;
    private readonly manager: Actor;
    private readonly leases: readonly LeaderLease[];
    private readonly nodes: NodeObjects;
    private readonly pods: Pods;
    private readonly kubelets: Kubelets;
    private readonly endpoints: Endpoints;
    private readonly drains: Drains;
    private readonly traffic: Traffic;
    private readonly sets: ReadonlyMap<ShardId, PodSet>;
    /** Everything that acts on what has changed, in the order in which one leads to the next. */
    private readonly parts: readonly { review(): void }[];
    private readonly onReview: HandlerId;
    private reviewAtMs = -1;
    private reviewing = false;
    private dirty = false;

    constructor(
        private readonly context: EngineContext,
        world: World,
    ) {
        const site = new Site(context, world, () => this.review());
        this.site = site;
        this.onReview = world.handler(() => this.review());
        this.plane = controlPlaneNodes(context);
        this.sets = new Map(site.sets.map((set) => [set.shard, set]));
        this.api = this.plane.apiServers.length > 0 ? new DeclaredApi(site, this.plane) : new ManagedApi(site);
        const [manager, scheduler] = this.actors();
        this.manager = manager;
        this.leases = [manager, scheduler].filter((actor) => actor instanceof LeaderLease);
        this.nodes = new NodeObjects(
            site.kubelets.map(({ node }) => node),
            site.workers,
        );
        this.pods = new Pods(site);
        this.kubelets = new Kubelets(site, this.api, this.plane.apiServers, (node) => this.onContact(node));
        this.endpoints = new Endpoints(site, this.api, this.manager, this.pods);
        this.drains = new Drains(site, this.api, this.nodes, this.pods);
        const balancing = balancerOf(context.cluster);
        const proxies = new Proxies(site, this.endpoints, this.pods);
        this.traffic =
            balancing === undefined ? new DirectTraffic(site, proxies) : new BalancedTraffic(site, proxies, balancing);
        this.parts = [
            this.api,
            ...this.leases,
            this.kubelets,
            new NodeController(site, this.api, this.kubelets, this.manager, this.nodes, (node) =>
                this.onNotReady(node),
            ),
            new Evictions(site, this.manager, this.nodes, this.pods),
            this.drains,
            new Replicas(site, this.manager, scheduler, this.nodes, this.pods),
            { review: () => this.syncPods() },
            this.endpoints,
        ];
    }

    /** The controller manager and the scheduler. */
    private actors(): readonly [Actor, Actor] {
        const lease = (title: string): LeaderLease =>
            new LeaderLease(this.site, this.api, title, this.plane.apiServers);
        return this.plane.apiServers.length > 0
            ? [lease('controller manager'), lease('scheduler')]
            : [new ManagedActor(this.api), new ManagedActor(this.api)];
    }

    start(): void {
        this.api.start();
        this.traffic.start();
        this.review();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.site.lastChange = cause;
        this.applyToPods(node, change, cause);
        this.kubelets.hostChanged(node, change);
        this.leases.forEach((lease) => lease.hostChanged(node, change));
        this.traffic.hostChanged(node, change, cause);
        this.api.hostChanged(node, change, cause);
        this.reviewSoon();
    }

    private applyToPods(node: NodeId, change: HostChange, cause: Cause): void {
        switch (change) {
            case 'failed':
            case 'crashed':
            case 'stopped':
            case 'started':
                this.pods.kill(node, cause);
                break;
            case 'frozen':
            case 'unfrozen':
            case 'wiped':
                break;
            default:
                assertNever(change);
        }
    }

    networkChanged(cause: Cause): void {
        this.site.lastChange = cause;
        this.api.networkChanged();
        this.traffic.networkChanged();
        this.reviewSoon();
    }

    attempt(context: AttemptContext): Attempt {
        const set = this.sets.get(context.shard);
        return set === undefined ? this.api.attempt(context) : this.traffic.attempt(context, set);
    }

    steadiness(context: StreamContext): Steadiness {
        const set = this.sets.get(context.shard);
        return set === undefined ? this.api.steadiness(context.client) : this.traffic.steadiness(context, set);
    }

    leaders(shard: ShardId): readonly NodeId[] {
        return this.sets.has(shard) ? [] : this.api.leaders();
    }

    whyPowerless(shard: ShardId, leader: NodeId): string | undefined {
        return this.sets.has(shard) ? undefined : this.api.whyPowerless(leader);
    }

    serving(node: NodeId): boolean {
        return this.site.runs(node);
    }

    groupShare(group: GroupId): number {
        return this.pods.share(group);
    }

    fullyReplicated(shards: readonly ShardId[]): boolean {
        return shards.every((shard) => {
            const set = this.sets.get(shard);
            return set === undefined
                ? this.plane.etcd.every((node) => this.site.runs(node))
                : this.pods.share(set.group.id) === 1;
        });
    }

    drain(node: NodeId, cause: Cause): void {
        this.site.lastChange = cause;
        this.drains.begin(node, cause);
        this.review();
    }

    drainState(node: NodeId): DrainState {
        return this.drains.state(node);
    }

    unsupported(fault: Fault): string | undefined {
        return unsupported(this.context, this.plane, fault);
    }

    slowestLink(one: NodeId, other: NodeId): number | undefined {
        return slowestLink(this.context, this.plane, one, other);
    }

    /** Many nodes may fail in one millisecond: everything acts on that once. */
    private reviewSoon(): void {
        const { world } = this.site;
        this.site.version++;
        if (this.reviewAtMs !== world.now) {
            this.reviewAtMs = world.now;
            world.schedule(world.now, this.onReview);
        }
    }

    private review(): void {
        this.dirty = true;
        if (this.reviewing) {
            return;
        }
        this.reviewing = true;
        while (this.dirty) {
            this.dirty = false;
            this.parts.forEach((part) => part.review());
        }
        this.reviewing = false;
        this.site.version++;
        this.site.world.changed();
    }

    private syncPods(): void {
        for (const node of this.site.workers.filter((worker) => this.kubelets.isHeard(worker))) {
            this.pods.sync(node);
        }
    }

    private onContact(node: NodeId): boolean {
        const object = this.nodes.get(node);
        const wasReady = object.ready;
        if (!wasReady) {
            object.ready = true;
            object.cause = this.site.world.record({
                kind: 'recovery',
                text: `${this.site.nameOf(node)} is heard again and counts as ready`,
                cause: this.site.blame(node),
                node,
                knownTo: this.api.servers(),
                belief: { holds: 'alive', about: [node], by: 'cluster' },
            });
        }
        return !wasReady || this.pods.hasNews(node);
    }

    private onNotReady({ node, cause }: NodeObject): void {
        const listed = this.pods.on(node).filter(({ reported }) => reported);
        listed.forEach((pod) => (pod.reported = false));
        if (listed.length > 0) {
            const event = this.site.world.record({
                kind: 'state',
                text: `${listed.length === 1 ? 'the pod' : `the ${listed.length} pods`} on ${this.site.nameOf(node)} ${listed.length === 1 ? 'leaves' : 'leave'} the endpoints`,
                cause,
                peer: node,
            });
            listed.forEach(({ set }) => this.site.podsChanged(set, event));
        }
    }
}
