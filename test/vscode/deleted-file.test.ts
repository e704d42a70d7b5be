/** A file that is deleted under its editor and its preview, and comes back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { opened, type Opened } from './harness/opened.js';
import { testedCodeServer } from './harness/session.js';

const FILE = 'server.cluster';
const GONE = `The file ${FILE} was deleted or moved. When it is back, it is drawn again.`;
const NOTHING_TO_RUN = `Nothing can be simulated: the file ${FILE} was deleted or moved.`;

let session: Opened['session'];
let workbench: Opened['workbench'];
let preview: Opened['preview'];

beforeAll(async () => {
    ({ session, workbench, preview } = await opened(FILE, 'cluster gateway: server'));
    await workbench.runCommand('Cluster: Open Topology Preview');
    await preview.element('zone:dc.a').waitFor();
    return session.stop;
});

describe(`a deleted file in code-server ${testedCodeServer()}`, () => {
    it('is still drawn and broken while its text stands in the editor', async () => {
        await session.deleteFile(FILE);
        await workbench.deletedTab(FILE).waitFor();
        await preview.choose('zone:dc.a', 'Fail zone a');
        await expect.poll(() => preview.nodesOff()).toContain('gw-1');
        await workbench.screenshot(`${testedCodeServer()}-deleted`);
    });

    it('cannot be broken when its editor is closed too, and says why', async () => {
        await workbench.closeTab(FILE);
        await preview.choose('zone:dc.b', 'Fail zone b');
        await preview.text(NOTHING_TO_RUN).waitFor();
        await workbench.screenshot(`${testedCodeServer()}-deleted-broken`);
    });

    it('is not drawn after a reload, which says why, and is drawn again when it is back', async () => {
        await workbench.reload();
        await preview.text(GONE).waitFor();
        await workbench.screenshot(`${testedCodeServer()}-deleted-reloaded`);
        await session.resetFiles();
        await preview.element('zone:dc.a').waitFor();
    });
});
