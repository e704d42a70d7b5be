/** Objectives and scenarios as tests of VS Code's Testing view. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Preview } from './harness/preview.js';
import { startWithInstalledExtension, testedCodeServer, type Session } from './harness/session.js';
import { Testing } from './harness/testing.js';
import { Workbench } from './harness/workbench.js';

const FILE = 'night.cluster';

let session: Session;
let workbench: Workbench;
let testing: Testing;
let preview: Preview;

beforeAll(async () => {
    session = await startWithInstalledExtension();
    workbench = new Workbench(session.page);
    testing = new Testing(session.page, workbench);
    preview = new Preview(session.page);
    await workbench.open(session.urlOf(FILE), 'cluster sessions: redis');
    await workbench.serverRunning().waitFor();
    await testing.open(FILE);
    return session.stop;
});

describe(`the Testing view in code-server ${testedCodeServer()}`, () => {
    it('tells at the clause what was found, and what was expected', async () => {
        await testing.press(FILE, 'Run Test');
        await testing.item('survive-a-zone', 'failed').waitFor();
        await testing.item('survive-a-node', 'passed').waitFor();
        await testing.item('crash', 'passed').waitFor();
        await testing.item('impatient', 'failed').waitFor();
        await workbench.runCommand('View: Focus First Editor Group');
        await workbench.goToLine(await session.lineOf(FILE, 'scenario crash'));
        await workbench.goToLine(await session.lineOf(FILE, 'tolerate any 1 zone'));
        await testing.message('Broken by zone us-east-1.a: no reads of sessions.s-1').click();
        await testing.details('Expected: tolerate any 1 zone').waitFor();
        await workbench.screenshot(`${testedCodeServer()}-test-message`);
        await workbench.pressKey('Escape');
    });

    it('runs again by itself what was changed', async () => {
        await workbench.runCommand('Test: Start Continuous Run');
        await workbench.runCommand('View: Focus First Editor Group');
        await workbench.typeAtEndOf(await session.lineOf(FILE, 'within 5s'), '');
        await workbench.erase('5s');
        await session.page.keyboard.type('50s');
        await testing.item('impatient', 'passed').waitFor();
        await workbench.screenshot(`${testedCodeServer()}-test-continuous`);
        await workbench.erase('0s');
        await session.page.keyboard.type('s');
        await testing.item('impatient', 'failed').waitFor();
        await workbench.runCommand('Test: Stop Continuous Run');
    });

    it('plays the test that is debugged', async () => {
        await testing.press('crash', 'Debug Test');
        await expect.poll(() => preview.verdict()).toContain('One primary is killed');
    });

    it('plays the one that is chosen among several, at the instant at which it fails', async () => {
        await testing.press(FILE, 'Debug Test');
        await workbench.quickPick('impatient');
        await expect.poll(() => preview.verdict()).toContain('Nobody wants to wait');
        await expect.poll(() => preview.time()).toBe('0:35.000');
        await workbench.screenshot(`${testedCodeServer()}-test-played`);
    });
});
