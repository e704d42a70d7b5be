/** Pictures of an instant of a run, as the editor exports them. */
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import {
    descriptionOf,
    layoutDrawing,
    momentAt,
    PALETTES,
    pictureOf,
    toDrawing,
    type Playback,
} from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

test.each([
    ['down', () => 49_000],
    ['recovering', ({ beliefs }: Playback) => (300_000 + (beliefs.at(-1)?.atMs ?? 0)) / 2],
] as const)('a picture of a node that is %s looks as it did', async (name, instantOf) => {
    const topology = await topologyOf(projectFile('examples/redis.cluster'));
    const playback = playbackOf(topology, await runScenario(topology, 0));
    const instant = { moment: momentAt(playback, Math.round(instantOf(playback))), title: playback.title };
    const drawing = toDrawing(topology);
    const picture = pictureOf(drawing, layoutDrawing(drawing), PALETTES.light, instant);
    await expect(picture).toMatchFileSnapshot(`golden/instant-${name}.svg`);
});

test('what a picture shows of a run stands in its words', async () => {
    const topology = await topologyOf(projectFile('examples/redis.cluster'));
    const playback = playbackOf(topology, await runScenario(topology, 0));
    const words = descriptionOf(toDrawing(topology), { moment: momentAt(playback, 49_000), title: playback.title });
    expect(words).toMatch(
        /^0:49\.0 in the run “One primary is killed”\. sessions: reads .*fail.*\. cache-1: crashed; counted as failed by /,
    );
    expect(words).toContain('1 cluster: sessions.');
});
