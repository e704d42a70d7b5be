import {
    listed,
    ownClusters,
    type Cluster,
    type ClusterId,
    type Fault,
    type NodeId,
    type Scenario,
    type ShardId,
    type Step,
    type Topology,
} from '../topology/index.js';
import type { BehaviourFactory, Cause, ClusterBehaviour, HostChange, NodeOrNone, Point } from './behaviour.js';
import { Blame } from './blame.js';
import { CapacityMeter } from './capacity.js';
import { clientEvents } from './client-story.js';
import { Clients, type ClientHost } from './clients.js';
import { ConditionLog } from './conditions.js';
import { clientStreams } from './demands.js';
import { FaultInjector, placesStruck, type FaultHost } from './faults.js';
import { Hosts } from './hosts.js';
import { LastEvents } from './last-events.js';
import { Leadership } from './leadership.js';
import { LateMessages } from './late-messages.js';
import { LossAudit } from './loss.js';
import { LostWrites } from './lost-writes.js';
import { Menders } from './menders.js';
import { Network, type PointSet } from './network.js';
import { notModelled, refuseWhatIsNotModelled, type NotModelledError } from './not-modelled.js';
import { perShard, tally } from './per-shard.js';
import { positions } from './positions.js';
import { Provisos } from './provisos.js';
import { EventQueue, Priority } from './queue.js';
import type { AppliedFault, Run } from './result.js';
import { StateSampler, windowTimes } from './states.js';
import { spelledOut } from './steps.js';
import { copiesAmong, dataNotModelled, historyHash, outagesOf, type Copies } from './story.js';
import type { TraceEvent } from './trace.js';
import { TraceLog } from './tracelog.js';
import { ClusterWorld, type WorldHost } from './world.js';

/** A run that can be advanced in slices, so that it never holds its thread for long. */
export interface Simulation {
    /** Processes at most `maxEvents` events; returns whether the run has reached its end. */
    advance(maxEvents: number): boolean;
    /** The finished run. Throws if it has not reached its end. */
    result(): Run;
}

/** The parts of one run, and what they ask of each other. */
export class ScenarioRun implements Simulation, WorldHost, ClientHost, FaultHost {
    readonly queue = new EventQueue();
    readonly hosts: Hosts;
    readonly network: Network;
    readonly leadership: Leadership;
    readonly trace = new TraceLog();
    readonly faultTimes: readonly number[];
    readonly clients: Clients;
    private readonly handlers: ((a: number, b: number) => void)[] = [];
    private readonly behaviours: readonly ClusterBehaviour[];
    private readonly faults: AppliedFault[] = [];
    readonly provisos: Provisos;
    readonly conditions: ConditionLog;
    private readonly capacity: CapacityMeter;
    private readonly states: StateSampler;
    private readonly lost = new LostWrites((shard) => this.clients.acknowledged(shard));
    /** Points whose place has no power. */
    private readonly dark: Uint8Array;
    private readonly blamed: Blame;
    private readonly lastEvents: LastEvents;
    private readonly leansOnOthers: boolean;
    private readonly lossAudit: LossAudit;
    private readonly lateMessages: LateMessages;
    private readonly copies: Copies;
    private events = 0;
    done = false;

    constructor(
        readonly topology: Topology,
        private readonly scenario: Scenario,
        behaviourOf: (cluster: Cluster) => BehaviourFactory,
        readonly seed: number,
    ) {
        this.hosts = new Hosts(topology);
        this.provisos = new Provisos();
        this.lossAudit = new LossAudit(topology);
        this.network = new Network(topology, positions(topology));
        this.lateMessages = new LateMessages(topology, this.network);
        this.dark = new Uint8Array(this.network.positions.length);
        this.conditions = new ConditionLog(topology, this.hosts, this.network);
        this.capacity = new CapacityMeter(ownClusters(topology), {
            serves: (cluster, node) => this.behaviours[cluster]!.serving(node),
            groupShare: (cluster, group) => this.behaviours[cluster]!.groupShare?.(group),
        });
        this.leadership = new Leadership(topology, {
            canAct: (shard, node) => this.process(topology.shards[shard]!.cluster, node) === 'running',
            whyPowerless: (shard, node) => this.behaviourOf(shard).whyPowerless?.(shard, node),
            deposed: (...one) => this.tellDeposed(...one),
        });
        this.blamed = new Blame(this.network.positions.length);
        this.lastEvents = new LastEvents(topology);
        this.leansOnOthers = topology.addresses.length > 0 || topology.clusters.some(({ needs }) => needs.length > 0);
        const steps = spelledOut(topology, scenario.steps);
        this.faultTimes = steps.map(({ atMs }) => atMs);
        this.behaviours = topology.clusters.map((cluster) => behaviourOf(cluster)(new ClusterWorld(this, cluster)));
        refuseWhatIsNotModelled(topology, scenario, this.behaviours);
        this.clients = new Clients(this, clientStreams(topology, seed), {
            windows: windowTimes(scenario),
            firstFaultMs: this.firstFaultMs(),
        });
        const injector = new FaultInjector(this);
        const strike = this.register((index) => this.strike(injector, steps[index]!));
        steps.forEach((step, index) => this.queue.schedule(step.atMs, Priority.fault, strike, index, 0));
        this.states = new StateSampler(topology, scenario, this.behaviours);
        const sample = this.register((expectation) => this.states.sample(expectation));
        this.states.forEachInstant((atMs, expectation) =>
            this.queue.schedule(atMs, Priority.client, sample, expectation, 0),
        );
        this.behaviours.forEach((behaviour) => behaviour.start());
        this.copies = copiesAmong(this.behaviours);
        this.worldChanged();
    }

