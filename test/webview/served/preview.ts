/** The preview in a plain page, over a file that may change: for development, and for tests that need real answers. */
import { readFile, writeFile } from 'node:fs/promises';
import { watchFile, unwatchFile } from 'node:fs';
import { readFromWebview } from '../../../src/extension/features/preview/messages.js';
import { serveHarness, type Harness } from '../serve.js';
import { FakeExtension } from './fake-extension.js';

const EVERY_MS = 200;

/** `say` gets what an editor would show, a line each. Pictures that the page exports are written beside the file. */
export async function servePreview(path: string, say: (line: string) => void, port = 0): Promise<Harness> {
    let send: (message: unknown) => void = () => undefined;
    const fail = (error: unknown): void => say(error instanceof Error ? error.message : String(error));
    const extension = await FakeExtension.start(await readFile(path, 'utf8'), path, {
        send: (message) => send(message),
        say,
        picture: async (format, data) => {
            const target = path.replace(/(\.cluster)?$/, `.${format}`);
            await writeFile(target, data, format === 'png' ? 'base64' : 'utf8');
            say(`The drawing was written to ${target}.`);
        },
        write: (text) => writeFile(path, text),
    });
    const harness = await serveHarness({
        port,
        session: {
            opened: (opened) => (send = opened),
            receive: (message) => {
                const known = readFromWebview(message);
                if (known === undefined) {
                    say('The page sent a message that is not understood.');
                } else {
                    extension.receive(known).catch(fail);
                }
            },
        },
    });
    watchFile(path, { interval: EVERY_MS }, () => {
        readFile(path, 'utf8')
            .then((text) => extension.changed(text))
            .catch(fail);
    });
    return {
        ...harness,
        close: async () => {
            unwatchFile(path);
            await harness.close();
            extension.dispose();
        },
    };
}
