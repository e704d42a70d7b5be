import type { HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import { restOnSetting } from '../../shared/assumed.js';
import { PROMOTION_TIME, type LeaseDetection } from '../front.js';
import { ANSWER_MS } from '../timers.js';
import type { Detector, DetectorEvents } from './detector.js';

/** Patroni looks once a second whether the database it stops is down, and gives the key up then (postgresql/__init__.py: STOP_POLLING_INTERVAL). */
const RELEASE_MS = 1000;

/**
 * The active server holds a lease in a store outside all places and renews it at a fixed distance (Patroni: the leader key, once
 * in each loop). The others watch it: when it runs out, or is given up, the next one asks all
 * others how far they are, takes it, and is promoted. A holder that reaches the
 * store no more tries for the retry timeout and steps back, before the lease runs out wherever the figures follow Patroni's rule.
 */
export class Lease implements Detector {
    readonly releaseMs = RELEASE_MS;
    readonly patienceMs = ANSWER_MS;
    /** A renewal: all others lie whole loops before and behind it. */
    private renewedMs: number;
    /** When the lease runs out that nobody renews; undefined: it is renewed. */
    private expiresMs: number | undefined;
    private losses = 0;
    private readonly expiry: HandlerId;
    private readonly surrender: HandlerId;

    constructor(
        private readonly world: World,
        private readonly terms: LeaseDetection,
        private readonly draws: RandomStream,
        private readonly events: DetectorEvents,
    ) {
        const phase = world.stream(world.cluster.name, 'lease renewals').below(terms.loopMs);
        this.renewedMs = phase - terms.loopMs;
        this.expiry = world.handler(() => this.onExpiry());
        this.surrender = world.handler((node, loss) => this.onSurrender(node, loss));
    }

    promotionMs(): number {
        const fact = `Whoever has taken the lease serves within ${setDuration(this.terms.promotionMs)}`;
        restOnSetting(this.world, this.terms, PROMOTION_TIME, fact);
        return this.draws.between(0, this.terms.promotionMs);
    }

    get failbackMs(): number {
        return this.terms.loopMs;
    }

    /** A renewal that takes longer than the retry timeout is none. */
    get slowestLinkMs(): number {
        return this.terms.retryMs / 2;
    }

    review(active: NodeId, isSeen: boolean): void {
        const { now } = this.world;
        if (isSeen === (this.expiresMs === undefined)) {
            return;
        }
        if (isSeen) {
            this.installed();
            return;
        }
        const { ttlMs, loopMs, retryMs } = this.terms;
        const lastMs = this.renewedMs + Math.floor((now - this.renewedMs) / loopMs) * loopMs;
        this.expiresMs = Math.max(now, lastMs + ttlMs);
        this.world.schedule(this.expiresMs, this.expiry);
        this.world.schedule(lastMs + loopMs + retryMs, this.surrender, active, ++this.losses);
    }

    /** Whoever takes the lease, or comes back while it lasts, renews it at once. */
    installed(): void {
        this.renewedMs = this.world.now;
        this.expiresMs = undefined;
    }

    private onExpiry(): void {
        if (this.expiresMs === this.world.now) {
            this.events.gone(`has not renewed its lease for ${setDuration(this.terms.ttlMs)}, and it runs out`);
        }
    }

    private onSurrender(node: NodeId, loss: number): void {
        const isCutOff =
            this.world.reach(this.world.outside, node) !== 'open' && this.world.process(node) === 'running';
        if (loss === this.losses && isCutOff) {
            this.events.stepsBack(node, `cannot renew its lease for ${setDuration(this.terms.retryMs)}`);
        }
    }
}
