import {
    shardTitle,
    type AddressId,
    type Cluster,
    type ClusterId,
    type NodeId,
    type ShardId,
    type Topology,
    type ZoneId,
} from '../topology/index.js';
import type {
    Cause,
    ClusterBehaviour,
    HandlerId,
    Lack,
    NodeOrNone,
    Point,
    ProcessState,
    Reach,
    World,
} from './behaviour.js';
import type { Clients } from './clients.js';
import type { ConditionLog } from './conditions.js';
import { checkerPoint, probePoint, providerPoint } from './demands.js';
import type { Leadership } from './leadership.js';
import { Needs } from './needs.js';
import type { Network } from './network.js';
import type { Provisos } from './provisos.js';
import { Priority, type EventQueue } from './queue.js';
import { randomStream, type RandomStream } from './random.js';
import type { Assumed } from './result.js';
import type { TraceEvent } from './trace.js';
import type { TraceLog } from './tracelog.js';

/** The parts of a run that every cluster's world is a view of. */
export interface WorldHost {
    readonly topology: Topology;
    readonly seed: number;
    readonly queue: EventQueue;
    readonly network: Network;
    /** Chance that a packet is lost, as the cluster asks it for its own messages. */
    loss(from: Point, to: Point, asking: ClusterId): number;
    readonly leadership: Leadership;
    readonly clients: Clients;
    readonly conditions: ConditionLog;
    readonly trace: TraceLog;
    readonly faultTimes: readonly number[];
    register(callback: (a: number, b: number) => void): HandlerId;
    behaviour(cluster: ClusterId): ClusterBehaviour;
    process(cluster: ClusterId, node: NodeId): ProcessState;
    placeLives(point: Point): boolean;
    replaceHost(cluster: ClusterId, node: NodeId, cause: Cause): boolean;
    lastFault(node: NodeId): Cause;
    lastEventAbout(shard: ShardId, node: NodeOrNone): Cause;
    noteEvent(cluster: ClusterId, about: Pick<TraceEvent, 'kind' | 'node' | 'shard'>, event: Cause): void;
    lose(shard: ShardId, count: number): void;
    readonly provisos: Provisos;
    /** Whether its end is reached, and only what is counted then is still to come. */
    readonly done: boolean;
    worldChanged(shards?: Iterable<ShardId>): void;
}

/** One cluster's view of the run. */
export class ClusterWorld implements World {
    private readonly needs: Needs;

    constructor(
        private readonly host: WorldHost,
        readonly cluster: Cluster,
    ) {
        this.needs = new Needs(
            host.topology,
            cluster,
            (shard) => host.behaviour(host.topology.shards[shard]!.cluster),
            (shard, node) => host.lastEventAbout(shard, node),
        );
    }

    get topology(): Topology {
        return this.host.topology;
    }

    get now(): number {
        return this.host.queue.time;
    }

    get outside(): Point {
        return probePoint(this.host.topology);
    }

    get faultTimes(): readonly number[] {
        return this.host.faultTimes;
    }

    handler(callback: (a: number, b: number) => void): HandlerId {
        return this.host.register(callback);
    }

    schedule(timeMs: number, handler: HandlerId, a = 0, b = 0): void {
        this.host.queue.schedule(Math.max(Math.ceil(timeMs), this.now), Priority.system, handler, a, b);
    }

    stream(component: string, purpose: string): RandomStream {
        return randomStream(this.host.seed, component, purpose);
    }

    process(node: NodeId): ProcessState {
        return this.host.process(this.cluster.id, node);
    }

    delay(from: Point, to: Point): number {
        return this.host.network.delay(from, to);
    }

    linksOf(point: Point): number {
        return this.host.network.linksOf(point);
    }

    loss(from: Point, to: Point): number {
        return this.host.loss(from, to, this.cluster.id);
    }

    reach(from: Point, to: NodeId): Reach {
        const state = this.process(to);
        if (state === 'off' || this.delay(from, to) < 0 || this.delay(to, from) < 0) {
            return 'silent';
        }
        return state === 'running' ? 'open' : state === 'frozen' ? 'silent' : 'refused';
    }

    providerIn(zone: ZoneId): Point {
        return providerPoint(this.topology, zone);
    }

    checkerOf(address: AddressId): Point {
        return checkerPoint(this.topology, address);
    }

    hasPower(point: Point): boolean {
        return this.host.placeLives(point);
    }

    replaceHost(node: NodeId, cause: Cause): boolean {
        return this.host.replaceHost(this.cluster.id, node, cause);
    }

    behaviourOf(cluster: ClusterId): ClusterBehaviour {
        return this.host.behaviour(cluster);
    }

    lackedBy(node: NodeId): Lack | undefined {
        return this.needs.missingAt(node);
    }

    acknowledged(shard: ShardId, node: NodeId): number {
        return this.host.clients.acknowledged(shard, node);
    }

    lose(shard: ShardId, count: number, cause: Cause): void {
        if (count > 0) {
            this.host.lose(shard, count);
            const writes = count === 1 ? '1 acknowledged write' : `${count} acknowledged writes`;
            const text = `${writes} of ${shardTitle(this.topology, shard)} lost${this.host.done ? ', as is known at the end of the run' : ''}`;
            this.record({ kind: 'loss', text, cause, shard });
        }
    }

    placed(shard: ShardId, nodes: readonly NodeId[]): void {
        const twice = nodes.find((node, index) => nodes.indexOf(node) < index);
        if (twice !== undefined) {
            const { name } = this.topology.nodes[twice]!;
            throw new Error(
                `Invariant broken at ${this.now} ms (seed ${this.host.seed}): two copies of ${shardTitle(this.topology, shard)} stand on ${name}.`,
            );
        }
    }

    claim(shard: ShardId, node: NodeId, epoch: number, cause: Cause): void {
        if (this.host.leadership.claim(shard, node, epoch, this.now, cause)) {
            // Whoever led before is looked at when everybody has reacted.
            this.host.worldChanged([]);
        }
    }

    release(shard: ShardId, node: NodeId): void {
        this.host.leadership.release(shard, node, this.now);
    }

    sendsOn(client: Point, clusters: readonly ClusterId[]): void {
        this.host.conditions.sentOn(this.cluster.id, client, clusters, this.now);
    }

    changed(shards?: Iterable<ShardId>): void {
        this.host.worldChanged(shards);
    }

    record(event: Parameters<World['record']>[0]): Cause {
        const index = this.host.trace.add({ atMs: this.now, cluster: this.cluster.id, ...event });
        // That writes are lost is counted, and leads to nothing.
        if (event.kind !== 'loss') {
            this.host.noteEvent(this.cluster.id, event, index);
        }
        return index;
    }

    assume(assumption: Assumed): void {
        this.host.provisos.assume(this.cluster.id, assumption);
    }

    mayLose(shard: ShardId, reason: string): void {
        this.host.provisos.mayLose(shard, reason);
    }

    mayBeStale(shard: ShardId, reason: string): void {
        this.host.provisos.mayBeStale.push({ shard, reason });
    }

    lastEventAbout(shard: ShardId, node: NodeOrNone): Cause {
        return this.host.lastEventAbout(shard, node);
    }

    lastFault(node: NodeId): Cause {
        return this.host.lastFault(node);
    }
}
