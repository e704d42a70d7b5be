/** Clients that know the nodes and take them in turn; see "Request" in the language. */
import type { Attempt, AttemptContext, Cause, HandlerId, Point, World } from '../../../simulator/index.js';
import type { NodeId, Operation, RegionId } from '../../../topology/index.js';
import { connected } from '../../shared/simulation/index.js';
import type { Penalty } from '../penalty.js';
import { RETRIES } from '../retries.js';
import type { Entries } from './entries.js';
import { ShunnedNodes } from './shunned.js';

/** How often a client looks whether a node that failed it answers again. */
const BACKGROUND_CHECK_MS = 10_000;

/** Nodes that a client may be led to as long as nothing changes. */
export interface Seen {
    readonly nodes: readonly NodeId[];
    /** Whether connections to all of them are open. */
    readonly isOpen: boolean;
    /** Those whose links are alike. */
    readonly fellows: ReadonlyMap<number, readonly NodeId[]>;
}

interface Client {
    /** Position behind the node that it asked last; reads and writes take turns by themselves. */
    readonly position: Record<Operation, number>;
    /** By position of the node: 1 where the client does not pass it over. */
    readonly trusts: Uint8Array;
    readonly trustsNear: Uint8Array;
    /** Positions of the nodes in its region, where there are any; else of all. */
    readonly near: readonly number[];
    readonly isNear: Uint8Array;
    /** Near nodes that it does not skip. */
    trusted: number;
    trustedFar: number;
    /** Whether it has skipped all near nodes, until it trusts a good part of them again. */
    isLost: boolean;
    /** The region that it stays in while it can; undefined: it goes to all. */
    readonly region: RegionId | undefined;
    /** What its last failed request was due to; undefined: it has told that it asks dead nodes again. */
    why: Cause | undefined;
    seen: { readonly version: number; readonly what: Seen } | undefined;
    /** Of an official client, which does not look in the background. */
    readonly shunned: ShunnedNodes | undefined;
}

export class Contacts {
    private readonly clients = new Map<Point, Client>();
    private readonly positions: ReadonlyMap<NodeId, number>;
    private readonly everybody: Uint8Array;
    private readonly learn: HandlerId;
    private readonly recheck: HandlerId;
    private readonly revive: HandlerId;

    constructor(
        private readonly world: World,
        private readonly entries: Entries,
        /** The penalty that the client there is said to have. */
        private readonly penaltyAt: (client: Point) => Penalty | undefined,
        private readonly hooks: {
            /** Requests of a client may go where they did not before. */
            readonly widened: () => void;
            /** Requests of a client may be more alike than before. */
            readonly narrowed: () => void;
        },
    ) {
        this.positions = new Map(entries.nodes.map((node, position) => [node, position]));
        this.everybody = new Uint8Array(entries.nodes.length).fill(1);
        this.learn = world.handler((client, node) => this.onFailure(client, node));
        this.recheck = world.handler((client, node) => this.onRecheck(client, node));
        this.revive = world.handler((client, node) => this.onRevive(client, node));
    }

    /**
     * Asks the node that is next in turn, and where that refuses the connection the one after it at once; the client passes
     * over one that failed it, until a look in the background succeeds.
     */
    attempt(context: AttemptContext, ask: (node: NodeId) => Attempt): Attempt {
        const node = this.next(context);
        const answer = this.noted(context, node, ask(node), 0);
        if (answer.outcome !== 'error' || !this.goesOn(context, node)) {
            return answer;
        }
        const other = this.next({ ...context, previous: node });
        return other === node ? answer : this.noted(context, other, ask(other), answer.afterMs);
    }

    /** Clients that say how often they try do so; others meet as many nodes as {@link RETRIES} has them. */
    private goesOn({ client, settings }: AttemptContext, node: NodeId): boolean {
        return this.world.reach(client, node) === 'refused' && !settings.some(({ key }) => key === RETRIES);
    }

