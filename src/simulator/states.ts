import { momentOf, shardsOf, type Expectation, type Scenario, type Target, type Topology } from '../topology/index.js';
import type { ClusterBehaviour } from './behaviour.js';
import type { StateSample } from './result.js';

/** Asks the systems about their state at the instants that a scenario's expectations name. */
export class StateSampler {
    readonly samples: StateSample[] = [];

    constructor(
        private readonly topology: Topology,
        private readonly scenario: Scenario,
        private readonly behaviours: readonly ClusterBehaviour[],
    ) {}

    forEachInstant(visit: (atMs: number, expectation: number) => void): void {
        this.scenario.expectations.forEach((expectation, index) => {
            if (isAboutState(expectation)) {
                // At the end of the run the last instant of it counts.
                const { atMs } = expectation;
                visit(atMs === this.scenario.untilMs ? atMs - 1 : atMs, index);
            }
        });
    }

    sample(index: number): void {
        const expectation = this.scenario.expectations[index]!;
        if (isAboutState(expectation)) {
            this.samples.push({ expectation: index, state: this.stateOf(expectation) });
        }
    }

    private stateOf(expectation: AboutState): string | null {
        switch (expectation.kind) {
            case 'health':
                return this.of(expectation.target)?.health?.(shardsOf(this.topology, expectation.target)) ?? null;
            case 'replicated': {
                const shards = shardsOf(this.topology, expectation.target);
                const whole = this.of(expectation.target)?.fullyReplicated?.(shards);
                return whole === undefined ? null : whole ? 'yes' : 'no';
            }
            case 'drain': {
                const { node } = expectation;
                const states = this.behaviours.flatMap((behaviour) =>
                    node.kind === 'node' ? (behaviour.drainState?.(node.node) ?? []) : [],
                );
                return states.find((state) => state !== 'none') ?? states[0] ?? null;
            }
        }
    }

    private of(target: Target): ClusterBehaviour | undefined {
        return target.kind === 'workload' ? undefined : this.behaviours[target.cluster];
    }
}

type AboutState = Expectation & { readonly kind: 'health' | 'replicated' | 'drain' };

function isAboutState(expectation: Expectation): expectation is AboutState {
    return expectation.kind === 'health' || expectation.kind === 'replicated' || expectation.kind === 'drain';
}

/** Instants at which an expectation asks whether a service is available, in order. */
export function windowTimes(scenario: Scenario): number[] {
    const times = scenario.expectations
        .filter(({ kind }) => kind === 'service')
        .flatMap((expectation) => momentOf(expectation) ?? []);
    return [...new Set(times)].sort((one, other) => one - other);
}
