import { Preview } from './preview.js';
import { startWithInstalledExtension, type Session } from './session.js';
import { Workbench } from './workbench.js';

export interface Opened {
    readonly session: Session;
    readonly workbench: Workbench;
    readonly preview: Preview;
}

/** VS Code with one of the examples in its editor, and the language server at work. `line`: words that stand in the file. */
export async function opened(file: string, line: string): Promise<Opened> {
    const session = await startWithInstalledExtension();
    const workbench = new Workbench(session.page);
    await workbench.open(session.urlOf(file), line);
    await workbench.serverRunning().waitFor();
    return { session, workbench, preview: new Preview(session.page) };
}
