/** The preview in every kind of theme; the pictures are for people to look at. */
import { beforeAll, describe, expect, it } from 'vitest';
import { startWithInstalledExtension, testedCodeServer, type Session } from './harness/session.js';
import { Preview } from './harness/preview.js';
import { Workbench } from './harness/workbench.js';
import { faintIn } from '../webview/contrast.js';

const THEMES = [
    { theme: 'Default Light Modern', kind: 'vs', picture: 'light' },
    { theme: 'Default Dark Modern', kind: 'vs-dark', picture: 'dark' },
    { theme: 'Default High Contrast', kind: 'hc-black', picture: 'high-contrast' },
    { theme: 'Default High Contrast Light', kind: 'hc-light', picture: 'high-contrast-light' },
];

let session: Session;
let workbench: Workbench;
let preview: Preview;

beforeAll(async () => {
    session = await startWithInstalledExtension();
    workbench = new Workbench(session.page);
    preview = new Preview(session.page);
    return session.stop;
});

/** A window that was loaded before the server had noticed the changed settings shows the theme when it is loaded again. */
async function openInTheme(kind: string): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
        await workbench.open(session.urlOf('redis.cluster'), 'cluster sessions: redis');
        if (await workbench.appears(workbench.window(kind), 15_000)) return;
    }
    await workbench.window(kind).waitFor();
}

describe(`the preview in code-server ${testedCodeServer()}`, () => {
    it.each(THEMES)(
        'is drawn in $theme, and its words and marks stand out, in a run too',
        async ({ theme, kind, picture }) => {
            await session.changeSettings({ 'workbench.colorTheme': theme });
            await openInTheme(kind);
            await workbench.serverRunning().waitFor();
            await workbench.runCommand('Cluster: Open Topology Preview');
            await workbench.element('node:sessions.cache-1').waitFor();
            await workbench.screenshot(`${testedCodeServer()}-${picture}`);
            expect(await workbench.element('zone:us-east-1.a').isVisible()).toBe(true);
            expect((await faintIn(preview)).faint).toEqual([]);
            await preview.choose('zone:us-east-1.a', 'Fail zone a');
            await expect.poll(() => preview.nodesOff()).toEqual(['cache-1', 'cache-4']);
            const { faint, seen } = await faintIn(preview);
            expect(faint).toEqual([]);
            expect(seen).toBeGreaterThan(50);
            await workbench.screenshot(`${testedCodeServer()}-${picture}-run`);
        },
    );
});
