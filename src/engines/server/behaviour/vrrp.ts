/**
 * VRRP among the members of one cluster (RFC 9568, sections 6.4.1 to 6.4.3; keepalived where it goes further). Each
 * member decides by what it has heard itself, so members that cannot hear each other may all hold the address.
 */
import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type Member, type NodeId, type ShardId } from '../../../topology/index.js';
import { whySilent } from '../../shared/simulation/index.js';
import type { VipFront } from '../front.js';
import { masterDownMs, skewMs } from '../timers.js';
import { Deadlines } from './deadline.js';
import { outranks, respects, routerOf, type Router } from './vrrp-router.js';

/** The priority in the advert of a master that gives up. */
const GIVES_UP = 0;
/** Between neighbours the old holder yields to the new one's first advert before a client could find them both. */
const NEIGHBOUR_MS = 5;
const CHANCES = 0x1_0000_0000;

export class VrrpGroup {
    private readonly routers: readonly Router[];
    private readonly byNode: ReadonlyMap<NodeId, Router>;
    private readonly masterDown: Deadlines;
    private readonly tick: HandlerId;
    private readonly arrival: HandlerId;
    private announcements = 0;
    private claims = 0;
    private lastEvent: Cause = -1;
    private luck: RandomStream | undefined;

    constructor(
        private readonly world: World,
        private readonly front: VipFront,
        /** Whose leader the holder is; undefined for an address whose holder leads nothing, such as one for reads alone. */
        private readonly shard: ShardId | undefined,
        members: readonly Member[],
    ) {
        this.routers = members.map((member, rank) => routerOf(world, member, rank));
        this.byNode = new Map(this.routers.map((router) => [router.node, router]));
        this.masterDown = new Deadlines(world, (rank) => this.onMasterDown(this.routers[rank]!));
        this.tick = world.handler((rank, term) => this.onTick(this.routers[rank]!, term));
        this.arrival = world.handler((pair, priority) => this.onArrival(pair, priority));
    }

    /** In health: one member holds the address, and all that it reaches have heard it within the last interval. */
    start(initial: NodeId): void {
        const master = this.byNode.get(initial)!;
        const { advertiseMs } = this.front.timers;
        const next = this.world.stream(master.name, `adverts of ${this.world.cluster.name}`).below(advertiseMs);
        for (const router of this.routers) {
            router.heardMs = next - advertiseMs;
            router.heardFrom = master;
            if (router !== master) {
                this.masterDown.set(router.rank, router.heardMs + this.downMs(router));
            }
        }
        master.role = 'master';
        master.announcement = ++this.announcements;
        this.claim(master, -1);
        this.world.schedule(this.world.now + next, this.tick, master.rank, master.term);
    }

    /** Holders, the one that announced itself last first: that is whom a client's neighbour table names. */
    holders(): readonly NodeId[] {
        return this.masters()
            .sort((one, other) => other.announcement - one.announcement)
            .map((router) => router.node);
    }

    /** Holders in the order in which they took the address. */
    leaders(): readonly NodeId[] {
        return this.masters()
            .sort((one, other) => one.announcement - other.announcement)
            .map((router) => router.node);
    }

    isDown(node: NodeId): boolean {
        return this.byNode.get(node)?.role === 'down';
    }

    isEligible(node: NodeId): boolean {
        const role = this.byNode.get(node)?.role;
        return role === 'master' || role === 'backup';
    }

    /** What explains that nobody holds the address. */
    lastCause(): Cause {
        return this.lastEvent;
    }

    /** The host lost power without a word, or stopped and could give the address up. */
    left(node: NodeId, how: 'failed' | 'stopped', cause: Cause): void {
        const router = this.byNode.get(node)!;
        if (router.role === 'master') {
            this.lastEvent = cause;
            if (how === 'stopped') {
                this.giveUp(router, `${router.name} stops and gives ${this.front.address} up`, cause);
            } else {
                this.release(router, cause);
            }
        }
        router.role = 'down';
        this.masterDown.clear(router.rank);
    }

