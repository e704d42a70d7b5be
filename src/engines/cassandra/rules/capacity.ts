import type { FailureState } from '../../../proof/index.js';
import { declaredLoad } from '../../../proof/index.js';
import type { Member, Operation, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Range } from '../required.js';
import { askerKey, coordinatorsOf, type Asker } from './askers.js';

const OPERATIONS: readonly Operation[] = ['read', 'write'];

/**
 * The total load, shared out as it is declared, that the survivors can carry. Each client's requests go evenly to the
 * coordinators of its region, so the weakest of them decides how much they carry together.
 */
export function capacityLeft(
    context: EngineContext,
    ranges: ReadonlyMap<ShardId, Range>,
    askers: ReadonlyMap<string, readonly Asker[]>,
    state: FailureState,
): number {
    const { topology, cluster } = context;
    const memberOf = new Map(cluster.members.map((member) => [member.node, member]));
    const lives = (node: number): boolean => state.alive[node] === 1;
    const loadOn = new Map<string, { readonly coordinators: readonly Member[]; load: number }>();
    const asked = [...ranges.values()].flatMap((range) => {
        const nodes = range.nodes;
        const own = OPERATIONS.flatMap((operation) => askers.get(askerKey(range.shard, operation)) ?? []);
        return own.filter(({ rate }) => rate > 0).map((asker) => ({ asker, nodes }));
    });
    for (const { asker, nodes } of asked) {
        const coordinators = coordinatorsOf(topology, asker, nodes, lives).map((node) => memberOf.get(node)!);
        const key = coordinators.map(({ node }) => node).join(' ');
        const entry = loadOn.get(key) ?? { coordinators, load: 0 };
        entry.load += asker.rate;
        loadOn.set(key, entry);
    }
    const total = declaredLoad(topology, cluster.id);
    const shares = [...loadOn.values()].map(({ coordinators, load }) => (carried(coordinators) * total) / load);
    return Math.min(Number.POSITIVE_INFINITY, ...shares);
}

function carried(coordinators: readonly Member[]): number {
    const weakest = Math.min(...coordinators.map(({ capacity }) => capacity ?? Number.POSITIVE_INFINITY));
    return coordinators.length === 0 ? 0 : weakest * coordinators.length;
}
