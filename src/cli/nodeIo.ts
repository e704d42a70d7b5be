import { ExitCode } from './exit.js';
import { reason } from './input/read.js';
import type { Io, Sink } from './io.js';

/** The process's own streams. */
export function nodeIo(): Io {
    return {
        stdout: sink(process.stdout, unwritable),
        stderr: sink(process.stderr, unwritable),
        env: process.env,
        cwd: process.cwd(),
        stdinIsTerminal: process.stdin.isTTY,
        readStdin,
    };
}

/**
 * Whoever reads may stop at any time (`faultline check | head -1`): what follows is then dropped without a word.
 *
 * @param fail is told of every other failure, such as a full disk
 */
export function sink(stream: NodeJS.WriteStream, fail: (error: Error) => void): Sink {
    let open = true;
    stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') {
            fail(error);
        }
        open = false;
    });
    return {
        terminal: stream.isTTY,
        columns: stream.columns,
        write: (text) => {
            if (open && text !== '') {
                stream.write(text);
            }
        },
    };
}

/** A report that is cut off must not look like a whole one. */
function unwritable(error: Error): never {
    process.stderr.write(`error: The output cannot be written: ${reason(error)}.\n`);
    process.exit(ExitCode.Misuse);
}

async function readStdin(maximumBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of process.stdin) {
        const bytes = chunk as Uint8Array;
        chunks.push(bytes);
        length += bytes.length;
        if (length > maximumBytes) {
            break;
        }
    }
    return Buffer.concat(chunks, length);
}