    /** The client learns from the answer, which comes so much later than it would by itself. */
    private noted({ client, timeoutMs }: AttemptContext, node: NodeId, answer: Attempt, laterMs: number): Attempt {
        if (answer.outcome === 'ok') {
            this.clientAt(client).shunned?.answered(this.positions.get(node)!);
        } else {
            const known = this.clientAt(client);
            known.why = known.why === undefined ? undefined : (answer.cause ?? known.why);
            const noticedMs = answer.outcome === 'hang' ? timeoutMs : Math.min(answer.afterMs + laterMs, timeoutMs);
            this.world.schedule(this.world.now + noticedMs, this.learn, client, node);
        }
        return answer.outcome === 'hang' ? answer : { ...answer, afterMs: answer.afterMs + laterMs };
    }

    /**
     * Nodes that answer count even while the client passes over them, for it may come back to them at any time; those that
     * do not answer count until it does. A client that has passed over all may be led anywhere.
     */
    seenBy(point: Point): Seen {
        const client = this.clientAt(point);
        if (client.seen?.version !== this.entries.version) {
            client.seen = { version: this.entries.version, what: this.look(point, client) };
        }
        return client.seen.what;
    }

    /** Of each kind of nodes that the client may be led to, some that answer: one, and another if the first is `avoided`. */
    kindsFor(point: Point, avoided: readonly NodeId[]): readonly NodeId[] {
        const { region, isLost } = this.clientAt(point);
        const found: NodeId[] = [];
        for (const kind of this.entries.all()) {
            if (region === undefined || isLost || kind.region === region) {
                const [first] = kind.nodes;
                if (this.world.reach(point, first!) === 'open') {
                    found.push(firstBut(kind.nodes, avoided) ?? first!);
                }
            }
        }
        return found;
    }

    private look(point: Point, { isLost, near, trusts }: Client): Seen {
        const nodes = point === this.world.outside ? this.visible() : this.mayBeAsked(point, { isLost, near, trusts });
        const fellows = new Map<number, NodeId[]>();
        let isOpen = true;
        for (const node of nodes) {
            if (this.world.reach(point, node) === 'open') {
                const links = this.world.linksOf(node);
                const alike = fellows.get(links) ?? [];
                fellows.set(links, alike);
                alike.push(node);
            } else {
                isOpen = false;
            }
        }
        return { nodes, isOpen, fellows };
    }

    private mayBeAsked(
        point: Point,
        { isLost, near, trusts }: Pick<Client, 'isLost' | 'near' | 'trusts'>,
    ): readonly NodeId[] {
        const { nodes } = this.entries;
        return isLost
            ? nodes
            : near
                  .filter((position) => trusts[position] === 1 || this.world.reach(point, nodes[position]!) === 'open')
                  .map((position) => nodes[position]!);
    }

    /** Nodes that the probe asks: those that are neither failed nor isolated, else all. */
    private visible(): readonly NodeId[] {
        const { world } = this;
        const { nodes } = this.entries;
        const visible = nodes.filter((node) => world.process(node) !== 'off' && connected(world, world.outside, node));
        return visible.length > 0 ? visible : nodes;
    }

    private next({ client: point, operation, previous }: AttemptContext): NodeId {
        const client = this.clientAt(point);
        const from = client.position[operation];
        const avoided = this.positions.get(previous) ?? -1;
        this.trustOne(client, avoided);
        const found = (this.search(client, from, avoided) ?? this.search(client, from, -1))!;
        client.position[operation] = (found + 1) % this.entries.nodes.length;
        return this.entries.nodes[found]!;
    }

    /** The first node from this position on that the client would ask: near and trusted, else trusted, else any. */
    private search(client: Client, from: number, avoided: number): number | undefined {
        const { trusted, trustedFar, trustsNear, trusts } = client;
        const asked = trusted > 0 ? trustsNear : trustedFar > 0 ? trusts : this.everybody;
        return firstSet(asked, from, avoided) ?? firstSet(asked, 0, avoided);
    }

    /** An official client that leaves all nodes alone goes back to the one whose penalty is over first. */
    private trustOne(client: Client, avoided: number): void {
        const { shunned, trusted, trustedFar, trusts } = client;
        if (shunned !== undefined && trusted + trustedFar === 0) {
            this.trust(client, this.entries.nodes[shunned.first(trusts.keys(), avoided)]!);
        }
    }

