import type { Attempt, AttemptContext, HandlerId, Point, Steadiness } from '../../../simulator/index.js';
import type { Operation, ShardId } from '../../../topology/index.js';
import { hangs } from '../../shared/simulation/index.js';
import type { ManualFailover } from './manual-failover.js';
import type { ClusterState, Peer } from './state.js';
import type { WriteGate } from './write-gate.js';

type Request = Pick<AttemptContext, 'client' | 'shard' | 'operation' | 'fromReplicas'>;

/** A client looks again after this time at a node that failed it; see "Request" in the language. */
const BACKGROUND_CHECK_MS = 10_000;

/** So many redirections a client follows in one try: what Jedis (`maxAttempts`) and Lettuce (`maxRedirects`) do unless told otherwise. */
const REDIRECTIONS = 5;

/** What one client has learnt. */
interface Knowledge {
    /** The owner of each shard, by index, where it is not the first any more. */
    readonly owners: Map<number, Peer>;
    /** Nodes that failed and are passed over until a background check succeeds. */
    readonly avoided: Set<Peer>;
}

/** Where a client may enter the cluster, as long as nothing changes. */
interface Doors {
    readonly era: number;
    readonly answering: readonly Peer[];
    readonly open: readonly Peer[];
}

/**
 * Clients that know the slots: they go to the owner that they remember, follow redirections, and ask another node when
 * the owner has failed them.
 */
export class Routing {
    private readonly knowledge = new Map<Point, Knowledge>();
    private readonly doors = new Map<Point, Doors>();
    private readonly gaveUp: HandlerId;
    private readonly check: HandlerId;

    constructor(
        private readonly state: ClusterState,
        private readonly gate: WriteGate,
        private readonly handOvers: ManualFailover,
    ) {
        this.gaveUp = state.world.handler((client, peer) => this.avoid(client, peer));
        this.check = state.world.handler((client, peer) => this.checkInBackground(client, peer));
    }

    attempt(context: AttemptContext): Attempt {
        const shard = this.state.indexOf(context.shard);
        const { held } = context;
        const answer =
            held === undefined ? this.tryOnce(context, shard, context.attempt) : this.tryAt(context, shard, held);
        if (answer.outcome === 'ok') {
            this.remember(context.client, shard, this.state.peerOf(answer.node));
        } else if (answer.node >= 0 && held === undefined) {
            const peer = this.state.peerOf(answer.node);
            const { now } = this.state.world;
            this.state.world.schedule(
                answer.outcome === 'hang' ? now + context.timeoutMs : now,
                this.gaveUp,
                context.client,
                peer,
            );
        }
        return answer;
    }

    steadiness(request: Request): Steadiness {
        const shard = this.state.indexOf(request.shard);
        if (request.operation === 'write' && this.handOvers.pauseOf(this.ownerKnownTo(request.client, shard))) {
            return { kind: 'varies' };
        }
        const first = this.tryOnce(request, shard, 0);
        if (first.outcome === 'ok') {
            // The first one that is led there learns where to go, which decides about later ones.
            const isKnown = this.goesTo(request.client, shard, this.state.peerOf(first.node));
            return isKnown ? { kind: 'ok', afterMs: first.afterMs, node: first.node } : { kind: 'varies' };
        }
        const second = this.tryOnce(request, shard, 1);
        return first.outcome === 'error' && second.outcome === 'error'
            ? { ...second, kind: 'fails', afterMs: first.afterMs + second.afterMs }
            : { kind: 'varies' };
    }

    /** One try, without any effect. Whoever refuses in place of an owner that fails, too, is not why: the owner is. */
    private tryOnce(request: Request, shard: number, attempt: number): Attempt {
        const entry = this.entryFor(request, shard, attempt);
        const answer = this.tryAt(request, shard, entry);
        const owner = this.ownerKnownTo(request.client, shard);
        if (answer.outcome !== 'error' || entry === owner || answer.node !== this.state.nodeOf(entry)) {
            return answer;
        }
        const byOwner = this.tryAt(request, shard, owner);
        return byOwner.outcome === 'ok' || byOwner.cause === undefined
            ? answer
            : { ...answer, reason: byOwner.reason, cause: byOwner.cause };
    }

