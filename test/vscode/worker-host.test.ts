/** The extension in the web worker host, where there is no Node.js: as in VS Code for the Web. */
import { beforeAll, describe, expect, it } from 'vitest';
import { testedCodeServer } from './harness/session.js';
import { startWithExtensionInWorker, type WorkerSession } from './harness/worker-session.js';
import { Typing } from './harness/typing.js';
import { Workbench } from './harness/workbench.js';

let session: WorkerSession;
let workbench: Workbench;

beforeAll(async () => {
    session = await startWithExtensionInWorker();
    workbench = new Workbench(session.page);
    await workbench.open(session.urlOf('redis.cluster'), 'cluster sessions: redis');
    return session.stop;
});

describe(`the web worker host of code-server ${testedCodeServer()}`, () => {
    it('starts the extension and its language server in the browser', async () => {
        await workbench.serverRunning().waitFor();
        expect(session.served()).toEqual(expect.arrayContaining(['dist/extension.js', 'dist/server.js']));
    });

    it('finds an error in a broken line and says its code', async () => {
        await workbench.runCommand('Problems: Focus on Problems View');
        await workbench.noProblem('redis.cluster');
        await workbench.typeAtEndOf(await session.lineOf('redis.cluster', 'zone c'), ' bogus');
        await workbench.problem(/language\/[a-z-]+/).waitFor();
        await workbench.erase(' bogus');
        await workbench.noProblem('redis.cluster');
        await workbench.togglePanel();
    });

    it('runs a scenario in a worker', async () => {
        await workbench.runCommand('Cluster: Run Scenario');
        await workbench.quickPick('primary-crash');
        await workbench.tab('primary-crash (report)').waitFor();
        await workbench.line('cache-5').waitFor();
        // Once for the server, and once more for the worker that it has started.
        expect(session.served().filter((file) => file === 'dist/server.js').length).toBeGreaterThan(1);
    });

    it('offers a setting of a Kafka topic with its default and documentation', async () => {
        const typing = new Typing(session, workbench);
        await workbench.open(session.urlOf('typing.cluster'), 'cluster orders: kafka');
        await workbench.line('survives 1').waitFor();
        await workbench.typeAtEndOf(await session.lineOf('typing.cluster', 'settings {'), '\nmin');
        await typing.suggestion('min.insync.replicas').getByText('default 1').waitFor();
        await (await typing.suggestionDetails()).getByText('must be in sync for a write').waitFor();
        await workbench.pressKey('Enter');
        await workbench.line('min.insync.replicas = 1').waitFor();
    });

    it('makes an even quorum odd from the light bulb', async () => {
        const typing = new Typing(session, workbench);
        await typing.goToWord('typing.cluster', 'ctl-[1..4]', 'ctl');
        await typing.applyFix('Use 3 controllers');
        await workbench.line('nodes ctl-[1..3]').waitFor();
        await workbench.line('survives 1').waitFor();
    });
});
