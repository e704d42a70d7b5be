/** Names that are longer than a card is wide. */
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing } from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { topologyOf } from '../support/run.js';
import { previews, send, show } from './page.js';

const open = previews();

test('the name of a node that is down ends before the mark that says so', async () => {
    const name = 'a-server-with-a-name-that-fits-on-no-card-at-all';
    const topology = await topologyOf(`
region r { zone a }
cluster web: server in r { node ${name} in r.a  endpoint discovery }
scenario s { at 5s fail zone r.a  until 60s }
`);
    const { page } = await open();
    await show(page, toDrawing(topology));
    const playback = playbackOf(topology, await runScenario(topology, 0), 's');
    await send(page, { type: 'playback', playback, beside: false, atMs: 30_000 });
    const card = page.locator('.node[data-state=off]');
    const [words, mark] = [
        await card.locator('text.name').boundingBox(),
        await card.locator('.mark').first().boundingBox(),
    ];
    expect((words?.x ?? 0) + (words?.width ?? Infinity)).toBeLessThanOrEqual(mark?.x ?? 0);
    await page.close();
});