    /**
     * The owner, as long as it has not failed this client; then any node that answers, or else can be reached. The probe
     * asks those at once.
     */
    private entryFor({ client }: Request, shard: number, attempt: number): Peer {
        const owner = this.ownerKnownTo(client, shard);
        const isProbe = client === this.state.world.outside;
        const trusted = !this.knowledge.get(client)?.avoided.has(owner);
        if (isProbe ? this.answers(client, owner) : attempt === 0 && trusted) {
            return owner;
        }
        const { answering, open } = this.reachedBy(client);
        const isOther = (peer: Peer): boolean => peer !== owner;
        const reached = answering.find(isOther) ?? (isProbe && this.isOpen(client, owner) ? owner : open.find(isOther));
        return reached ?? owner;
    }

    /** The first two nodes that the client reaches and that answer, and the first two that it reaches. */
    private reachedBy(client: Point): Doors {
        const known = this.doors.get(client);
        if (known?.era === this.state.era) {
            return known;
        }
        const open: Peer[] = [];
        const answering: Peer[] = [];
        for (let peer = 0; peer < this.state.size && answering.length < 2; peer++) {
            if (this.isOpen(client, peer)) {
                open.push(peer);
                if (this.state.answers(peer)) {
                    answering.push(peer);
                }
            }
        }
        const doors = { era: this.state.era, answering, open: open.slice(0, 2) };
        this.doors.set(client, doors);
        return doors;
    }

    /** One try that enters the cluster at `entry` and follows redirections, without any effect. */
    private tryAt({ client, operation }: Request, shard: number, entry: Peer): Attempt {
        let [peer, wayMs, followed] = [entry, 0, 0];
        for (;;) {
            const answer = this.connect(client, peer, wayMs);
            if (answer.outcome !== 'ok') {
                return answer;
            }
            const refusal = this.refusal(peer, shard, operation, answer.afterMs);
            if (refusal) {
                return refusal;
            }
            const owner = this.state.ownerSeenBy(peer, shard);
            if (owner === peer) {
                return operation === 'write' ? this.heldBack(client, peer, answer) : answer;
            }
            if (followed === REDIRECTIONS) {
                return { ...answer, outcome: 'error', reason: `redirected more than ${REDIRECTIONS} times` };
            }
            [peer, wayMs, followed] = [owner, answer.afterMs, followed + 1];
        }
    }

    /** A primary that hands its shard over answers no write; its successor does, when it has been elected. */
    private heldBack(client: Point, primary: Peer, answer: Attempt): Attempt {
        const { state } = this;
        const pause = this.handOvers.pauseOf(primary);
        if (!pause || answer.outcome !== 'ok') {
            return answer;
        }
        const second = this.connect(client, pause.successor, 0);
        return pause.handedOverMs < pause.untilMs && second.outcome === 'ok'
            ? {
                  ...second,
                  afterMs: answer.afterMs + Math.max(0, pause.handedOverMs - state.world.now) + second.afterMs,
              }
            : { outcome: 'hang', node: answer.node, reason: `${state.nameOf(primary)} holds writes back` };
    }

