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

    constructor(context: EngineContext, world: World) {
        const succession = successionOf(context);
        const service = context.cluster.shards[0];
        const write = frontBehaviour(world, frontFor(context, 'write'), succession, service);
        const shared = endpointFor(context.cluster, 'read') === endpointFor(context.cluster, 'write');
        const read = shared ? write : frontBehaviour(world, frontFor(context, 'read'), succession, undefined);
        this.byOperation = { read, write };
        this.dataNotModelled = dataNotModelled(context);
        this.fronts = shared ? [write] : [write, read];
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

    unsupported(fault: Fault): string | undefined {
        return this.fronts.map((front) => front.unsupported(fault)).find((reason) => reason !== undefined);
    }
}
