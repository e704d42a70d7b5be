/** Words inside a PNG: what the picture is called and what it shows, for those who do not see it. */

const SIGNATURE_AND_HEADER = 8 + 25;

/**
 * The picture with its title and description in chunks of their own (iTXt, UTF-8), right behind the header.
 *
 * @throws Error for bytes that are no PNG
 */
export function describedPng(
    png: Uint8Array,
    words: { readonly title: string; readonly description: string },
): Uint8Array {
    if (png.length < SIGNATURE_AND_HEADER || png[0] !== 0x89 || png[1] !== 0x50) {
        throw new Error('These bytes are no PNG.');
    }
    const chunks = [textChunk('Title', words.title), textChunk('Description', words.description)];
    const described = new Uint8Array(png.length + chunks.reduce((sum, { length }) => sum + length, 0));
    described.set(png.subarray(0, SIGNATURE_AND_HEADER));
    let at = SIGNATURE_AND_HEADER;
    for (const chunk of chunks) {
        described.set(chunk, at);
        at += chunk.length;
    }
    described.set(png.subarray(SIGNATURE_AND_HEADER), at);
    return described;
}

function textChunk(keyword: string, text: string): Uint8Array {
    // Keyword, not compressed, no language, no translated keyword.
    const data = new TextEncoder().encode(`iTXt${keyword}\u0000\u0000\u0000\u0000\u0000${text}`);
    const chunk = new Uint8Array(data.length + 8);
    const view = new DataView(chunk.buffer);
    view.setUint32(0, data.length - 4);
    chunk.set(data, 4);
    view.setUint32(4 + data.length, checksum(data));
    return chunk;
}

/** CRC-32 as PNG has it. */
function checksum(bytes: Uint8Array): number {
    let crc = 0xffffffff;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit += 1) {
            crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
        }
    }
    return (crc ^ 0xffffffff) >>> 0;
}
