/** A session whose extension comes over HTTP and therefore runs in the browser's extension host. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import type { Page } from 'playwright-core';
import { installedExtension, installPackaged, startSession, type Session } from './session.js';

const TYPES: Readonly<Record<string, string>> = {
    '.js': 'text/javascript',
    '.cjs': 'text/javascript',
    '.json': 'application/json',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
};

export interface WorkerSession extends Session {
    /** Files of the extension that were asked for so far, `dist/extension.js`, each as often as it was. */
    readonly served: () => readonly string[];
}

export async function startWithExtensionInWorker(): Promise<WorkerSession> {
    const unpacked = await mkdtemp(join(tmpdir(), 'faultline-unpacked-'));
    // Installed aside only to be unpacked as VS Code unpacks it: the server itself is not to run it.
    const session = await startSession((server) => installPackaged(server, unpacked));
    const files = await serveFolder(await installedExtension(unpacked));
    await addExtension(session.page, session.server.address, files.port);
    const stop = async (): Promise<void> => {
        await session.stop();
        await files.stop();
        await rm(unpacked, { recursive: true, force: true, maxRetries: 5 });
    };
    return { ...session, stop, served: () => [...files.served] };
}

interface FileServer {
    readonly port: number;
    readonly served: readonly string[];
    readonly stop: () => Promise<void>;
}

async function serveFolder(folder: string): Promise<FileServer> {
    const served: string[] = [];
    const server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://unused').pathname)).slice(1);
        const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
        const fresh = { ...open, 'cache-control': 'no-store' };
        const refuse = (): unknown => response.writeHead(404, open).end();
        if (path.split(sep).includes('..')) return refuse();
        served.push(path);
        readFile(join(folder, path)).then(
            (body) =>
                response.writeHead(200, { ...fresh, 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body),
            refuse,
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        port: (server.address() as AddressInfo).port,
        served,
        stop: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

/** VS Code's page carries its configuration in an attribute; an extension under development is added there. */
async function addExtension(page: Page, address: string, port: number): Promise<void> {
    const { host } = new URL(address);
    await page.route(
        (url) => url.host === host && url.pathname === '/',
        async (route) => {
            const html = await (await route.fetch()).text();
            // Without the reply's own headers: they forbid to load an extension from another port.
            await route.fulfill({ contentType: 'text/html', body: html.replace(CONFIGURATION, withExtension(port)) });
        },
    );
}

const CONFIGURATION = /(?<=id="vscode-workbench-web-configuration" data-settings=")[^"]*(?=")/;

const withExtension = (port: number) => (escaped: string) => {
    const settings = JSON.parse(escaped.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Record<string, unknown>;
    // By this name the extension host's own policy admits scripts from another port.
    const place = { scheme: 'http', authority: `localhost:${port}`, path: '/' };
    const changed = { ...settings, developmentOptions: { extensions: [place] } };
    return JSON.stringify(changed).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
};
