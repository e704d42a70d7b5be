import type { Belief, Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { listed, setDuration, type NodeId } from '../../../topology/index.js';
import type { Reviews } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import type { NameNodes } from './namenodes.js';

/** A DataNode as one NameNode sees it. */
interface View {
    /** When its last heartbeat came, if none has come since. */
    silentSince: number | undefined;
    isDead: boolean;
    /** What the trace last told of it, by this NameNode: told while it is the active one. */
    told: Belief['holds'];
    /** Tells a planned look from one that no longer counts. */
    look: number;
    cause: Cause;
}

/** More DataNodes than these are counted. */
const NAMED = 6;

const WORDS = { failed: 'dead', suspected: 'stale' };

/** DataNodes send heartbeats to every NameNode, and each judges by itself who is stale and who is dead. */
export class DataNodes {
    private readonly views: ReadonlyMap<NodeId, ReadonlyMap<NodeId, View>>;
    /** When each NameNode first looks for dead DataNodes; then it does so at fixed distances. */
    private readonly phases: ReadonlyMap<NodeId, number>;
    private avoidance = { at: -1, namenode: -1, possible: true };
    private readonly draws: RandomStream;
    private readonly onStale: HandlerId;
    private readonly onDead: HandlerId;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly namenodes: NameNodes,
        private readonly reviews: Reviews,
        private readonly listener: {
            /** The NameNode finds that a DataNode is dead, or hears of it again. */
            changed(namenode: NodeId, datanode: NodeId, cause: Cause): void;
        },
    ) {
        this.draws = world.stream(`${world.cluster.name} DataNodes`, 'heartbeats');
        this.views = new Map(
            config.namenodes.map((namenode) => [
                namenode,
                new Map(
                    config.datanodes.map((node) => [
                        node,
                        { silentSince: undefined, isDead: false, told: 'alive', look: 0, cause: -1 },
                    ]),
                ),
            ]),
        );
        this.phases = new Map(config.namenodes.map((node) => [node, this.draws.below(config.deadCheckMs)]));
        this.onStale = world.handler((pair, look) => this.becameStale(pair, look));
        this.onDead = world.handler((pair, look) => this.foundDead(pair, look));
    }

    isDead(namenode: NodeId, datanode: NodeId): boolean {
        return this.view(namenode, datanode).isDead;
    }

    /** Whether its last heartbeat came in time. */
    isFresh(namenode: NodeId, datanode: NodeId): boolean {
        return this.view(namenode, datanode).silentSince === undefined;
    }

    isStale(namenode: NodeId, datanode: NodeId): boolean {
        const { silentSince } = this.view(namenode, datanode);
        return silentSince !== undefined && this.world.now - silentSince >= this.config.staleMs;
    }

    /** Whether so few are stale that writers are kept away from them. Every writer of one instant asks it. */
    canAvoidStale(namenode: NodeId): boolean {
        const { now } = this.world;
        if (this.avoidance.at !== now || this.avoidance.namenode !== namenode) {
            const living = this.config.datanodes.filter((node) => !this.isDead(namenode, node));
            const stale = living.filter((node) => this.isStale(namenode, node));
            const possible = stale.length <= living.length * this.config.staleShare;
            this.avoidance = { at: now, namenode, possible };
        }
        return this.avoidance.possible;
    }

    /** Whether some NameNode gets heartbeats from it; where none is up, whether it runs. */
    isHeard(datanode: NodeId): boolean {
        const up = this.config.namenodes.filter((node) => this.namenodes.isUp(node));
        return up.length === 0
            ? this.world.process(datanode) === 'running'
            : up.some((node) => this.view(node, datanode).silentSince === undefined);
    }

    review(cause: Cause): void {
        for (const namenode of this.config.namenodes) {
            if (this.namenodes.isUp(namenode)) {
                this.config.datanodes.forEach((node) => this.reviewOne(namenode, node, cause));
            }
        }
    }

    /** Something befell this host alone, which is no NameNode's: what others hear of each other is as before. */
    reviewHost(node: NodeId, cause: Cause): void {
        for (const namenode of this.config.namenodes) {
            if (this.views.get(namenode)!.has(node) && this.namenodes.isUp(namenode)) {
                this.reviewOne(namenode, node, cause);
            }
        }
    }

    /** A NameNode that has just started knows the DataNodes that report to it, and no others. */
    restarted(namenode: NodeId): void {
        for (const [node, view] of this.views.get(namenode)!) {
            const isHere = this.beats(namenode, node);
            const silentSince = isHere ? undefined : -Infinity;
            Object.assign(view, { silentSince, isDead: !isHere, told: 'alive', look: view.look + 1 });
        }
    }

    /** The NameNode decides for all from now on: what it has found as a standby is told. */
    activated(namenode: NodeId, cause: Cause): void {
        for (const holds of ['failed', 'suspected'] as const) {
            const found = this.config.datanodes.filter((node) => {
                const { told } = this.view(namenode, node);
                return told === 'alive' && this.found(namenode, node) === holds;
            });
            if (found.length > 0) {
                const names = listed(
                    found.map((node) => this.nameOf(node)),
                    { limit: NAMED },
                );
                this.tell(namenode, found, holds, cause, `has already counted ${names} as ${WORDS[holds]}`);
            }
        }
    }

    private found(namenode: NodeId, node: NodeId): Belief['holds'] {
        return this.isDead(namenode, node) ? 'failed' : this.isStale(namenode, node) ? 'suspected' : 'alive';
    }

    private tell(
        namenode: NodeId,
        about: readonly NodeId[],
        holds: Belief['holds'],
        cause: Cause,
        text: string,
    ): Cause {
        about.forEach((node) => {
            this.view(namenode, node).told = holds;
        });
        return this.world.record({
            kind: holds === 'alive' ? 'recovery' : holds === 'failed' ? 'detection' : 'suspicion',
            text: `${this.nameOf(namenode)} ${text}`,
            cause,
            node: namenode,
            peer: about[0]!,
            belief: { holds, about },
        });
    }

    private reviewOne(namenode: NodeId, node: NodeId, cause: Cause): void {
        const view = this.view(namenode, node);
        const beats = this.beats(namenode, node);
        if (beats && view.silentSince !== undefined) {
            const wasDead = view.isDead;
            Object.assign(view, { silentSince: undefined, isDead: false, look: view.look + 1, cause });
            if (view.told !== 'alive') {
                view.cause = this.tell(namenode, [node], 'alive', cause, `hears of ${this.nameOf(node)} again`);
            }
            if (wasDead) {
                this.listener.changed(namenode, node, view.cause);
            }
        } else if (!beats && view.silentSince === undefined) {
            const silentSince = this.world.now - this.draws.between(0, this.config.heartbeatMs);
            Object.assign(view, { silentSince, look: view.look + 1, cause });
            const pair = this.pairOf(namenode, node);
            this.world.schedule(silentSince + this.config.staleMs, this.onStale, pair, view.look);
            const deadMs = this.nextLook(namenode, silentSince + this.config.deadMs);
            this.world.schedule(deadMs, this.onDead, pair, view.look);
        } else if (view.silentSince !== undefined && !view.isDead && this.isOverdue(view.silentSince)) {
            // A NameNode that was frozen looks again.
            const lookMs = this.nextLook(namenode, this.world.now);
            this.world.schedule(lookMs, this.onDead, this.pairOf(namenode, node), ++view.look);
        }
    }

    private becameStale(pair: number, look: number): void {
        const { namenode, node } = this.pairFrom(pair);
        const view = this.view(namenode, node);
        if (view.look !== look || !this.namenodes.isUp(namenode)) {
            return;
        }
        if (this.namenodes.mode(namenode) === 'active') {
            const text = `has had no heartbeat from ${this.nameOf(node)} for ${setDuration(this.config.staleMs)} and counts it as stale`;
            view.cause = this.tell(namenode, [node], 'suspected', view.cause, text);
        }
        if (this.config.avoidsStaleReads || this.config.avoidsStaleWrites) {
            this.staleNoticed(node);
        }
    }

    /** To a host without power nobody was led who did not fail there, so that there is no hurry. */
    private staleNoticed(node: NodeId): void {
        if (this.world.process(node) === 'off') {
            this.reviews.soon();
        } else {
            this.world.changed();
        }
    }

    private foundDead(pair: number, look: number): void {
        const { namenode, node } = this.pairFrom(pair);
        const view = this.view(namenode, node);
        if (view.look !== look || !this.namenodes.isUp(namenode)) {
            return;
        }
        view.isDead = true;
        if (this.namenodes.mode(namenode) === 'active') {
            const text = `has had no heartbeat from ${this.nameOf(node)} for ${setDuration(this.config.deadMs)} and counts it as dead`;
            view.cause = this.tell(namenode, [node], 'failed', view.cause, text);
        }
        this.listener.changed(namenode, node, view.cause);
    }

    private isOverdue(silentSince: number): boolean {
        return this.world.now > silentSince + this.config.deadMs + this.config.deadCheckMs;
    }

    private nextLook(namenode: NodeId, notBeforeMs: number): number {
        const { deadCheckMs } = this.config;
        const phase = this.phases.get(namenode)!;
        return phase + Math.ceil((notBeforeMs - phase) / deadCheckMs) * deadCheckMs;
    }

    private beats(namenode: NodeId, node: NodeId): boolean {
        return this.world.process(node) === 'running' && this.world.reach(node, namenode) === 'open';
    }

    private pairOf(namenode: NodeId, node: NodeId): number {
        const { namenodes, datanodes } = this.config;
        return namenodes.indexOf(namenode) * datanodes.length + datanodes.indexOf(node);
    }

    private pairFrom(pair: number): { readonly namenode: NodeId; readonly node: NodeId } {
        const { namenodes, datanodes } = this.config;
        return {
            namenode: namenodes[Math.floor(pair / datanodes.length)]!,
            node: datanodes[pair % datanodes.length]!,
        };
    }

    private view(namenode: NodeId, datanode: NodeId): View {
        return this.views.get(namenode)!.get(datanode)!;
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
