/** An Aurora cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Point,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import type { Cluster, NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import {
    addressFor,
    ManagedCluster,
    ManagedLeader,
    presence,
    ReaderAddress,
    Replacements,
    writePeriodsMs,
} from '../../shared/managed/index.js';
import { NameCaches, steadinessOf } from '../../shared/simulation/index.js';
import { failoverDelay, replacementDelay } from '../delays.js';
import { CommitHold } from './commit-hold.js';
import { writerPolicy } from './policy.js';
import { Readers } from './readers.js';
import { Storage } from './storage.js';
import { UnflushedCommits } from './unflushed-commits.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new AuroraBehaviour(context, world);
}

class AuroraBehaviour extends ManagedCluster implements ClusterBehaviour {
    readonly lacks = {
        drain: 'Aurora has no such order.',
    };
    private readonly storage: Storage;
    private readonly writer: ManagedLeader;
    private readonly names: NameCaches<NodeId>;
    private readonly readers: Readers;
    private readonly readerAddress: ReaderAddress;
    private readonly replacements: Replacements;
    private readonly unflushed: UnflushedCommits;
    private readonly hold: CommitHold;
    private readonly writeEveryMs: number;

    constructor(context: EngineContext, world: World) {
        const { cluster, topology } = context;
        const service = topology.shards[cluster.shards[0]!]!;
        const delay = failoverDelay(cluster);
        super(context, world, 'Aurora', delay);
        this.storage = new Storage(world);
        this.unflushed = new UnflushedCommits(context, world, service.id);
        const policy = writerPolicy(context, world, this.storage);
        this.writer = new ManagedLeader(world, this.watch, service, policy, () => this.onWriterNamed());
        this.names = new NameCaches(world, addressFor(cluster, 'leader'), this.writer.node);
        const readers = addressFor(cluster, 'readers');
        const exceptWriter = (): NodeId | undefined => (this.isReadOnly ? undefined : this.writer.node);
        this.readerAddress = new ReaderAddress(world, this.watch, service.copies, readers, delay, exceptWriter);
        this.readers = new Readers(world, service.id, context.duration('AuroraReplicaLag'), () => this.livingWriter());
        this.replacements = new Replacements(
            world,
            this.watch,
            replacementDelay(cluster),
            (node) => `A new instance is ready in the place of ${this.nameOf(node)}, ${this.partOf(node)}`,
            (node) => node === this.writer.node && this.writer.isDeciding,
        );
        this.hold = new CommitHold(context, world);
        this.writeEveryMs = writePeriodsMs(topology).get(service.id) ?? Infinity;
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
        if (change === 'started' && this.replacements.creating !== node) {
            this.world.record({
                kind: 'recovery',
                text: `${this.nameOf(node)} is back, ${this.partOf(node)}`,
                cause,
                node,
                belief: this.watch.healthy(node),
            });
        }
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

    switchover(to: NodeId, cause: Cause): void {
        this.writer.switchover(to, cause);
    }

    finish(): void {
        this.copy?.finish();
    }

    protected override review(cause: Cause): void {
        this.watch.review();
        this.storage.review(cause);
        this.reviewSuccession();
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

    protected override activate(cause: Cause): boolean {
        return this.writer.activate(cause);
    }

    protected override retire(cause: Cause): void {
        this.writer.deactivate(cause);
    }

    /** The volume sends, whether or not an instance runs. */
    protected override senders(primary: Cluster): readonly Point[] {
        return presence(this.world, primary);
    }

    private partOf(node: NodeId): string {
        return node === this.writer.node && !this.isReadOnly ? 'as the writer' : 'as a reader';
    }

    private livingWriter(): NodeId | undefined {
        return this.writer.leaders().findLast((node) => this.world.process(node) === 'running');
    }

    private write({ client }: StreamContext): Attempt {
        const node = this.names.lookUp(client);
        const answer = this.answerOf(node, client);
        if (answer.outcome !== 'ok') {
            return answer;
        }
        const { afterMs } = answer;
        if (!this.writer.acts(node)) {
            const { withheldBy: cause } = this.writer;
            const reason = `${this.nameOf(node)} is read-only`;
            return { outcome: 'error', node, afterMs, reason, ...(cause !== undefined && { cause }) };
        }
        const reason = this.storage.whyNotWritable(node) ?? this.hold.reason;
        return reason === undefined
            ? { outcome: 'ok', node, afterMs: afterMs + this.storage.writeMs(node) }
            : { outcome: 'hang', node, reason };
    }

    private read({ client }: StreamContext, node: NodeId): Attempt {
        const answer = this.answerOf(node, client);
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
}
