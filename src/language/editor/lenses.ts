import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens } from 'vscode-languageserver';
import type { SourceRange } from '../../topology/index.js';
import type { EditorServices } from './services.js';
import { standingTitle, waitingTitle } from './verdict-words.js';

/** The client's command that a scenario's lens runs, with the document's address and the scenario's name. */
const RUN_SCENARIO_COMMAND = 'faultline.runScenario';

/** What is known about an objective, and a way to run a scenario, above each of them. */
export class ClusterLenses implements CodeLensProvider {
    constructor(private readonly services: EditorServices) {}

    provideCodeLens(document: LangiumDocument): CodeLens[] {
        const uri = document.uri.toString();
        const result = this.services.editor.Results.of(document);
        if (!result) return [];
        const { topology, broken } = result;
        return [
            ...topology.objectives.map((objective) => {
                const standing = this.services.editor.Verdicts.standing(uri, topology, objective);
                return plainLens(objective.source, standingTitle(standing));
            }),
            ...topology.scenarios.map(({ name, source }) => ({
                range: rangeOf(source),
                command: { title: '▶ Run', command: RUN_SCENARIO_COMMAND, arguments: [uri, name] },
            })),
            ...broken.map((each) => {
                const before =
                    each.kind === 'objective' ? this.services.editor.Verdicts.before(uri, topology, each) : undefined;
                return plainLens(each.source, before ? waitingTitle(before) : `! ${each.message}`);
            }),
        ];
    }
}

/** A lens that only says something. */
function plainLens(source: SourceRange, title: string): CodeLens {
    return { range: rangeOf(source), command: { title, command: '' } };
}

function rangeOf({ start, end }: SourceRange): CodeLens['range'] {
    return { start, end };
}