    refusalsOf(steps: readonly Step[]): readonly NotModelledError[] {
        return notModelled(this.topology, steps, this.behaviours);
    }

    advance(maxEvents: number): boolean {
        const { queue, handlers } = this;
        const limit = this.scenario.untilMs - 1;
        for (let budget = maxEvents; budget > 0; budget--) {
            if (!queue.take(limit)) {
                this.finish();
                return true;
            }
            this.events++;
            handlers[queue.handler]!(queue.a, queue.b);
        }
        return false;
    }

    result(): Run {
        if (!this.done) {
            throw new Error('The run has not reached its end.');
        }
        const { topology, seed } = this;
        const results = this.clients.results();
        const outages = outagesOf(topology, results, this.copies, this.firstFaultMs());
        const { events } = this.trace;
        const menders = new Menders(topology, events, this.blamed);
        const noticed = clientEvents(topology, results, this.copies, events, menders, this.scenario.untilMs);
        const trace = this.trace.merge(noticed);
        const staleBefore = perShard(
            topology,
            tally(results, ({ stale }) => stale.before),
        );
        const run: Omit<Run, 'traceHash'> = {
            seed,
            events: this.events,
            untilMs: this.scenario.untilMs,
            faults: this.faults,
            ...outages,
            leaders: this.leadership.changes,
            lostWrites: perShard(topology, this.lost.byShard),
            staleReads: perShard(
                topology,
                tally(results, ({ stale }) => stale.count),
            ),
            ...(staleBefore.length > 0 && { staleBefore }),
            workloads: this.clients.counts(),
            splitBrains: this.leadership.splitBrains,
            ...(this.leadership.deposed.length > 0 && { deposed: this.leadership.deposed }),
            capacity: this.capacity.changes,
            ...this.conditions.told,
            states: this.states.samples,
            windows: results.flatMap(({ windows }) => windows),
            untouchedByLoss: this.lossAudit.untouched((id) => this.behaviours[id]!.talksAmongItself),
            lateClusters: this.lateMessages.clusters,
            ...this.provisos.told,
            dataNotModelled: dataNotModelled(this.behaviours),
            trace,
        };
        return { ...run, traceHash: historyHash(run) };
    }

    /** Infinity: nothing is done. */
    private firstFaultMs(): number {
        return Math.min(...this.faultTimes);
    }

    // ── What the parts of the simulation ask of each other ─────────────────────

    get now(): number {
        return this.queue.time;
    }

    register(callback: (a: number, b: number) => void): number {
        return this.handlers.push(callback) - 1;
    }

    behaviour(cluster: ClusterId): ClusterBehaviour {
        return this.behaviours[cluster]!;
    }

    behaviourOf(shard: ShardId): ClusterBehaviour {
        return this.behaviours[this.topology.shards[shard]!.cluster]!;
    }

    process(cluster: ClusterId, node: NodeId): ReturnType<Hosts['process']> {
        return this.hosts.process(cluster, node);
    }

    worldChanged(shards?: Iterable<ShardId>): void {
        // What lacks something that it needs fails, too, whichever cluster it belongs to, and so does an address before it.
        this.clients.worldChanged(this.leansOnOthers ? undefined : shards);
    }

    private tellDeposed(shard: ShardId, node: NodeId, why: string, cause: Cause): void {
        const { cluster, name } = this.topology.shards[shard]!;
        const text = `${this.topology.nodes[node]!.name} still takes itself for the leader of ${name} and can acknowledge nothing: ${why}`;
        const known = Math.max(cause, this.lastFault(node));
        this.trace.add({ atMs: this.now, kind: 'suspicion', text, cause: known, cluster, node, shard });
    }

    reviewed(): void {
        this.leadership.settle(this.now);
        this.capacity.measure(this.now);
    }

