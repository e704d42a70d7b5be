/** Failure behaviour of one server cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    DrainState,
    HostChange,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import type { Fault, NodeId, Operation } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { dataNotModelled, endpointFor, frontFor, successionOf, type Front } from '../front.js';
import type { FrontBehaviour } from './front.js';
import { frontBehaviour } from './make.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new ServerBehaviour(context, world);
}

/** Leads each operation to the address that serves it; a cluster with a reader address has two. */
class ServerBehaviour implements ClusterBehaviour {
    readonly answersBacklog = true;
    private readonly fronts: readonly FrontBehaviour[];
    private readonly byOperation: Readonly<Record<Operation, FrontBehaviour>>;
    readonly dataNotModelled: string;
    /** Load balancers, clients and watchers stand beside the servers; routers and holders of a lease are servers themselves. */
    readonly talksAmongItself: boolean;
    /** Of addresses that an operator can give to another server. */
    readonly promote?: (cause: Cause) => void;
    readonly switchover?: (to: NodeId, cause: Cause) => void;
    /** Of load balancers, which choose for all requests whom to send them to. */
    readonly drain?: (node: NodeId, cause: Cause) => void;
    readonly drainState?: (node: NodeId) => DrainState;
    readonly endDrain?: (node: NodeId) => void;

    constructor(context: EngineContext, world: World) {
        const succession = successionOf(context);
        const service = context.cluster.shards[0];
        const write = frontBehaviour(world, frontFor(context, 'write'), succession, service);
        const shared = endpointFor(context.cluster, 'read') === endpointFor(context.cluster, 'write');
        const read = shared ? write : frontBehaviour(world, frontFor(context, 'read'), succession, undefined);
        this.byOperation = { read, write };
        this.dataNotModelled = dataNotModelled(context);
        const all = [frontFor(context, 'read'), frontFor(context, 'write')];
        this.talksAmongItself = all.some((front) => front.kind === 'vip' || isWatchedByServers(front));
        this.fronts = shared ? [write] : [write, read];
        if (this.fronts.some(({ appoint }) => appoint !== undefined)) {
            this.promote = (cause) => this.fronts.forEach((front) => front.appoint?.(undefined, cause));
            this.switchover = (to, cause) => this.fronts.forEach((front) => front.appoint?.(to, cause));
        }
        if (this.fronts.every(({ drain }) => drain !== undefined)) {
            this.drain = (node, cause) => this.fronts.forEach((front) => front.drain?.(node, cause));
            this.endDrain = (node) => this.fronts.forEach((front) => front.endDrain?.(node));
            this.drainState = (node) =>
                this.fronts.every((front) => front.isDrained?.(node) === true) ? 'done' : 'none';
        }
    }

    start(): void {
        this.fronts.forEach((front) => front.start());
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.fronts.forEach((front) => front.hostChanged(node, change, cause));
    }

    networkChanged(cause: Cause): void {
        this.fronts.forEach((front) => front.networkChanged(cause));
    }

    attempt(context: AttemptContext): Attempt {
        return this.byOperation[context.operation].attempt(context);
    }

    steadiness(context: Parameters<ClusterBehaviour['steadiness']>[0]): Steadiness {
        return this.byOperation[context.operation].steadiness(context);
    }

    leaders(): readonly NodeId[] {
        return this.byOperation.write.leaders();
    }

    serving(node: NodeId): boolean {
        return this.fronts.some((front) => front.serving(node));
    }

    slowestLink(): number | undefined {
        const limits = this.fronts.flatMap(({ slowestLinkMs }) => slowestLinkMs ?? []);
        return limits.length === 0 ? undefined : Math.min(...limits);
    }

    unsupported(fault: Fault): string | undefined {
        if (fault.kind === 'drain' && this.drain === undefined) {
            return this.wayWithoutDrain();
        }
        const isOrder = fault.kind === 'promote' || fault.kind === 'switchover';
        const appointing = this.fronts.filter(({ appoint }) => appoint !== undefined);
        const asked = isOrder && appointing.length > 0 ? appointing : this.fronts;
        return asked.map((front) => front.unsupported(fault)).find((reason) => reason !== undefined);
    }

    /** Nothing stands between clients and servers that could send their requests elsewhere first. */
    private wayWithoutDrain(): string {
        return this.switchover === undefined
            ? 'no load balancer takes its servers out of the rotation. `stop node` ends one cleanly.'
            : 'one server is active. Make another one active with `switchover`, then end this one with `stop node`.';
    }
}

/** Who takes a lease over asks the others first. */
function isWatchedByServers(front: Front): boolean {
    return front.kind === 'active' && front.detection?.kind === 'lease';
}
