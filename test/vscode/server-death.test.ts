/** The language server's process is killed under an open preview. */
import { beforeAll, describe, expect, it } from 'vitest';
import { killLanguageServer } from './harness/server-death.js';
import { opened, type Opened } from './harness/opened.js';
import { testedCodeServer } from './harness/session.js';

let session: Opened['session'];
let workbench: Opened['workbench'];
let preview: Opened['preview'];

beforeAll(async () => {
    ({ session, workbench, preview } = await opened('redis.cluster', 'cluster sessions: redis'));
    await workbench.runCommand('Cluster: Open Topology Preview');
    await preview.element('zone:us-east-1.b').waitFor();
    return session.stop;
});

describe(`when the language server dies in code-server ${testedCodeServer()}`, () => {
    it('is said, a new one takes its place, and editing and breaking go on', async () => {
        expect(await killLanguageServer(session)).toBe(1);
        await workbench.notification('The language server died. A new one takes its place').waitFor();
        await workbench.screenshot(`${testedCodeServer()}-server-killed`);
        await workbench.serverRunning().waitFor();
        await workbench.pressKey('Control+1');
        await workbench.typeAtEndOf(await session.lineOf('redis.cluster', 'zone c'), ' bogus');
        await workbench.errorMark().waitFor({ state: 'attached' });
        await workbench.erase(' bogus');
        await workbench.errorMark().waitFor({ state: 'detached' });
        await preview.choose('zone:us-east-1.b', 'Fail zone b');
        await expect.poll(() => preview.nodesOff()).toEqual(['cache-2', 'cache-5']);
    });
});
