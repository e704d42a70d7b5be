/** `Cluster: Fit Drawing`, `Search in Topology`, `Export Drawing as SVG` and `as PNG`: the preview's buttons as commands. */
import { commands, Disposable, window } from 'vscode';
import type { PreviewCommand } from '../../../protocol/index.js';
import { currentClusterEditor } from '../../language.js';
import type { Previews } from '../preview/previews.js';

const FIT_COMMAND = 'faultline.fitDrawing';
const SEARCH_COMMAND = 'faultline.searchTopology';
const SVG_COMMAND = 'faultline.exportSvg';
const PNG_COMMAND = 'faultline.exportPng';

export function activateView(previews: Previews): Disposable {
    /** In the preview that has the focus, or else in that of the text at hand, which is opened for it. */
    const press = (command: PreviewCommand) => (): void => {
        const document = currentClusterEditor()?.document.uri;
        const preview = previews.active() ?? (document && previews.open(document));
        if (preview) preview.press(command);
        else
            void window.showInformationMessage(
                'Open a .cluster file first: its drawing is what this command is about.',
            );
    };
    return Disposable.from(
        commands.registerCommand(FIT_COMMAND, press('fit')),
        commands.registerCommand(SEARCH_COMMAND, press('search')),
        commands.registerCommand(SVG_COMMAND, press('export-svg')),
        commands.registerCommand(PNG_COMMAND, press('export-png')),
    );
}
