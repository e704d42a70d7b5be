/** A VS Code server with a copy of the examples, and a browser that shows it. Nothing leaves 127.0.0.1. */
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { inProject } from '../../../scripts/lib/paths.mjs';
import { ensureVscodeServer, type VscodeServer } from '../../../scripts/vscode-server/fetch.mjs';
import { installExtension, startServer, type RunningServer } from '../../../scripts/vscode-server/run.mjs';
import { codeServerVersions } from '../../../scripts/vscode-server/versions.mjs';

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);
const BROWSER_ARGUMENTS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    // The page itself comes from loopback; without this its sockets to loopback are refused once a reply was made by hand.
    '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,BlockInsecurePrivateNetworkRequests',
];

export interface Session {
    readonly page: Page;
    readonly server: RunningServer;
    /** Address that shows the examples with one of them opened. */
    readonly urlOf: (file: string) => string;
    /** Number, from 1, of the first line of an example that holds the text. */
    readonly lineOf: (file: string, text: string) => Promise<number>;
    /** Puts the examples back as they are in the project. */
    readonly resetFiles: () => Promise<void>;
    /** Deletes an example's copy, as another program would. */
    readonly deleteFile: (file: string) => Promise<void>;
    /** What an example's copy in the workspace holds now, as it is saved. */
    readonly textOf: (file: string) => Promise<string>;
    /** Folder that the installed extension lies in. */
    readonly installedIn: () => Promise<string>;
    readonly changeSettings: (settings: Record<string, unknown>) => Promise<void>;
    readonly stop: () => Promise<void>;
}

/** Prepares a profile before the server starts. */
export type Preparation = (server: VscodeServer, profile: string) => Promise<void>;

/** The code-server release under test: `FAULTLINE_CODE_SERVER`, or the lowest. */
export const testedCodeServer = (): string => process.env.FAULTLINE_CODE_SERVER ?? codeServerVersions.lowest;

/** Installs the package that `npm run package` makes. */
export const installPackaged: Preparation = async (server, profile) => {
    const manifest = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as { version: string };
    await installExtension(server, profile, inProject(`faultline-${manifest.version}.vsix`));
};

export const startWithInstalledExtension = (): Promise<Session> => startSession(installPackaged);

/** Whatever was begun is ended again when a later step fails. */
export async function startSession(prepare: Preparation): Promise<Session> {
    const undo: (() => Promise<unknown>)[] = [];
    const stop = async (): Promise<void> => {
        for (const step of undo.splice(0).reverse()) await step();
    };
    try {
        const vscode = await ensureVscodeServer(testedCodeServer(), report);
        const scratch = await mkdtemp(join(tmpdir(), 'faultline-vscode-'));
        undo.push(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
        const workspace = join(scratch, 'workspace');
        const profile = join(scratch, 'profile');
        await fill(workspace);
        await prepare(vscode, profile);
        const server = await startServer(vscode, { profile });
        undo.push(() => server.stop());
        const browser = await chromium.launch({
            executablePath: await ensureChromium(report),
            args: BROWSER_ARGUMENTS,
        });
        undo.push(() => browser.close());
        const context = await browser.newContext({ viewport: { width: 1500, height: 1000 } });
        await context.route(isOutside, (route) => route.abort());
        return {
            page: await context.newPage(),
            server,
            urlOf: (file) => server.urlOf(workspace, join(workspace, file)),
            lineOf: async (file, text) => lineNumber(await readFile(join(workspace, file), 'utf8'), text),
            deleteFile: (file) => rm(join(workspace, file)),
            textOf: (file) => readFile(join(workspace, file), 'utf8'),
            resetFiles: () => fill(workspace),
            installedIn: () => installedExtension(profile),
            changeSettings: (settings) => server.changeSettings(settings),
            stop,
        };
    } catch (error) {
        await stop();
        throw error;
    }
}

/** @returns the one extension of a profile */
export async function installedExtension(profile: string): Promise<string> {
    const folder = join(profile, 'extensions');
    const entries = await readdir(folder, { withFileTypes: true });
    const [installed] = entries.filter((entry) => entry.isDirectory());
    if (!installed) throw new Error(`No extension is installed in ${folder}.`);
    return join(folder, installed.name);
}

const isOutside = (url: URL): boolean => url.protocol.startsWith('http') && !LOOPBACK.has(url.hostname);

async function fill(workspace: string): Promise<void> {
    await cp(inProject('examples'), workspace, { recursive: true });
    await cp(inProject('test', 'vscode', 'fixtures'), workspace, { recursive: true });
}

function lineNumber(text: string, wanted: string): number {
    const index = text.split('\n').findIndex((line) => line.includes(wanted));
    if (index < 0) throw new Error(`No line of the example holds “${wanted}”.`);
    return index + 1;
}

const report = (line: string): void => void process.stderr.write(`${line}\n`);
