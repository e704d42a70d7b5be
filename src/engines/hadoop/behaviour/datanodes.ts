import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import type { Reviews } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import type { NameNodes } from './namenodes.js';

/** A DataNode as one NameNode sees it. */
interface View {
    /** When its last heartbeat came, if none has come since. */
    silentSince: number | undefined;
    isDead: boolean;
    /** Tells a planned look from one that no longer counts. */
    look: number;
    cause: Cause;
}

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
                        { silentSince: undefined, isDead: false, look: 0, cause: -1 },
                    ]),
                ),
            ]),
        );
        this.phases = new Map(config.namenodes.map((node) => [node, this.draws.below(config.deadCheckMs)]));
        this.onStale = world.handler((node) => this.becameStale(node));
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
            Object.assign(view, { silentSince: isHere ? undefined : -Infinity, isDead: !isHere, look: view.look + 1 });
        }
    }

    private reviewOne(namenode: NodeId, node: NodeId, cause: Cause): void {
        const view = this.view(namenode, node);
        const beats = this.beats(namenode, node);
        if (beats && view.silentSince !== undefined) {
            const wasDead = view.isDead;
            Object.assign(view, { silentSince: undefined, isDead: false, look: view.look + 1, cause });
            if (wasDead) {
                this.listener.changed(namenode, node, cause);
            }
        } else if (!beats && view.silentSince === undefined) {
            const silentSince = this.world.now - this.draws.between(0, this.config.heartbeatMs);
            Object.assign(view, { silentSince, look: view.look + 1, cause });
            if (this.config.avoidsStaleReads || this.config.avoidsStaleWrites) {
                this.world.schedule(silentSince + this.config.staleMs, this.onStale, node);
            }
            const deadMs = this.nextLook(namenode, silentSince + this.config.deadMs);
            this.world.schedule(deadMs, this.onDead, this.pairOf(namenode, node), view.look);
        }
    }

    /** To a host without power nobody was led who did not fail there, so that there is no hurry. */
    private becameStale(node: NodeId): void {
        if (this.world.process(node) === 'off') {
            this.reviews.soon();
        } else {
            this.world.changed();
        }
    }

    private foundDead(pair: number, look: number): void {
        const { namenodes, datanodes } = this.config;
        const namenode = namenodes[Math.floor(pair / datanodes.length)]!;
        const node = datanodes[pair % datanodes.length]!;
        const view = this.view(namenode, node);
        if (view.look !== look || !this.namenodes.isUp(namenode)) {
            return;
        }
        view.isDead = true;
        if (this.namenodes.mode(namenode) === 'active') {
            view.cause = this.world.record({
                kind: 'detection',
                text: `${this.nameOf(namenode)} has had no heartbeat from ${this.nameOf(node)} for ${setDuration(this.config.deadMs)} and counts it as dead`,
                cause: view.cause,
                node: namenode,
                peer: node,
            });
        }
        this.listener.changed(namenode, node, view.cause);
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

    private view(namenode: NodeId, datanode: NodeId): View {
        return this.views.get(namenode)!.get(datanode)!;
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
