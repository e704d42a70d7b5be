/** One active server that something outside all places watches and names to the clients. */
import type {
    Attempt,
    Cause,
    HandlerId,
    HostChange,
    RandomStream,
    Steadiness,
    World,
} from '../../../simulator/index.js';
import { setDuration, type Fault, type NodeId, type ShardId } from '../../../topology/index.js';
import type { ActiveFront } from '../front.js';
import { Claims } from './claims.js';
import { detectorFor, type Detector } from './detector.js';
import type { Asker, FrontBehaviour } from './front.js';
import { Succession } from './succession.js';
import { assumeFence, assumeStepBack, assumeWatcher } from './watcher.js';
import { askPatiently, NameCaches, steadinessOf } from '../../shared/simulation/index.js';

export class ActiveBehaviour implements FrontBehaviour {
    private readonly order: Succession;
    private readonly names: NameCaches<NodeId>;
    private readonly detector: Detector | undefined;
    private readonly failback: HandlerId;
    private readonly release: HandlerId;
    private readonly taking: HandlerId;
    private readonly acting: HandlerId;
    private readonly handover: HandlerId;
    private readonly draws: RandomStream;
    /** Whom the name stands for; it may still be on its way to act. */
    private active: NodeId;
    /** Servers that act as the active one; an isolated one may not know that it was replaced. */
    private readonly claims: Claims;
    /** Frozen ones whose place another took. */
    private readonly overtaken = new Set<NodeId>();
    private waitingForHeir = false;
    private returning = false;
    /** The heir asks the others before it takes over. */
    private asking = false;
    /** The active one has been chosen and does not act yet. */
    private promoting = false;
    /** It has stopped, for another that is named. */
    private handsOver = false;
    /** Why the active one was chosen. */
    private because: Cause = -1;

    constructor(
        private readonly world: World,
        private readonly front: ActiveFront,
        private readonly service: ShardId | undefined,
        inOrder: readonly NodeId[],
    ) {
        this.order = new Succession(world, inOrder);
        this.active = inOrder[0]!;
        this.claims = new Claims(world, service);
        this.names = new NameCaches(world, front, this.active);
        this.draws = world.stream(world.cluster.name, 'detection');
        this.detector =
            front.detection &&
            detectorFor(world, front.detection, this.draws, {
                gone: (why) => this.onGone(why),
                stepsBack: (node, why) => this.onStepBack(node, why),
            });
        this.failback = world.handler(() => this.onFailback());
        this.release = world.handler((node) => this.onRelease(node));
        this.taking = world.handler(() => this.onTaking());
        this.acting = world.handler((node, old) => this.onActing(node, old));
        this.handover = world.handler((node, old) => this.onHandover(node, old));
    }

    start(): void {
        this.claims.add(this.active, -1);
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        if (change !== 'frozen' && change !== 'unfrozen' && change !== 'wiped' && node !== this.active) {
            this.claims.drop(node, cause);
        } else if (change === 'started' && this.claims.includes(node)) {
            this.claims.add(node, cause);
        } else if (change === 'stopped' && this.world.process(node) === 'stopped') {
            this.onStop(node, cause);
        }
        if (this.world.process(node) !== 'frozen' && this.overtaken.delete(node) && change === 'unfrozen') {
            this.onLateThaw(node, cause);
        }
        this.review();
    }

    private onLateThaw(node: NodeId, cause: Cause): void {
        const text = `${this.order.nameOf(node)} finds ${this.order.nameOf(this.active)} active and steps back`;
        this.record('state', text, cause, node);
        assumeStepBack(this.world, this.front, node);
    }

    networkChanged(): void {
        assumeWatcher(this.world, this.front, this.order.nodes);
        for (const node of this.claims.list().filter((other) => other !== this.active && this.order.isAlive(other))) {
            const name = this.order.nameOf(node);
            const text = `${name} learns that ${this.order.nameOf(this.active)} is active and steps back`;
            this.claims.drop(node, this.record('demotion', text, this.world.lastFault(node), node));
        }
        this.review();
    }

