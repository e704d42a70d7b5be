import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens } from 'vscode-languageserver';
import type { SourceRange } from '../../topology/index.js';
import type { EditorServices } from './services.js';
import { standingTitle, waitingTitle } from './verdict-words.js';
import type { Standing } from './verdicts.js';

/** The client's command that a scenario's lens runs, with the document's address and the scenario's name. */
const RUN_SCENARIO_COMMAND = 'faultline.runScenario';

/** Plays it in the preview instead; same arguments. */
const PLAY_SCENARIO_COMMAND = 'faultline.playScenario';
/** Plays what breaks an objective, with the document's address and the objective's name. */
const SHOW_COUNTEREXAMPLE_COMMAND = 'faultline.showCounterexample';

/** What is known about an objective, and ways to run a scenario, above each of them. */
export class ClusterLenses implements CodeLensProvider {
    constructor(private readonly services: EditorServices) {}

    provideCodeLens(document: LangiumDocument): CodeLens[] {
        const uri = document.uri.toString();
        const result = this.services.editor.Results.of(document);
        if (!result) return [];
        const { topology, broken } = result;
        return [
            ...topology.objectives.flatMap((objective) => {
                const standing = this.services.editor.Verdicts.standing(uri, topology, objective);
                return [
                    plainLens(objective.source, standingTitle(standing)),
                    ...(isRefuted(standing)
                        ? [lens(objective.source, 'Show', SHOW_COUNTEREXAMPLE_COMMAND, [uri, objective.name])]
                        : []),
                ];
            }),
            ...topology.scenarios.flatMap(({ name, source }) => [
                lens(source, '▶ Run', RUN_SCENARIO_COMMAND, [uri, name]),
                lens(source, 'Play', PLAY_SCENARIO_COMMAND, [uri, name]),
            ]),
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

function lens(source: SourceRange, title: string, command: string, args: readonly string[]): CodeLens {
    return { range: rangeOf(source), command: { title, command, arguments: [...args] } };
}

/** Whether a failure set is known that breaks the objective as it stands. */
function isRefuted(standing: Standing): boolean {
    return standing.kind === 'proved' && standing.verdict.clauses.some(({ counterexample }) => counterexample);
}

function rangeOf({ start, end }: SourceRange): CodeLens['range'] {
    return { start, end };
}
