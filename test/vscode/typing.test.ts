/**
 * What helps while typing, in the Node extension host. Each test begins with a window and files of its own, and ends when
 * what it changed is saved: no later window brings unsaved text back.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWithInstalledExtension, testedCodeServer, type Session } from './harness/session.js';
import { Typing } from './harness/typing.js';
import { Workbench } from './harness/workbench.js';

const FIXTURE = 'typing.cluster';

let session: Session;
let workbench: Workbench;
let typing: Typing;

beforeAll(async () => {
    session = await startWithInstalledExtension();
    workbench = new Workbench(session.page);
    typing = new Typing(session, workbench);
    return session.stop;
});

beforeEach(() => session.resetFiles());

async function open(file: string, text: string): Promise<void> {
    await workbench.open(session.urlOf(file), text);
    await workbench.serverRunning().waitFor();
}

/** The hints show that the server has read the file. */
async function openFixture(): Promise<void> {
    await open(FIXTURE, 'cluster orders: kafka');
    await workbench.line('survives 1').waitFor();
}

/** What a file holds on disk; in a browser VS Code saves by itself a second after the last change. */
const saved = (file: string): ReturnType<typeof expect.poll<string>> => expect.poll(() => session.textOf(file));

describe(`typing in code-server ${testedCodeServer()}`, () => {
    it('shows all copies, the quorum and where nodes stand, none of it cut off', async () => {
        await openFixture();
        await workbench.line('3 copies').waitFor();
        await workbench.line('2 in a, 1 in b, 1 in c').waitFor();
        await workbench.line('quorum 3 of 4, survives 1').waitFor();
    });

    it('knows what the words of a system mean', async () => {
        await openFixture();
        await typing.goToWord(FIXTURE, 'as controller', 'controller');
        const token = await typing.token();
        await token.getByRole('cell', { name: 'enumMember', exact: true }).waitFor();
        await workbench.pressKey('Escape');
    });

    it('offers a setting of a Kafka topic with its default and documentation', async () => {
        await openFixture();
        await workbench.typeAtEndOf(await session.lineOf(FIXTURE, 'settings {'), '\nmin');
        const setting = typing.suggestion('min.insync.replicas');
        await setting.getByText('default 1').waitFor();
        const details = await typing.suggestionDetails();
        await details.getByText('must be in sync for a write').waitFor();
        expect(await details.getByRole('link').getAttribute('data-href')).toMatch(/^https:\/\/kafka\.apache\.org\//);
        await workbench.pressKey('Enter');
        await workbench.line('min.insync.replicas = 1').waitFor();
        // The value is chosen, to be typed over.
        await session.page.keyboard.type('2');
        await saved(FIXTURE).toContain('min.insync.replicas = 2');
    });

    it('makes an even quorum odd from the light bulb', async () => {
        await openFixture();
        await workbench.runCommand('Problems: Focus on Problems View');
        await workbench.problem('kafka/even-controllers').waitFor();
        await typing.goToWord(FIXTURE, 'ctl-[1..4]', 'ctl');
        await typing.applyFix('Use 3 controllers');
        await workbench.line('nodes ctl-[1..3]').waitFor();
        await workbench.noProblem('kafka/even-controllers');
        await workbench.togglePanel();
        await saved(FIXTURE).toContain('nodes ctl-[1..3]');
    });

    it('leads from the code of a finding to its page', async () => {
        await openFixture();
        await typing.goToWord(FIXTURE, 'ctl-[1..4]', 'ctl');
        const hover = await typing.hover();
        await hover.getByRole('link', { name: 'kafka/even-controllers' }).click();
        await workbench.tab('even-controllers.md').waitFor();
        await workbench.webview().getByRole('heading', { name: 'An even number of controllers' }).waitFor();
    });

    it('formats an example into itself', async () => {
        const example = await session.textOf('kafka.cluster');
        await open('kafka.cluster', 'cluster orders: kafka');
        await workbench.typeAtEndOf(await session.lineOf('kafka.cluster', 'partition 1 on'), '    ');
        await workbench.goToLine(await session.lineOf('kafka.cluster', 'nodes brk-'));
        await session.page.keyboard.type('    ');
        await saved('kafka.cluster').not.toBe(example);
        await workbench.runCommand('Format Document');
        await saved('kafka.cluster').toBe(example);
    });

    it('renames a cluster in the file that declares it and in the one that imports it', async () => {
        const before = { shop: await session.textOf('shop.cluster'), redis: await session.textOf('redis.cluster') };
        const renamed = (text: string): string => text.replaceAll(/\bsessions\b(?!-)/g, 'logins');
        await open('redis.cluster', 'cluster sessions: redis');
        await workbench.openBeside('shop.cluster', 'cluster storefront: server');
        await typing.goToWord('shop.cluster', 'needs reads of sessions', 'sessions');
        await typing.rename('logins');
        await workbench.line('needs reads of logins').waitFor();
        await saved('redis.cluster').toBe(renamed(before.redis));
        await saved('shop.cluster').toBe(renamed(before.shop));
    });

    it('refuses a name that is taken, and says by what', async () => {
        await open('shop.cluster', 'cluster storefront: server');
        await typing.goToWord('shop.cluster', 'needs reads of sessions', 'sessions');
        await typing.rename('ledger');
        await workbench.notification("There is a cluster 'ledger' already").waitFor();
        await workbench.line('needs reads of sessions').waitFor();
    });
});
