/** Whether those that an address leads to can carry what its clients send, beside what they carry anyway. */
import { declaredLoad, type Bottleneck, type FailureState, type ProofModel } from '../../../proof/index.js';
import {
    demandsBehind,
    type ClusterId,
    type PlaceId,
    type Route,
    type SharedAddress,
} from '../../../topology/index.js';

/** What a failure leaves of the room behind an address. */
interface Carried {
    /** Requests per second through the address, as long as each place's clients go on sending the shares that they do. */
    readonly capacity: number;
    /** The one behind it that sets the limit; undefined: none does. */
    readonly bottleneck?: Bottleneck;
}

export function carriedBy(
    { cluster: id }: SharedAddress,
    model: ProofModel,
    askedBy: ClusterId,
    state: FailureState,
    ledTo: (place: PlaceId | undefined) => readonly Route[],
): Carried {
    const { topology } = model;
    const own = topology.workloads.flatMap((workload) =>
        workload.demands
            .filter(({ target }) => target.kind === 'cluster' && target.cluster === id)
            .map((demand) => ({ workload, demand })),
    );
    const inHealth = loads(own.flatMap(({ workload, demand }) => demandsBehind(topology, workload, demand)));
    const now = loads(
        own.flatMap(({ workload, demand }) => {
            const routes = ledTo(workload.place);
            return routes.map((target) => ({ target, rate: demand.rate / routes.length }));
        }),
    );
    const total = declaredLoad(topology, id);
    return [...now].reduce<Carried>(
        (least, [cluster, load]) => {
            const others = declaredLoad(topology, cluster) - (inHealth.get(cluster) ?? 0);
            const carried = model.rules(cluster, askedBy).capacity(state);
            const capacity = (Math.max(0, carried - others) / load) * total;
            return capacity < least.capacity
                ? { capacity, bottleneck: { cluster, load: load + others, capacity: carried } }
                : least;
        },
        { capacity: Infinity },
    );
}

function loads(
    demands: readonly {
        readonly target: { readonly kind: string; readonly cluster?: ClusterId };
        readonly rate: number;
    }[],
): ReadonlyMap<ClusterId, number> {
    const sums = new Map<ClusterId, number>();
    for (const { target, rate } of demands) {
        if (target.cluster !== undefined && rate > 0) {
            sums.set(target.cluster, (sums.get(target.cluster) ?? 0) + rate);
        }
    }
    return sums;
}