    attempt({ client, held }: Asker & { readonly held?: number | undefined }): Attempt {
        const node = held ?? this.names.lookUp(client);
        const cause = this.world.lastFault(node);
        const answer = askPatiently(this.world, client, node, 0, cause);
        return answer.outcome !== 'ok' || this.claims.includes(node)
            ? answer
            : { outcome: 'error', node, afterMs: answer.afterMs, reason: `${this.order.nameOf(node)} is not active` };
    }

    steadiness(asker: Asker): Steadiness {
        return steadinessOf([this.attempt(asker)]);
    }

    leaders(): readonly NodeId[] {
        return this.claims.list();
    }

    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    unsupported(fault: Fault): string | undefined {
        if (fault.kind === 'switchover' && fault.to.kind === 'node' && !this.order.nodes.includes(fault.to.node)) {
            return `${this.order.nameOf(fault.to.node)} is no server of ${this.world.cluster.name}.`;
        }
        return this.front.promote === 'automatically' && this.front.detection === undefined
            ? `Nothing says how soon a dead active server of ${this.world.cluster.name} is noticed; say it with \`detect within\`.`
            : undefined;
    }

    get slowestLinkMs(): number | undefined {
        return this.detector?.slowestLinkMs;
    }

    /** An operator names the server that is to be active, or wants the next one that lives in the place of a dead one. */
    readonly appoint = (node: NodeId | undefined, cause: Cause): void => {
        const heir = node ?? this.order.heir();
        const isDue = heir !== undefined && heir !== this.active && !this.promoting && !this.handsOver;
        if (isDue && this.order.isAlive(heir) && (node !== undefined || !this.order.isAlive(this.active))) {
            this.waitingForHeir = false;
            this.handOver(heir, cause);
            return;
        }
        this.record('state', `The order changes nothing: ${this.whyNot(heir)}`, cause, heir ?? this.active);
    };

    private whyNot(heir: NodeId | undefined): string {
        if (heir === undefined) {
            return 'no server lives';
        }
        if (!this.order.isAlive(heir)) {
            return `${this.order.nameOf(heir)} answers nobody`;
        }
        const stands = this.promoting || this.handsOver ? 'is about to be active' : 'is active';
        return `${this.order.nameOf(this.active)} ${stands}`;
    }

    /** Where the active server can be asked to stop it stops first, and says so when it has; nobody has to ask anybody then. */
    private handOver(to: NodeId, cause: Cause): void {
        const { active, detector, world } = this;
        if (detector?.releaseMs === undefined || !this.claims.includes(active) || !this.order.isAlive(active)) {
            this.take(to, cause);
            return;
        }
        this.handsOver = true;
        const text = `${this.order.nameOf(active)} stops to hand over to ${this.order.nameOf(to)}`;
        this.because = this.record('demotion', text, cause, active);
        this.claims.drop(active, this.because);
        world.schedule(world.now + detector.releaseMs, this.handover, to, active);
        world.changed();
    }

    private onHandover(to: NodeId, from: NodeId): void {
        this.handsOver = false;
        if (this.active === from && this.order.isAlive(to)) {
            this.take(to, this.because);
        }
        this.review();
    }

    /** Something has changed: starts to notice that the active server is gone, or that a better one is back. */
    private review(): void {
        const { detector } = this;
        this.world.changed();
        if (this.front.promote === 'manually' || detector === undefined) {
            return;
        }
        const isSeen = this.order.isAlive(this.active);
        if (this.waitingForHeir) {
            this.replace();
        } else {
            detector.review(this.active, isSeen);
        }
        if (isSeen && !this.promoting && !this.handsOver && !this.claims.includes(this.active)) {
            this.resume();
        } else if (isSeen && this.front.failback === 'automatically' && this.order.heir() !== this.active) {
            this.awaitFailback(detector.failbackMs);
        }
    }

    private awaitFailback(withinMs: number): void {
        if (!this.returning) {
            this.returning = true;
            this.world.schedule(this.world.now + this.draws.between(0, withinMs), this.failback);
        }
    }

    private onGone(why: string): void {
        if (!this.order.isAlive(this.active)) {
            const text = `${this.order.nameOf(this.active)} ${why}`;
            this.record('detection', text, this.world.lastFault(this.active), this.active);
            this.replace();
        }
    }

    /** Nobody has to find out about a server that says that it stops, once it has stopped. */
    private onStop(node: NodeId, cause: Cause): void {
        const releaseMs = this.detector?.releaseMs;
        if (releaseMs !== undefined) {
            this.claims.drop(node, cause);
            this.world.schedule(this.world.now + releaseMs, this.release, node);
        }
    }

