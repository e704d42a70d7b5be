import {
    ledShards,
    type ClusterId,
    type NodeId,
    type NodeSelector,
    type Selection,
    type Side,
    type Target,
} from '../topology/index.js';
import type { FaultHost } from './faults.js';
import { stands, type PointSet } from './network.js';

/** Whom and what the words of a fault mean at the instant it strikes. */
export class FaultTargets {
    /** Who was meant by `leader of …`, since somebody last asked. */
    private leadersMeant: NodeId[] = [];

    constructor(private readonly host: Pick<FaultHost, 'topology' | 'hosts' | 'network' | 'behaviour'>) {}

    takeLeaders(): readonly NodeId[] {
        const leaders = [...new Set(this.leadersMeant)];
        this.leadersMeant = [];
        return leaders;
    }

    /** The processes that a selector means: those of the named cluster, else of the node's owner, else all on the host. */
    processesOf(selector: NodeSelector, wholeHost: boolean): { readonly cluster: ClusterId; readonly node: NodeId }[] {
        return this.nodesOf(selector).flatMap((node) => {
            const all = this.everyProcess(node);
            const cluster =
                selector.kind === 'node'
                    ? (selector.cluster ?? this.host.topology.nodes[node]!.owner)
                    : clusterOf(selector.of);
            return wholeHost || cluster === undefined ? all : all.filter((process) => process.cluster === cluster);
        });
    }

    everyProcess(node: NodeId): { readonly cluster: ClusterId; readonly node: NodeId }[] {
        return this.host.hosts.clustersOn(node).map((cluster) => ({ cluster, node }));
    }

    nodesOf(selector: NodeSelector): readonly NodeId[] {
        if (selector.kind === 'node') {
            return [selector.node];
        }
        const { topology } = this.host;
        const leaders = ledShards(topology, selector.of).flatMap((shard) =>
            this.host.behaviour(topology.shards[shard]!.cluster).leaders(shard).slice(-1),
        );
        const leader = [...new Set(leaders)].slice(0, 1);
        this.leadersMeant.push(...leader);
        return leader;
    }

    selected(selection: Selection): readonly NodeId[] {
        if (selection.kind === 'nodes') {
            return [...new Set(selection.nodes.flatMap((selector) => this.nodesOf(selector)))];
        }
        return this.host.topology.nodes
            .filter((node) => selection.places.some((place) => stands(node, place)))
            .map(({ id }) => id);
    }

    points(selection: Selection): PointSet {
        return selection.kind === 'places'
            ? this.host.network.select(selection.places, [])
            : this.host.network.select([], this.selected(selection));
    }

    side(side: Side): PointSet {
        return this.host.network.select(
            side.places,
            side.nodes.flatMap((selector) => this.nodesOf(selector)),
        );
    }

    /** Clients that stand in a place are cut off or slowed with it, but a fault strikes nodes. */
    nodesAmong(points: PointSet): number {
        return this.host.topology.nodes.reduce((sum, { id }) => sum + (points[id] ?? 0), 0);
    }

    everyPoint(): PointSet {
        return new Uint8Array(this.host.network.positions.length).fill(1);
    }
}

function clusterOf(target: Target): ClusterId | undefined {
    return target.kind === 'workload' ? undefined : target.cluster;
}
