import { idleFaultFindings, type ScenarioResult } from '../../analysis/index.js';
import type { Finding, Scenario, Topology } from '../../topology/index.js';
import { scenarioMeaning } from './meaning.js';

interface Played {
    readonly meaning: string;
    readonly faults: ScenarioResult['run']['faults'];
}

/** What the last run of each scenario of an open document showed, for as long as the text means the same. */
export class Runs {
    private readonly byDocument = new Map<string, Map<string, Played>>();

    /** @param topology the one that was run, which need not be the present one */
    add(uri: string, topology: Topology, scenario: Scenario, { faults }: Pick<ScenarioResult['run'], 'faults'>): void {
        const played = this.byDocument.get(uri) ?? new Map<string, Played>();
        played.set(scenario.name, { meaning: scenarioMeaning(topology, scenario), faults });
        this.byDocument.set(uri, played);
    }

    /** At their places in the present text. */
    findings(uri: string, topology: Topology): readonly Finding[] {
        const played = this.byDocument.get(uri);
        return topology.scenarios.flatMap((scenario) => {
            const known = played?.get(scenario.name);
            return known?.meaning === scenarioMeaning(topology, scenario)
                ? idleFaultFindings(scenario, known.faults)
                : [];
        });
    }

    forget(uri: string): void {
        this.byDocument.delete(uri);
    }
}
