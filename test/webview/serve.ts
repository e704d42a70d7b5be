/** Serves the preview's page on loopback, under the content security policy that VS Code gets it with. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { build } from 'esbuild';

export type ThemeClass =
    'vscode-light' | 'vscode-dark' | 'vscode-high-contrast' | 'vscode-high-contrast vscode-high-contrast-light';

/** `broken` throws at every message; `held` answers a graph, as it is, only when it is told to. */
export type WorkerKind = 'elk' | 'broken' | 'held';

const WORKERS: Readonly<Record<WorkerKind, string>> = {
    elk: '/elk-worker.min.js',
    broken: '/broken-worker.js',
    held: '/held-worker.js',
};

const HELD_WORKER = `
const asked = [];
const channel = new BroadcastChannel('held-worker');
channel.onmessage = ({ data }) => {
    const request = data === 'answer' ? asked.shift() : undefined;
    if (request) postMessage({ id: request.id, data: request.graph });
};
onmessage = ({ data }) => {
    if (data.cmd !== 'layout') return postMessage({ id: data.id });
    asked.push(data);
    channel.postMessage('asked');
};`;

export interface Harness {
    address(theme: ThemeClass, worker?: WorkerKind): string;
    close(): Promise<void>;
}

/** Who answers the page, if anybody does. */
interface Session {
    /** What the page said. */
    receive(message: unknown): void;
    /** A page is there: `send` reaches it until it is gone. */
    opened(send: (message: unknown) => void): void;
}

interface HarnessOptions {
    /** 0: one that is free. */
    readonly port?: number;
    readonly session?: Session;
}

const NONCE = 'harness';

function page(theme: string, worker: string, channel: string): string {
    const policy = [
        "default-src 'none'",
        `script-src 'nonce-${NONCE}'`,
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        'worker-src blob:',
    ].join('; ');
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="/themes.css">
<link rel="stylesheet" href="/main.css">
<title>Topology</title>
</head>
<body class="${theme}" data-document="file:///example.cluster" data-layout-worker="${worker}">
<div id="app"></div>
<script nonce="${NONCE}" src="${channel}"></script>
<script nonce="${NONCE}" src="/main.js"></script>
</body>
</html>`;
}

export async function serveHarness({ port = 0, session }: HarnessOptions = {}): Promise<Harness> {
    const { outputFiles } = await build({
        entryPoints: {
            main: 'src/webview/main.ts',
            channel: 'test/webview/harness/channel.ts',
            served: 'test/webview/harness/served.ts',
            measure: 'test/webview/harness/measure.ts',
        },
        bundle: true,
        format: 'iife',
        target: 'es2022',
        outdir: '/',
        write: false,
        logLevel: 'warning',
    });
    const files = new Map<string, string>(outputFiles.map((file) => [file.path, file.text]));
    files.set('/themes.css', await readFile('test/webview/harness/themes.css', 'utf8'));
    files.set('/elk-worker.min.js', await readFile('node_modules/elkjs/lib/elk-worker.min.js', 'utf8'));
    files.set('/held-worker.js', HELD_WORKER);
    files.set('/broken-worker.js', 'self.onmessage = () => { throw new Error("broken"); };');
    const channel = session === undefined ? '/channel.js' : '/served.js';
    const server = createServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        const file = files.get(pathname);
        if (pathname === '/') {
            const worker = searchParams.get('worker') ?? '';
            const html = page(searchParams.get('theme') ?? '', worker, channel);
            response.setHeader('content-type', 'text/html').end(html);
        } else if (session !== undefined && pathname.startsWith('/message')) {
            converse(session, request, response);
        } else if (file === undefined) {
            // The browser's own wish for an icon is no fault of the page.
            response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
        } else {
            response.setHeader('content-type', pathname.endsWith('.css') ? 'text/css' : 'text/javascript').end(file);
        }
    });
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
    return {
        address: (theme, worker = 'elk') => {
            const parameters = new URLSearchParams({ theme, worker: WORKERS[worker] });
            return `http://127.0.0.1:${portOf(server)}/?${parameters.toString()}`;
        },
        close: () =>
            new Promise((closed) => {
                server.close(() => closed());
                server.closeAllConnections();
            }),
    };
}

/** What the page hears is a stream of events that stays open; what it says comes in requests of their own. */
function converse(session: Session, request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'POST') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        session.opened((message) => response.write(`data: ${JSON.stringify(message)}\n\n`));
        return;
    }
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
        response.writeHead(204).end();
        session.receive(JSON.parse(body));
    });
}

function portOf(server: Server): number {
    const address = server.address();
    if (address === null || typeof address === 'string') {
        throw new Error('The server listens on no port.');
    }
    return address.port;
}
