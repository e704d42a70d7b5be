/** An Aurora cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import type { Fault, NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import {
    addressFor,
    anyConnected,
    GlobalCopy,
    ManagedLeader,
    presence,
    ReaderAddress,
    Replacements,
    Watch,
    writePeriodsMs,
    type Supersedable,
} from '../../shared/managed/index.js';
import { primariesOf } from '../../shared/replications.js';
import { askServer, NameCaches, steadinessOf } from '../../shared/simulation/index.js';
import { failoverDelay, replacementDelay } from '../delays.js';
import { CommitHold } from './commit-hold.js';
import { writerPolicy } from './policy.js';
import { Readers } from './readers.js';
import { Storage } from './storage.js';
import { UnflushedCommits } from './unflushed-commits.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new AuroraBehaviour(context, world);
}

class AuroraBehaviour implements ClusterBehaviour, Supersedable {
    private readonly watch: Watch;
    private readonly storage: Storage;
    private readonly writer: ManagedLeader;
    private readonly names: NameCaches<NodeId>;
    private readonly readers: Readers;
    private readonly readerAddress: ReaderAddress;
    private readonly replacements: Replacements;
    private readonly unflushed: UnflushedCommits;
    private readonly hold: CommitHold;
    /** Set while the cluster began as a copy of another Region's. */
    private readonly copy: GlobalCopy | undefined;
    private readonly writeEveryMs: number;
    private superseded: { readonly canBeTold: () => boolean; readonly cause: Cause } | undefined;
    private retired = false;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        const { cluster, topology } = context;
        const service = topology.shards[cluster.shards[0]!]!;
        const delay = failoverDelay(cluster);
        this.watch = new Watch(world);
        this.storage = new Storage(world);
        this.unflushed = new UnflushedCommits(context, world, service.id);
        const policy = writerPolicy(context, world, this.storage);
        this.writer = new ManagedLeader(world, this.watch, service, policy, () => this.onWriterNamed());
        this.names = new NameCaches(world, addressFor(cluster, 'leader').ttlMs, this.writer.node);
        const readerTtlMs = addressFor(cluster, 'readers').ttlMs;
        const exceptWriter = (): NodeId | undefined => (this.isReadOnly ? undefined : this.writer.node);
        this.copy = this.asCopy(context);
        this.readerAddress = new ReaderAddress(world, this.watch, service.copies, readerTtlMs, delay, exceptWriter);
        this.readers = new Readers(world, service.id, context.duration('AuroraReplicaLag'), () => this.livingWriter());
        this.replacements = new Replacements(
            world,
            replacementDelay(cluster),
            'A new instance',
            (node) => node === this.writer.node && this.writer.isDeciding,
        );
        this.hold = new CommitHold(context, world);
        this.writeEveryMs = writePeriodsMs(topology).get(service.id) ?? Infinity;
        const look = world.handler(() => this.review(-1));
        // Zones in which only storage stands lose power without a word to any instance.
        new Set(world.faultTimes).forEach((time) => world.schedule(time, look));
    }

    start(): void {
        this.writer.start(this.copy !== undefined);
        this.readers.start();
        this.unflushed.start();
        this.copy?.start();
        this.world.changed();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.writer.hostChanged(node, change);
        if (node === this.writer.node && (change === 'failed' || change === 'crashed')) {
            this.unflushed.died(cause);
        }
        this.review(cause);
    }

    networkChanged(cause: Cause): void {
        this.review(cause);
    }

    attempt(context: AttemptContext): Attempt {
        if (context.operation === 'write') {
            return this.write(context);
        }
        return context.fromReplicas || this.isReadOnly
            ? this.read(context, this.readerAddress.next(context))
            : this.read(context, this.names.lookUp(context.client));
    }

    steadiness(context: StreamContext): Steadiness {
        if (context.operation === 'write') {
            return steadinessOf([this.write(context)]);
        }
        const nodes =
            context.fromReplicas || this.isReadOnly
                ? this.readerAddress.choices(context.client)
                : [this.names.lookUp(context.client)];
        const steady = nodes.every((node) => !this.isAboutToMiss(node));
        return steady ? steadinessOf(nodes.map((node) => this.read(context, node))) : { kind: 'varies' };
    }

    leaders(): readonly NodeId[] {
        return this.writer.leaders();
    }

    serving(node: NodeId): boolean {
        return this.world.reach(this.world.outside, node) === 'open' && this.storage.canRead(node);
    }

    /** The copies of the data are the volume's, wherever the instances are. */
    fullyReplicated(): boolean {
        return this.storage.isWhole;
    }

    promote(cause: Cause): void {
        this.copy?.promote(cause);
    }

    switchover(to: NodeId, cause: Cause): void {
        this.writer.switchover(to, cause);
    }

    supersede(canBeTold: () => boolean, cause: Cause): boolean {
        if (this.superseded !== undefined) {
            return false;
        }
        this.superseded = { canBeTold, cause };
        this.review(cause);
        return true;
    }

    finish(): void {
        this.copy?.finish();
    }

    unsupported(fault: Fault): string | undefined {
        return fault.kind === 'promote' && fault.cluster === this.world.cluster.id && this.copy === undefined
            ? 'it is no copy of another cluster that could be promoted.'
            : undefined;
    }

    private get isReadOnly(): boolean {
        return this.retired || this.copy?.isCopy === true;
    }

    private review(cause: Cause): void {
        this.storage.review(cause);
        if (!this.retired && this.superseded?.canBeTold() === true) {
            this.retired = true;
            this.writer.deactivate(this.superseded.cause);
        }
        this.writer.review(cause);
        this.readers.review();
        this.readerAddress.review();
        this.replacements.review();
        this.copy?.review();
        this.hold.review(cause);
        this.world.changed();
    }

    private onWriterNamed(): void {
        if (this.names.current !== this.writer.node) {
            this.names.change(this.writer.node);
        }
        this.review(-1);
    }

    private asCopy(context: EngineContext): GlobalCopy | undefined {
        const [primary] = primariesOf(context);
        if (primary === undefined) {
            return undefined;
        }
        const { world } = this;
        const points = { own: presence(world, context.cluster), theirs: presence(world, primary.cluster) };
        return new GlobalCopy(world, primary.replication, primary.cluster, failoverDelay(context.cluster), {
            flows: () => anyConnected(world, points.own, points.theirs),
            activate: (cause) => this.writer.activate(cause),
        });
    }

    private livingWriter(): NodeId | undefined {
        return this.writer.leaders().findLast((node) => this.world.process(node) === 'running');
    }

    private write({ client }: StreamContext): Attempt {
        const node = this.names.lookUp(client);
        const answer = this.ask(client, node);
        if (answer.outcome !== 'ok') {
            return answer;
        }
        const { afterMs } = answer;
        if (!this.writer.acts(node)) {
            return { outcome: 'error', node, afterMs, reason: `${this.nameOf(node)} is read-only` };
        }
        const reason = this.storage.whyNotWritable(node) ?? this.hold.reason;
        return reason === undefined
            ? { outcome: 'ok', node, afterMs: afterMs + this.storage.writeMs(node) }
            : { outcome: 'hang', node, reason };
    }

    private read({ client }: StreamContext, node: NodeId): Attempt {
        const answer = this.ask(client, node);
        if (answer.outcome !== 'ok') {
            return answer;
        }
        return this.storage.canRead(node)
            ? { ...answer, ...(this.isStale(node) && { stale: true }) }
            : { outcome: 'hang', node, reason: `${this.nameOf(node)} reaches too few copies of the data to read it` };
    }

    private isStale(node: NodeId): boolean {
        return this.copy?.isCopy === true ? this.copy.isBehind(0, this.writeEveryMs) : this.readers.isStale(node);
    }

    private isAboutToMiss(node: NodeId): boolean {
        return this.copy?.isCopy === true ? this.copy.isAboutToMiss(0) : this.readers.isAboutToMiss(node);
    }

    private ask(client: StreamContext['client'], node: NodeId): Attempt {
        return askServer(this.world, client, node, 0, this.world.lastFault(node));
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
