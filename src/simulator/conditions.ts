import type { ClusterId, NodeId, Topology } from '../topology/index.js';
import type { Point, ProcessState } from './behaviour.js';
import { workloadPoint } from './demands.js';
import type { Hosts } from './hosts.js';
import type { LinkState, Network } from './network.js';
import { ALL_REACH_ALL, reachOf } from './reach.js';
import type { LinkChange, ProcessChange, ReachChange, Run, SendingChange } from './result.js';

/** Keeps what became of processes and links and where addresses led, for whoever looks at an instant later. */
export class ConditionLog {
    private readonly processes: ProcessChange[] = [];
    private readonly links: LinkChange[] = [];
    private readonly reach: ReachChange[] = [];
    private readonly sending: SendingChange[] = [];
    private readonly known = new Map<ClusterId, Map<NodeId, ProcessState>>();
    private readonly linked: LinkState[];
    private reached = ALL_REACH_ALL;

    constructor(
        private readonly topology: Topology,
        private readonly hosts: Hosts,
        private readonly network: Network,
    ) {
        this.linked = topology.nodes.map(() => 'whole');
    }

    get told(): Pick<Run, 'processes' | 'links' | 'reach' | 'sending'> {
        const { processes, links, reach, sending } = this;
        return {
            processes,
            links,
            ...(reach.length > 0 && { reach }),
            ...(sending.length > 0 && { sending }),
        };
    }

    /** @param address the cluster that stands for it */
    sentOn(address: ClusterId, client: Point, clusters: readonly ClusterId[], atMs: number): void {
        // Nobody draws what the probe asks.
        const workload = this.topology.workloads.find(({ id }) => workloadPoint(this.topology, id) === client)?.id;
        if (workload !== undefined) {
            this.sending.push({ atMs, address, workload, clusters });
        }
    }

    processChanged(cluster: ClusterId, node: NodeId, atMs: number): void {
        const states = this.known.get(cluster) ?? new Map<NodeId, ProcessState>();
        this.known.set(cluster, states);
        const state = this.hosts.process(cluster, node);
        if (state !== (states.get(node) ?? 'running')) {
            states.set(node, state);
            this.processes.push({ atMs, cluster, node, state });
        }
    }

    linksChanged(atMs: number): void {
        for (const { id } of this.topology.nodes) {
            const state = this.network.linkState(id);
            if (state !== this.linked[id]) {
                this.linked[id] = state;
                this.links.push({ atMs, node: id, state });
            }
        }
        const reach = reachOf(this.topology, this.network);
        if (JSON.stringify(reach) !== JSON.stringify(this.reached)) {
            this.reached = reach;
            this.reach.push({ atMs, ...reach });
        }
    }
}
