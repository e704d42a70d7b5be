import type { Attempt, AttemptContext, Point, Steadiness, StreamContext, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { connected, roundTrip } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import type { Block, Blocks } from './blocks.js';
import type { Clients, Found } from './clients.js';
import type { DataNodes } from './datanodes.js';
import type { Pipelines } from './pipelines.js';

/** How a request ends, and which DataNodes it met on its way that failed it. */
interface Outcome {
    readonly attempt: Attempt;
    readonly failed: readonly { readonly datanode: NodeId; readonly afterMs: number }[];
}

/** Requests ask the namespace first, then DataNodes: any that has a copy to read, several in a row to write. */
export class Access {
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
        const { attempt, failed } = this.reach(request, lookup);
        failed.forEach(({ datanode, afterMs }) =>
            this.clients.failedBy(request, datanode, Math.min(afterMs, request.timeoutMs)),
        );
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
        const { attempt, failed } =
            lookup.outcome === 'found' ? this.reach(request, lookup) : { attempt: lookup, failed: [] };
        const isProbe = this.clients.isProbe(request.client);
        if (!isProbe && failed.some(({ datanode }) => !this.clients.skips(request.client, datanode))) {
            return { kind: 'varies' };
        }
        return steady(attempt, isProbe ? request.timeoutMs : undefined, this.stopsOnce(request, lookup));
    }

    private reach(request: StreamContext, found: Found): Outcome {
        if (this.isNamespace(request)) {
            const { namenode, wayMs, isStale } = found;
            return { attempt: { outcome: 'ok', node: namenode, afterMs: wayMs, stale: isStale }, failed: [] };
        }
        const block = this.blocks.at(request.shard);
        return request.operation === 'read' ? this.read(request, found, block) : this.write(request, found, block);
    }

    // ── Reading ────────────────────────────────────────────────────────────────

    private read(request: StreamContext, found: Found, block: Block): Outcome {
        const { world } = this;
        const failed: Outcome['failed'][number][] = [];
        let afterMs = found.wayMs;
        for (const node of this.copiesFor(request, found, block)) {
            const name = this.nameOf(node);
            const reach = world.reach(request.client, node);
            if (reach === 'silent') {
                failed.push({ datanode: node, afterMs: request.timeoutMs });
                return {
                    attempt: { outcome: 'hang', node, reason: `${name} does not answer`, ...this.because(node) },
                    failed,
                };
            }
            afterMs += roundTrip(world, request.client, node);
            if (reach === 'open') {
                return { attempt: { outcome: 'ok', node, afterMs, stale: found.isStale }, failed };
            }
            failed.push({ datanode: node, afterMs });
        }
        const last = failed.at(-1)?.datanode ?? block.holders[0] ?? -1;
        const reason = `no copy of ${this.context.topology.shards[block.id]!.name} can be reached`;
        return { attempt: { outcome: 'error', node: last, afterMs, reason, ...this.because(last) }, failed };
    }

    /** As the NameNode lists them, the nearest first; those that failed the client come last. */
    private copiesFor({ client }: StreamContext, { namenode }: Found, block: Block): readonly NodeId[] {
        const isProbe = this.clients.isProbe(client);
        const copies = this.blocks.knownCopies(namenode, block).filter((node) => !isProbe || this.isVisible(node));
        const rank = (node: NodeId): number =>
            (this.clients.skips(client, node) ? 4 : 0) +
            (this.config.avoidsStaleReads && this.datanodes.isStale(namenode, node) ? 2 : 0) +
            (this.isNear(client, node) ? 0 : 1);
        return copies.toSorted((one, other) => rank(one) - rank(other));
    }

    private isNear(client: Point, node: NodeId): boolean {
        const { nodes, workloads } = this.context.topology;
        const place = client < nodes.length ? undefined : workloads[client - nodes.length]?.place;
        const zone = client < nodes.length ? nodes[client]!.zone : place?.kind === 'zone' ? place.zone : undefined;
        return zone !== undefined && nodes[node]!.zone === zone;
    }

    // ── Writing ────────────────────────────────────────────────────────────────

    private write(request: StreamContext, found: Found, block: Block): Outcome {
        const { client, settings } = request;
        const failed: Outcome['failed'][number][] = [];
        const isOffered = (node: NodeId): boolean => this.isOffered(client, found.namenode, node);
        const stopped = this.pipelines.stops(block, client, settings, isOffered);
        let afterMs = found.wayMs;
        if (stopped !== undefined) {
            return { attempt: { outcome: 'error', node: found.namenode, afterMs, reason: stopped }, failed };
        }
        const excluded = new Set<NodeId>();
        for (;;) {
            const targets = this.pipelines.choose(block, (node) => !excluded.has(node) && isOffered(node));
            if (targets.length < this.config.leastCopies) {
                const reason = `${this.context.cluster.name} has ${targets.length} DataNodes for a new block and needs ${this.config.leastCopies}`;
                return { attempt: { outcome: 'error', node: found.namenode, afterMs, reason }, failed };
            }
            const bad = this.firstBad(client, targets);
            if (bad === undefined) {
                const wayMs = afterMs + this.pipelineMs(client, targets);
                // The NameNode closes the block, and with that the write is acknowledged.
                return { attempt: { outcome: 'ok', node: found.namenode, afterMs: wayMs }, failed };
            }
            if (bad.isSilent) {
                failed.push({ datanode: bad.node, afterMs: request.timeoutMs });
                const reason = `${this.nameOf(bad.node)} does not answer`;
                return { attempt: { outcome: 'hang', node: bad.node, reason, ...this.because(bad.node) }, failed };
            }
            afterMs += roundTrip(this.world, client, found.namenode);
            failed.push({ datanode: bad.node, afterMs });
            excluded.add(bad.node);
        }
    }

    private isOffered(client: Point, namenode: NodeId, node: NodeId): boolean {
        const isKnown =
            !this.datanodes.isDead(namenode, node) &&
            !(this.config.avoidsStaleWrites && this.datanodes.isStale(namenode, node));
        return isKnown && (this.clients.isProbe(client) ? this.isVisible(node) : !this.clients.skips(client, node));
    }

    /** The client connects to the first, each DataNode to the next. */
    private firstBad(
        client: Point,
        targets: readonly NodeId[],
    ): { readonly node: NodeId; readonly isSilent: boolean } | undefined {
        let from = client;
        for (const node of targets) {
            const reach = this.world.reach(from, node);
            if (reach !== 'open') {
                return { node, isSilent: reach === 'silent' };
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
    private stopsOnce(request: StreamContext, lookup: ReturnType<Clients['lookUp']>): boolean {
        if (lookup.outcome !== 'found' || request.operation === 'read' || this.isNamespace(request)) {
            return false;
        }
        const { client, settings, shard } = request;
        const isOffered = (node: NodeId): boolean => this.isOffered(client, lookup.namenode, node);
        return this.pipelines.stops(this.blocks.at(shard), client, settings, isOffered) !== undefined;
    }

    private isNamespace({ shard }: StreamContext): boolean {
        return this.context.cluster.controlPlane?.shard === shard;
    }

    /** The probe asks nodes that are neither failed nor isolated. */
    private isVisible(node: NodeId): boolean {
        return this.world.process(node) !== 'off' && connected(this.world, this.world.outside, node);
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
function steady(attempt: Attempt, hangsForMs: number | undefined, stopsOnce: boolean): Steadiness {
    if (stopsOnce) {
        return { kind: 'varies' };
    }
    if (attempt.outcome === 'ok') {
        const { afterMs, node, stale } = attempt;
        return { kind: 'ok', afterMs, node, ...(stale !== undefined && { stale }) };
    }
    const afterMs = attempt.outcome === 'error' ? attempt.afterMs : hangsForMs;
    const { node, reason, cause } = attempt;
    return afterMs === undefined
        ? { kind: 'varies' }
        : { kind: 'fails', afterMs, reason, node, ...(cause !== undefined && { cause }) };
}
