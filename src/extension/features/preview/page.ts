import { Uri, type Webview } from 'vscode';

/**
 * The webview's page. Nothing in it runs but our own script, nothing is loaded but our own files, and the one worker, which
 * lays the drawing out, is started from a blob as webviews demand. What the script has to know stands in data attributes.
 */
export function previewPage(webview: Webview, extension: Uri, document: Uri): string {
    const nonce = randomNonce();
    const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(extension, 'dist', name)).toString();
    const policy = [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src ${webview.cspSource}`,
        `font-src ${webview.cspSource}`,
        `img-src ${webview.cspSource} data:`,
        `connect-src ${webview.cspSource}`,
        'worker-src blob:',
    ].join('; ');
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(file('webview.css'))}">
<title>Topology</title>
</head>
<body data-document="${attribute(document.toString())}" data-layout-worker="${attribute(file('elk-worker.min.js'))}">
<div id="app"></div>
<script nonce="${nonce}" src="${attribute(file('webview.js'))}"></script>
</body>
</html>
`;
}

/** 128 random bits in hexadecimal digits, from the source that both kinds of host have. */
const randomNonce = (): string =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const attribute = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
