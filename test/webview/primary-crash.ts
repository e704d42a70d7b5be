/** What the page is sent of the first scenario of the Redis example: its drawing and its playback. */
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type Drawing, type Playback } from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

/** @param more declarations that are added to the example */
export async function primaryCrash(more = ''): Promise<{ readonly drawing: Drawing; readonly playback: Playback }> {
    const topology = await topologyOf(`${projectFile('examples/redis.cluster')}\n${more}`);
    const playback = playbackOf(topology, await runScenario(topology, 0), 'primary-crash');
    return { drawing: toDrawing(topology), playback };
}
