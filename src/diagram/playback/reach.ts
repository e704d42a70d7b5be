/** Whether what one sends to another arrives, as far as the links between them decide it. */
import type { ReachChange } from './playback.js';

/** Since when what one sends to the other does not arrive; undefined: it does. */
export function severedSince(
    changes: readonly ReachChange[],
    atMs: number,
    from: string,
    to: string,
): number | undefined {
    const until = changes.findLastIndex((change) => change.atMs <= atMs);
    const whole = changes.slice(0, until + 1).findLastIndex((change) => !isSevered(change, from, to));
    return whole === until ? undefined : changes[whole + 1]?.atMs;
}

function isSevered(change: ReachChange, from: string, to: string): boolean {
    if (change.severed.length === 0 || from === to) {
        return false;
    }
    const { groups, severed } = indexed(change);
    return severed.has(`${groups.get(from)} ${groups.get(to)}`);
}

interface Index {
    /** By id of who belongs to it. */
    readonly groups: ReadonlyMap<string, number>;
    readonly severed: ReadonlySet<string>;
}

/** Made once for each change: pictures of a large system ask for thousands of pairs. */
const indices = new WeakMap<ReachChange, Index>();

function indexed(change: ReachChange): Index {
    const known = indices.get(change);
    if (known !== undefined) {
        return known;
    }
    const index = {
        groups: new Map(change.groups.flatMap((ids, group) => ids.map((id) => [id, group] as const))),
        severed: new Set(change.severed.map(([from, to]) => `${from} ${to}`)),
    };
    indices.set(change, index);
    return index;
}
