import {
    assertNever,
    type ClusterId,
    type Fault,
    type NodeId,
    type NodeSelector,
    type PlaceId,
    type Selection,
    type Side,
    type Step,
    type Topology,
} from '../topology/index.js';
import type { Cause, ClusterBehaviour, HostChange, Point } from './behaviour.js';
import { FaultTargets } from './fault-targets.js';
import type { Hosts } from './hosts.js';
import type { Network, PointSet } from './network.js';

/** What striking a fault reaches out to. */
export interface FaultHost {
    readonly topology: Topology;
    readonly hosts: Hosts;
    readonly network: Network;
    behaviour(cluster: ClusterId): ClusterBehaviour;
    /** Adds the step to the trace, with those whom it meant by `leader of …`. */
    recordStep(step: Step, affected: number, leaders: readonly NodeId[]): Cause;
    /** The next events about these nodes, and what clients among these points meet next, are due to this fault. */
    blame(fault: Fault, points: readonly Point[], cause: Cause): void;
    /** From now on packets between the two sets are lost by chance. */
    packetsLost(one: PointSet, other: PointSet): void;
    /** Tells the cluster's behaviour. */
    hostChanged(cluster: ClusterId, node: NodeId, change: HostChange, cause: Cause): void;
    /** A process lost the ability to act as leader, or gained it. */
    actorsChanged(cluster: ClusterId, node: NodeId): void;
    worldChanged(): void;
}

/** One process whose state changes. */
interface ProcessChange {
    readonly cluster: ClusterId;
    readonly node: NodeId;
    readonly change: HostChange;
}

/** A fault as it changes the world: everything changes at one instant, then everybody is told. */
interface Effect {
    readonly processes: readonly ProcessChange[];
    /** Points whose links changed. */
    readonly links?: PointSet;
    /** An operator's order, given when the step stands in the trace. */
    readonly order?: (cause: Cause) => void;
    readonly affected: number;
}

/** Strikes faults. */
export class FaultInjector {
    private readonly targets: FaultTargets;

    constructor(private readonly host: FaultHost) {
        this.targets = new FaultTargets(host);
    }

    /** Returns how many nodes or links the step changed. */
    strike(step: Step): number {
        const effect = this.apply(step.fault);
        const cause = this.host.recordStep(step, effect.affected, this.targets.takeLeaders());
        if (effect.affected === 0) {
            return 0;
        }
        const linked = [...(effect.links ?? [])].flatMap((isLinked, point) => (isLinked ? [point] : []));
        this.host.blame(step.fault, [...effect.processes.map(({ node }) => node), ...linked], cause);
        for (const { cluster, node } of effect.processes) {
            this.host.actorsChanged(cluster, node);
        }
        for (const { cluster, node, change } of effect.processes) {
            this.host.hostChanged(cluster, node, change, cause);
        }
        if (effect.links) {
            for (const { id } of this.host.topology.clusters) {
                this.host.behaviour(id).networkChanged(cause);
            }
        }
        effect.order?.(cause);
        this.host.worldChanged();
        return effect.affected;
    }

    private apply(fault: Fault): Effect {
        switch (fault.kind) {
            case 'crash':
                return this.onProcesses(fault.nodes, 'crashed', (state) => state === 'running' || state === 'frozen');
            case 'stop':
                return this.onProcesses(fault.nodes, 'stopped', (state) => state === 'running', true);
            case 'freeze':
                return this.onProcesses(fault.nodes, 'frozen', (state) => state === 'running');
            case 'unfreeze':
                return this.onProcesses(fault.nodes, 'unfrozen', (state) => state === 'frozen');
            case 'wipe':
                return this.onProcesses(fault.nodes, 'wiped', () => true);
            case 'restart':
                return this.restart(fault.nodes);
            case 'fail':
                return this.fail(this.targets.selected(fault.selection));
            case 'restore':
                return this.restore(fault.selection);
            case 'isolate':
                return this.isolate(fault.selection);
            case 'partition':
                return this.partition(fault.sides);
            case 'cut':
                return this.cut(fault.from, fault.to);
            case 'heal':
                return this.linksChanged(this.targets.everyPoint(), this.host.network.heal());
            case 'slow':
                return this.slow(fault.selection, fault.delayMs);
            case 'drain':
                return this.drain(fault.nodes);
            case 'promote': {
                const behaviour = this.host.behaviour(fault.cluster);
                return { processes: [], affected: 1, order: (cause) => behaviour.promote?.(cause) };
            }
            case 'switchover':
                return this.switchover(fault.cluster, fault.to);
            case 'drop':
                return this.drop(fault.from, fault.to, fault.share);
            case 'roll':
                throw new Error(`A run was started with a fault that is not modelled: ${fault.kind}.`);
            default:
                return assertNever(fault);
        }
    }

    private onProcesses(
        nodes: readonly NodeSelector[],
        change: HostChange,
        applies: (state: string) => boolean,
        wholeHost = false,
    ): Effect {
        const processes = nodes
            .flatMap((selector) => this.targets.processesOf(selector, wholeHost))
            .filter(({ cluster, node }) => applies(this.host.hosts.process(cluster, node)))
            .map((process) => ({ ...process, change }));
        for (const { cluster, node } of processes) {
            if (change !== 'wiped') {
                this.host.hosts.setProcess(
                    cluster,
                    node,
                    change === 'unfrozen' ? 'running' : (change as 'crashed' | 'stopped' | 'frozen'),
                );
            }
        }
        return { processes, affected: processes.length };
    }

