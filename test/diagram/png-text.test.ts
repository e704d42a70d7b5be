import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { describedPng } from '../../src/diagram/index.js';

/** One transparent pixel. */
const PIXEL = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
    'base64',
);

function chunksOf(png: Uint8Array): { readonly type: string; readonly data: Buffer; readonly sound: boolean }[] {
    const bytes = Buffer.from(png);
    const chunks = [];
    for (let at = 8; at < bytes.length;) {
        const length = bytes.readUInt32BE(at);
        const body = bytes.subarray(at + 4, at + 8 + length);
        const sound = bytes.readUInt32BE(at + 8 + length) === crc32(body);
        chunks.push({ type: body.subarray(0, 4).toString(), data: body.subarray(4), sound });
        at += 12 + length;
    }
    return chunks;
}

test('words stand in sound chunks of their own behind the header, and nothing else changes', () => {
    const described = describedPng(PIXEL, { title: 'Topology of ä', description: '6 nodes' });
    const chunks = chunksOf(described);
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
    expect(chunks.every(({ sound }) => sound)).toBe(true);
    expect(chunks[1]!.data.toString('utf8')).toBe('Title\0\0\0\0\0Topology of ä');
    expect(chunks[2]!.data.toString('utf8')).toBe('Description\0\0\0\0\x006 nodes');
    expect(Buffer.concat([described.subarray(0, 33), described.subarray(-(PIXEL.length - 33))])).toEqual(PIXEL);
});

test('what is no PNG is refused', () => {
    expect(() => describedPng(new Uint8Array(50), { title: '', description: '' })).toThrow('no PNG');
});