    /** VRRP starts with the host: it listens before it takes anything. */
    joined(node: NodeId, cause: Cause): void {
        const router = this.byNode.get(node)!;
        this.listen(router);
        router.returned = this.world.record({
            kind: 'state',
            text: `${router.name} joins as backup and listens for ${setDuration(this.downMs(router))}`,
            cause,
            node,
            source: this.front.source,
        });
    }

    /** The service died or came back beside a VRRP process that lives on: who held the address still does. */
    keepsAddress(node: NodeId, cause: Cause): void {
        const router = this.byNode.get(node)!;
        if (router.role === 'master') {
            this.claim(router, cause);
        }
    }

    serviceFailed(node: NodeId, cause: Cause): void {
        const router = this.byNode.get(node)!;
        if (router.role === 'master') {
            this.lastEvent = cause;
            this.giveUp(router, `${router.name} gives ${this.front.address} up, because its service is dead`, cause);
        }
        router.role = 'fault';
        this.masterDown.clear(router.rank);
    }

    servicePassed(node: NodeId, cause: Cause): void {
        const router = this.byNode.get(node)!;
        this.listen(router);
        router.returned = cause;
    }

    private listen(router: Router): void {
        router.role = 'backup';
        router.heardMs = this.world.now;
        router.heardFrom = undefined;
        router.weaker = undefined;
        router.resignation = -1;
        router.patientUntilMs = undefined;
        this.masterDown.set(router.rank, this.world.now + this.downMs(router));
    }

    private giveUp(router: Router, text: string, cause: Cause): void {
        const event = this.world.record({
            kind: 'demotion',
            text,
            cause,
            node: router.node,
            ...this.about,
            source: this.front.source,
        });
        this.lastEvent = event;
        for (const other of this.routers) {
            other.resignation = event;
        }
        this.advertise(router, GIVES_UP);
        this.release(router, event);
    }

    private onTick(router: Router, term: number): void {
        if (router.role !== 'master' || router.term !== term) {
            return;
        }
        this.advertise(router, router.priority);
        this.world.schedule(this.world.now + this.front.timers.advertiseMs, this.tick, router.rank, term);
    }

    private advertise(from: Router, priority: number): void {
        for (const to of this.routers) {
            const delayMs = this.delay(from, to);
            if (to !== from && delayMs >= 0 && !this.isLost(from, to)) {
                this.world.schedule(
                    this.world.now + delayMs,
                    this.arrival,
                    from.rank * this.routers.length + to.rank,
                    priority,
                );
            }
        }
    }

    /** Adverts do not leave the network segment, which ends with the region. */
    private delay(from: Router, to: Router): number {
        const { nodes } = this.world.topology;
        return nodes[from.node]!.region === nodes[to.node]!.region ? this.world.delay(from.node, to.node) : -1;
    }

    /** An advert is a datagram: nobody sends it again. */
    private isLost(from: Router, to: Router): boolean {
        const loss = this.world.loss(from.node, to.node);
        if (loss === 0) {
            return false;
        }
        this.luck ??= this.world.stream(this.world.cluster.name, 'lost adverts');
        return this.luck.below(CHANCES) < loss * CHANCES;
    }

    private onArrival(pair: number, priority: number): void {
        const from = this.routers[Math.floor(pair / this.routers.length)]!;
        const to = this.routers[pair % this.routers.length]!;
        if (to.role === 'backup') {
            this.hearAsBackup(to, from, priority);
        } else if (to.role === 'master' && priority !== GIVES_UP) {
            this.hearAsMaster(to, from);
        }
    }

    private hearAsBackup(router: Router, from: Router, priority: number): void {
        const { now } = this.world;
        if (priority === GIVES_UP) {
            router.heardMs = now;
            router.heardFrom = from;
            this.masterDown.set(router.rank, now + skewMs(this.front.timers, router.priority));
            return;
        }
        router.resignation = -1;
        if (!respects(router, priority, this.front, now)) {
            router.weaker = from;
            return;
        }
        router.weaker = undefined;
        router.heardMs = now;
        router.heardFrom = from;
        this.masterDown.set(router.rank, now + this.downMs(router));
    }

