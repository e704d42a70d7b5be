/** What an address before several clusters survives: clients are sent on to whatever passes its checks. */
import {
    DelayCalculator,
    NO_DELAY,
    nodesOf,
    OPERATIONS,
    serviceBreakage,
    slowest,
    storedBy,
    withNeeds,
    type Bottleneck,
    type DelayBound,
    type FailureState,
    type LossBound,
    type Obligation,
    type ProofModel,
    type ServiceRules,
    type ServiceState,
} from '../../../proof/index.js';
import {
    isWithin,
    listed,
    routesFrom,
    shardsOf,
    type ClusterId,
    type Operation,
    type PlaceId,
    type Route,
    type ShardId,
    type SharedAddress,
    type Topology,
} from '../../../topology/index.js';
import { carriedBy } from './capacity.js';
import { chosenFrom } from './checking.js';
import { switching, type Health } from './switching.js';

const SERVES: ServiceState = { serves: true };

/** The rules of those behind the address: as its clients ask them, and as its checks do. */
export interface ModelsBehind {
    readonly asked: ProofModel;
    readonly checked: ProofModel;
}

export class AddressRules implements ServiceRules {
    /** A cluster that fails altogether is left for another, one that fails for writes alone is not. */
    readonly monotone = false;
    /** Clusters that need the address that they stand behind are asked once. */
    private readonly asking = new Set<FailureState>();

    constructor(
        private readonly address: SharedAddress,
        private readonly models: ModelsBehind,
        /** Who asks: the address itself for its clients, or a cluster that needs it. */
        private readonly askedBy: ClusterId,
    ) {}

    serves(_shard: ShardId, operation: Operation, state: FailureState): ServiceState {
        if (this.asking.has(state)) {
            return this.servesItself(state);
        }
        this.asking.add(state);
        try {
            return this.servesNow(operation, state);
        } finally {
            this.asking.delete(state);
        }
    }

    /**
     * What needs the address that it stands behind: until clients are led away from what has failed, those who are left miss it,
     * too. Whether their own checks fail first, so that all of them wait for one another, is nobody's to say.
     */
    private servesItself({ failed }: FailureState): ServiceState {
        const { cluster, name } = this.address;
        const behind = nodesOf(
            this.topology,
            this.topology.clusters.filter(({ id }) => id === cluster),
        );
        return failed.some((node) => behind.has(node))
            ? {
                  serves: false,
                  isOpen: true,
                  reason: `${name} leads to clusters that need ${name}: those who are left may fail their checks before it leads to them, and then none comes back.`,
              }
            : SERVES;
    }

    private servesNow(operation: Operation, state: FailureState): ServiceState {
        const healths = this.healthsIn(state);
        const { name, routes } = this.address;
        const led = this.ordersIn(state).flatMap((order) => this.ledTo(order, healths));
        let open: ServiceState | undefined;
        for (const { route, isSure } of led) {
            const breakage = serviceBreakage(this.models.asked, { all: this.neededOf(route, [operation]) }, state);
            if (breakage === undefined) {
                continue;
            }
            const { isPart, isOpen, unshown } = breakage;
            // What it leads to may need the address itself, which has said where it leads already.
            const way = breakage.cluster === this.address.cluster ? '' : `${name} leads to ${route.text}. `;
            const none = routes.every((each) => healths.get(each) === 'down');
            const refusal: ServiceState = {
                serves: false,
                reason: none
                    ? `None of ${listed(routes.map(({ text }) => text))} passes the checks of ${name}. ${breakage.reason}`
                    : `${way}${breakage.reason}`,
                ...((isPart === true || this.address.by === 'weight') && !none && { isPart: true }),
                ...((!isSure || isOpen === true) && { isOpen: true }),
                ...(unshown !== undefined && { unshown }),
            };
            if (refusal.isOpen !== true) {
                return refusal;
            }
            // Of what is not sure, the reason is the one whose checks may pass or not.
            open = open === undefined || healths.get(route) === 'open' ? refusal : open;
        }
        return open ?? SERVES;
    }

    /** Where clients are sent in the end; not sure where checks may or may not pass. */
    private ledTo(
        order: readonly Route[],
        healths: ReadonlyMap<Route, Health>,
    ): readonly { readonly route: Route; readonly isSure: boolean }[] {
        const ifBad = chosenFrom(this.address, order, (route) => healths.get(route) === 'up');
        const ifGood = chosenFrom(this.address, order, (route) => healths.get(route) !== 'down');
        const open = order.filter((route) => healths.get(route) === 'open');
        const all = new Set([...ifBad, ...ifGood, ...(this.address.by === 'weight' ? [] : open)]);
        return [...all].map((route) => ({ route, isSure: open.length === 0 }));
    }

    capacity(state: FailureState): number {
        return this.carried(state).capacity;
    }

    bottleneck(state: FailureState): Bottleneck | undefined {
        return this.carried(state).bottleneck;
    }

    private carried(state: FailureState): ReturnType<typeof carriedBy> {
        const healths = this.healthsIn(state);
        const { address, models } = this;
        const isUp = (route: Route): boolean => healths.get(route) !== 'down';
        const places = new Set(this.placesIn(state));
        return carriedBy(address, models.asked, this.askedBy, state, (place) =>
            places.has(place) ? chosenFrom(address, routesFrom(this.topology, address, place), isUp) : [],
        );
    }

