import type {
    Attempt,
    AttemptContext,
    HandlerId,
    NodeOrNone,
    Point,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import type { NodeId, Operation, RegionId } from '../../../topology/index.js';
import { connected, steadinessOf } from './ask.js';

/** How often a client looks whether a node that failed it answers again; see "Request" in the language. */
const BACKGROUND_CHECK_MS = 10_000;

const NO_NODE = -1;

/** What one client has learnt. */
interface Client {
    /** Position behind the node that it asked last; reads and writes take turns by themselves. */
    readonly position: Record<Operation, number>;
    readonly skipped: Set<NodeId>;
}

/**
 * Clients that know all nodes of a cluster and take them in turn: those of their own region while any of them lives, and
 * none that failed them until a look in the background succeeds. The probe asks nodes that are neither failed nor isolated.
 */
export class ContactList {
    private readonly clients = new Map<Point, Client>();
    private readonly learn: HandlerId;
    private readonly recheck: HandlerId;

    constructor(
        private readonly world: World,
        private readonly nodes: readonly NodeId[],
        /** Whether the client, looking in the background, finds that the node answers. */
        private readonly answers: (client: Point, node: NodeId) => boolean = (client, node) =>
            world.reach(client, node) === 'open',
        /** Whether the node itself failed the client just now; else the client goes on to ask it. */
        private readonly blames: (client: Point, node: NodeId) => boolean = () => true,
    ) {
        this.learn = world.handler((client, node) => this.onFailure(client, node));
        this.recheck = world.handler((client, node) => this.onRecheck(client, node));
    }

    /**
     * Asks the node that is next in turn, and lets the client learn from how that ends. The probe asks all that it sees, and
     * one good answer is enough.
     *
     * @param ask what the client meets at the node, without any effect
     */
    attempt(context: AttemptContext, ask: (node: NodeId) => Attempt): Attempt {
        if (context.client === this.world.outside) {
            return this.probed(ask);
        }
        const node = this.next(context);
        const answer = ask(node);
        if (answer.outcome !== 'ok' && this.blames(context.client, node)) {
            const noticedMs =
                answer.outcome === 'hang' ? context.timeoutMs : Math.min(answer.afterMs, context.timeoutMs);
            this.world.schedule(this.world.now + noticedMs, this.learn, context.client, node);
        }
        return answer;
    }

    /** How every such request of the client ends as long as nothing changes. */
    steadiness(client: Point, ask: (node: NodeId) => Attempt): Steadiness {
        return steadinessOf(
            client === this.world.outside ? [this.probed(ask)] : this.choices(client, NO_NODE).map(ask),
        );
    }

    private probed(ask: (node: NodeId) => Attempt): Attempt {
        let first: Attempt | undefined;
        for (const node of this.choices(this.world.outside, NO_NODE)) {
            const answer = ask(node);
            if (answer.outcome === 'ok') {
                return answer;
            }
            first ??= answer;
        }
        return first!;
    }

    private next({ client, operation, previous }: AttemptContext): NodeId {
        const { position } = this.clientAt(client);
        const choices = this.choices(client, previous);
        const node = choices.find((choice) => this.nodes.indexOf(choice) >= position[operation]) ?? choices[0]!;
        position[operation] = (this.nodes.indexOf(node) + 1) % this.nodes.length;
        return node;
    }

    /** Nodes that the client may ask now: not the same one twice while there is another. */
    private choices(client: Point, previous: NodeOrNone): readonly NodeId[] {
        const known = client === this.world.outside ? this.visible() : this.nodes;
        const trusted = known.filter((node) => !this.clientAt(client).skipped.has(node));
        const region = this.regionOf(client);
        const local = trusted.filter((node) => this.world.topology.nodes[node]!.region === region);
        const [best] = [local, trusted, known, this.nodes].filter((list) => list.length > 0);
        const others = best!.filter((node) => node !== previous);
        return others.length > 0 ? others : best!;
    }

    private visible(): readonly NodeId[] {
        const { world } = this;
        return this.nodes.filter((node) => world.process(node) !== 'off' && connected(world, world.outside, node));
    }

    private onFailure(client: Point, node: NodeId): void {
        const { skipped } = this.clientAt(client);
        if (!skipped.has(node)) {
            skipped.add(node);
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, client, node);
            this.world.changed();
        }
    }

    private onRecheck(client: Point, node: NodeId): void {
        if (this.answers(client, node)) {
            this.clientAt(client).skipped.delete(node);
            this.world.changed();
        } else {
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, client, node);
        }
    }

    private clientAt(client: Point): Client {
        const known = this.clients.get(client) ?? { position: { read: 0, write: 0 }, skipped: new Set<NodeId>() };
        this.clients.set(client, known);
        return known;
    }

    private regionOf(client: Point): RegionId | undefined {
        const { nodes, workloads, zones } = this.world.topology;
        if (client < nodes.length) {
            return nodes[client]!.region;
        }
        const place = workloads[client - nodes.length]?.place;
        return place?.kind === 'zone' ? zones[place.zone]!.region : place?.region;
    }
}
