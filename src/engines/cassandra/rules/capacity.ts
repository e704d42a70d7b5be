import type { FailureState } from '../../../proof/index.js';
import { declaredLoad } from '../../../proof/index.js';
import type { NodeId, Operation, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Range } from '../required.js';
import { askerKey, coordinatorsOf, type Asker } from './askers.js';

const OPERATIONS: readonly Operation[] = ['read', 'write'];

/** Clients that take the same coordinators in turn, with all that they ask for in a second. */
interface Crowd {
    readonly asker: Pick<Asker, 'region' | 'isProbe'>;
    readonly nodes: readonly NodeId[];
    rate: number;
}

/** The total load, shared out as it is declared, that the survivors can carry. */
export class CapacityRules {
    private readonly crowds: readonly Crowd[];
    private readonly total: number;
    private readonly capacityOf: ReadonlyMap<NodeId, number>;

    constructor(
        private readonly context: EngineContext,
        ranges: ReadonlyMap<ShardId, Range>,
        askers: ReadonlyMap<string, readonly Asker[]>,
    ) {
        const { topology, cluster } = context;
        this.total = declaredLoad(topology, cluster.id);
        this.capacityOf = new Map(
            cluster.members.map(({ node, capacity }) => [node, capacity ?? Number.POSITIVE_INFINITY]),
        );
        const crowds = new Map<readonly NodeId[], Map<string, Crowd>>();
        for (const { shard, nodes } of ranges.values()) {
            const own = crowds.get(nodes) ?? new Map<string, Crowd>();
            crowds.set(nodes, own);
            for (const asker of OPERATIONS.flatMap((operation) => askers.get(askerKey(shard, operation)) ?? [])) {
                const key = asker.isProbe ? 'probe' : String(asker.region);
                const crowd = own.get(key) ?? { asker, nodes, rate: 0 };
                crowd.rate += asker.rate;
                own.set(key, crowd);
            }
        }
        this.crowds = [...crowds.values()].flatMap((own) => [...own.values()]).filter(({ rate }) => rate > 0);
    }

    /** Each client's requests go evenly to the coordinators of its region, so the weakest decides what they carry together. */
    left({ alive }: FailureState): number {
        const loadOn = new Map<string, { readonly coordinators: readonly NodeId[]; load: number }>();
        for (const { asker, nodes, rate } of this.crowds) {
            const coordinators = coordinatorsOf(this.context.topology, asker, nodes, (node) => alive[node] === 1);
            // Requests that nobody is left to take load nobody.
            if (coordinators.length === 0) {
                continue;
            }
            const key = coordinators.join(' ');
            const entry = loadOn.get(key) ?? { coordinators, load: 0 };
            entry.load += rate;
            loadOn.set(key, entry);
        }
        const shares = [...loadOn.values()].map(
            ({ coordinators, load }) => (this.carried(coordinators) * this.total) / load,
        );
        return Math.min(Number.POSITIVE_INFINITY, ...shares);
    }

    private carried(coordinators: readonly NodeId[]): number {
        const weakest = coordinators.reduce(
            (least, node) => Math.min(least, this.capacityOf.get(node)!),
            Number.POSITIVE_INFINITY,
        );
        return weakest * coordinators.length;
    }
}