    /** Two hold the address and have found out. The weaker yields; the stronger says at once that it is here. */
    private hearAsMaster(router: Router, from: Router): void {
        if (outranks(from, router)) {
            this.yield(router, from);
        } else {
            this.advertise(router, router.priority);
        }
    }

    private yield(router: Router, to: Router): void {
        const { front, world } = this;
        const event = world.record({
            kind: 'demotion',
            text: `${router.name} hears ${to.name} with ${to.priority === router.priority ? 'the same' : 'a higher'} priority and gives ${front.address} up`,
            cause: Math.max(world.lastFault(to.node), world.lastFault(router.node), to.promotion),
            node: router.node,
            peer: to.node,
            ...this.about,
            belief: { holds: 'alive', about: [to.node] },
            source: front.source,
        });
        router.role = 'backup';
        router.patientUntilMs = undefined;
        router.heardMs = world.now;
        router.heardFrom = to;
        router.weaker = undefined;
        router.resignation = -1;
        this.masterDown.set(router.rank, world.now + this.downMs(router));
        this.release(router, event);
        world.changed();
    }

    private onMasterDown(router: Router): void {
        if (router.role === 'backup') {
            this.take(router);
        }
    }

    private take(router: Router): void {
        const { world } = this;
        const { text, cause, missing } = this.takeover(router);
        const event = world.record({
            kind: 'promotion',
            text,
            cause,
            node: router.node,
            ...(missing && { peer: missing.node, belief: { holds: 'failed', about: [missing.node] } }),
            ...this.about,
            source: this.front.source,
        });
        router.role = 'master';
        router.promotion = event;
        router.term++;
        router.announcement = ++this.announcements;
        for (const other of this.masters()) {
            const delayMs = this.delay(router, other);
            if (outranks(router, other) && delayMs >= 0 && delayMs <= NEIGHBOUR_MS) {
                this.yield(other, router);
            }
        }
        this.claim(router, event);
        this.onTick(router, router.term);
        this.lastEvent = event;
        world.changed();
    }

    /** `missing`: the former master, if silence is why the router takes it for gone. */
    private takeover(router: Router): { readonly text: string; readonly cause: Cause; readonly missing?: Router } {
        const { address } = this.front;
        const silence = setDuration(this.world.now - router.heardMs);
        if (router.resignation >= 0) {
            return {
                text: `${router.name} takes ${address} ${silence} after it was given up`,
                cause: router.resignation,
            };
        }
        if (router.weaker !== undefined) {
            // Whatever came last lets it hear the weaker one only now.
            const cause = Math.max(router.returned, this.world.lastFault(router.node));
            return {
                text: `${router.name} has a higher priority than ${router.weaker.name} and takes ${address} from it`,
                cause,
            };
        }
        const missing = router.heardFrom;
        const cause = missing === undefined ? router.returned : whySilent(this.world, router.node, missing.node);
        const text = `${router.name} heard no advert for ${silence} and takes ${address}`;
        return { text, cause, ...(missing && { missing }) };
    }

    private claim(router: Router, cause: Cause): void {
        if (this.shard !== undefined) {
            this.world.claim(this.shard, router.node, ++this.claims, cause);
        }
    }

    private release(router: Router, cause: Cause): void {
        if (this.shard !== undefined) {
            this.world.release(this.shard, router.node, cause);
        }
    }

    private get about(): { readonly shard?: ShardId } {
        return this.shard === undefined ? {} : { shard: this.shard };
    }

    private masters(): Router[] {
        return this.routers.filter((router) => router.role === 'master');
    }

    private downMs(router: Router): number {
        return masterDownMs(this.front.timers, router.priority);
    }
}
