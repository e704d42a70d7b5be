import type { Attempt, AttemptContext, Point, Steadiness } from '../../../simulator/index.js';
import type { Operation } from '../../../topology/index.js';
import type { Replication } from './replication.js';
import type { ClusterState, Peer } from './state.js';

type Request = Pick<AttemptContext, 'client' | 'shard' | 'operation' | 'fromReplicas'>;

/**
 * A client that knows the slots: it goes to the owner it remembers, follows redirections, and asks another node when a
 * try has failed.
 */
export class Routing {
    /** The owner that each client remembers: client → shard index → peer. */
    private readonly remembered = new Map<Point, Map<number, Peer>>();

    constructor(
        private readonly state: ClusterState,
        private readonly replication: Replication,
    ) {}

    attempt(context: AttemptContext): Attempt {
        const shard = this.state.indexOf(context.shard);
        const owner = this.ownerKnownTo(context.client, shard);
        // The probe asks any node that lives; everybody else tries the owner first and learns by the failure.
        const patient = context.attempt === 0 && context.client !== this.state.world.outside;
        const entry = patient || this.isOpen(context.client, owner) ? owner : this.anotherEntry(context, owner);
        const answer = this.ask(context, shard, entry);
        if (answer.outcome === 'ok' || context.attempt > 0 || patient) {
            return answer;
        }
        const other = this.anotherEntry(context, entry);
        return other === entry ? answer : this.ask(context, shard, other);
    }

    steadiness(request: Request): Steadiness {
        const shard = this.state.indexOf(request.shard);
        const owner = this.ownerKnownTo(request.client, shard);
        const first = this.tryAt(request, shard, owner);
        if (first.outcome === 'ok') {
            return { kind: 'ok', afterMs: first.afterMs, node: first.node };
        }
        const second = this.tryAt(request, shard, this.anotherEntry(request, owner));
        return first.outcome === 'error' && second.outcome === 'error'
            ? { ...second, kind: 'fails', afterMs: first.afterMs + second.afterMs }
            : { kind: 'varies' };
    }

    private ask(context: AttemptContext, shard: number, entry: Peer): Attempt {
        const answer = this.tryAt(context, shard, entry);
        if (answer.outcome === 'ok') {
            this.remember(context.client, shard, this.state.peerOf(answer.node));
        }
        return answer;
    }

    /** One try that enters the cluster at `entry`, without any effect. */
    private tryAt({ client, operation }: Request, shard: number, entry: Peer): Attempt {
        const first = this.connect(client, entry);
        if (first.outcome !== 'ok') {
            return first;
        }
        const refusal = this.refusal(entry, shard, operation, first.afterMs);
        if (refusal) {
            return refusal;
        }
        const owner = this.state.ownerSeenBy(entry, shard);
        if (owner === entry) {
            return first;
        }
        const second = this.connect(client, owner);
        if (second.outcome === 'hang') {
            return second;
        }
        const afterMs = first.afterMs + second.afterMs;
        if (second.outcome === 'error') {
            return { ...second, afterMs };
        }
        const redirected = this.state.ownerSeenBy(owner, shard) !== owner;
        return redirected
            ? { outcome: 'error', afterMs, node: second.node, reason: 'redirected more than once' }
            : (this.refusal(owner, shard, operation, afterMs) ?? { ...second, afterMs });
    }

    private connect(client: Point, peer: Peer): Attempt {
        const { world } = this.state;
        const node = this.state.nodeOf(peer);
        const name = this.state.nameOf(peer);
        const afterMs = world.delay(client, node) + world.delay(node, client);
        switch (world.reach(client, node)) {
            case 'open':
                return { outcome: 'ok', afterMs, node };
            case 'refused':
                return { outcome: 'error', afterMs, node, reason: `${name} refuses connections` };
            case 'silent':
                return { outcome: 'hang', node, reason: `${name} does not answer` };
        }
    }

    /** Why a node that can be reached does not serve the slots of the shard or tell who does. */
    private refusal(peer: Peer, shard: number, operation: Operation, afterMs: number): Attempt | undefined {
        const { state } = this;
        const node = state.nodeOf(peer);
        if (!state.answering[peer] && !(state.config.readsWhenDown && operation === 'read')) {
            return { outcome: 'error', afterMs, node, reason: `${state.nameOf(peer)} answers CLUSTERDOWN` };
        }
        const isOwner = state.ownerSeenBy(peer, shard) === peer;
        const needed = state.context.number('min-replicas-to-write', state.placeOf(peer));
        return isOwner && operation === 'write' && needed > 0 && this.replication.goodReplicas(peer) < needed
            ? { outcome: 'error', afterMs, node, reason: `${state.nameOf(peer)} answers NOREPLICAS` }
            : undefined;
    }

    /** A node to ask instead: one that answers, another than `avoid` if there is one. */
    private anotherEntry({ client }: Request, avoid: Peer): Peer {
        for (let peer = 0; peer < this.state.size; peer++) {
            if (peer !== avoid && this.isOpen(client, peer)) {
                return peer;
            }
        }
        return avoid;
    }

    private isOpen(client: Point, peer: Peer): boolean {
        return this.state.world.reach(client, this.state.nodeOf(peer)) === 'open';
    }

    private ownerKnownTo(client: Point, shard: number): Peer {
        return this.remembered.get(client)?.get(shard) ?? this.state.peerOf(this.state.shards[shard]!.copies[0]!);
    }

    private remember(client: Point, shard: number, owner: Peer): void {
        if (this.ownerKnownTo(client, shard) === owner) {
            return;
        }
        const known = this.remembered.get(client) ?? new Map<number, Peer>();
        known.set(shard, owner);
        this.remembered.set(client, known);
        this.state.world.changed();
    }
}
