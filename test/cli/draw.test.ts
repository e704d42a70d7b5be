/** `faultline draw` with the real rooms: the same picture in every format. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRooms } from '../../src/cli/projectRooms.js';
import type { PlacedDrawing } from '../../src/diagram/index.js';
import { inProject } from '../../scripts/lib/paths.mjs';
import { faultline, folderWith } from './console.js';

const REDIS = inProject('examples', 'redis.cluster');

async function drawn(...options: string[]): Promise<string> {
    const { code, stdout, stderr } = await faultline(['draw', REDIS, ...options], projectRooms);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
}

async function placed(): Promise<PlacedDrawing> {
    return JSON.parse(await drawn('--format', 'json')) as PlacedDrawing;
}

describe('faultline draw', () => {
    it('writes a PNG of twice the size, with its title and description inside', async () => {
        const cwd = await folderWith({});
        const output = join(cwd, 'redis.png');
        expect(await drawn('--theme', 'dark')).toContain('#1f1f1f');
        const { code } = await faultline(['draw', REDIS, '--theme', 'dark', '--output', output], projectRooms);
        expect(code).toBe(0);
        const png = await readFile(output);
        const svg = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(await drawn());
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect(png.readUInt32BE(16)).toBe(Math.round(Number(svg?.[1]) * 2));
        expect(png.readUInt32BE(20)).toBe(Math.round(Number(svg?.[2]) * 2));
        expect(png.toString('utf8')).toContain('iTXtTitle\0\0\0\0\0Topology of redis.cluster');
        expect(png.toString('utf8')).toContain('1 cluster: sessions. 6 nodes in 3 zones of 1 region.');
    });

    it('sets the words in the font that is asked for, and keeps the usual ones behind it', async () => {
        expect(await drawn('--font', 'IBM Plex Sans')).toContain('font-family:&#39;IBM Plex Sans&#39;, system-ui');
    });

    it('has the same positions as data', async () => {
        const { format, version, title, elements, links, summary } = await placed();
        expect({ format, version, title }).toEqual({
            format: 'faultline-drawing',
            version: 1,
            title: 'redis.cluster',
        });
        expect(summary).toContain('6 nodes in 3 zones');
        const named = new Map(elements.map((element) => [element.id, element]));
        const node = named.get('node:sessions.cache-1')!;
        const zone = named.get('zone:us-east-1.a')!;
        expect(node).toMatchObject({ kind: 'node', parent: zone.id, clusters: ['cluster:sessions'] });
        expect(zone).toMatchObject({ kind: 'zone', parent: 'region:us-east-1' });
        expect(node.x).toBeGreaterThan(zone.x);
        expect(node.x + node.width).toBeLessThan(zone.x + zone.width);
        expect(node.y + node.height).toBeLessThan(zone.y + zone.height);
        const rect = `x="${node.x}" y="${node.y}" width="${node.width}" height="${node.height}"`;
        expect(await drawn()).toContain(rect);
        expect(links.every(({ points }) => points.length >= 2)).toBe(true);
    });

    it('says that there is nothing to draw in a file that declares nothing', async () => {
        const cwd = await folderWith({ 'empty.cluster': '// nothing yet\n' });
        const { code, stdout, stderr } = await faultline(['draw', join(cwd, 'empty.cluster')], projectRooms);
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toContain('declares no place, node or cluster: there is nothing to draw.');
    });

    it('refuses a format that the name of the file contradicts', async () => {
        const cwd = await folderWith({});
        const output = join(cwd, 'redis.svg');
        const { code, stderr } = await faultline(['draw', REDIS, '--output', output, '--format', 'png'], projectRooms);
        expect(code).toBe(2);
        expect(stderr).toContain('redis.svg is named as svg, but --format asks for png: leave one of them out.');
        const named = await faultline(['draw', REDIS, '--output', join(cwd, 'x.txt'), '--format', 'svg'], projectRooms);
        expect(named.code).toBe(0);
    });

    it('has regions and zones as subgraphs of a flowchart', async () => {
        const text = await drawn('--format', 'mermaid');
        expect(text).toMatch(
            /^flowchart TB\n {4}accTitle: Topology of redis\.cluster\n {4}accDescr: 1 cluster: sessions\. 6 nodes in 3 zones of 1 region\. .+\n/,
        );
        expect(text).toMatch(/subgraph e\d+\["us-east-1"\]\n {8}subgraph e\d+\["a"\]\n {12}e\d+\["cache-1<br\/>/);
        const names = [...text.matchAll(/(?:subgraph )?(e\d+)[[(]/g)].map(([, name]) => name);
        const joined = [...text.matchAll(/(e\d+) (?:-->|==>|-\.->)(?:\|"[^"]*"\|)? (e\d+)/g)];
        expect(joined.length).toBeGreaterThan(0);
        for (const [, from, to] of joined) expect(names).toEqual(expect.arrayContaining([from, to]));
        expect(text.match(/subgraph /g)?.length).toBe(text.match(/^ *end$/gm)?.length);
    });
});

describe('faultline draw --scenario … --at …', () => {
    it('draws the states at that instant of the run, and says of which', async () => {
        const at = async (instant: string): Promise<string> => drawn('--scenario', 'primary-crash', '--at', instant);
        const down = await at('40s');
        expect(down).toContain('0:40.0 in the run “');
        expect(down).toMatch(/<desc[^>]*>0:40\.0 in the run .* cache-1: crashed\b/);
        expect(down).toContain('data-state="crashed"');
        expect(await at('0s')).not.toContain('data-state="crashed"');
        expect(await drawn()).not.toContain('in the run');
    });

    it('another seed is another run', async () => {
        const seeded = (seed: string): Promise<string> =>
            drawn('--scenario', 'primary-crash', '--at', '49s', '--seed', seed);
        const pictures = new Set(await Promise.all(['1', '2', '3', '4', '5', '6'].map(seeded)));
        expect(pictures.size).toBeGreaterThan(1);
    });

    it('refuses half a wish, an unknown scenario, an instant behind the end, and formats without states', async () => {
        const refused = async (...options: string[]): Promise<string> => {
            const { code, stderr } = await faultline(['draw', REDIS, ...options], projectRooms);
            expect(code).toBe(2);
            return stderr;
        };
        expect(await refused('--scenario', 'primary-crash')).toContain('Say with --at which instant');
        expect(await refused('--at', '40s')).toContain('Say with --scenario NAME');
        expect(await refused('--scenario', 'primary-crsh', '--at', '40s')).toContain('Did you mean primary-crash?');
        expect(await refused('--scenario', 'primary-crash', '--at', '9min')).toContain('is over at 480s');
        expect(await refused('--scenario', 'primary-crash', '--at', '1s', '--format', 'json')).toContain('not as json');
        expect(await refused('--scenario', 'primary-crash', '--at', 'soon')).toContain('Give a duration with its unit');
    });
});
