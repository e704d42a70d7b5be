/** Lines of requests that an address shares out among clusters: which of them takes requests, as declared and in a run. */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import {
    descriptionOf,
    layoutDrawing,
    legendItems,
    mermaidOf,
    momentAt,
    PALETTES,
    pictureOf,
    placedDrawing,
    shownLinks,
    toDrawing,
    type Drawing,
    type LinkNow,
    type Playback,
} from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { topologyOf } from '../support/run.js';

const shop = (by: string, more = ''): string => `
region us { zone a }
region eu { zone a }
cluster web-us: server in us { nodes u-[1..2] across zones { capacity 100/s }  endpoint discovery }
cluster web-eu: server in eu { nodes e-[1..2] across zones { capacity 100/s }  endpoint discovery }
endpoint shop dns shop.example.com { route to web-us, web-eu by ${by}  ttl 4s  check every 2s  timeout 1s  fall 3  rise 2 }
workload buyers in eu { reads shop 20/s }
${more}`;

const LOST = 'scenario s { at 20s fail region us  at 60s restore region us  until 100s }';

const lineTo = <T extends { readonly to: string }>(links: readonly T[], cluster: string): T | undefined =>
    links.find(({ to }) => to === `cluster:${cluster}`);

const drawn = async (text: string): Promise<Drawing> => toDrawing(await topologyOf(text));

describe('as declared', () => {
    test('by failover the second cluster stands by', async () => {
        const { links } = await drawn(shop('failover'));
        expect(lineTo(links, 'web-us')).toMatchObject({ through: ['cluster:shop'] });
        expect(lineTo(links, 'web-us')).not.toHaveProperty('standby');
        expect(lineTo(links, 'web-us')?.facts).toEqual([
            'buyers sends 20 requests/s to shop, which leads to web-us while that passes its checks.',
        ]);
        expect(lineTo(links, 'web-eu')).toMatchObject({ through: ['cluster:shop'], standby: true });
        expect(lineTo(links, 'web-eu')?.facts).toEqual([
            'web-eu stands by for buyers: shop leads to it only while web-us fails its checks.',
        ]);
    });

    test('by latency the one that is farther from the clients does', async () => {
        const { links } = await drawn(shop('latency'));
        expect(links.map(({ to, standby }) => [to, standby])).toEqual([
            ['cluster:web-eu', undefined],
            ['cluster:web-us', true],
        ]);
    });

    test('by weight both take their share', async () => {
        const { links } = await drawn(shop('weight'));
        expect(links.map(({ standby, facts }) => [standby, facts])).toEqual([
            [
                undefined,
                [
                    'buyers sends 20 requests/s to shop, which leads to web-us and web-eu in turn: 10 requests/s come here.',
                ],
            ],
            [
                undefined,
                [
                    'buyers sends 20 requests/s to shop, which leads to web-us and web-eu in turn: 10 requests/s come here.',
                ],
            ],
        ]);
    });

    test('who is also asked directly does not', async () => {
        const { links } = await drawn(shop('failover', 'workload admins { reads shop 1/s  writes web-eu 2/s }'));
        const own = links.find(({ from, to }) => from === 'client:admins' && to === 'cluster:web-eu');
        expect(own).not.toHaveProperty('standby');
        expect(own).not.toHaveProperty('through');
        expect(own?.facts).toEqual([
            'admins sends 2 requests/s to web-eu.',
            'web-eu stands by for admins: shop leads to it only while web-us fails its checks.',
        ]);
    });

    test('every kind of picture tells it', async () => {
        const drawing = await drawn(shop('failover'));
        const layout = layoutDrawing(drawing);
        expect(pictureOf(drawing, layout, PALETTES.light)).toMatch(
            /class="link traffic standby" data-id="link:traffic:client:buyers&gt;cluster:web-eu"/,
        );
        expect(descriptionOf(drawing)).toContain('web-eu stands by for buyers');
        expect(mermaidOf(drawing)).toMatch(/-->[^|\n]+\n.*-\.->\|"standby"\|/);
        expect(placedDrawing(drawing, layout).links.map(({ standby }) => standby)).toEqual([undefined, true]);
        expect(legendItems(drawing.clusters, drawing, undefined).map(({ text }) => text)).toContain(
            'stands by: no requests',
        );
    });
});

describe('in a run', () => {
    async function played(by: string): Promise<{ readonly drawing: Drawing; readonly playback: Playback }> {
        const topology = await topologyOf(shop(by, LOST));
        return { drawing: toDrawing(topology), playback: playbackOf(topology, await runScenario(topology, 0)) };
    }

    function usedAt(drawing: Drawing, playback: Playback, atMs: number): readonly string[] {
        return shownLinks(drawing, { interactive: false, moment: momentAt(playback, atMs) }).flatMap(
            ({ to, standby }) => (standby ? [] : [to]),
        );
    }

    test('the lines follow the requests, there and back', async () => {
        const { drawing, playback } = await played('failover');
        const turns = playback.sending[0]?.changes.map(({ atMs }) => atMs) ?? [];
        expect(turns).toHaveLength(2);
        const [there = 0, back = 0] = turns;
        // While clients still hold the old answer, they ask those who are gone.
        expect(usedAt(drawing, playback, there - 1)).toEqual(['cluster:web-us']);
        expect(usedAt(drawing, playback, there)).toEqual(['cluster:web-eu']);
        expect(usedAt(drawing, playback, back)).toEqual(['cluster:web-us']);
        // The picture between two instants is another one for that.
        expect(momentAt(playback, there - 1).era).not.toBe(momentAt(playback, there).era);
    });

    test('one that takes no requests any more is not broken, but says what is known of its end', async () => {
        const { drawing, playback } = await played('failover');
        const line = (atMs: number, cluster: string): LinkNow | undefined =>
            lineTo(shownLinks(drawing, { interactive: false, moment: momentAt(playback, atMs) }), cluster);
        const there = playback.sending[0]?.changes[0]?.atMs ?? 0;
        expect(line(there - 1, 'web-us')).toMatchObject({ trouble: 'still' });
        expect(line(there, 'web-us')).toMatchObject({ standby: true });
        expect(line(there, 'web-us')).not.toHaveProperty('trouble');
        expect(line(there, 'web-us')?.facts.slice(0, 2)).toEqual([
            expect.stringMatching(/^The DNS name shop has sent no requests here since 0:[23]\d\.\d\.$/),
            'Since 0:20.0 no node of web-us runs.',
        ]);
        expect(line(there, 'web-eu')?.facts[0]).toMatch(
            /^The DNS name shop has sent requests here since 0:[23]\d\.\d\.$/,
        );
        const instant = { moment: momentAt(playback, there), title: 's' };
        expect(descriptionOf(drawing, instant)).toMatch(/The DNS name shop has sent no requests here since/);
    });

    test('by weight the one that fails its checks gets none, and the other all', async () => {
        const { drawing, playback } = await played('weight');
        const there = playback.sending[0]?.changes[0]?.atMs ?? 0;
        expect(usedAt(drawing, playback, there - 1)).toEqual(['cluster:web-us', 'cluster:web-eu']);
        expect(usedAt(drawing, playback, there)).toEqual(['cluster:web-eu']);
        const legend = legendItems(drawing.clusters, drawing, momentAt(playback, there)).map(({ text }) => text);
        expect(legend).toEqual(expect.arrayContaining(['requests of clients', 'stands by: no requests']));
    });
});
