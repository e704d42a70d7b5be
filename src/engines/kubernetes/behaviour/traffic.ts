/** The way of a request to a pod. */
import type {
    Attempt,
    AttemptContext,
    Point,
    RandomStream,
    Steadiness,
    StreamContext,
} from '../../../simulator/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import { counted, type NodeId } from '../../../topology/index.js';
import {
    BackendChecks,
    reachesBalancer,
    reviewStanding,
    Rotation,
    type Balancing,
} from '../../shared/balancer/index.js';
import { askServer, connected, ContactList, roundTrip, steadinessOf } from '../../shared/simulation/index.js';
import type { PodSet } from '../pod-sets.js';
import type { Endpoints } from './endpoints.js';
import type { Pod, Pods } from './pods.js';
import type { Site } from './site.js';

/** Leads requests to workers: through the load balancer, or as clients that know the workers choose. */
export interface Traffic {
    start(): void;
    hostChanged: BackendChecks['hostChanged'];
    networkChanged(): void;
    attempt(context: AttemptContext, set: PodSet): Attempt;
    steadiness(context: StreamContext, set: PodSet): Steadiness;
}

/** Kube-proxy on a worker passes each connection to one of the ready pods that it knows, drawn at random. */
export class Proxies {
    private readonly draws: RandomStream;

    constructor(
        private readonly site: Site,
        private readonly endpoints: Endpoints,
        private readonly pods: Pods,
    ) {
        this.draws = site.world.stream(site.world.cluster.name, 'kube-proxy');
    }

    /** Decides for one connection which pod of their lists the workers choose. */
    draw(set: PodSet): number {
        return this.draws.below(this.choices(set));
    }

    /** How many different draws there are. */
    choices(set: PodSet): number {
        return Math.max(1, this.endpoints.mostSeen(set));
    }

    /**
     * One worker of each kind: those of a kind run, have the same links and know the same pods, so that a request that
     * succeeds through one of them succeeds through all, and as soon. A pod on the worker itself is a hop away, too, as long
     * as nothing is slow.
     */
    oneOfEachKind(workers: readonly NodeId[]): readonly NodeId[] {
        const { world } = this.site;
        const kinds: { readonly first: NodeId; second?: NodeId }[] = [];
        const known = new Map<object, Map<number, (typeof kinds)[number]>>();
        for (const worker of workers) {
            const view = this.endpoints.viewOf(worker);
            const alike = known.get(view) ?? new Map<number, (typeof kinds)[number]>();
            known.set(view, alike);
            const links = world.linksOf(worker) * 2 + (this.site.runs(worker) ? 1 : 0);
            const kind = alike.get(links);
            if (kind === undefined) {
                alike.set(links, kinds[kinds.push({ first: worker }) - 1]!);
            } else {
                kind.second ??= worker;
            }
        }
        const isUsual = kinds.every(
            ({ first, second }) =>
                second === undefined || (world.delay(first, second) === BASE_DELAY_MS && this.site.runs(first)),
        );
        return isUsual ? kinds.map(({ first }) => first) : workers;
    }

    /** What a request meets that `from` makes to the worker. `wayMs` is what it has travelled before, there and back. */
    forward(from: Point, worker: NodeId, set: PodSet, drawn: number, wayMs: number): Attempt {
        const { world } = this.site;
        const reach = world.reach(from, worker);
        const name = this.site.nameOf(worker);
        if (reach === 'silent') {
            return { outcome: 'hang', node: worker, reason: `${name} does not answer`, cause: this.site.blame(worker) };
        }
        const afterMs = wayMs + roundTrip(world, from, worker);
        if (reach === 'refused') {
            return {
                outcome: 'error',
                node: worker,
                afterMs,
                reason: `${name} refuses the connection`,
                cause: this.site.blame(worker),
            };
        }
        const known = this.endpoints.seenBy(worker, set);
        const pod = known[drawn % Math.max(1, known.length)];
        if (pod === undefined) {
            return {
                outcome: 'error',
                node: worker,
                afterMs,
                reason: `${name} knows no ready pod of ${this.site.titleOf(set.group)}`,
            };
        }
        return this.askPod(worker, pod, afterMs);
    }

    private askPod(worker: NodeId, pod: Pod, wayMs: number): Attempt {
        const { world } = this.site;
        const node = pod.node!;
        // A pod on the same node counts as one hop away, like every other: requests stay alike.
        const hopMs = node === worker ? 2 * BASE_DELAY_MS : 0;
        const met = askServer(world, worker, node, wayMs + hopMs, this.site.blame(node));
        if (met.outcome !== 'ok') {
            return met;
        }
        if (pod.up && this.reachesEnough(pod)) {
            return { ...met, cause: this.site.whyServed(pod.set, worker, node) };
        }
        const { group, required } = pod.set;
        const reason = pod.up
            ? `fewer than ${counted(required, 'pod')} of ${this.site.titleOf(group)} work together`
            : `the pod of ${this.site.titleOf(group)} on ${this.site.nameOf(node)} does not run`;
        return {
            outcome: 'error',
            node,
            afterMs: met.afterMs,
            reason,
            cause: pod.up ? this.site.blame(node) : pod.cause,
        };
    }

    /** Members of a group that needs several answer only while they see enough of them. */
    private reachesEnough({ set, node }: Pod): boolean {
        if (set.required <= 1) {
            return true;
        }
        const { world } = this.site;
        const seen = this.pods
            .of(set)
            .filter((other) => other.up && other.node !== undefined && world.reach(node!, other.node) === 'open');
        return seen.length >= set.required;
    }
}

