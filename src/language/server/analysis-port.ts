import type { CancellationToken } from 'vscode-languageserver';
import type { ScenarioResult, Verdict } from '../../analysis/index.js';
import type { Topology } from '../../topology/index.js';

/**
 * Long work that the server hands to somebody else. A cancelled or overdue call is rejected; the server itself never waits
 * for one before it answers the editor.
 */
export interface AnalysisPort {
    proveObjective(topology: Topology, objective: number, token: CancellationToken): Promise<Verdict>;
    runScenario(
        topology: Topology,
        scenario: number,
        options: { readonly seed?: number },
        token: CancellationToken,
    ): Promise<ScenarioResult>;
    dispose(): void;
}
