/** Whether what a read waits for and what a write waits for have a copy in common, whichever copies these are. */
import { assertNever } from '../../../topology/index.js';
import { quorumOf, type Level } from '../consistency.js';
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
    const total = parts.reduce((sum, { copies }) => sum + copies, 0);
    const anywhere = (count: number): Wait => ({ count, text: `${String(count)} of ${String(total)} copies` });
    const here = (count: number): Wait =>
        simple || parts.length === 1
            ? anywhere(count)
            : {
                  perPart: new Map([[local, count]]),
                  count,
                  text: `${String(count)} of ${String(local.copies)} copies in ${local.name}`,
              };
    switch (level) {
        case 'ANY':
            return { count: 0, text: 'no copy, since a hint is enough' };
        case 'ONE':
            return anywhere(1);
        case 'TWO':
            return anywhere(2);
        case 'THREE':
            return anywhere(3);
        case 'LOCAL_ONE':
            return here(1);
        case 'QUORUM':
        case 'SERIAL':
            return anywhere(quorumOf(total));
        case 'LOCAL_QUORUM':
        case 'LOCAL_SERIAL':
            return here(quorumOf(local.copies));
        case 'EACH_QUORUM': {
            const perPart = new Map(parts.map((part) => [part, quorumOf(part.copies)]));
            const count = [...perPart.values()].reduce((sum, each) => sum + each, 0);
            return { perPart, count, text: 'a quorum in every datacenter' };
        }
        case 'ALL':
            return anywhere(total);
        default:
            return assertNever(level);
    }
}

/** Two sets of copies need not meet if there are enough copies for both. */
export function meet({ parts }: Keyspace, one: Wait, other: Wait): boolean {
    const [first, second] = [one.perPart, other.perPart];
    if (first !== undefined && second !== undefined) {
        return parts.some((part) => (first.get(part) ?? 0) + (second.get(part) ?? 0) > part.copies);
    }
    return one.count + other.count > parts.reduce((sum, { copies }) => sum + copies, 0);
}
