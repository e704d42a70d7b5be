/** The extension as a user installs it, in the Node extension host; each test goes on where the one before it stopped. */
import { beforeAll, describe, expect, it } from 'vitest';
import { startWithInstalledExtension, testedCodeServer, type Session } from './harness/session.js';
import { Workbench } from './harness/workbench.js';

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
    session = await startWithInstalledExtension();
    workbench = new Workbench(session.page);
    await workbench.open(session.urlOf('redis.cluster'), 'cluster sessions: redis');
    return session.stop;
});

describe(`the installed extension in the VS Code of code-server ${testedCodeServer()}`, () => {
    it('starts its language server', async () => {
        await workbench.serverRunning().waitFor();
    });

    it('finds nothing wrong with the example, and in a broken line an error with its code', async () => {
        await workbench.runCommand('Problems: Focus on Problems View');
        await workbench.noProblem('redis.cluster');
        await workbench.typeAtEndOf(await session.lineOf('redis.cluster', 'zone c'), ' bogus');
        await workbench.errorMark().waitFor({ state: 'attached' });
        await workbench.problem(/language\/[a-z-]+/).waitFor();
        await workbench.erase(' bogus');
        await workbench.noProblem('redis.cluster');
        await workbench.togglePanel();
    });

    it('draws the topology: cache-1 and cache-4 stand in zone a', async () => {
        await workbench.runCommand('Cluster: Open Topology Preview');
        await workbench.element('zone:us-east-1.a').waitFor();
        const inZoneA = (node: string): Promise<boolean> =>
            workbench.isInside(`node:sessions.${node}`, 'zone:us-east-1.a');
        await expect.poll(() => inZoneA('cache-1')).toBe(true);
        await expect.poll(() => inZoneA('cache-4')).toBe(true);
        expect(await inZoneA('cache-2')).toBe(false);
    });

    it('leads from a click on a node to its source', async () => {
        await workbench.goToLine(await session.lineOf('redis.cluster', 'scenario primary-crash'));
        await workbench.element('node:sessions.cache-1').click();
        await workbench.cursorAt(`Ln ${await session.lineOf('redis.cluster', 'nodes cache-')},`).waitFor();
    });

    it('redraws while the user types', async () => {
        await workbench.element('zone:us-east-1.d').waitFor({ state: 'detached' });
        await workbench.typeAtEndOf(await session.lineOf('redis.cluster', 'zone c'), ' zone d');
        await workbench.element('zone:us-east-1.d').waitFor();
        await workbench.erase(' zone d');
        await workbench.element('zone:us-east-1.d').waitFor({ state: 'detached' });
    });

    it('draws again after the window was reloaded', async () => {
        await workbench.reload();
        // A browser's VS Code brings back what it had written to its storage by then; the rest is opened once more.
        if (!(await workbench.appears(workbench.element('node:sessions.cache-1'), 15_000))) {
            await workbench.open(session.urlOf('redis.cluster'), 'cluster sessions: redis');
            await workbench.runCommand('Cluster: Open Topology Preview');
        }
        await workbench.element('node:sessions.cache-1').waitFor();
        await workbench.serverRunning().waitFor();
        await workbench.line('cluster sessions: redis').click();
    });

    it('runs a scenario from the palette and tells of the promotion of cache-5', async () => {
        await workbench.runCommand('Cluster: Run Scenario');
        await workbench.quickPick('primary-crash');
        await workbench.tab('primary-crash (report)').waitFor();
        await workbench.line('cache-5').waitFor();
    });

    it('restarts the language server on demand', async () => {
        await workbench.runCommand('Cluster: Restart Language Server');
        await workbench.serverRunning().waitFor();
    });
});