    /** `wayMs` is what the try has taken before. */
    private connect(client: Point, peer: Peer, wayMs: number): Attempt {
        const { world } = this.state;
        const node = this.state.nodeOf(peer);
        const name = this.state.nameOf(peer);
        const afterMs = wayMs + world.delay(client, node) + world.delay(node, client);
        const silenced = this.state.silencedBy[peer]!;
        const why = silenced >= 0 ? { cause: silenced } : {};
        switch (world.reach(client, node)) {
            case 'open':
                return { outcome: 'ok', afterMs, node };
            case 'refused':
                return { outcome: 'error', afterMs, node, reason: `${name} refuses connections`, ...why };
            case 'silent':
                return {
                    outcome: 'hang',
                    node,
                    reason: `${name} does not answer`,
                    ...why,
                    // The host of a frozen process has accepted the request: it is answered when the process goes on.
                    ...(hangs(world, client, node) && { held: peer }),
                };
        }
    }

    /** Why a node that can be reached does not serve the slots of the shard or tell who does. */
    private refusal(peer: Peer, shard: number, operation: Operation, afterMs: number): Attempt | undefined {
        const { state } = this;
        const node = state.nodeOf(peer);
        const readsAnyway = state.config.readsWhenDown && operation === 'read' && !state.isStranger(peer);
        if (!state.answers(peer) && !readsAnyway) {
            const cause = state.whyStopped[peer]!;
            return { outcome: 'error', afterMs, node, reason: `${state.nameOf(peer)} answers CLUSTERDOWN`, cause };
        }
        const isOwner = state.ownerSeenBy(peer, shard) === peer;
        return isOwner && operation === 'write' && this.gate.refusesWrites(peer)
            ? { outcome: 'error', afterMs, node, reason: `${state.nameOf(peer)} answers NOREPLICAS` }
            : undefined;
    }

    private isOpen(client: Point, peer: Peer): boolean {
        return this.state.world.reach(client, this.state.nodeOf(peer)) === 'open';
    }

    /** Whether the node can be reached and does not say that the cluster is down. */
    private answers(client: Point, peer: Peer): boolean {
        return this.state.answers(peer) && this.isOpen(client, peer);
    }

    // ── What clients learn ─────────────────────────────────────────────────────

    private ownerKnownTo(client: Point, shard: number): Peer {
        return this.knowledge.get(client)?.owners.get(shard) ?? this.state.peerOf(this.state.shards[shard]!.copies[0]!);
    }

    /** Whom a client passes over makes a difference where it would go there first. */
    private believedToBeOwnedBy(client: Point, peer: Peer): ShardId[] {
        return this.state.shards.filter((_, shard) => this.ownerKnownTo(client, shard) === peer).map(({ id }) => id);
    }

    /** Whether the client takes the node for the owner and does not pass it over. */
    private goesTo(client: Point, shard: number, peer: Peer): boolean {
        return this.ownerKnownTo(client, shard) === peer && this.knowledge.get(client)?.avoided.has(peer) !== true;
    }

    /** The owner has answered, wherever the client began: there is no reason to pass it over any more. */
    private remember(client: Point, shard: number, owner: Peer): void {
        if (!this.goesTo(client, shard, owner)) {
            const known = this.of(client);
            known.owners.set(shard, owner);
            known.avoided.delete(owner);
            this.state.world.changed(this.believedToBeOwnedBy(client, owner));
        }
    }

    private avoid(client: Point, peer: Peer): void {
        if (!this.answers(client, peer) && !this.of(client).avoided.has(peer)) {
            this.of(client).avoided.add(peer);
            this.state.world.schedule(this.state.world.now + BACKGROUND_CHECK_MS, this.check, client, peer);
            this.state.world.changed(this.believedToBeOwnedBy(client, peer));
        }
    }

    private checkInBackground(client: Point, peer: Peer): void {
        if (this.answers(client, peer)) {
            this.of(client).avoided.delete(peer);
            this.state.world.changed(this.believedToBeOwnedBy(client, peer));
        } else {
            this.state.world.schedule(this.state.world.now + BACKGROUND_CHECK_MS, this.check, client, peer);
        }
    }

    private of(client: Point): Knowledge {
        const known = this.knowledge.get(client) ?? { owners: new Map(), avoided: new Set() };
        this.knowledge.set(client, known);
        return known;
    }
}
