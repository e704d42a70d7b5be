import type {
    Attempt,
    AttemptContext,
    HandlerId,
    Point,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { ContactList, roundTrip, steadinessOf } from '../../shared/simulation/index.js';
import type { Access, Ask } from './access.js';
import type { CacheShard } from './cache-shard.js';

/** A client looks again after this time at a node that failed it; see "Request" in the language. */
const BACKGROUND_CHECK_MS = 10_000;

/** What one client has learnt. */
interface Knowledge {
    /** Primaries, where they are not the first any more. */
    readonly primaries: Map<ShardId, NodeId>;
    /** Nodes that failed and are passed over until a look in the background succeeds. */
    readonly avoided: Set<NodeId>;
}

/**
 * Cluster mode enabled: clients know the slots. They go to the primary that they remember; when it fails them they ask another
 * node, which redirects them to the one that it knows.
 */
export class Discovery implements Access {
    private readonly knowledge = new Map<Point, Knowledge>();
    private readonly replicas: ReadonlyMap<ShardId, ContactList>;
    private readonly nodes: readonly NodeId[];
    private readonly gaveUp: HandlerId;
    private readonly check: HandlerId;

    constructor(
        private readonly world: World,
        private readonly shards: ReadonlyMap<ShardId, CacheShard>,
        private readonly ask: Ask,
    ) {
        this.nodes = world.cluster.members.map(({ node }) => node);
        this.replicas = new Map(
            [...shards].map(([id, { shard }]) => [id, new ContactList(world, shard.copies)] as const),
        );
        this.gaveUp = world.handler((client, node) => this.avoid(client, node));
        this.check = world.handler((client, node) => this.checkInBackground(client, node));
    }

    attempt(context: AttemptContext): Attempt {
        if (context.fromReplicas) {
            return this.replicas.get(context.shard)!.attempt(context, (node) => this.ask(context, node));
        }
        const answer = this.tryOnce(context, context.attempt);
        const { now } = this.world;
        if (answer.outcome === 'ok') {
            this.remember(context, answer.node);
        } else if (answer.node >= 0) {
            const noticed = answer.outcome === 'hang' ? now + context.timeoutMs : now;
            this.world.schedule(noticed, this.gaveUp, context.client, answer.node);
        }
        return answer;
    }

    steadiness(context: StreamContext): Steadiness {
        const { history } = this.shards.get(context.shard)!;
        if (context.fromReplicas) {
            const { copies } = this.shards.get(context.shard)!.shard;
            return copies.some((node) => history.isAboutToMiss(node))
                ? { kind: 'varies' }
                : this.replicas.get(context.shard)!.steadiness(context.client, (node) => this.ask(context, node));
        }
        const first = this.tryOnce(context, 0);
        return first.outcome === 'ok' ? steadinessOf([first]) : steadinessOf([first, this.tryOnce(context, 1)]);
    }

    review(): void {
        // Clients learn from answers alone.
    }

    /** One try, without any effect. */
    private tryOnce(context: StreamContext, attempt: number): Attempt {
        const { client, shard } = context;
        const known = this.primaryKnownTo(client, shard);
        const trusted = client === this.world.outside ? this.isOpen(client, known) : this.trusts(client, known);
        const entry = attempt === 0 && trusted ? known : (this.otherThan(client, known) ?? known);
        const owner = this.ownerSeenBy(entry, shard);
        if (entry === owner || !this.isOpen(client, entry)) {
            return this.ask(context, entry);
        }
        const answer = this.ask(context, owner);
        return answer.outcome === 'hang'
            ? answer
            : { ...answer, afterMs: answer.afterMs + roundTrip(this.world, client, entry) };
    }

    /** A node that leads and knows of no other leads; every other one knows the primary that AWS or the primaries chose. */
    private ownerSeenBy(node: NodeId, shard: ShardId): NodeId {
        const { leader } = this.shards.get(shard)!;
        return leader.acts(node) ? node : leader.node;
    }

    /** Another node that can be asked: the first that is trusted, else the first. Of many nodes few are looked at. */
    private otherThan(client: Point, node: NodeId): NodeId | undefined {
        let untrusted: NodeId | undefined;
        for (const other of this.nodes) {
            if (
                other !== node &&
                (untrusted === undefined || this.trusts(client, other)) &&
                this.isOpen(client, other)
            ) {
                if (this.trusts(client, other)) {
                    return other;
                }
                untrusted = other;
            }
        }
        return untrusted;
    }

    private isOpen(client: Point, node: NodeId): boolean {
        return this.world.reach(client, node) === 'open';
    }

    // ── What clients learn ─────────────────────────────────────────────────────

    private trusts(client: Point, node: NodeId): boolean {
        return !(this.knowledge.get(client)?.avoided.has(node) ?? false);
    }

    private primaryKnownTo(client: Point, shard: ShardId): NodeId {
        return this.knowledge.get(client)?.primaries.get(shard) ?? this.shards.get(shard)!.shard.copies[0]!;
    }

    private remember({ client, shard }: StreamContext, node: NodeId): void {
        if (this.primaryKnownTo(client, shard) !== node) {
            this.of(client).primaries.set(shard, node);
            this.world.changed();
        }
    }

    private avoid(client: Point, node: NodeId): void {
        const { avoided } = this.of(client);
        if (!this.isOpen(client, node) && !avoided.has(node)) {
            avoided.add(node);
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.check, client, node);
            this.world.changed();
        }
    }

    private checkInBackground(client: Point, node: NodeId): void {
        if (this.isOpen(client, node)) {
            this.of(client).avoided.delete(node);
            this.world.changed();
        } else {
            this.world.schedule(this.world.now + BACKGROUND_CHECK_MS, this.check, client, node);
        }
    }

    private of(client: Point): Knowledge {
        const known = this.knowledge.get(client) ?? { primaries: new Map(), avoided: new Set() };
        this.knowledge.set(client, known);
        return known;
    }
}