export class BalancedTraffic implements Traffic {
    private readonly checks: BackendChecks;
    private readonly rotation: Rotation;
    /** Workers that are sent requests, and one of each kind of them. */
    private known = { version: -1, choices: [] as readonly NodeId[], kinds: [] as readonly NodeId[] };

    constructor(
        private readonly site: Site,
        private readonly proxies: Proxies,
        private readonly balancing: Balancing,
    ) {
        this.checks = new BackendChecks(site.world, balancing, site.workers, () => this.onVerdict());
        this.rotation = new Rotation(site.world, balancing, site.workers);
    }

    start(): void {
        this.checks.start();
    }

    hostChanged(...change: Parameters<BackendChecks['hostChanged']>): void {
        this.checks.hostChanged(...change);
    }

    networkChanged(): void {
        reviewStanding(this.site.world, this.balancing, this.site.workers);
    }

    /** As long as both living and dead workers are asked, requests differ in how they end, whoever is taken out. */
    private onVerdict(): void {
        const differed = this.differs();
        this.site.version++;
        if (!differed || !this.differs()) {
            this.site.world.changed();
        }
    }

    private differs(): boolean {
        const { world } = this.site;
        const { kinds } = this.current();
        const answering = kinds.filter((node) => world.reach(world.outside, node) === 'open').length;
        return answering > 0 && answering < kinds.length;
    }

    attempt(context: AttemptContext, set: PodSet): Attempt {
        const { world } = this.site;
        if (!reachesBalancer(world, context.client, this.balancing, this.site.workers)) {
            return {
                outcome: 'hang',
                node: -1,
                reason: `${this.balancing.address} cannot be reached`,
                cause: this.site.lastChange,
            };
        }
        const worker = this.rotation.next(this.current().choices, context);
        if (worker === undefined) {
            return this.nobody(context.client);
        }
        const answer = this.ask(context.client, worker, set, this.proxies.draw(set));
        const forMs = answer.outcome === 'hang' ? context.timeoutMs : answer.afterMs;
        this.rotation.opened(worker, forMs, context.client);
        return answer;
    }

    steadiness({ client }: StreamContext, set: PodSet): Steadiness {
        const { world } = this.site;
        if (!connected(world, client, world.outside)) {
            return { kind: 'varies' };
        }
        const { choices, kinds } = this.current();
        if (choices.length === 0) {
            return steadinessOf([this.nobody(client)]);
        }
        const found = this.through(kinds, client, set);
        // A failure tells the worker's name: that one of a kind fails says nothing of the others.
        return found.kind === 'fails' ? this.through(choices, client, set) : found;
    }

    private through(workers: readonly NodeId[], client: Point, set: PodSet): Steadiness {
        const first = this.ask(client, workers[0]!, set, 0);
        for (let drawn = 0; drawn < this.proxies.choices(set); drawn++) {
            const differs = (node: NodeId): boolean =>
                steadinessOf([first, this.ask(client, node, set, drawn)]).kind === 'varies';
            if (workers.some(differs)) {
                return { kind: 'varies' };
            }
        }
        return steadinessOf([first]);
    }

    private ask(client: Point, worker: NodeId, set: PodSet, drawn: number): Attempt {
        const { world } = this.site;
        return this.proxies.forward(world.outside, worker, set, drawn, roundTrip(world, client, world.outside));
    }

    private nobody(client: Point): Attempt {
        const { world } = this.site;
        const reason = `${this.balancing.address} has no worker that passes its checks`;
        const afterMs = roundTrip(world, client, world.outside);
        return { outcome: 'error', node: -1, afterMs, reason, cause: this.checks.lastRemoval };
    }

    private current(): typeof this.known {
        const { version } = this.site;
        if (this.known.version !== version) {
            const up = this.site.workers.filter((node) => this.checks.isUp(node));
            const choices = up.length === 0 && this.balancing.failOpen ? this.site.workers : up;
            this.known = { version, choices, kinds: this.proxies.oneOfEachKind(choices) };
        }
        return this.known;
    }
}

/** The way of clients that know the workers. */
export class DirectTraffic implements Traffic {
    private readonly contacts: ContactList;

    constructor(
        site: Site,
        private readonly proxies: Proxies,
    ) {
        this.contacts = new ContactList(site.world, site.workers);
    }

    start(): void {
        // There is nothing to begin.
    }

    hostChanged(): void {
        // Clients find out by themselves.
    }

    networkChanged(): void {
        // As they do here.
    }

    attempt(context: AttemptContext, set: PodSet): Attempt {
        const drawn = this.proxies.draw(set);
        return this.contacts.attempt(context, (node) => this.proxies.forward(context.client, node, set, drawn, 0));
    }

    steadiness({ client }: StreamContext, set: PodSet): Steadiness {
        const each = Array.from({ length: this.proxies.choices(set) }, (_, drawn) =>
            this.contacts.steadiness(client, (node) => this.proxies.forward(client, node, set, drawn, 0)),
        );
        const [first] = each;
        const alike = each.every(
            (other) =>
                first !== undefined &&
                first.kind !== 'varies' &&
                other.kind === first.kind &&
                other.afterMs === first.afterMs,
        );
        return alike && first !== undefined ? first : { kind: 'varies' };
    }
}
