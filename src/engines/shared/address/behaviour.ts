import {
    placeOf,
    sharesOf,
    type Attempt,
    type AttemptContext,
    type ClusterBehaviour,
    type Point,
    type Steadiness,
    type StreamContext,
    type World,
} from '../../../simulator/index.js';
import {
    distinct,
    routesFrom,
    shardsOf,
    type NodeId,
    type Route,
    type ShardId,
    type SharedAddress,
} from '../../../topology/index.js';
import { NameCaches } from '../simulation/index.js';
import { assumedOf, chosenFrom, lookedUp } from './checking.js';
import { RouteChecks } from './checks.js';

/** Which clusters count as healthy; empty while none does. */
type Healthy = ReadonlySet<Route>;

/** An address before several clusters, which does not itself fail: it sends each client on to one of those that pass its checks. */
export class AddressBehaviour implements ClusterBehaviour {
    /** Those behind it say of themselves what packets they miss. */
    readonly talksAmongItself = false;
    private readonly checks: RouteChecks;
    private readonly caches: NameCaches<Healthy>;
    private readonly orders = new Map<Point, readonly Route[]>();
    /** Where each client is sent to, and what of the clusters it was told then. */
    private readonly choices = new Map<Point, { readonly healthy: Healthy; readonly routes: readonly Route[] }>();

    constructor(
        private readonly world: World,
        private readonly address: SharedAddress,
    ) {
        this.caches = new NameCaches<Healthy>(world, lookedUp(address), new Set(address.routes));
        this.checks = new RouteChecks(world, address, () => this.answerAnew());
    }

    start(): void {
        this.checks.start();
    }

    hostChanged(): void {
        // It has no hosts; those behind it have.
    }

    networkChanged(): void {
        // Who can reach whom differs for its checks and its clients from now on.
        assumedOf(this.address).forEach((assumption) => this.world.assume(assumption));
    }

    attempt(context: AttemptContext): Attempt {
        const { client, turn = 0, held } = context;
        const { routes } = this.address;
        const isHeld = held !== undefined;
        const route = isHeld ? routes[held % routes.length] : this.routeFor(client, turn);
        const shard = route && this.shardIn(route, turn);
        if (route === undefined || shard === undefined) {
            return { outcome: 'error', node: -1, afterMs: 0, reason: `${this.address.name} leads nowhere` };
        }
        const asked = {
            ...context,
            shard,
            through: context.shard,
            held: isHeld ? Math.floor(held / routes.length) : undefined,
        };
        const answer = { ...this.world.behaviourOf(route.cluster).attempt(asked), behind: shard };
        // Whoever has the try goes on with it, wherever the address leads by then.
        return answer.outcome === 'ok' || answer.held === undefined
            ? answer
            : { ...answer, held: answer.held * routes.length + routes.indexOf(route) };
    }

    steadiness(context: StreamContext): Steadiness {
        const { client, turn = 0 } = context;
        const route = this.routeFor(client, turn);
        const shard = route && this.shardIn(route, turn);
        if (route === undefined || shard === undefined) {
            return { kind: 'varies' };
        }
        const steadiness = this.world
            .behaviourOf(route.cluster)
            .steadiness({ ...context, shard, through: context.shard });
        return steadiness.kind === 'varies' ? steadiness : { ...steadiness, behind: shard };
    }

    leaders(): readonly NodeId[] {
        return [];
    }

    serving(): boolean {
        return false;
    }

    private answerAnew(): void {
        this.caches.change(new Set(this.address.routes.filter((route) => this.checks.isUp(route))));
        this.world.changed();
    }

    private routeFor(client: Point, turn: number): Route | undefined {
        const choices = this.choicesOf(client);
        return choices[turn % choices.length];
    }

    private choicesOf(client: Point): readonly Route[] {
        const healthy = this.caches.lookUp(client);
        const before = this.choices.get(client);
        if (before?.healthy === healthy) {
            return before.routes;
        }
        const routes = chosenFrom(this.address, this.orderOf(client), (route) => healthy.has(route));
        const known = before?.routes ?? chosenFrom(this.address, this.orderOf(client), () => true);
        this.choices.set(client, { healthy, routes });
        if (!sameRoutes(routes, known)) {
            this.world.sendsOn(client, distinct(routes.map(({ cluster }) => cluster)));
        }
        return routes;
    }

    /** By weight the requests of one turn have one cluster each, and each turn beyond these another shard. */
    private shardIn(route: Route, turn: number): ShardId | undefined {
        const shards = shardsOf(this.world.topology, route);
        return shards[Math.floor(turn / sharesOf(this.address)) % shards.length];
    }

    private orderOf(client: Point): readonly Route[] {
        const { topology } = this.world;
        const order = this.orders.get(client) ?? routesFrom(topology, this.address, placeOf(topology, client));
        this.orders.set(client, order);
        return order;
    }
}

function sameRoutes(one: readonly Route[], other: readonly Route[]): boolean {
    return one.length === other.length && one.every((route, index) => route === other[index]);
}
