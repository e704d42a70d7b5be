import { EmptyFileSystemProvider, UriUtils, type FileSystemNode, type URI } from 'langium';
import { expect, test } from 'vitest';
import { AnalysisService } from '../../src/analysis/index.js';
import { Client } from './client.js';

test('of a folder that is opened only cluster files are read, whatever else lies there', async () => {
    const read: string[] = [];
    const files = Object.assign(new EmptyFileSystemProvider(), {
        readDirectory: (folder: URI): Promise<FileSystemNode[]> => {
            const nodes = ['places.cluster', 'picture.png', 'Makefile', 'notes.txt'].map((name) => ({
                isFile: true,
                isDirectory: false,
                uri: UriUtils.joinPath(folder, name),
            }));
            return Promise.resolve(nodes);
        },
        readFile: (uri: URI): Promise<string> => {
            read.push(UriUtils.basename(uri));
            return Promise.resolve('region r { zone a }');
        },
    });
    const editor = await Client.start(new AnalysisService(), { files });
    await editor.open('region own { zone z }');
    expect(read).toEqual(['places.cluster']);
    editor.dispose();
});
