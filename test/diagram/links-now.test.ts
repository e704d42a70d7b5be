/** Lines at an instant of a run: they follow who leads, and say what does not get through. */
import { beforeAll, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import {
    chosenDrawing,
    descriptionOf,
    layoutDrawing,
    momentAt,
    PALETTES,
    pictureOf,
    shownLinks,
    toDrawing,
    type Drawing,
    type LinkNow,
    type LiveStep,
    type Moment,
    type Playback,
} from '../../src/diagram/index.js';
import { scenarioOf, withScenario } from '../../src/language/play/live.js';
import { playbackOf } from '../../src/language/play/playback.js';
import type { Topology } from '../../src/topology/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';
import { momentOf } from './moments.js';
import { REDIS, SHOP, topologyOf as sketched } from './topologies.js';

let redis: Topology;
let drawing: Drawing;

beforeAll(async () => {
    redis = await topologyOf(projectFile('examples/redis.cluster'));
    drawing = toDrawing(redis);
});

const ZONE = 'zone:us-east-1';
const A_B = `link:replication:${ZONE}.a>${ZONE}.b`;
const B_C = `link:replication:${ZONE}.b>${ZONE}.c`;
const C_A = `link:replication:${ZONE}.c>${ZONE}.a`;

async function played(...steps: readonly LiveStep[]): Promise<Playback> {
    const live = withScenario(redis, scenarioOf(redis, { steps }));
    return playbackOf(live.topology, await runScenario(live.topology, live.index));
}

function linkAt(moment: Moment, id: string, of = drawing): LinkNow | undefined {
    return shownLinks(of, { interactive: false, moment }).find((link) => link.id === id);
}

test('an arrow follows the leader, on the way that it had, and tells what is declared', async () => {
    const playback = await played({ atMs: 30_000, action: 'crash', element: 'node:sessions.cache-1' });
    expect(linkAt(momentAt(playback, 29_000), A_B)).toMatchObject({ from: `${ZONE}.a`, to: `${ZONE}.b` });
    const after = momentAt(playback, 200_000);
    expect(linkAt(after, A_B)).toMatchObject({ from: `${ZONE}.b`, to: `${ZONE}.a`, trouble: 'still' });
    expect(linkAt(after, A_B)?.facts).toEqual([
        'Nothing is copied since 0:30.0: copies in zone us-east-1.a do not run.',
        '1 copy in zone us-east-1.a follows a leader in zone us-east-1.b.',
        'Shard sessions.s-1.',
        'As declared: 1 copy in zone us-east-1.b follows a leader in zone us-east-1.a.',
        'As declared: Shard sessions.s-1.',
    ]);
    const words = descriptionOf(drawing, { moment: after, title: 'x' });
    expect(words).toContain('1 copy in zone us-east-1.a follows a leader in zone us-east-1.b.');
    const layout = layoutDrawing(drawing);
    const [before, now] = [29_000, 200_000].map((atMs) =>
        pictureOf(drawing, layout, PALETTES.light, { moment: momentAt(playback, atMs), title: 'x' }),
    );
    const startOf = (picture = ''): number =>
        Number(/zone:us-east-1\.a&gt;zone:us-east-1\.b"[\s\S]*?class="line" d="M(\d+)/.exec(picture)?.[1]);
    expect(startOf(now)).toBeGreaterThan(startOf(before));
});

test('lines from and to a zone that is cut off say so, and since when, until it is back', async () => {
    const playback = await played(
        { atMs: 30_000, action: 'isolate', element: `${ZONE}.a` },
        { atMs: 100_000, action: 'restore', element: `${ZONE}.a` },
    );
    expect(linkAt(momentAt(playback, 29_999), A_B)?.trouble).toBeUndefined();
    const isolated = momentAt(playback, 31_000);
    expect([A_B, B_C, C_A].map((id) => linkAt(isolated, id)?.trouble)).toEqual(['cut', undefined, 'cut']);
    expect(linkAt(isolated, C_A)?.facts[0]).toBe(
        'Cut since 0:30.0: nothing passes between zone us-east-1.c and zone us-east-1.a.',
    );
    expect(linkAt(momentAt(playback, 120_000), C_A)?.trouble).toBeUndefined();
});

test('a cut between two zones marks the line between them alone, in the picture and its legend', async () => {
    const playback = await played({ atMs: 30_000, action: 'cut', element: B_C });
    const moment = momentAt(playback, 30_500);
    expect([A_B, B_C, C_A].map((id) => linkAt(moment, id)?.trouble)).toEqual([undefined, 'cut', undefined]);
    const picture = pictureOf(drawing, layoutDrawing(drawing), PALETTES.light, { moment, title: 'x' });
    expect(picture.match(/data-trouble="cut"/g)).toHaveLength(2);
    expect(picture).toContain('>cut: nothing passes<');
    expect(picture).toContain('>✂<');
});

test('clients reach nobody where nothing of a cluster runs', async () => {
    const playback = await played({ atMs: 30_000, action: 'fail', element: 'region:us-east-1' });
    const traffic = drawing.links.find(({ kind }) => kind === 'traffic')?.id ?? '';
    const link = linkAt(momentAt(playback, 31_000), traffic);
    expect(link).toMatchObject({ trouble: 'still', label: '' });
    expect(link?.facts[0]).toBe('Since 0:30.0 no node of sessions runs.');
});

/** An instant at which nothing happened but what is said. */
const quiet = (changes: Partial<Moment>): Moment => ({ ...momentOf({}), ...changes });

const THREE = toDrawing(
    sketched({
        regions: { r: ['a', 'b', 'c'] },
        clusters: [
            {
                name: 'c',
                engine: 'toy',
                nodes: ['a', 'b', 'c'].map((name, zone) => ({ name, zone })),
                shards: ['s-1', 's-2'].map((name) => ({ name, copies: [0, 1, 2] })),
            },
        ],
    }),
);

test('a way that the file declares for nobody is found between the boxes, which stay', () => {
    const moment = quiet({ leaders: new Map(['s-1', 's-2'].map((shard) => [`shard:c.${shard}`, 'node:c.b'])) });
    const links = shownLinks(THREE, { interactive: false, moment });
    expect(links.map(({ from, to, count }) => `${from} ${to} ${count}`)).toEqual([
        'zone:r.b zone:r.a 2',
        'zone:r.b zone:r.c 2',
    ]);
    const layout = layoutDrawing(THREE);
    const picture = pictureOf(THREE, layout, PALETTES.light, { moment, title: 'x' });
    expect(picture.match(/class="link replication" data-id/g)).toHaveLength(2);
});

test('copies that follow either way share a line with two arrows, where only one was declared', () => {
    const moment = quiet({ leaders: new Map([['shard:c.s-2', 'node:c.b']]) });
    const links = shownLinks(THREE, { interactive: false, moment });
    expect(links.find(({ id }) => id === 'link:replication:zone:r.a>zone:r.b')).toMatchObject({
        bothWays: true,
        count: 2,
        label: '2 copies',
    });
});

test('of several copies those that do not follow are counted', () => {
    const moment = quiet({
        severedSince: (from, to) => ([from, to].includes('node:c.b') ? 30_000 : undefined),
        leaders: new Map([['shard:c.s-1', null]]),
        vacant: new Map([['shard:c.s-1', { sinceMs: 35_000, last: 'node:c.a' }]]),
    });
    const links = shownLinks(THREE, { interactive: false, moment });
    expect(links.map(({ id, label, trouble }) => [id.slice(-8), label, trouble])).toEqual([
        ['zone:r.b', '2 copies', 'cut'],
        ['zone:r.c', '1 of 2', 'partly'],
    ]);
    expect(links[1]?.facts[0]).toBe('1 of 2 copies do not follow since 0:35.0: nobody leads.');
});

test('lines count the copies of the chosen clusters alone', () => {
    const shop = toDrawing(sketched(SHOP));
    const total = (links: Drawing['links']): number =>
        links.filter(({ id }) => id.startsWith('link:replication:')).reduce((sum, { count }) => sum + count, 0);
    const ofEach = shop.clusters.map(({ id }) => total(chosenDrawing(shop, new Set([id])).links));
    expect(ofEach.reduce((sum, each) => sum + each, 0)).toBe(total(shop.links));
    expect(ofEach.filter((count) => count > 0).length).toBeGreaterThan(1);
    const clusters = new Set([shop.clusters.find((_, at) => (ofEach[at] ?? 0) > 0)?.id ?? '']);
    const shown = shownLinks(shop, { interactive: true, clusters });
    expect(shown).toHaveLength(shop.links.length);
    for (const link of chosenDrawing(shop, clusters).links) {
        expect(shown).toContainEqual(link);
    }
    expect(total(toDrawing(sketched(REDIS)).links)).toBeGreaterThan(0);
});
