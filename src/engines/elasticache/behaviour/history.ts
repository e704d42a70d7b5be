import type { Cause, World } from '../../../simulator/index.js';
import type { NodeId, Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { Followers } from '../../shared/managed/index.js';
import { connected } from '../../shared/simulation/index.js';
import { LOG_LAG_MS } from '../delays.js';

/** Where a node's own part of the history begins. */
interface Beginning {
    /** Writes that it held then. */
    readonly held: number;
    /** Writes that it had acknowledged before. */
    readonly acknowledged: number;
}

const AT_START: Beginning = { held: 0, acknowledged: 0 };

/** Which acknowledged writes of a shard the primary, its replicas and the log hold: all in memory but those in the log. */
export class History {
    private readonly followers: Followers;
    private readonly beginnings = new Map<NodeId, Beginning>();
    /** Replicas that began anew and have had no primary to copy since. */
    private readonly blank = new Set<NodeId>();
    /** A former primary that goes on accepting writes: those counted as lost so far. */
    private readonly overtaken = new Map<NodeId, { counted: number; readonly cause: Cause }>();
    /** Index of the log among the followers. */
    private readonly log: number;
    private readonly durability: string;

    constructor(
        context: EngineContext,
        private readonly world: World,
        private readonly shard: Shard,
        private readonly primary: () => NodeId,
    ) {
        const { copies } = shard;
        this.log = copies.length;
        this.durability = context.text('durability');
        const lagMs = context.duration('ReplicationLag');
        const name = `${context.cluster.name}.${shard.name}`;
        const lags = world.faultTimes.map((_, fault) => {
            const random = world.stream(name, `lags at fault ${fault}`);
            return [...copies.map(() => random.between(0, lagMs)), random.between(0, this.logLagMs)];
        });
        this.followers = new Followers(world, {
            copies: copies.length + 1,
            lagMs: (copy, fault) => lags[fault]![copy]!,
            count: () => this.positionOf(primary()),
            flows: (copy) => (copy === this.log ? this.reachesLog(primary()) : this.receives(copies[copy]!)),
        });
    }

    start(): void {
        this.followers.start();
    }

    /** To be called after every change. */
    review(): void {
        this.followers.review();
        [...this.blank].filter((node) => this.receives(node)).forEach((node) => this.blank.delete(node));
    }

    /** Whether the replica holds nothing because there was nobody to copy, and no log has what it lacks. */
    isBlank(node: NodeId): boolean {
        return this.blank.has(node) && !this.hasLog;
    }

    /** Writes that the node holds. */
    reachedBy(node: NodeId): number {
        return node === this.primary() ? this.positionOf(node) : this.followers.has(this.shard.copies.indexOf(node));
    }

    isCutOff(node: NodeId): boolean {
        return node !== this.primary() && this.followers.isCutOff(this.shard.copies.indexOf(node));
    }

    isAboutToMiss(node: NodeId): boolean {
        return node !== this.primary() && this.followers.isAboutToMiss(this.shard.copies.indexOf(node));
    }

    /** Writes that the node lacks and the primary holds. */
    missingAt(node: NodeId): number {
        return this.positionOf(this.primary()) - this.reachedBy(node);
    }

    /** The replica takes over with what it or the log holds; what nobody holds is lost. Told before it acts. */
    promoted(to: NodeId, from: NodeId, cause: Cause): void {
        const lead = this.positionOf(from);
        const reached = Math.max(this.reachedBy(to), this.inLog());
        this.begin(to, reached);
        if (to !== from && !this.hasLog) {
            const [old, heir] = [from, to].map((node) => this.world.topology.nodes[node]!.name);
            this.world.mayLose(
                this.shard.id,
                `ElastiCache replicates asynchronously, so that what ${old!} acknowledged last may not have reached ${heir!}`,
            );
        }
        if (to !== from) {
            this.overtaken.set(from, { counted: lead, cause });
        }
        this.lose(lead - reached, cause);
    }

    /** The primary's process is new and empty; it begins with what is in the log or, created by AWS, with what a replica holds. */
    restarted(node: NodeId, createdByAws: boolean, cause: Cause): void {
        const lead = this.positionOf(node);
        const replicas = this.copyableBy(node, createdByAws);
        const kept = Math.max(0, this.inLog(), ...replicas.map((replica) => this.reachedBy(replica)));
        this.begin(node, Math.min(kept, lead));
        this.lose(lead - kept, cause);
    }

    /** From where a primary whose process is new has its data: the log, or the replica that holds most; undefined: from nowhere. */
    sourceFor(node: NodeId, createdByAws: boolean): NodeId | 'log' | undefined {
        if (this.hasLog) {
            return 'log';
        }
        const replicas = this.copyableBy(node, createdByAws);
        const most = Math.max(...replicas.map((replica) => this.reachedBy(replica)));
        return replicas.find((replica) => this.reachedBy(replica) === most);
    }

    private copyableBy(node: NodeId, createdByAws: boolean): readonly NodeId[] {
        return createdByAws
            ? this.shard.copies.filter((copy) => copy !== node && this.runs(copy) && !this.blank.has(copy))
            : [];
    }

    /** A replica's process is new: it holds nothing until it has copied its primary, which takes no time here. */
    emptied(node: NodeId): void {
        this.followers.empty(this.shard.copies.indexOf(node));
        this.blank.add(node);
    }

    /** A former primary follows the new one, or died: what it accepted in vain is lost. */
    demoted(node: NodeId): void {
        this.settle(node);
        this.overtaken.delete(node);
    }

    /** @param isCopied whether another Region has taken over, where what was lost is counted */
    finish(isCopied: boolean): void {
        [...this.overtaken.keys()].forEach((node) => this.settle(node));
        const primary = this.primary();
        if (!isCopied && !this.keepsMemory(primary)) {
            const living = this.shard.copies.filter((node) => this.keepsMemory(node));
            const kept = Math.max(this.inLog(), 0, ...living.map((node) => this.reachedBy(node)));
            this.lose(this.positionOf(primary) - kept, this.world.lastFault(primary));
        }
    }

    private settle(node: NodeId): void {
        const overtaken = this.overtaken.get(node);
        if (overtaken !== undefined) {
            const position = this.positionOf(node);
            this.lose(position - overtaken.counted, overtaken.cause);
            overtaken.counted = Math.max(position, overtaken.counted);
        }
    }

    private begin(node: NodeId, held: number): void {
        this.beginnings.set(node, { held, acknowledged: this.world.acknowledged(this.shard.id, node) });
    }

    private positionOf(node: NodeId): number {
        const { held, acknowledged } = this.beginnings.get(node) ?? AT_START;
        return held + this.world.acknowledged(this.shard.id, node) - acknowledged;
    }

    private inLog(): number {
        return this.hasLog ? this.followers.has(this.log) : 0;
    }

    private get hasLog(): boolean {
        return this.durability === 'sync' || this.durability === 'async';
    }

    private get logLagMs(): number {
        return this.durability === 'async' ? LOG_LAG_MS : 0;
    }

    /** The log stands in several zones: a node that reaches nothing outside its own does not reach it. */
    reachesLog(node: NodeId): boolean {
        const { world } = this;
        const { region, zone } = world.topology.nodes[node]!;
        const zones = region === undefined ? [] : world.topology.regions[region]!.zones;
        const others = zones.filter((other) => other !== zone).map((other) => world.providerIn(other));
        return this.runs(node) && [...others, world.outside].some((point) => connected(world, node, point));
    }

    /** Whether a write is answered only when the log has it. */
    get waitsForLog(): boolean {
        return this.durability === 'sync';
    }

    private receives(node: NodeId): boolean {
        const primary = this.primary();
        return node === primary || (this.runs(primary) && this.runs(node) && connected(this.world, primary, node));
    }

    private keepsMemory(node: NodeId): boolean {
        const process = this.world.process(node);
        return process === 'running' || process === 'frozen';
    }

    private runs(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    private lose(count: number, cause: Cause): void {
        if (count > 0) {
            this.world.lose(this.shard.id, count, cause);
        }
    }
}
