/** Examples made worse in one respect, and the clause that then no longer holds. */
import { proveObjective, runScenario, type Verdict } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import { changed } from './example.js';

export interface Mutant {
    /** Objective or scenario. */
    readonly block: string;
    readonly clause: string;
    readonly what: string;
    readonly from: string;
    readonly to: string;
    readonly reason: RegExp;
    /** What becomes of the clause; `failed` unless said. */
    readonly status?: 'not-proved';
}

/** The verdict about an objective or a scenario. */
export async function verdictOf(text: string, block: string): Promise<Verdict> {
    const topology = await topologyOf(text);
    const scenario = topology.scenarios.findIndex(({ name }) => name === block);
    return scenario >= 0
        ? (await runScenario(topology, scenario)).verdict
        : proveObjective(
              topology,
              topology.objectives.findIndex(({ name }) => name === block),
              { samples: 3 },
          );
}

/** `survive-a-zone: tolerate any 1 zone`, for every clause of the file. */
export async function clausesOf(text: string): Promise<readonly string[]> {
    const { objectives, scenarios } = await topologyOf(text);
    const blocks = [...objectives, ...scenarios].map(({ name }) => name);
    const verdicts = await Promise.all(blocks.map((block) => verdictOf(text, block)));
    return verdicts.flatMap(({ clauses }, index) => clauses.map(({ text: clause }) => `${blocks[index]}: ${clause}`));
}

/** What becomes of the mutant's clause. */
export async function mutantOf(text: string, { block, clause, from, to }: Mutant): Promise<Verdict['clauses'][number]> {
    const { clauses } = await verdictOf(changed(text, from, to), block);
    const found = clauses.find((each) => each.text === clause);
    if (found === undefined) {
        throw new Error(`${block} does not say "${clause}".`);
    }
    return found;
}