    private onFailure(point: Point, node: NodeId): void {
        const client = this.clientAt(point);
        const position = this.positions.get(node)!;
        if (client.trusts[position] === 0) {
            return;
        }
        this.skip(client, position, 1);
        this.planReturn(point, client, node);
        if (client.trusted === 0 && !client.isLost) {
            client.isLost = true;
            client.seen = undefined;
            this.tellLost(point, client);
            this.hooks.widened();
        } else if (this.world.reach(point, node) !== 'open') {
            client.seen = undefined;
            this.hooks.narrowed();
        }
    }

    /** Said once: later failures of what is well by itself are due to it, too. */
    private tellLost(point: Point, client: Client): void {
        const { nodes, workloads } = this.world.topology;
        const workload = workloads[point - nodes.length];
        if (workload === undefined || client.why === undefined || client.why < 0) {
            return;
        }
        this.world.record({
            kind: 'suspicion',
            text: `${workload.name} has had failures from every node of ${this.world.cluster.name}, so it asks all of them again, dead ones too`,
            cause: client.why,
        });
        client.why = undefined;
    }

    private planReturn(point: Point, { shunned }: Client, node: NodeId): void {
        const { now } = this.world;
        if (shunned === undefined) {
            this.world.schedule(now + BACKGROUND_CHECK_MS, this.recheck, point, node);
        } else {
            this.world.schedule(shunned.failed(this.positions.get(node)!, now), this.revive, point, node);
        }
    }

    private onRecheck(point: Point, node: NodeId): void {
        if (this.world.reach(point, node) === 'open') {
            this.trust(this.clientAt(point), node);
        } else {
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.recheck, point, node);
        }
    }

    /** The next request in turn goes to the node, whatever became of it. */
    private onRevive(point: Point, node: NodeId): void {
        const client = this.clientAt(point);
        const position = this.positions.get(node)!;
        if (client.trusts[position] === 1 || client.shunned?.isOver(position, this.world.now) !== true) {
            return;
        }
        this.trust(client, node);
        if (this.world.reach(point, node) === 'open') {
            client.shunned.answered(position);
        } else {
            client.seen = undefined;
            this.hooks.widened();
        }
    }

    private trust(client: Client, node: NodeId): void {
        this.skip(client, this.positions.get(node)!, 0);
        if (client.isLost && client.trusted >= Math.min(client.near.length, Math.max(2, client.near.length / 4))) {
            client.isLost = false;
            client.seen = undefined;
            this.hooks.narrowed();
        }
    }

    private skip(client: Client, position: number, skips: 0 | 1): void {
        client.trusts[position] = skips === 1 ? 0 : 1;
        const change = skips === 1 ? -1 : 1;
        if (client.isNear[position] === 1) {
            client.trustsNear[position] = client.trusts[position]!;
            client.trusted += change;
        } else {
            client.trustedFar += change;
        }
    }

    private clientAt(point: Point): Client {
        let client = this.clients.get(point);
        if (client === undefined) {
            client = this.newClient(point);
            this.clients.set(point, client);
        }
        return client;
    }

    private newClient(point: Point): Client {
        const { nodes } = this.entries;
        const region = this.regionOf(point);
        const all = nodes.map((_, position) => position);
        const local = all.filter((position) => this.world.topology.nodes[nodes[position]!]!.region === region);
        const near = local.length > 0 ? local : all;
        const isNear = new Uint8Array(nodes.length);
        const penalty = this.penaltyAt(point);
        near.forEach((position) => (isNear[position] = 1));
        return {
            position: { read: 0, write: 0 },
            trusts: Uint8Array.from(this.everybody),
            trustsNear: Uint8Array.from(isNear),
            near,
            isNear,
            trusted: near.length,
            trustedFar: nodes.length - near.length,
            isLost: false,
            why: -1,
            region: local.length > 0 ? region : undefined,
            seen: undefined,
            shunned: penalty && new ShunnedNodes(penalty),
        };
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

function firstBut(nodes: ReadonlySet<NodeId>, avoided: readonly NodeId[]): NodeId | undefined {
    for (const node of nodes) {
        if (!avoided.includes(node)) {
            return node;
        }
    }
    return undefined;
}

/** The first position from this one on that is set and is not the avoided one. */
function firstSet(set: Uint8Array, from: number, avoided: number): number | undefined {
    const first = set.indexOf(1, from);
    const found = first >= 0 && first === avoided ? set.indexOf(1, first + 1) : first;
    return found < 0 ? undefined : found;
}
