import type { Fault, Scenario, SourceRange, Topology } from '../topology/index.js';
import type { ClusterBehaviour } from './behaviour.js';

/** A scenario asks for something that the simulator or an engine does not model. The message is for the user. */
export class NotModelledError extends Error {
    constructor(
        message: string,
        readonly source: SourceRange,
    ) {
        super(message);
        this.name = 'NotModelledError';
    }
}

/**
 * Looks at every step before anything runs.
 *
 * @throws NotModelledError for the first step that cannot be simulated truthfully.
 */
export function refuseWhatIsNotModelled(
    topology: Topology,
    scenario: Scenario,
    behaviours: readonly ClusterBehaviour[],
): void {
    for (const { name, arrivals, source } of topology.workloads) {
        if (arrivals === 'poisson') {
            throw new NotModelledError(
                `The workload ${name} is not modelled: requests are sent at even distances, not at random.`,
                source,
            );
        }
    }
    for (const { fault, text, source } of scenario.steps) {
        const general = NOT_MODELLED.get(fault.kind);
        if (general !== undefined) {
            throw new NotModelledError(`"${text}" is not modelled: ${general}`, source);
        }
        for (const { id, name } of topology.clusters) {
            const reason = behaviours[id]!.unsupported?.(fault);
            if (reason !== undefined) {
                throw new NotModelledError(`"${text}" is not modelled for ${name}: ${reason}`, source);
            }
        }
    }
}

const NOT_MODELLED: ReadonlyMap<Fault['kind'], string> = new Map([
    ['drain', 'nothing is evicted politely yet.'],
    ['drop', 'the loss of single messages is not simulated yet.'],
    ['roll', 'rolling restarts are not simulated yet; restart the nodes one by one.'],
    ['promote', 'an operator’s promotion is not simulated yet.'],
    ['switchover', 'a planned change of leader is not simulated yet.'],
]);
