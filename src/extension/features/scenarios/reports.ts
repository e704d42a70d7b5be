import { EventEmitter, Uri, ViewColumn, window, workspace, type TextDocumentContentProvider } from 'vscode';

export const REPORT_SCHEME = 'faultline-report';

/** The reports of this session, each shown as a read-only text document that a later run of the scenario replaces. */
export class ReportStore implements TextDocumentContentProvider {
    readonly #texts = new Map<string, string>();
    readonly #changed = new EventEmitter<Uri>();
    readonly onDidChange = this.#changed.event;

    provideTextDocumentContent(uri: Uri): string {
        return this.#texts.get(uri.toString()) ?? 'Reports are kept until the window closes. Run the scenario again.\n';
    }

    /** Opens the report beside the text, or refreshes it where it is open already. */
    async show(document: Uri, scenario: string, report: string): Promise<void> {
        const uri = reportUri(document, scenario);
        this.#texts.set(uri.toString(), report);
        this.#changed.fire(uri);
        const opened = await workspace.openTextDocument(uri);
        await window.showTextDocument(opened, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
    }

    dispose(): void {
        this.#changed.dispose();
    }
}

/** One address for each scenario of each document; the tab shows the last part of the path. */
const reportUri = (document: Uri, scenario: string): Uri =>
    Uri.from({ scheme: REPORT_SCHEME, path: `/${scenario.replaceAll('/', '-')} (report)`, query: document.toString() });