    private onRelease(node: NodeId): void {
        if (node !== this.active || this.world.process(node) !== 'stopped') {
            return;
        }
        this.record(
            'demotion',
            `${this.order.nameOf(node)} has stopped and gives its lease up`,
            this.world.lastFault(node),
            node,
        );
        if (this.front.promote === 'automatically') {
            this.replace();
        }
    }

    private onStepBack(node: NodeId, why: string): void {
        if (this.claims.includes(node)) {
            const text = `${this.order.nameOf(node)} ${why} and steps back`;
            this.claims.drop(node, this.record('demotion', text, this.world.lastFault(node), node));
            this.world.changed();
        }
    }

    /** It had stepped back, and nobody has taken its place. */
    private resume(): void {
        const node = this.active;
        const text = `${this.order.nameOf(node)} is the active server again, since no other took its place`;
        this.claims.add(node, this.record('promotion', text, this.world.lastFault(node), node));
        this.world.changed();
    }

    private replace(): void {
        const heir = this.order.heir();
        this.waitingForHeir = heir === undefined;
        if (heir === undefined || heir === this.active || this.asking) {
            return;
        }
        const silent = this.order.silentTo(heir);
        const askMs = silent === undefined ? 0 : (this.detector?.patienceMs ?? 0);
        if (silent === undefined || askMs === 0) {
            this.take(heir, this.world.lastFault(this.active));
            return;
        }
        const text = `${this.order.nameOf(heir)} asks the others how far they are and waits ${setDuration(askMs)} for ${this.order.nameOf(silent)}`;
        this.record('state', text, this.world.lastFault(this.active), heir);
        this.asking = true;
        this.world.schedule(this.world.now + askMs, this.taking);
    }

    /** The old one may be back by now, and keeps what nobody has taken. */
    private onTaking(): void {
        this.asking = false;
        const heir = this.order.heir();
        this.waitingForHeir = heir === undefined;
        if (heir !== undefined && !this.order.isAlive(this.active)) {
            this.take(heir, this.world.lastFault(this.active));
        }
        this.world.changed();
    }

    private onFailback(): void {
        this.returning = false;
        const heir = this.order.heir();
        if (heir !== undefined && heir !== this.active && this.order.isAlive(this.active)) {
            this.take(heir, this.world.lastFault(heir));
        }
    }

    /** From now on it is the one, for clients and for whoever watches; until it acts, nobody is served. */
    private take(node: NodeId, cause: Cause): void {
        const old = this.active;
        assumeFence(this.world, this.front, old);
        // A fence switches the old one off before the new one acts; one that can be told steps back by itself.
        if (this.front.fence || this.order.isAlive(old) || this.world.process(old) !== 'running') {
            this.claims.drop(old, cause);
        }
        if (this.world.process(old) === 'frozen' && !this.front.fence) {
            this.overtaken.add(old);
        }
        this.active = node;
        this.because = cause;
        this.names.change(node);
        this.detector?.installed();
        const promotionMs = this.detector?.promotionMs() ?? 0;
        this.promoting = promotionMs > 0;
        if (this.promoting) {
            this.world.schedule(this.world.now + promotionMs, this.acting, node, old);
        } else {
            this.act(node, old, cause);
        }
        this.world.changed();
    }

    private onActing(node: NodeId, old: NodeId): void {
        if (!this.promoting || node !== this.active) {
            return;
        }
        this.promoting = false;
        if (this.world.process(node) === 'running') {
            this.act(node, old, this.because);
        }
        this.review();
    }

    private act(node: NodeId, old: NodeId, cause: Cause): void {
        const text = `${this.order.nameOf(node)} becomes the active server instead of ${this.order.nameOf(old)}`;
        const event = this.record('promotion', text, cause, node);
        this.claims.add(node, event);
    }

    private record(
        kind: 'detection' | 'state' | 'promotion' | 'demotion',
        text: string,
        cause: Cause,
        node: NodeId,
    ): Cause {
        const shard = this.service === undefined ? {} : { shard: this.service };
        return this.world.record({ kind, text, cause, node, ...shard, source: this.front.source });
    }
}
