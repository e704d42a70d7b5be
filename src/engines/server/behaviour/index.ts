/** Failure behaviour of one server cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import type { Fault, NodeId, Operation } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { dataNotModelled, endpointFor, frontFor, successionOf } from '../front.js';
import type { FrontBehaviour } from './front.js';
import { frontBehaviour } from './make.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new ServerBehaviour(context, world);
}

/** Leads each operation to the address that serves it; a cluster with a reader address has two. */
class ServerBehaviour implements ClusterBehaviour {
    readonly lacks = {
        drain: 'taking a server out of the rotation is not simulated yet.',
    };
    private readonly fronts: readonly FrontBehaviour[];
    private readonly byOperation: Readonly<Record<Operation, FrontBehaviour>>;
    readonly dataNotModelled: string;
    /** Of addresses that an operator can give to another server. */
    readonly promote?: (cause: Cause) => void;
    readonly switchover?: (to: NodeId, cause: Cause) => void;

    constructor(context: EngineContext, world: World) {
        const succession = successionOf(context);
        const service = context.cluster.shards[0];
        const write = frontBehaviour(world, frontFor(context, 'write'), succession, service);
        const shared = endpointFor(context.cluster, 'read') === endpointFor(context.cluster, 'write');
        const read = shared ? write : frontBehaviour(world, frontFor(context, 'read'), succession, undefined);
        this.byOperation = { read, write };
        this.dataNotModelled = dataNotModelled(context);
        this.fronts = shared ? [write] : [write, read];
        if (this.fronts.some(({ appoint }) => appoint !== undefined)) {
            this.promote = (cause) => this.fronts.forEach((front) => front.appoint?.(undefined, cause));
            this.switchover = (to, cause) => this.fronts.forEach((front) => front.appoint?.(to, cause));
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
        const isOrder = fault.kind === 'promote' || fault.kind === 'switchover';
        const appointing = this.fronts.filter(({ appoint }) => appoint !== undefined);
        const asked = isOrder && appointing.length > 0 ? appointing : this.fronts;
        return asked.map((front) => front.unsupported(fault)).find((reason) => reason !== undefined);
    }
}
