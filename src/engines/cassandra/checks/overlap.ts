/** Whether what a read waits for and what a write waits for have a copy in common, whichever copies these are. */
import { COUNTS, type Level } from '../consistency.js';
import type { Keyspace, Part } from './keyspaces.js';

/** So many answers, from any copies or from those of some datacenters. */
export interface Wait {
    /** Undefined where the datacenter makes no difference. */
    readonly perPart?: ReadonlyMap<Part, number>;
    readonly count: number;
    /** `2 of 3 copies in us-east-1`. */
    readonly text: string;
}

/** What a request of this level waits for when a node in `local` coordinates it. */
export function waitOf({ parts, simple }: Keyspace, level: Level, local: Part): Wait {
    if (level === 'ANY') {
        return { count: 0, text: 'no copy, since a hint is enough' };
    }
    const { among, of } = COUNTS[level];
    if (among === 'each') {
        const perPart = new Map(parts.map((part) => [part, of(part.copies)]));
        const count = [...perPart.values()].reduce((sum, each) => sum + each, 0);
        return { perPart, count, text: 'a quorum in every datacenter' };
    }
    const total = parts.reduce((sum, { copies }) => sum + copies, 0);
    const count = of(among === 'local' ? local.copies : total);
    return among === 'all' || simple || parts.length === 1
        ? { count, text: `${String(count)} of ${String(total)} copies` }
        : {
              perPart: new Map([[local, count]]),
              count,
              text: `${String(count)} of ${String(local.copies)} copies in ${local.name}`,
          };
}

/** Two sets of copies need not meet if there are enough copies for both. */
export function meet({ parts }: Keyspace, one: Wait, other: Wait): boolean {
    const [first, second] = [one.perPart, other.perPart];
    if (first !== undefined && second !== undefined) {
        return parts.some((part) => (first.get(part) ?? 0) + (second.get(part) ?? 0) > part.copies);
    }
    return one.count + other.count > parts.reduce((sum, { copies }) => sum + copies, 0);
}
