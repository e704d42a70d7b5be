/** Clients that know all servers and choose among them by themselves. */
import type {
    Attempt,
    AttemptContext,
    HandlerId,
    HostChange,
    NodeOrNone,
    Point,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import type { NodeId, Operation, RegionId } from '../../../topology/index.js';
import type { Asker, FrontBehaviour } from './front.js';
import { askServer, connected, steadinessOf } from './server-attempt.js';

/** How often a client looks whether a server that failed it answers again. */
const BACKGROUND_CHECK_MS = 10_000;

/** What one client has learnt. */
interface Client {
    /** Position behind the server that it asked last; reads and writes take turns by themselves. */
    readonly position: Record<Operation, number>;
    readonly skipped: Set<NodeId>;
}

export class ListBehaviour implements FrontBehaviour {
    private readonly clients = new Map<Point, Client>();
    private readonly learn: HandlerId;
    private readonly recheck: HandlerId;

    constructor(
        private readonly world: World,
        private readonly servers: readonly NodeId[],
    ) {
        this.learn = world.handler((point, node) => this.onFailure(point, node));
        this.recheck = world.handler((point, node) => this.onRecheck(point, node));
    }

    start(): void {
        this.world.changed();
    }

    hostChanged(_node: NodeId, _change: HostChange): void {
        this.world.changed();
    }

    networkChanged(): void {
        this.world.changed();
    }

    attempt({ client, operation, timeoutMs, previous }: AttemptContext): Attempt {
        const { position } = this.clientAt(client);
        const choices = this.choices(client, previous);
        const node = choices.find((server) => this.servers.indexOf(server) >= position[operation]) ?? choices[0]!;
        position[operation] = (this.servers.indexOf(node) + 1) % this.servers.length;
        const answer = askServer(this.world, client, node, 0, this.world.lastFault(node));
        if (answer.outcome !== 'ok') {
            const noticedMs = answer.outcome === 'hang' ? timeoutMs : Math.min(answer.afterMs, timeoutMs);
            this.world.schedule(this.world.now + noticedMs, this.learn, client, node);
        }
        return answer;
    }

    steadiness({ client }: Asker): Steadiness {
        return steadinessOf(this.choices(client, -1).map((node) => askServer(this.world, client, node, 0, -1)));
    }

    leaders(): readonly NodeId[] {
        return [];
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    unsupported(): string | undefined {
        return undefined;
    }

    /** Servers of the client's own region that it trusts, else any that it trusts, else any at all; not the same one twice. */
    private choices(client: Point, previous: NodeOrNone): readonly NodeId[] {
        const known = client === this.world.outside ? this.visible() : this.servers;
        const trusted = known.filter((node) => !this.clientAt(client).skipped.has(node));
        const region = this.regionOf(client);
        const local = trusted.filter((node) => this.world.topology.nodes[node]!.region === region);
        const [best] = [local, trusted, known, this.servers].filter((list) => list.length > 0);
        const others = best!.filter((node) => node !== previous);
        return others.length > 0 ? others : best!;
    }

    /** The probe asks through servers that are neither failed nor isolated. */
    private visible(): readonly NodeId[] {
        const { world } = this;
        return this.servers.filter((node) => world.process(node) !== 'off' && connected(world, world.outside, node));
    }

    private onFailure(point: Point, node: NodeId): void {
        const { skipped } = this.clientAt(point);
        if (!skipped.has(node)) {
            skipped.add(node);
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, point, node);
            this.world.changed();
        }
    }

    private onRecheck(point: Point, node: NodeId): void {
        if (this.world.reach(point, node) === 'open') {
            this.clientAt(point).skipped.delete(node);
            this.world.changed();
        } else {
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, point, node);
        }
    }

    private clientAt(point: Point): Client {
        const known = this.clients.get(point) ?? { position: { read: 0, write: 0 }, skipped: new Set<NodeId>() };
        this.clients.set(point, known);
        return known;
    }

    private regionOf(point: Point): RegionId | undefined {
        const { nodes, workloads, zones } = this.world.topology;
        if (point < nodes.length) {
            return nodes[point]!.region;
        }
        const place = workloads[point - nodes.length]?.place;
        return place?.kind === 'zone' ? zones[place.zone]!.region : place?.region;
    }
}