    private restart(nodes: readonly NodeSelector[]): Effect {
        const bounced: ProcessChange[] = [];
        const started: ProcessChange[] = [];
        for (const { cluster, node } of nodes.flatMap((selector) => this.targets.processesOf(selector, false))) {
            const state = this.host.hosts.process(cluster, node);
            if (state === 'off') {
                continue;
            }
            if (state === 'running' || state === 'frozen') {
                bounced.push({ cluster, node, change: 'stopped' });
            }
            this.host.hosts.setProcess(cluster, node, 'running');
            this.host.behaviour(cluster).endDrain?.(node);
            started.push({ cluster, node, change: 'started' });
        }
        return { processes: [...bounced, ...started], affected: started.length };
    }

    private fail(nodes: readonly NodeId[]): Effect {
        const struck = nodes.filter((node) => this.host.hosts.hasPower(node));
        const processes = struck.flatMap((node) =>
            this.targets.everyProcess(node).map((process) => ({ ...process, change: 'failed' as const })),
        );
        for (const node of struck) {
            this.host.hosts.setPower(node, false);
        }
        return { processes, affected: struck.length };
    }

    private restore(selection: Selection): Effect {
        const processes: ProcessChange[] = [];
        const nodes = this.targets.selected(selection);
        const touched = new Set<NodeId>();
        for (const node of nodes) {
            for (const { cluster } of this.targets.everyProcess(node)) {
                const state = this.host.hosts.process(cluster, node);
                if (state === 'off' || state === 'crashed' || state === 'stopped') {
                    processes.push({ cluster, node, change: 'started' });
                    touched.add(node);
                }
            }
            if (!this.host.hosts.hasPower(node)) {
                touched.add(node);
            }
        }
        for (const node of nodes) {
            this.host.hosts.setPower(node, true);
        }
        for (const { cluster, node } of processes) {
            this.host.hosts.setProcess(cluster, node, 'running');
        }
        const points = this.targets.points(selection);
        const reconnected = this.host.network.reconnect(points);
        const affected = reconnected > 0 ? Math.max(this.targets.nodesAmong(points), touched.size) : touched.size;
        return reconnected > 0 ? { processes, affected, links: points } : { processes, affected };
    }

    /** Each one that is named is out of reach of all others, those that are named beside it among them. */
    private isolate(selection: Selection): Effect {
        const { network } = this.host;
        const named =
            selection.kind === 'places'
                ? selection.places.map((place) => network.select([place], []))
                : this.targets.selected(selection).map((node) => network.select([], [node]));
        const cutOff = named.filter((points) => network.isolate(points)).reduce(union, network.select([], []));
        return this.linksChanged(cutOff, this.targets.nodesAmong(cutOff));
    }

    private partition(sides: readonly Side[]): Effect {
        const sets = sides.map((side) => this.targets.side(side));
        let separated = 0;
        sets.forEach((one, index) => {
            for (const other of sets.slice(index + 1)) {
                const [there, back] = [this.host.network.cut(one, other), this.host.network.cut(other, one)];
                separated += there || back ? 1 : 0;
            }
        });
        return this.linksChanged(sets.reduce(union), separated);
    }

    private cut(one: Side, other: Side): Effect {
        const [from, to] = [this.targets.side(one), this.targets.side(other)];
        return this.linksChanged(union(from, to), this.host.network.cut(from, to) ? 1 : 0);
    }

    private slow(selection: Selection, delayMs: number): Effect {
        const points = this.targets.points(selection);
        return this.linksChanged(
            points,
            this.host.network.slowDown(points, delayMs) ? this.targets.nodesAmong(points) : 0,
        );
    }

    private drop(one: Side, other: Side, share: number): Effect {
        const [from, to] = [this.targets.side(one), this.targets.side(other)];
        // Where all are lost nobody reaches anybody, as in a cut, which everything in the model follows.
        if (share > 0 && share < 1) {
            this.host.packetsLost(from, to);
        }
        return this.linksChanged(union(from, to), this.host.network.drop(from, to, share) ? 1 : 0);
    }

    private drain(selectors: readonly NodeSelector[]): Effect {
        const drained = selectors
            .flatMap((selector) => this.targets.processesOf(selector, true))
            .filter(({ cluster, node }) => this.host.hosts.process(cluster, node) !== 'off');
        const order = (cause: Cause): void => {
            for (const { cluster, node } of drained) {
                this.host.behaviour(cluster).drain?.(node, cause);
            }
        };
        return { processes: [], affected: drained.length, order };
    }

    private switchover(cluster: ClusterId, to: NodeSelector): Effect {
        const [node] = this.targets.nodesOf(to);
        if (node === undefined) {
            return { processes: [], affected: 0 };
        }
        const behaviour = this.host.behaviour(cluster);
        return { processes: [], affected: 1, order: (cause) => behaviour.switchover?.(node, cause) };
    }

    private linksChanged(links: PointSet, affected: number): Effect {
        return affected > 0 ? { processes: [], affected, links } : { processes: [], affected };
    }
}

/** Places that lose or regain power by the fault. */
export function placesStruck(fault: Fault): readonly PlaceId[] {
    return (fault.kind === 'fail' || fault.kind === 'restore') && fault.selection.kind === 'places'
        ? fault.selection.places
        : [];
}

function union(one: PointSet, other: PointSet): PointSet {
    return one.map((point, index) => point | other[index]!);
}