    recovery(_shard: ShardId, operation: Operation, state: FailureState): DelayBound {
        if (this.asking.has(state)) {
            return NO_DELAY;
        }
        this.asking.add(state);
        try {
            const healths = this.healthsIn(state);
            const delayOf = (route: Route): DelayBound => this.delayOf(route, [operation, 'read'], state);
            const bounds = this.ordersIn(state).map((order) =>
                switching(this.address, this.models.asked.topology, operation, {
                    order,
                    healths,
                    delayOf,
                    isDeadAtOnce: (route) => this.isDeadAtOnce(route, state),
                }),
            );
            const minMs = bounds.reduce((least, bound) => Math.min(least, bound.minMs), Infinity);
            return { ...slowest(bounds), minMs: Number.isFinite(minMs) ? minMs : 0 };
        } finally {
            this.asking.delete(state);
        }
    }

    /** What each cluster loses that may have taken the writes. */
    loss(_shard: ShardId, state: FailureState): LossBound {
        const { asked } = this.models;
        const stored = this.address.routes.flatMap((route) =>
            storedBy(this.topology, this.obligationsOf(route, ['write'])),
        );
        return stored
            .filter(({ cluster }) => this.topology.clusters[cluster]?.address === undefined)
            .map(({ cluster, shard, askedBy }) => asked.rules(cluster, askedBy).loss(shard, state))
            .reduce<LossBound>((worst, loss) => (windowOf(loss) > windowOf(worst) ? loss : worst), { kind: 'none' });
    }

    private get topology(): Topology {
        return this.models.asked.topology;
    }

    private healthsIn(state: FailureState): ReadonlyMap<Route, Health> {
        return new Map(this.address.routes.map((route) => [route, this.healthOf(route, state)]));
    }

    /** Whether reads of the whole cluster pass the checks in the end. */
    private healthOf(route: Route, state: FailureState): Health {
        const all = withNeeds(this.topology, obligationsOf(this.topology, route, ['read']));
        const breakage = serviceBreakage(this.models.checked, { all }, state);
        if (breakage === undefined) {
            return 'up';
        }
        return breakage.isOpen === true || breakage.isPart === true ? 'open' : 'down';
    }

    private delayOf(route: Route, operations: readonly Operation[], state: FailureState): DelayBound {
        const delays = new DelayCalculator(this.models.asked, state);
        return slowest(this.obligationsOf(route, [...new Set(operations)]).map((each) => delays.of(each)));
    }

    /** Nobody is left who holds a copy of something that is asked for, so that it fails from the first instant on. */
    private isDeadAtOnce(route: Route, { alive }: FailureState): boolean {
        return this.neededOf(route, ['read']).some(({ shard }) => {
            const copies = this.topology.shards[shard]?.copies ?? [];
            return copies.length > 0 && copies.every((node) => alive[node] === 0);
        });
    }

    private neededOf(route: Route, operations: readonly Operation[]): readonly Obligation[] {
        return withNeeds(this.topology, this.obligationsOf(route, operations));
    }

    private obligationsOf(route: Route, operations: readonly Operation[]): readonly Obligation[] {
        return obligationsOf(this.topology, route, operations).map((each) => ({ ...each, askedBy: this.askedBy }));
    }

    /** In which orders the clients that are left are sent to the clusters. */
    private ordersIn(state: FailureState): readonly (readonly Route[])[] {
        const orders = this.placesIn(state).map((place) => routesFrom(this.topology, this.address, place));
        return [...new Map(orders.map((order) => [order.map(({ text }) => text).join(' '), order])).values()];
    }

    /** Where its clients stand that still send requests, all if none does. Nobody in particular asks from outside. */
    private placesIn({ dark = [] }: FailureState): readonly (PlaceId | undefined)[] {
        const places = askersOf(this.topology, this.address, this.askedBy);
        const living = places.filter((place) => !dark.some((gone) => isWithin(this.topology, place, gone)));
        return living.length > 0 ? living : places;
    }
}

function obligationsOf(
    topology: Topology,
    route: Route,
    operations: readonly Operation[],
): readonly Pick<Obligation, 'cluster' | 'shard' | 'operation'>[] {
    return shardsOf(topology, route).flatMap((shard) =>
        operations.map((operation) => ({ cluster: route.cluster, shard, operation })),
    );
}

function askersOf(
    topology: Topology,
    { cluster }: SharedAddress,
    askedBy: ClusterId,
): readonly (PlaceId | undefined)[] {
    const members = cluster === askedBy ? undefined : topology.clusters[askedBy]?.members;
    if (members !== undefined) {
        return members.map(({ node }) => {
            const region = topology.nodes[node]?.region;
            return region === undefined ? undefined : { kind: 'region', region };
        });
    }
    const clients = topology.workloads.filter(({ demands }) =>
        demands.some(({ target }) => target.kind === 'cluster' && target.cluster === cluster),
    );
    const watched = new Set(clients.flatMap(({ demands }) => demands.map(({ operation }) => operation)));
    // A probe outside all places asks for what no client does.
    const probe = OPERATIONS.every((operation) => watched.has(operation)) ? [] : [undefined];
    return [...clients.map(({ place }) => place), ...probe];
}

function windowOf(loss: LossBound): number {
    if (loss.kind === 'none') {
        return -1;
    }
    return loss.isModelled === false ? Number.MAX_VALUE : loss.windowMs;
}
