import { assertNever, type Objective, type ShardGroup, type Target } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

export interface Promises {
    /** The shortest time within which the group must be restored, in ms; Infinity if none is promised. */
    readonly restoreMs: number;
    /** Whether an objective with such a time speaks of whole zones. */
    readonly zones: boolean;
}

/** What the objectives of the file promise about a group. */
export function promisesFor({ topology }: EngineContext, group: ShardGroup): Promises {
    const timed = topology.objectives
        .filter(({ targets }) => targets.some((target) => isAbout(target, group)))
        .filter((objective) => restoreMs(objective) < Infinity);
    return {
        restoreMs: Math.min(Infinity, ...timed.map(restoreMs)),
        zones: timed.some(({ clauses }) =>
            clauses.some(
                (clause) =>
                    clause.kind === 'tolerate' &&
                    clause.shape.some(({ level }) => level === 'zone' || level === 'region'),
            ),
        ),
    };
}

function restoreMs({ clauses }: Objective): number {
    return Math.min(Infinity, ...clauses.flatMap((clause) => (clause.kind === 'restore' ? [clause.limitMs] : [])));
}

function isAbout(target: Target, group: ShardGroup): boolean {
    switch (target.kind) {
        case 'cluster':
            return target.cluster === group.cluster;
        case 'group':
            return target.group === group.id;
        case 'shard':
            return group.shards.includes(target.shard);
        case 'workload':
            return false;
        default:
            return assertNever(target);
    }
}
