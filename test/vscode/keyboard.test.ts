/** A design review without a mouse, from the text to the saved scenario. */
import { beforeAll, describe, expect, it } from 'vitest';
import { opened, type Opened } from './harness/opened.js';
import { testedCodeServer } from './harness/session.js';

let session: Opened['session'];
let workbench: Opened['workbench'];
let preview: Opened['preview'];

beforeAll(async () => {
    ({ session, workbench, preview } = await opened('redis.cluster', 'cluster sessions: redis'));
    return session.stop;
});

/** Presses a key until something has the focus in the preview. */
async function pressUntil(key: string, wanted: RegExp): Promise<void> {
    for (let presses = 0; presses < 40; presses++) {
        if (wanted.test(await preview.focused())) return;
        await workbench.pressKey(key);
    }
    throw new Error(`${key} does not lead to ${wanted.source}, but to “${await preview.focused()}”.`);
}

describe(`with the keyboard alone in code-server ${testedCodeServer()}`, () => {
    it('goes from the text into the drawing, breaks a zone there, and hears what comes of it', async () => {
        await workbench.runCommand('Cluster: Open Topology Preview');
        await preview.element('zone:us-east-1.a').waitFor();
        await workbench.pressKey('Control+2');
        await pressUntil('Tab', /^(Region|Zone|Cluster|Clients) /);
        await workbench.pressKey('Home');
        await pressUntil('ArrowDown', /^Zone a\./);
        await workbench.pressKey('m');
        await pressUntil('ArrowDown', /^Fail zone a/);
        await workbench.screenshot(`${testedCodeServer()}-keyboard-menu`);
        await workbench.pressKey('Enter');
        await expect.poll(() => preview.nodesOff()).toEqual(['cache-1', 'cache-4']);
        expect(await preview.announced()).toMatch(/No acknowledged write was lost|failed for/);
    });

    it('steps through the run, and saves it as a scenario', async () => {
        const before = await preview.time();
        await workbench.pressKey('.');
        await expect.poll(() => preview.time()).not.toBe(before);
        await pressUntil('Tab', /^Save as scenario|^Save/);
        await workbench.screenshot(`${testedCodeServer()}-keyboard-save`);
        await workbench.pressKey('Enter');
        await workbench.line('scenario fail-zone-us-east-1-a').waitFor();
        await preview.text('Saved at the end of the file as scenario fail-zone-us-east-1-a.').waitFor();
    });
});
