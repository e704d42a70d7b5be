import type { Io, Sink } from './io.js';

/** The process's own streams. */
export function nodeIo(): Io {
    return {
        stdout: sink(process.stdout),
        stderr: sink(process.stderr),
        env: process.env,
        cwd: process.cwd(),
        stdinIsTerminal: process.stdin.isTTY,
        readStdin,
    };
}

/** Whoever reads may stop at any time (`faultline check | head -1`): what follows is then dropped without a word. */
export function sink(stream: NodeJS.WriteStream): Sink {
    let open = true;
    stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') {
            throw error;
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
