/** An item in the status bar that says whether the language server lives; a click restarts it. */
import { Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { currentClusterEditor } from '../../language.js';
import { RESTART_COMMAND } from '../restart/index.js';

interface Appearance {
    readonly text: string;
    readonly tooltip: string;
    readonly alarming: boolean;
}

const RUNNING = { text: '$(pulse) Faultline', tooltip: 'Faultline is running. Click to restart it.', alarming: false };
const STARTING = { text: '$(sync~spin) Faultline', tooltip: 'Faultline is starting.', alarming: false };
const STOPPED = { text: '$(error) Faultline', tooltip: 'Faultline has stopped. Click to restart it.', alarming: true };

const APPEARANCES: Record<State, Appearance> = {
    [State.Running]: RUNNING,
    [State.Starting]: STARTING,
    [State.StartFailed]: STOPPED,
    [State.Stopped]: STOPPED,
};

export function activateStatus(client: BaseLanguageClient): Disposable {
    const item = window.createStatusBarItem('faultline.status', StatusBarAlignment.Right, 100);
    item.name = 'Faultline';
    item.command = RESTART_COMMAND;
    const show = (state: State): void => {
        const { text, tooltip, alarming } = APPEARANCES[state];
        item.text = text;
        item.tooltip = tooltip;
        item.accessibilityInformation = { label: tooltip };
        item.backgroundColor = alarming ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    };
    const showOnlyForClusterFiles = (): void => (currentClusterEditor() ? item.show() : item.hide());
    show(client.state);
    showOnlyForClusterFiles();
    return Disposable.from(
        item,
        client.onDidChangeState((change) => show(change.newState)),
        window.onDidChangeVisibleTextEditors(showOnlyForClusterFiles),
    );
}
