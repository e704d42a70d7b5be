/** What a run says of itself where it rests on a figure that nobody documents. */
import type { World } from '../../simulator/index.js';
import type { SettingPlace, SettingReader } from '../engine.js';

/**
 * To be called when the figure counts. Nothing is said of one that the file gives: whoever wrote it knows.
 *
 * @param fact what is taken for granted, figure included, as a sentence without its full stop
 */
export function restOnSetting(
    world: Pick<World, 'cluster' | 'assume'>,
    settings: Pick<SettingReader, 'written'>,
    key: string,
    fact: string,
    at?: SettingPlace,
): void {
    if (settings.written(key, at) === undefined) {
        const sentence = `${fact}: nothing documents it, and \`${key}\` in the settings of ${world.cluster.name} sets it.`;
        world.assume({ sentence, brief: `${fact.charAt(0).toLowerCase()}${fact.slice(1)}, which nothing documents` });
    }
}
