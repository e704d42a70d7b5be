import type { HandlerId } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import { staleAfterMs } from '../config.js';
import { evictionRates, zoneOf } from '../disruption.js';
import type { Api } from './api.js';
import type { Kubelets } from './kubelets.js';
import type { Actor } from './leader-lease.js';
import type { NodeObject, NodeObjects } from './node-objects.js';
import type { Site } from './site.js';

/**
 * The part of the controller manager that looks at all leases every few seconds. A lease counts from the pass that first saw its
 * last renewal, and a controller manager that has just begun counts from its own beginning
 * (nodelifecycle/node_lifecycle_controller.go: tryUpdateNodeHealth). Passes are looked at only while there is something to find.
 */
export class NodeController {
    private readonly firstPassMs: number;
    private readonly pass: HandlerId;
    /** When the next pass is awaited, in ms. */
    private awaitedMs = Infinity;
    /** When the next node of each zone may be given up, in ms. */
    private readonly nextTurnMs = new Map<number, number>();

    constructor(
        private readonly site: Site,
        private readonly api: Api,
        private readonly kubelets: Kubelets,
        private readonly manager: Actor,
        private readonly nodes: NodeObjects,
        /** Its pods are to count as not ready. */
        private readonly onNotReady: (node: NodeObject) => void,
    ) {
        const { world, config } = site;
        this.firstPassMs = world.stream(world.cluster.name, 'node controller').below(config.monitorMs);
        this.pass = world.handler(() => this.onPass());
    }

    review(): void {
        const { now } = this.site.world;
        const rates = this.rates();
        const dueMs = this.nodes.list().reduce((least, node) => Math.min(least, this.dueMs(node, rates)), Infinity);
        const atMs = Math.max(dueMs, now);
        if (this.manager.acts && atMs < this.awaitedMs) {
            this.awaitedMs = atMs;
            this.site.world.schedule(atMs, this.pass);
        }
    }

    /** When there is something to do about the node: at a pass, or when its turn comes to be given up. */
    private dueMs(object: NodeObject, rates: ReadonlyMap<number, number>): number {
        const { node, ready, taintedMs } = object;
        const { now, topology } = this.site.world;
        if (!ready) {
            return taintedMs === undefined ? this.turnMs(zoneOf(topology, node), rates) : Infinity;
        }
        if (taintedMs !== undefined) {
            return this.passFrom(now);
        }
        return this.kubelets.isHeard(node) ? Infinity : Math.max(this.staleMs(node), this.passFrom(now));
    }

    private staleMs(node: NodeId): number {
        const seenMs = this.passFrom(Math.max(this.kubelets.renewedMs(node), this.manager.sinceMs));
        return seenMs + staleAfterMs(this.site.config);
    }

    private turnMs(zone: number, rates: ReadonlyMap<number, number>): number {
        return rates.get(zone) === 0 ? Infinity : (this.nextTurnMs.get(zone) ?? 0);
    }

    private onPass(): void {
        this.awaitedMs = Infinity;
        if (!this.manager.acts) {
            return;
        }
        const { now } = this.site.world;
        for (const object of this.nodes.list()) {
            if (object.ready && !this.kubelets.isHeard(object.node) && this.staleMs(object.node) <= now) {
                this.declareNotReady(object);
            }
        }
        this.setTaints();
        this.site.changed();
    }

    private declareNotReady(object: NodeObject): void {
        const { world } = this.site;
        const name = this.site.nameOf(object.node);
        object.ready = false;
        object.cause = world.record({
            kind: 'detection',
            text: `${name} counts as not ready: its lease was renewed last ${setDuration(world.now - this.kubelets.renewedMs(object.node))} ago`,
            cause: this.site.blame(object.node),
            peer: object.node,
            knownTo: this.api.servers(),
            belief: { holds: 'failed', about: [object.node], by: 'cluster' },
        });
        this.onNotReady(object);
    }

    private setTaints(): void {
        const { world } = this.site;
        const rates = this.rates();
        const stopped =
            [...rates.values()].every((rate) => rate === 0) && this.nodes.list().every(({ ready }) => !ready);
        for (const object of this.nodes.list()) {
            const zone = zoneOf(world.topology, object.node);
            const rate = rates.get(zone) ?? 0;
            if (object.taintedMs !== undefined && (object.ready || stopped)) {
                object.taintedMs = undefined;
            } else if (!object.ready && object.taintedMs === undefined && rate > 0 && this.isTurn(zone)) {
                this.nextTurnMs.set(zone, world.now + Math.ceil(1000 / rate));
                object.taintedMs = world.now;
            }
        }
    }

    private isTurn(zone: number): boolean {
        return (this.nextTurnMs.get(zone) ?? 0) <= this.site.world.now;
    }

    private rates(): ReadonlyMap<number, number> {
        const objects = this.nodes.list();
        return evictionRates(
            this.site.world.topology,
            objects.map(({ node }) => node),
            (node) => this.nodes.get(node).ready,
            this.site.config.evictions,
        );
    }

    /** The first pass at or after this time: the acting controller manager makes one when it begins, and then at every period. */
    private passFrom(time: number): number {
        const { monitorMs } = this.site.config;
        const first = Math.max(this.firstPassMs, this.manager.sinceMs);
        return first + Math.ceil((time - first) / monitorMs) * monitorMs;
    }
}
