import { parseDuration, type Setting } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

/** How long a client with these settings believes what it knows about leaders, in milliseconds. */
export function maximumAgeMs(context: EngineContext, settings: readonly Setting[]): number {
    const written = settings.findLast(({ key }) => key === 'metadata.max.age.ms')?.values[0];
    const own = written?.kind === 'number' ? (parseDuration(written.text) ?? written.value) : undefined;
    return Math.max(1, own ?? context.duration('metadata.max.age.ms'));
}
