/** Who is left to see what becomes of a service: clients that stand in what loses power send nothing afterwards. */
import {
    groupedBy,
    isWithin,
    shardsOf,
    type PlaceId,
    type Target,
    type Topology,
    type Workload,
} from '../topology/index.js';
import type { FailureState } from './rules.js';
import { OPERATIONS, serviceKey, type Service } from './subject.js';

/**
 * The clients whose requests count where these targets are asked about: all that ask for the same, or those of the workload that
 * is a target. What nobody asks for a probe watches, which stands outside all places.
 */
export class Audience {
    private known: Watched | undefined;

    constructor(
        private readonly topology: Topology,
        private readonly targets: readonly Target[],
    ) {}

    /** Whether somebody is left, after the failure, who asks for what one of the targets promises. */
    sees(service: Service, { dark = [] }: Pick<FailureState, 'dark'>): boolean {
        return dark.length === 0 || this.watching(service).some((clients) => !this.areDark(clients, dark));
    }

    /** The clients that count for each of the targets that promise the service. */
    private watching(service: Service): readonly (readonly Workload[])[] {
        const { promises, clients } = (this.known ??= watchedIn(this.topology, this.targets));
        const key = serviceKey(service);
        const all = clients.get(key) ?? [];
        return promises
            .filter(({ keys }) => keys.has(key))
            .map(({ target }) => (target.kind === 'workload' ? all.filter(({ id }) => id === target.workload) : all));
    }

    private areDark(clients: readonly Workload[], dark: readonly PlaceId[]): boolean {
        const isDark = ({ place }: Workload): boolean => dark.some((gone) => isWithin(this.topology, place, gone));
        return clients.length > 0 && clients.every(isDark);
    }
}

/** The workloads whose requests and settings count: the targets, and those that ask something of another target; all if none is a target. */
export function clientsThatCount(topology: Topology, targets: readonly Target[]): readonly Workload[] {
    if (targets.every(({ kind }) => kind !== 'workload')) {
        return topology.workloads;
    }
    const others = targets.filter(({ kind }) => kind !== 'workload');
    const promised = new Set(others.flatMap((target) => shardsOf(topology, target)));
    const named = new Set(targets.flatMap((target) => (target.kind === 'workload' ? [target.workload] : [])));
    return topology.workloads.filter(
        ({ id, demands }) =>
            named.has(id) ||
            demands.some(({ target }) => shardsOf(topology, target).some((shard) => promised.has(shard))),
    );
}

interface Watched {
    /** The services of each target. */
    readonly promises: readonly { readonly target: Target; readonly keys: ReadonlySet<string> }[];
    /** The workloads that ask for each service. */
    readonly clients: ReadonlyMap<string, readonly Workload[]>;
}

function watchedIn(topology: Topology, targets: readonly Target[]): Watched {
    const asked = topology.workloads.flatMap((workload) =>
        workload.demands.flatMap(({ operation, target }) =>
            shardsOf(topology, target).map((shard) => ({ workload, key: serviceKey({ shard, operation }) })),
        ),
    );
    const clients = groupedBy(asked, ({ key }) => key);
    return {
        promises: targets.map((target) => ({
            target,
            keys: new Set(
                OPERATIONS.flatMap((operation) =>
                    shardsOf(topology, target, operation).map((shard) => serviceKey({ shard, operation })),
                ),
            ),
        })),
        clients: new Map([...clients].map(([key, each]) => [key, each.map(({ workload }) => workload)])),
    };
}
