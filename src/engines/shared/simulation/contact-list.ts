import type { Attempt, AttemptContext, HandlerId, Point, Steadiness, World } from '../../../simulator/index.js';
import type { NodeId, Operation, RegionId } from '../../../topology/index.js';
import { connected, steadinessOf } from './ask.js';

/** How often a client looks whether a node that failed it answers again; see "Request" in the language. */
const BACKGROUND_CHECK_MS = 10_000;

/** What one client has learnt. */
interface Client {
    /** Position behind the node that it asked last; reads and writes take turns by themselves. */
    readonly position: Record<Operation, number>;
    readonly skipped: Set<NodeId>;
    /** Nodes that it asks in turn now, in the order of the list; missing until it is asked for again. */
    choices?: readonly NodeId[];
}

/** How a cluster's clients differ from those of others. */
interface ContactHabits {
    /** Whether the client, looking in the background, finds that the node answers; usually where a connection opens. */
    answers?(client: Point, node: NodeId): boolean;
    /** Whether the node itself failed the client just now; else the client goes on to ask it. Usually it did. */
    blames?(client: Point, node: NodeId): boolean;
    /** Which of the nodes that it trusts the client asks; undefined: the next in turn, as usual. */
    choose?(context: AttemptContext, choices: readonly NodeId[]): NodeId | undefined;
    /** Told when a client begins to skip a node, or ends to; usually that is a change of the world. */
    skipsOthers?(): void;
}

/**
 * Clients that know all nodes of a cluster and take them in turn: those of their own region while any of them lives, and
 * none that failed them until a look in the background succeeds. The probe asks nodes that are neither failed nor isolated.
 */
export class ContactList {
    private readonly clients = new Map<Point, Client>();
    private readonly indexOf: ReadonlyMap<NodeId, number>;
    /** Nodes that stand in no region, which the probe, standing nowhere either, prefers. */
    private readonly unplaced: readonly NodeId[];
    private readonly learn: HandlerId;
    private readonly recheck: HandlerId;

    constructor(
        private readonly world: World,
        private readonly nodes: readonly NodeId[],
        private readonly habits: ContactHabits = {},
    ) {
        this.indexOf = new Map(nodes.map((node, index) => [node, index]));
        this.unplaced = nodes.filter((node) => world.topology.nodes[node]!.region === undefined);
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
        const node = this.habits.choose?.(context, this.choicesOf(context.client)) ?? this.next(context);
        const answer = ask(node);
        if (answer.outcome !== 'ok' && this.habits.blames?.(context.client, node) !== false) {
            const noticedMs =
                answer.outcome === 'hang' ? context.timeoutMs : Math.min(answer.afterMs, context.timeoutMs);
            this.world.schedule(this.world.now + noticedMs, this.learn, context.client, node);
        }
        return answer;
    }

    /** How every such request of the client ends as long as nothing changes. */
    steadiness(client: Point, ask: (node: NodeId) => Attempt): Steadiness {
        return steadinessOf(client === this.world.outside ? [this.probed(ask)] : this.choicesOf(client).map(ask));
    }

    /** Nodes that a client, not the probe, asks in turn now: the same list as long as these are the same. */
    choicesOf(client: Point): readonly NodeId[] {
        const known = this.clientAt(client);
        if (known.choices === undefined) {
            const trusted = this.nodes.filter((node) => !known.skipped.has(node));
            const region = this.regionOf(client);
            const local = trusted.filter((node) => this.world.topology.nodes[node]!.region === region);
            known.choices = [local, trusted].find((list) => list.length > 0) ?? this.nodes;
        }
        return known.choices;
    }

    private probed(ask: (node: NodeId) => Attempt): Attempt {
        const isVisible = (node: NodeId): boolean =>
            this.world.process(node) !== 'off' && connected(this.world, this.world.outside, node);
        let first: Attempt | undefined;
        const better = this.unplaced.length < this.nodes.length && this.unplaced.some(isVisible);
        for (const node of better ? this.unplaced : this.nodes) {
            if (isVisible(node)) {
                const answer = ask(node);
                if (answer.outcome === 'ok') {
                    return answer;
                }
                first ??= answer;
            }
        }
        return first ?? ask(this.nodes[0]!);
    }

    /** Not the same node twice in a row while there is another. */
    private next({ client, operation, previous }: AttemptContext): NodeId {
        const { position } = this.clientAt(client);
        const choices = this.choicesOf(client);
        let turn = this.firstFrom(choices, position[operation]);
        if (choices[turn] === previous && choices.length > 1) {
            turn = (turn + 1) % choices.length;
        }
        const node = choices[turn]!;
        position[operation] = (this.indexOf.get(node)! + 1) % this.nodes.length;
        return node;
    }

    /** Index of the first choice at this position of the list or behind it, 0 if there is none. */
    private firstFrom(choices: readonly NodeId[], position: number): number {
        let from = 0;
        let to = choices.length;
        while (from < to) {
            const middle = (from + to) >> 1;
            if (this.indexOf.get(choices[middle]!)! < position) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from % choices.length;
    }

    private onFailure(client: Point, node: NodeId): void {
        const known = this.clientAt(client);
        if (!known.skipped.has(node)) {
            known.skipped.add(node);
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, client, node);
            this.skipsOthers(known);
        }
    }

    private skipsOthers(client: Client): void {
        delete client.choices;
        if (this.habits.skipsOthers === undefined) {
            this.world.changed();
        } else {
            this.habits.skipsOthers();
        }
    }

    private onRecheck(client: Point, node: NodeId): void {
        if (this.habits.answers?.(client, node) ?? this.world.reach(client, node) === 'open') {
            const known = this.clientAt(client);
            known.skipped.delete(node);
            this.skipsOthers(known);
        } else {
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, client, node);
        }
    }

    private clientAt(client: Point): Client {
        let known = this.clients.get(client);
        if (known === undefined) {
            known = { position: { read: 0, write: 0 }, skipped: new Set<NodeId>() };
            this.clients.set(client, known);
        }
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
