import { window } from 'vscode';
import { CloseAction, ErrorAction, type CloseHandlerResult, type ErrorHandler } from 'vscode-languageclient';

/** More deaths than this within {@link SPAN_MINUTES}, and no further server is started: the next would die as well. */
const MOST_DEATHS = 4;
const SPAN_MINUTES = 3;
/** Messages in a row that could not be written. */
const MOST_ERRORS = 3;

/** A language server that dies is replaced, and the user hears of it. */
export class Deaths implements ErrorHandler {
    #times: readonly number[] = [];

    error(_error: Error, _message: unknown, count: number | undefined): { readonly action: ErrorAction } {
        return { action: count !== undefined && count <= MOST_ERRORS ? ErrorAction.Continue : ErrorAction.Shutdown };
    }

    closed(): CloseHandlerResult {
        const now = Date.now();
        this.#times = [...this.#times.filter((atMs) => now - atMs < SPAN_MINUTES * 60_000), now];
        if (this.#times.length > MOST_DEATHS) {
            const words = `The language server died ${String(this.#times.length)} times within ${String(SPAN_MINUTES)} minutes. Click Faultline in the status bar to start it once more.`;
            return { action: CloseAction.DoNotRestart, message: words };
        }
        const words = 'The language server died. A new one takes its place; runs under way have to be asked for again.';
        void window.showWarningMessage(words);
        return { action: CloseAction.Restart, message: words, handled: true };
    }
}
