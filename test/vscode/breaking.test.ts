/** A design review: break a zone in the drawing, look at what comes of it, keep it as a scenario, run it as a test. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Preview } from './harness/preview.js';
import { startWithInstalledExtension, testedCodeServer, type Session } from './harness/session.js';
import { Testing } from './harness/testing.js';
import { Workbench } from './harness/workbench.js';
import { plantWorkerDeath } from './harness/worker-death.js';

const SAVED = 'scenario fail-zone-us-east-1-a';

let session: Session;
let workbench: Workbench;
let testing: Testing;
let preview: Preview;

beforeAll(async () => {
    session = await startWithInstalledExtension();
    workbench = new Workbench(session.page);
    testing = new Testing(session.page, workbench);
    preview = new Preview(session.page);
    // Words on a canvas could not be read.
    await session.changeSettings({
        'terminal.integrated.gpuAcceleration': 'off',
        'testing.automaticallyOpenTestResults': 'openOnTestStart',
    });
    return session.stop;
});

async function open(file: string, text: string, element: string): Promise<void> {
    await workbench.open(session.urlOf(file), text);
    await workbench.serverRunning().waitFor();
    await workbench.runCommand('Cluster: Open Topology Preview');
    await preview.element(element).waitFor();
}

describe(`breaking things in code-server ${testedCodeServer()}`, () => {
    let trace = '';

    it('fails a zone from its menu: its nodes are down, and the verdict is said', async () => {
        await open('redis.cluster', 'cluster sessions: redis', 'zone:us-east-1.a');
        await preview.choose('zone:us-east-1.a', 'Fail zone a');
        await expect.poll(() => preview.nodesOff()).toEqual(['cache-1', 'cache-4']);
        expect(await preview.verdict()).toMatch(
            /Reads and writes of sessions \(1 of 3 shards\) failed for \d+\.\d s, .* No acknowledged/,
        );
        trace = await preview.trace();
        expect(trace).toMatch(/^[0-9a-f]{16}$/);
    });

    it('is scrubbed: before the fault all is well, at the end the zone is still down', async () => {
        await preview.scrub('Home');
        await expect.poll(() => preview.nodesOff()).toEqual([]);
        await preview.scrub('End');
        await expect.poll(() => preview.nodesOff()).toEqual(['cache-1', 'cache-4']);
        await workbench.screenshot(`${testedCodeServer()}-timeline`);
    });

    it('is compared with another seed, and with another text', async () => {
        await preview.press('Compare seed');
        await expect
            .poll(() => preview.verdict())
            .toMatch(/beside seed 2: (Reads and writes of sessions|the same outcome)/);
        await workbench.runCommand('View: Focus First Editor Group');
        await workbench.typeAtEndOf(await session.lineOf('redis.cluster', 'cluster-node-timeout'), '0');
        const outdated = preview.text('The text has changed since this run.');
        await outdated.waitFor();
        await preview.press('Compare text');
        await expect.poll(() => preview.verdict()).toMatch(/beside the text when it was compared: .* failed for 2 min/);
        await workbench.screenshot(`${testedCodeServer()}-compared`);
        expect(await preview.trace()).toBe(trace);
        await workbench.runCommand('View: Focus First Editor Group');
        await workbench.erase('0');
        await workbench.line('cluster-node-timeout = 15000ms').waitFor();
        await outdated.waitFor({ state: 'hidden' });
    });

    it('is saved as a scenario of the file', async () => {
        await preview.press('Save as scenario');
        await workbench.notification("The scenario 'fail-zone-us-east-1-a' stands at the end").waitFor();
        await workbench.line(SAVED).waitFor();
        await preview.text('Saved at the end of the file as scenario fail-zone-us-east-1-a.').waitFor();
    });

    it('runs from the Testing view with the same trace', async () => {
        await testing.open('redis.cluster');
        await testing.press('fail-zone-us-east-1-a', 'Run Test');
        await testing.item('fail-zone-us-east-1-a', 'passed').waitFor();
        await workbench.testOutput(`Trace ${trace}`).waitFor();
        await workbench.screenshot(`${testedCodeServer()}-test-results`);
        await workbench.togglePanel();
    });

    it('is played in the timeline by command', async () => {
        await preview.press('Close the timeline');
        await workbench.line('workload app').click();
        await workbench.runCommand('Cluster: Play Scenario');
        await workbench.quickPick('fail-zone-us-east-1-a');
        await expect.poll(() => preview.nodesOff()).toEqual(['cache-1', 'cache-4']);
        expect(await preview.trace()).toBe(trace);
    });

    it('is taken out of the file again by an undo', async () => {
        await expect.poll(() => preview.scenarios()).toContain('fail-zone-us-east-1-a');
        await workbench.line('workload app').click();
        await workbench.pressKey('Control+Z');
        await expect.poll(() => preview.scenarios()).not.toContain('fail-zone-us-east-1-a');
    });

    it('comes back with its view after the window was reloaded', async () => {
        // Without the file that the address names: beside that one VS Code restores nothing.
        await workbench.reload();
        if (!(await workbench.appears(preview.element('node:sessions.cache-1'), 20_000))) {
            await workbench.openBeside('redis.cluster', 'cluster sessions: redis');
            await workbench.runCommand('Cluster: Open Topology Preview');
        }
        await preview.element('node:sessions.cache-1').waitFor();
        await preview.press('Zoom in');
        await preview.press('Zoom in');
        const view = await preview.view();
        const loaded = session.page.waitForEvent('load');
        await workbench.runCommand('Developer: Reload Window');
        await loaded;
        await preview.element('node:sessions.cache-1').waitFor();
        await expect.poll(() => preview.view()).toBe(view);
    });

    it('says that the worker died, and the text can still be edited', async ({ onTestFinished }) => {
        const bringBack = await plantWorkerDeath(session);
        onTestFinished(bringBack);
        await open('server.cluster', 'cluster gateway: server', 'zone:dc.a');
        await preview.choose('zone:dc.a', 'Fail zone a');
        await preview.text('The analysis worker died: planted').waitFor();
        await workbench.line('cluster gateway: server').click();
        await workbench.typeAtEndOf(await session.lineOf('server.cluster', 'zone b'), ' bogus');
        await workbench.errorMark().waitFor({ state: 'attached' });
        await workbench.erase(' bogus');
        await workbench.errorMark().waitFor({ state: 'detached' });
        await bringBack();
        await preview.choose('zone:dc.a', 'Fail zone a');
        await expect.poll(() => preview.nodesOff()).toContain('gw-1');
    });
});
