/** A scenario that shows what a proof found: as a model that can be run and as text that can be pasted. */
import type { FailureUnit } from '../../proof/index.js';
import type { Expectation, Objective, Scenario, Topology } from '../../topology/index.js';
import { written } from '../scenario/written.js';
import type { Counterexample } from '../verdict.js';
import { freeName } from '../names.js';
import { faultNames, strike } from './strike.js';

export interface Draft {
    readonly units: readonly FailureUnit[];
    readonly title: string;
    readonly expectation: Expectation;
    readonly untilMs: number;
    readonly seed: number;
}

/** The seed of scenarios that name none, by which a draft is run when any seed shows the same. */
export const USUAL_SEED = 1;

/** Drafts of one objective: each gets a name of its own. */
export class DraftBook {
    private readonly taken = new Set<string>();

    constructor(
        private readonly topology: Topology,
        private readonly objective: Objective,
    ) {}

    scenarioOf(draft: Draft): Scenario {
        const { source } = this.objective;
        return {
            name: this.nextName(),
            title: draft.title,
            source,
            seed: draft.seed,
            steps: strike(this.topology, draft.units, source),
            untilMs: draft.untilMs,
            expectations: [draft.expectation],
        };
    }

    counterexample(draft: Draft): Counterexample {
        const scenario = this.scenarioOf(draft);
        this.taken.add(scenario.name);
        return {
            faults: faultNames(this.topology, draft.units),
            scenario: written(scenario),
            plan: scenario,
            sources: draft.units.map((unit) => unit.source),
        };
    }

    private nextName(): string {
        return freeName(this.topology, `${this.objective.name}-broken`, this.taken);
    }
}
