/** Long work in the analysis worker: the editor goes on, the user can stop it, and a dead worker is told of and replaced. */
import { beforeAll, describe, expect, it } from 'vitest';
import { startWithInstalledExtension, testedCodeServer, type Session } from './harness/session.js';
import { Workbench } from './harness/workbench.js';
import { plantWorkerDeath } from './harness/worker-death.js';

const FIXTURE = 'slow.cluster';

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
    session = await startWithInstalledExtension();
    workbench = new Workbench(session.page);
    await workbench.open(session.urlOf(FIXTURE), 'cluster big: redis');
    await workbench.serverRunning().waitFor();
    return session.stop;
});

async function run(scenario: string): Promise<void> {
    await workbench.runCommand('Cluster: Run Scenario');
    await workbench.quickPick(scenario);
}

describe(`long work in code-server ${testedCodeServer()}`, () => {
    it('leaves errors and completion as they are while a scenario runs, and stops when the user cancels', async () => {
        await run('long');
        const progress = workbench.notification('Running scenario long');
        await progress.waitFor();
        await workbench.typeAtEndOf(await session.lineOf(FIXTURE, 'zone c'), ' bogus');
        await workbench.errorMark().waitFor({ state: 'attached' });
        await workbench.erase(' bogus');
        await workbench.errorMark().waitFor({ state: 'detached' });
        await workbench.goToLine(await session.lineOf(FIXTURE, 'tolerate'));
        const suggestions = await workbench.suggestions();
        await suggestions.first().waitFor();
        await workbench.pressKey('Escape');
        expect(await progress.isVisible()).toBe(true);
        await progress.hover();
        await workbench.press(progress, 'Cancel');
        await progress.waitFor({ state: 'detached' });
        expect(await workbench.tab('long (report)').count()).toBe(0);
    });

    it('says so when the worker dies, goes on editing, and runs in a new worker', async ({ onTestFinished }) => {
        const bringBack = await plantWorkerDeath(session);
        onTestFinished(bringBack);
        await workbench.open(session.urlOf('redis.cluster'), 'cluster sessions: redis');
        await workbench.serverRunning().waitFor();
        await run('primary-crash');
        await workbench.notification('The analysis worker died: planted').waitFor();
        await workbench.typeAtEndOf(await session.lineOf('redis.cluster', 'zone c'), ' bogus');
        await workbench.errorMark().waitFor({ state: 'attached' });
        await workbench.erase(' bogus');
        await workbench.errorMark().waitFor({ state: 'detached' });
        await bringBack();
        await run('primary-crash');
        await workbench.tab('primary-crash (report)').waitFor();
    });
});
