/** Which instance writes, and who takes over in which order. */
import type { Member } from '../../topology/index.js';
import type { SettingReader } from '../engine.js';
import { instanceSize } from './sizes.js';

/** Of an instance that is created without one. */
const DEFAULT_TIER = 1;

export const LAST_TIER = 15;

/**
 * The writer is the instance that was created as such, whatever its tier: here the one with the role `writer`, else the
 * first that is not said to be a reader.
 */
export function writerOf(members: readonly Member[]): Member | undefined {
    return (
        members.find(({ roles }) => roles.includes('writer')) ??
        members.find(({ roles }) => !roles.includes('reader')) ??
        members.at(0)
    );
}

/**
 * The writer, then the readers by promotion tier. Within a tier Aurora takes the largest, and among equals any: the order
 * of declaration, which also counts where not all sizes of a tier are known, is an assumption.
 */
export function promotionOrder(members: readonly Member[], settings: SettingReader): readonly Member[] {
    const writer = writerOf(members);
    if (writer === undefined) {
        return [];
    }
    const tiers = new Map<number, Member[]>();
    for (const reader of members.filter((member) => member !== writer)) {
        const tier = tierOf(reader);
        tiers.set(tier, [...(tiers.get(tier) ?? []), reader]);
    }
    const inOrder = [...tiers].sort(([one], [other]) => one - other);
    return [writer, ...inOrder.flatMap(([, readers]) => largestFirst(readers, settings))];
}

export function tierOf({ tier }: Member): number {
    return tier ?? DEFAULT_TIER;
}

function largestFirst(readers: readonly Member[], settings: SettingReader): readonly Member[] {
    const sized = readers.flatMap((reader) => {
        const size = instanceSize(settings, reader);
        return size === undefined ? [] : [{ reader, size }];
    });
    return sized.length < readers.length
        ? readers
        : sized.sort((one, other) => other.size - one.size).map(({ reader }) => reader);
}
