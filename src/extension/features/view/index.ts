/** `Cluster: Fit Drawing`, `Search in Topology`, `Export Drawing as SVG` and `as PNG`: the preview's buttons as commands. */
import { commands, Disposable, window } from 'vscode';
import type { PictureFormat, PreviewCommand } from '../../../protocol/index.js';
import { currentClusterEditor } from '../../language.js';
import type { Preview } from '../preview/preview.js';
import type { Previews } from '../preview/previews.js';
import { chosenLook } from './look.js';

const FIT_COMMAND = 'faultline.fitDrawing';
const SEARCH_COMMAND = 'faultline.searchTopology';
const SVG_COMMAND = 'faultline.exportSvg';
const PNG_COMMAND = 'faultline.exportPng';

export function activateView(previews: Previews): Disposable {
    /** With the preview that has the focus, or else with that of the text at hand, which is opened for it. */
    const withPreview = (act: (preview: Preview) => void) => (): void => {
        const document = currentClusterEditor()?.document.uri;
        const preview = previews.active() ?? (document && previews.open(document));
        if (preview) act(preview);
        else
            void window.showInformationMessage(
                'Open a .cluster file first: its drawing is what this command is about.',
            );
    };
    const press = (command: PreviewCommand) => withPreview((preview) => preview.press(command));
    const exportAs = (format: PictureFormat) => withPreview((preview) => preview.exportPicture(format, chosenLook()));
    return Disposable.from(
        commands.registerCommand(FIT_COMMAND, press('fit')),
        commands.registerCommand(SEARCH_COMMAND, press('search')),
        commands.registerCommand(SVG_COMMAND, exportAs('svg')),
        commands.registerCommand(PNG_COMMAND, exportAs('png')),
    );
}
