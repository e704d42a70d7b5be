/** Runs scenarios from text, for tests. */
import { behaviourFactory } from '../../src/analysis/models.js';
import { loadWorkspace } from '../../src/language/index.js';
import { simulate, type Outage, type Run } from '../../src/simulator/index.js';
import type { Operation, Topology } from '../../src/topology/index.js';

/** The model that a text declares. Throws with the findings if it has errors. */
export async function topologyOf(text: string): Promise<Topology> {
    const [document] = await loadWorkspace([{ uri: 'file:///test.cluster', text }]);
    const errors = document!.findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
        throw new Error(
            errors.map(({ code, message, source }) => `${source.start.line + 1}: ${code} ${message}`).join('\n'),
        );
    }
    return document!.topology;
}

/** One run of the named scenario, or of the first. */
export function runOf(topology: Topology, seed?: number, name = topology.scenarios[0]!.name): Run {
    const scenario = topology.scenarios.find((each) => each.name === name)!;
    return simulate(
        topology,
        scenario,
        (cluster) => behaviourFactory(topology, cluster),
        seed === undefined ? {} : { seed },
    );
}

/** The outages of a shard, by its path under the cluster. */
export function outagesOf(topology: Topology, run: Run, shard: string, operation: Operation): readonly Outage[] {
    return run.outages.filter(
        (outage) => topology.shards[outage.shard]!.name === shard && outage.operation === operation,
    );
}