    loss(from: Point, to: Point, asking?: ClusterId): number {
        this.lossAudit.asked(asking);
        return this.network.loss(from, to);
    }

    packetsLost(one: PointSet, other: PointSet): void {
        this.lossAudit.struck(one, other);
    }

    lastEventAbout(shard: ShardId, node: NodeOrNone): Cause {
        return this.lastEvents.about(shard, node);
    }

    lastEventBehind(shard: ShardId, node: NodeId, behind?: ShardId): Cause {
        return this.lastEvents.behind(shard, node, behind);
    }

    lastFault(node: NodeId): Cause {
        return this.blamed.lastFault(node);
    }

    noteEvent(cluster: ClusterId, about: Pick<TraceEvent, 'kind' | 'node' | 'shard'>, event: Cause): void {
        this.lastEvents.note(cluster, about, event);
    }

    linkFault(client: Point, node: NodeOrNone): Cause {
        const isCut = node >= 0 && (this.network.delay(client, node) < 0 || this.network.delay(node, client) < 0);
        return isCut ? this.blamed.ofLink(client, node) : -1;
    }

    delayFault(client: Point, node: NodeOrNone): Cause {
        return [client, node].some((point) => this.network.isSlow(point)) ? this.blamed.ofDelay(client, node) : -1;
    }

    blame(fault: Fault, points: readonly Point[], cause: Cause): void {
        this.blamed.note(fault.kind, points, cause);
        for (const node of points.filter((point) => point < this.topology.nodes.length)) {
            this.lastEvents.struck(node, this.hosts.clustersOn(node), cause);
        }
    }

    actorsChanged(cluster: ClusterId, node: NodeId): void {
        this.conditions.processChanged(cluster, node, this.now);
        const state = this.process(cluster, node);
        this.leadership.actorChanged(cluster, node, state !== 'running' && state !== 'frozen', this.now);
    }

    recordStep(step: Step, affected: number, leaders: readonly NodeId[]): Cause {
        this.faults.push({ atMs: step.atMs, text: step.text, affected });
        const names = leaders.map((node) => this.topology.nodes[node]!.name);
        const remark = affected > 0 ? listed(names) : 'changes nothing';
        const text = remark === '' ? step.text : `${step.text} (${remark})`;
        return this.trace.add({ atMs: this.now, kind: 'fault', text, cause: -1, source: step.source });
    }

    hostChanged(cluster: ClusterId, node: NodeId, change: HostChange, cause: Cause): void {
        const behaviour = this.behaviours[cluster]!;
        behaviour.hostChanged(node, change, cause);
        this.provisos.hostChanged(cluster, node, change, behaviour, this.now);
    }

    lose(shard: ShardId, count: number): void {
        this.lost.add(shard, count);
    }

    placeLives(point: Point): boolean {
        return this.dark[point] === 0;
    }

    replaceHost(cluster: ClusterId, node: NodeId, cause: Cause): boolean {
        const state = this.process(cluster, node);
        const dead = state === 'off' || state === 'crashed' || state === 'stopped';
        if (!dead || !this.placeLives(node) || this.hosts.clustersOn(node).length > 1) {
            return false;
        }
        this.hosts.setPower(node, true);
        this.hosts.setProcess(cluster, node, 'running');
        this.actorsChanged(cluster, node);
        this.behaviour(cluster).hostChanged(node, 'started', cause);
        this.worldChanged();
        return true;
    }

    assertCanAnswer(shard: ShardId, node: NodeId): void {
        const state = this.process(this.topology.shards[shard]!.cluster, node);
        if (state !== 'running') {
            const { qualifiedName } = this.topology.nodes[node]!;
            throw new Error(
                `Invariant broken at ${this.now} ms (seed ${this.seed}): ${qualifiedName} answered although it is ${state}.`,
            );
        }
    }

    // ── Steps ──────────────────────────────────────────────────────────────────

    private strike(injector: FaultInjector, step: Step): void {
        const struck = this.network.select(placesStruck(step.fault), []);
        struck.forEach((isStruck, point) => {
            this.dark[point] = isStruck ? Number(step.fault.kind === 'fail') : this.dark[point]!;
        });
        injector.strike(step);
        this.conditions.linksChanged(this.now);
        this.lateMessages.review(this.now, this.behaviours);
        // Clients notice even where no node changed.
        this.worldChanged();
    }

    private finish(): void {
        if (!this.done) {
            this.done = true;
            this.queue.idleUntil(this.scenario.untilMs - 1);
            this.clients.finish(this.scenario.untilMs);
            this.behaviours.forEach((behaviour) => behaviour.finish?.());
            this.leadership.finish();
        }
    }
}
