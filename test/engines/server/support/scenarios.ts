/** Reads `.cluster` text and runs its scenarios with the server engine. */
import { engineContext } from '../../../../src/engines/index.js';
import { server } from '../../../../src/engines/server/index.js';
import { loadWorkspace } from '../../../../src/language/index.js';
import { simulate, type Run } from '../../../../src/simulator/index.js';
import type { Cluster, Finding, Topology } from '../../../../src/topology/index.js';

export async function read(text: string): Promise<Topology> {
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text }], { engines: [server] });
    const errors = document!.findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0 || document!.broken.length > 0) {
        throw new Error(JSON.stringify([errors, document!.broken], undefined, 2));
    }
    return document!.topology;
}

export function contextOf(topology: Topology, name: string): ReturnType<typeof engineContext> {
    return engineContext(topology, clusterOf(topology, name), server);
}

function clusterOf(topology: Topology, name: string): Cluster {
    return topology.clusters.find((cluster) => cluster.name === name)!;
}

export function findingsOf(topology: Topology, name: string): readonly Finding[] {
    return server.check(contextOf(topology, name));
}

export function run(topology: Topology, scenario = topology.scenarios[0]!.name, seed?: number): Run {
    const found = topology.scenarios.find((each) => each.name === scenario)!;
    return simulate(
        topology,
        found,
        (cluster) => (world) => server.behaviour!(engineContext(topology, cluster, server), world),
        seed === undefined ? {} : { seed },
    );
}
