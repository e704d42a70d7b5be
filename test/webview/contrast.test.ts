/** Words and marks of the drawing stand out from their ground in every theme, as declared and in a run: computed, not looked at. */
import { beforeAll, describe, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type Drawing, type Playback } from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { topologyOf } from '../support/run.js';
import { faintIn } from './contrast.js';
import { previews, send, show } from './page.js';
import type { ThemeClass } from './serve.js';

const open = previews();
const THEMES: readonly (readonly [theme: ThemeClass, forced: 'active' | 'none'])[] = [
    ['vscode-light', 'none'],
    ['vscode-dark', 'none'],
    ['vscode-high-contrast', 'none'],
    ['vscode-high-contrast vscode-high-contrast-light', 'none'],
    ['vscode-dark', 'active'],
];

/** Every kind of line, card and mark; seven clusters have every tone. */
const ALL = `
region r { zone a zone b }
region q { zone a }
cluster sessions: redis "8.2" in r { nodes c-[1..6] across zones  shards s-[1..3] { replicas 1 } }
cluster two: server in r { nodes n-[1..2] across zones  endpoint load-balancer 10.0.0.1 { check every 5s }  failover active-active }
cluster three: server in r { node t-1 in r.a  node t-2 in r.b  failover active-passive { detect 5s promote automatically } }
cluster four: server in q { node f-1 in q.a  endpoint discovery }
cluster five: server in q { node v-1 in q.a  endpoint discovery  needs reads of four }
cluster six: server in q { node x-1 in q.a  endpoint discovery }
cluster seven: server in q { node s-1 in q.a  endpoint discovery }
endpoint shop dns shop.example { route to two, four by failover  ttl 4s  check every 2s  timeout 1s  fall 2 }
workload app { reads sessions 100/s  writes sessions 20/s  reads shop 50/s  reads five 10/s  reads three 5/s }
scenario s { at 20s fail zone r.a  at 25s freeze node v-1  at 26s isolate node c-5  until 120s }
`;

let drawing: Drawing;
let playback: Playback;

beforeAll(async () => {
    const topology = await topologyOf(ALL);
    drawing = toDrawing(topology);
    playback = playbackOf(topology, await runScenario(topology, 0), 's');
});

describe.each(THEMES)('in %s, forced colours %s', (theme, forcedColors) => {
    test('nothing is too faint', async () => {
        const { page } = await open(theme);
        await page.setViewportSize({ width: 2200, height: 1400 });
        await page.emulateMedia({ forcedColors });
        await show(page, drawing);
        const declared = await faintIn(page);
        expect(declared.faint).toEqual([]);
        expect(declared.seen).toBeGreaterThan(150);
        for (const atMs of [20_000, 21_000, 28_000, 60_000]) {
            await send(page, { type: 'playback', playback, beside: false, atMs });
            await page.getByRole('region', { name: 'Timeline' }).waitFor();
            const { faint, seen } = await faintIn(page);
            expect(faint).toEqual([]);
            expect(seen).toBeGreaterThan(declared.seen);
        }
        await page.close();
    });
});
