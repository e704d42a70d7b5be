/** What Linux holds back of files in memory before it writes them to disk: one fact for all systems that leave it at that. */
import { setDuration } from '../../topology/index.js';
import type { World } from '../../simulator/index.js';
import type { FactSource, SettingPlace, SettingReader, SettingScope, SettingSpec } from '../engine.js';
import { restOnSetting } from './assumed.js';

export const FLUSH_TIME = 'assumed.page-cache.flush-time';

const PAGE_CACHE: FactSource = {
    title: 'Linux source, mm/page-writeback.c; that hosts keep its defaults is an assumption of Faultline',
    url: 'https://github.com/torvalds/linux/blob/v6.12/mm/page-writeback.c',
    unconfirmed: true,
};

/** @param who whose writes these are, such as `a broker` */
export function flushTimeSetting(who: string, scope: readonly SettingScope[]): SettingSpec {
    return {
        key: FLUSH_TIME,
        type: { kind: 'duration', unit: 'ms' },
        default: 35_000,
        scope,
        documentation: `How long what ${who} has written may stand in the memory of its host before it is on disk, where nothing forces it there sooner. A loss of power takes what is younger. Linux writes what has waited for 30 s (\`vm.dirty_expire_centisecs\`, 3000) and looks every 5 s (\`vm.dirty_writeback_centisecs\`, 500), unless its host sets them otherwise.`,
        source: PAGE_CACHE,
        modelled: true,
    };
}

/** What a verdict takes for granted that counts on it. */
export function flushTimeAssumption(flushMs: number): string {
    return `The operating system writes to disk within ${setDuration(flushMs)} what it holds in memory (\`${FLUSH_TIME}\`; 30 s and 5 s are Linux's defaults).`;
}

/** The same of a run in which a host lost power. */
export function restOnFlushTime(
    world: Pick<World, 'cluster' | 'assume'>,
    settings: Pick<SettingReader, 'written'>,
    flushMs: number,
    at?: SettingPlace,
): void {
    const fact = `The operating system writes to disk within ${setDuration(flushMs)} what it holds in memory`;
    restOnSetting(world, settings, FLUSH_TIME, fact, at);
}
