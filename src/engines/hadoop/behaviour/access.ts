import type {
    Attempt,
    AttemptContext,
    NodeOrNone,
    Point,
    RandomStream,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import { counted, shardTitle, type NodeId, type ShardId, type ZoneId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { connected, roundTrip } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import { isNear, silentLink, streamPatience, type StreamPatience } from '../streams.js';
import type { Block, Blocks } from './blocks.js';
import type { Clients, Found } from './clients.js';
import type { DataNodes } from './datanodes.js';
import type { Pipelines } from './pipelines.js';

/** Requests ask the namespace first, then DataNodes: any that has a copy to read, several in a row to write. */
export class Access {
    /** In which order the copies of each block are listed. */
    private readonly orders = new Map<ShardId, RandomStream>();

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly clients: Clients,
        private readonly datanodes: DataNodes,
        private readonly blocks: Blocks,
        private readonly pipelines: Pipelines,
    ) {}

    attempt(request: AttemptContext): Attempt {
        const lookup = this.clients.lookUp(request);
        this.clients.learn(request, lookup);
        if (lookup.outcome !== 'found') {
            return lookup;
        }
        const attempt = this.reach(request, lookup, request.attempt === 0 ? -1 : request.previous);
        if (request.operation === 'write' && !this.isNamespace(request)) {
            this.pipelines.wentThrough(this.blocks.at(request.shard), request.client);
        }
        return attempt;
    }

    steadiness(request: StreamContext): Steadiness {
        const lookup = this.clients.lookUp(request);
        if (!this.clients.isSettled(request, lookup)) {
            return { kind: 'varies' };
        }
        if (lookup.outcome === 'found' && (this.isChance(request, lookup) || this.stopsOnce(request, lookup))) {
            return { kind: 'varies' };
        }
        const attempt = lookup.outcome === 'found' ? this.reach(request, lookup, -1) : lookup;
        return steady(attempt, this.clients.isProbe(request.client) ? request.timeoutMs : undefined);
    }

    /** @param previous the DataNode that failed the try before, which is asked last: a retry goes to the next address */
    private reach(request: StreamContext, found: Found, previous: NodeOrNone): Attempt {
        if (this.isNamespace(request)) {
            const { namenode, wayMs, isStale } = found;
            return { outcome: 'ok', node: namenode, afterMs: wayMs, stale: isStale, cause: found.cause };
        }
        const block = this.blocks.at(request.shard);
        return request.operation === 'read'
            ? this.read(request, found, block, previous)
            : this.write(request, found, block, previous);
    }

    // ── Reading ────────────────────────────────────────────────────────────────

    /** A stream keeps the DataNodes that failed it (`deadNodes`) and goes on to the next; another begins without them. */
    private read(request: StreamContext, found: Found, block: Block, previous: NodeOrNone): Attempt {
        const { client, timeoutMs } = request;
        const { socketMs } = streamPatience(this.config, request.settings);
        const order = this.copiesFor(request, found, block).flatMap((equals) => this.inTurn(client, block, equals));
        let afterMs = found.wayMs;
        let last: NodeId | undefined;
        for (const node of [
            ...order.filter((each) => each !== previous),
            ...order.filter((each) => each === previous),
        ]) {
            const reach = this.world.reach(client, node);
            last = node;
            afterMs += reach === 'silent' ? socketMs : roundTrip(this.world, client, node);
            if (reach === 'open') {
                return { outcome: 'ok', node, afterMs, stale: found.isStale, cause: found.cause };
            }
            if (afterMs > timeoutMs) {
                return this.unanswered(node);
            }
        }
        const node = last ?? block.holders[0] ?? -1;
        const reason = `no copy of ${shardTitle(this.context.topology, block.id)} can be reached`;
        return { outcome: 'error', node, afterMs, reason, ...this.because(node) };
    }

    /** As the NameNode lists them, those that are equal to it together: the nearest first, then stale ones if it avoids them, then decommissioned ones. */
    private copiesFor({ client }: StreamContext, { namenode }: Found, block: Block): readonly (readonly NodeId[])[] {
        const isProbe = this.clients.isProbe(client);
        const copies = this.blocks.knownCopies(namenode, block).filter((node) => !isProbe || this.isVisible(node));
        const reader = this.standsIn(client);
        const rank = (node: NodeId): number =>
            (this.blocks.decommissioned.has(node) ? 4 : 0) +
            (this.config.avoidsStaleReads && this.datanodes.isStale(namenode, node) ? 2 : 0) +
            (isNear(reader, this.context.topology.nodes[node]!) ? 0 : 1);
        return [0, 1, 2, 3, 4, 5, 6, 7].map((each) => copies.filter((node) => rank(node) === each));
    }

    /** Equal copies are listed by chance, anew each time (NetworkTopology), which matters only where one of them is silent. */
    private inTurn(client: Point, block: Block, equals: readonly NodeId[]): readonly NodeId[] {
        if (!this.hasSilent(client, equals)) {
            return equals;
        }
        const draws = this.drawsFor(block);
        const left = [...equals];
        return equals.map(() => left.splice(draws.below(left.length), 1)[0]!);
    }

    private drawsFor({ id }: Block): RandomStream {
        const name = `${this.context.cluster.name}.${this.context.topology.shards[id]!.name}`;
        const draws = this.orders.get(id) ?? this.world.stream(name, 'order of equal copies');
        this.orders.set(id, draws);
        return draws;
    }

    /** Whether a reader may meet a silent copy before one that answers. */
    private isChance(request: StreamContext, found: Found): boolean {
        if (request.operation === 'write' || this.isNamespace(request)) {
            return false;
        }
        const isOpen = (node: NodeId): boolean => this.world.reach(request.client, node) === 'open';
        const lists = this.copiesFor(request, found, this.blocks.at(request.shard));
        const answers = lists.findIndex((equals) => equals.some(isOpen));
        const met = lists.slice(0, answers < 0 ? undefined : answers + 1);
        return met.some((equals) => this.hasSilent(request.client, equals));
    }

    private hasSilent(client: Point, nodes: readonly NodeId[]): boolean {
        return nodes.some((node) => this.world.reach(client, node) === 'silent');
    }

    private standsIn(client: Point): { readonly zone: ZoneId | undefined } {
        const { nodes, workloads } = this.context.topology;
        const place = client < nodes.length ? undefined : workloads[client - nodes.length]?.place;
        return { zone: client < nodes.length ? nodes[client]!.zone : place?.kind === 'zone' ? place.zone : undefined };
    }

    // ── Writing ────────────────────────────────────────────────────────────────

    private write(request: StreamContext, found: Found, block: Block, previous: NodeOrNone): Attempt {
        const { client, settings, timeoutMs } = request;
        const { config } = this;
        const patience = streamPatience(config, settings);
        const isOffered = this.offered(client, found.namenode);
        const refuses = (afterMs: number, reason: string): Attempt => ({
            outcome: 'error',
            node: found.namenode,
            afterMs,
            reason,
        });
        const stopped = this.pipelines.stops(block, client, settings, isOffered);
        let afterMs = found.wayMs;
        if (stopped !== undefined) {
            return refuses(afterMs, stopped);
        }
        const excluded = new Set<NodeId>();
        for (let pipeline = 0; pipeline < patience.pipelines; pipeline++) {
            const targets = this.targets(block, previous, (node) => !excluded.has(node) && isOffered(node));
            if (targets.length < config.leastCopies) {
                const has = `${this.context.cluster.name} has ${targets.length} DataNodes for a new block`;
                return refuses(afterMs, `${has} and needs ${config.leastCopies}`);
            }
            const bad = this.badLink(patience, request, found, targets);
            if (bad === undefined) {
                // The NameNode closes the block, and with that the write is acknowledged.
                const lastMs = afterMs + this.pipelineMs(client, targets);
                return { outcome: 'ok', node: found.namenode, afterMs: lastMs, cause: found.cause };
            }
            afterMs += bad.afterMs;
            if (afterMs > timeoutMs) {
                return this.unanswered(bad.node);
            }
            excluded.add(bad.blamed);
        }
        return refuses(afterMs, `a DataNode failed each of ${counted(patience.pipelines, 'pipeline')}`);
    }

    private targets(block: Block, previous: NodeOrNone, mayBe: (node: NodeId) => boolean): readonly NodeId[] {
        const others = this.pipelines.choose(block, (node) => node !== previous && mayBe(node));
        return others.length < this.config.leastCopies ? this.pipelines.choose(block, mayBe) : others;
    }

    /** Whom the NameNode offers for a new block. */
    private offered(client: Point, namenode: NodeId): (node: NodeId) => boolean {
        const avoidsStale = this.config.avoidsStaleWrites && this.datanodes.canAvoidStale(namenode);
        const isProbe = this.clients.isProbe(client);
        return (node) =>
            !this.datanodes.isDead(namenode, node) &&
            !this.blocks.leaving.has(node) &&
            !(avoidsStale && this.datanodes.isStale(namenode, node)) &&
            (!isProbe || this.isVisible(node));
    }

    /** The first DataNode of a pipeline that cannot be reached, what finding that costs, and who is left out of the next. */
    private badLink(
        patience: StreamPatience,
        { client }: StreamContext,
        { namenode }: Found,
        targets: readonly NodeId[],
    ): { readonly node: NodeId; readonly afterMs: number; readonly blamed: NodeId } | undefined {
        let from = client;
        for (const [place, node] of targets.entries()) {
            const reach = this.world.reach(from, node);
            if (reach === 'refused') {
                return { node, afterMs: roundTrip(this.world, client, namenode), blamed: node };
            }
            if (reach === 'silent') {
                const connects = this.world.process(node) === 'frozen' && connected(this.world, from, node);
                const found = silentLink(patience, this.config.socketMs, place, targets.length, connects);
                return { node, afterMs: found.afterMs, blamed: targets[found.blamed]! };
            }
            from = node;
        }
        return undefined;
    }

    private pipelineMs(client: Point, targets: readonly NodeId[]): number {
        return targets.reduce(
            (sum, node, index) => sum + roundTrip(this.world, index === 0 ? client : targets[index - 1]!, node),
            0,
        );
    }

    /** A writer that must stop does so once, so its requests do not end alike. */
    private stopsOnce(request: StreamContext, lookup: Found): boolean {
        if (request.operation === 'read' || this.isNamespace(request)) {
            return false;
        }
        const { client, settings, shard } = request;
        const isOffered = this.offered(client, lookup.namenode);
        return this.pipelines.stops(this.blocks.at(shard), client, settings, isOffered) !== undefined;
    }

    private isNamespace({ shard }: StreamContext): boolean {
        return this.context.cluster.controlPlane?.shard === shard;
    }

    /** The probe asks nodes that are neither failed nor isolated. */
    private isVisible(node: NodeId): boolean {
        return this.world.process(node) !== 'off' && connected(this.world, this.world.outside, node);
    }

    private unanswered(node: NodeId): Attempt {
        return { outcome: 'hang', node, reason: `${this.nameOf(node)} does not answer`, ...this.because(node) };
    }

    private because(node: NodeId): { readonly cause?: number } {
        const cause = node < 0 ? -1 : this.world.lastFault(node);
        return cause < 0 ? {} : { cause };
    }

    private nameOf(node: NodeId): string {
        return this.context.topology.nodes[node]!.name;
    }
}

/** @param hangsForMs how long a client that never tries again waits for an answer; undefined for one that does */
function steady(attempt: Attempt, hangsForMs: number | undefined): Steadiness {
    if (attempt.outcome === 'ok') {
        const { afterMs, node, stale, cause } = attempt;
        return {
            kind: 'ok',
            afterMs,
            node,
            ...(stale !== undefined && { stale }),
            ...(cause !== undefined && { cause }),
        };
    }
    const afterMs = attempt.outcome === 'error' ? attempt.afterMs : hangsForMs;
    const { node, reason, cause } = attempt;
    return afterMs === undefined
        ? { kind: 'varies' }
        : { kind: 'fails', afterMs, reason, node, ...(cause !== undefined && { cause }) };
}
