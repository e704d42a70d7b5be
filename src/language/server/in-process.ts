import type { CancellationToken } from 'vscode-languageserver';
import { CancelledError, proveObjective, runScenario, type Interrupt } from '../../analysis/index.js';
import type { AnalysisPort } from './analysis-port.js';

/** Works in slices between the editor's requests, where no worker can be started. */
export function inProcessAnalysis(): AnalysisPort {
    return {
        proveObjective: (topology, objective, token) =>
            proveObjective(topology, objective, { interrupt: interruptOf(token) }),
        runScenario: (topology, scenario, { seed }, token) =>
            runScenario(topology, scenario, {
                interrupt: interruptOf(token),
                ...(seed === undefined ? {} : { seed }),
            }),
        dispose: () => undefined,
    };
}

function interruptOf(token: CancellationToken): Interrupt {
    return async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (token.isCancellationRequested) throw new CancelledError();
    };
}
