/** A VS Code server with a copy of the examples, and a browser that shows it. Nothing leaves 127.0.0.1. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { inProject } from '../../../scripts/lib/paths.mjs';
import { ensureVscodeServer, type VscodeServer } from '../../../scripts/vscode-server/fetch.mjs';
import { startServer, type RunningServer } from '../../../scripts/vscode-server/run.mjs';
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
    /** The copy of the examples that is opened as workspace. */
    readonly workspace: string;
    stop(): Promise<void>;
}

export interface SessionOptions {
    readonly settings?: Record<string, unknown>;
    /** Prepares the profile before the server starts, for instance by installing an extension. */
    readonly prepare?: (server: VscodeServer, profile: string) => Promise<void>;
}

/** The code-server release under test, `FAULTLINE_CODE_SERVER` or the lowest. */
export const testedCodeServer = (): string => process.env.FAULTLINE_CODE_SERVER ?? codeServerVersions.lowest;

/** Path of the packaged extension, which `npm run package` makes. */
export async function packagedExtension(): Promise<string> {
    const manifest = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as { version: string };
    return inProject(`faultline-${manifest.version}.vsix`);
}

export async function startSession({ settings, prepare }: SessionOptions): Promise<Session> {
    const vscode = await ensureVscodeServer(testedCodeServer(), report);
    const executablePath = await ensureChromium(report);
    const scratch = await mkdtemp(join(tmpdir(), 'faultline-vscode-'));
    const workspace = join(scratch, 'workspace');
    const profile = join(scratch, 'profile');
    await cp(inProject('examples'), workspace, { recursive: true });
    await prepare?.(vscode, profile);
    const server = await startServer(vscode, { profile, ...(settings && { settings }) });
    const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
    const context = await browser.newContext({ viewport: { width: 1500, height: 950 } });
    await context.route(
        (url) => url.protocol.startsWith('http') && !isLoopback(url),
        (route) => route.abort(),
    );
    const page = await context.newPage();
    const stop = async (): Promise<void> => {
        await browser.close();
        await server.stop();
        await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    };
    return { page, server, workspace, stop };
}

const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

const report = (line: string): void => void process.stderr.write(`${line}\n`);
