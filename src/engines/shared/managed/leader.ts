/** The one node of a shard that takes writes, and the provider that puts another in its place. */
import type { Cause, HandlerId, HostChange, World } from '../../../simulator/index.js';
import { shardTitle, type NodeId, type Shard } from '../../../topology/index.js';
import { drawDelay, type ManagedDelay } from './delays.js';
import type { Watch } from './watch.js';

export interface LeaderPolicy {
    /** `writer`, `primary` */
    readonly title: string;
    readonly delay: ManagedDelay;
    /** Whether the provider promotes another when the leader fails. */
    readonly automatic: boolean;
    /** Whether a leader that nobody reaches loses the ability to write in the instant in which another is promoted. */
    readonly fenced: boolean;
    /**
     * Where the leaders of the other shards find out by themselves that one has failed, and stop serving where too few are
     * left: what they find; undefined if none of them is left.
     */
    readonly peers?: (leader: NodeId) => PeerFinding | undefined;
    /** Whether a copy of another cluster has leaders, too, that follow those of the other. */
    readonly leadsCopies: boolean;
    /** Whether a node that is seen could take over. */
    eligible(node: NodeId): boolean;
    /** The one of these that takes over, and why it is that one. */
    heir(candidates: readonly [NodeId, ...NodeId[]]): { readonly node: NodeId; readonly why: string };
    /** Another is about to lead; told while {@link ManagedLeader.node} is still the former. */
    promoted(to: NodeId, from: NodeId, cause: Cause): void;
    /** A former leader learns that it is none any more. */
    demoted(node: NodeId): void;
}

/** What those that are left of the other leaders hold of one that is silent. */
export interface PeerFinding {
    readonly text: string;
    /** Whether they are enough to agree on it. */
    readonly agreed: boolean;
}

/** Until then nothing has been decided; afterwards the provider waits for somebody whom it can promote. */
type Failover =
    { readonly kind: 'pending'; readonly number: number; readonly planned?: Planned } | { readonly kind: 'nobody' };

/** A change of leader that an operator has asked for. */
interface Planned {
    readonly to: NodeId;
    readonly cause: Cause;
}

export class ManagedLeader {
    /** Whom the address of the leader names. */
    node: NodeId;
    /** Nodes that take writes as far as they know themselves. */
    private acting: readonly NodeId[] = [];
    private failover: Failover | undefined;
    private failovers = 0;
    private epoch = 0;
    /** Takes no writes: a copy of another cluster. */
    private passive = false;
    /** Since when another cluster takes the writes instead, as an event of the trace. */
    private retiredBy: Cause | undefined;
    /** Since when the others hold the leader for failed, as an event of the trace. */
    private suspicion: Cause | undefined;
    private readonly due: HandlerId;
    private readonly suspect: HandlerId;

    constructor(
        private readonly world: World,
        private readonly watch: Watch,
        readonly shard: Shard,
        private readonly policy: LeaderPolicy,
        /** The address names another, or the leader is held for failed. */
        private readonly named: () => void,
    ) {
        this.node = shard.copies[0]!;
        this.due = world.handler((number) => this.onDue(number));
        this.suspect = world.handler((number) => this.onSuspicion(number));
    }

    /** `passive`: as part of a copy of another cluster, that takes no writes until it is promoted. */
    start(passive: boolean): void {
        this.passive = passive;
        if (!passive) {
            this.claim(this.node, -1);
        }
    }

    leaders(): readonly NodeId[] {
        return this.acting;
    }

    acts(node: NodeId): boolean {
        return this.acting.includes(node);
    }

    /** Whether the provider is about to promote another than the dead leader. */
    get isDeciding(): boolean {
        return this.failover?.kind === 'pending' && this.candidates().length > 0;
    }

    hostChanged(node: NodeId, change: HostChange): void {
        if (change === 'failed' || change === 'crashed' || change === 'stopped') {
            this.acting = this.acting.filter((other) => other !== node);
        }
    }

    /**
     * The event by which its peers hold the leader for failed, while nobody leads in its place. Half of the time that a failover
     * takes is for finding out: an assumption.
     */
    get heldFailedBy(): Cause | undefined {
        return this.suspicion;
    }

    /** To be called after every change. */
    review(cause: Cause): void {
        for (const node of this.acting.filter((other) => other !== this.node && this.watch.sees(other))) {
            this.stepBack(
                node,
                `${this.nameOf(node)} learns that ${this.nameOf(this.node)} is the ${this.policy.title} and follows it`,
            );
        }
        if ((this.passive && !this.policy.leadsCopies) || this.planned !== undefined) {
            return;
        }
        if (this.watch.sees(this.node)) {
            this.failover = undefined;
            this.suspicion = undefined;
            if (!this.acts(this.node)) {
                this.claim(this.node, cause);
            }
        } else if (this.policy.automatic) {
            this.notice();
        }
    }

    /** An operator names the next leader. The old one stops taking writes at once. */
    switchover(to: NodeId, cause: Cause): void {
        if (this.passive || to === this.node || !this.shard.copies.includes(to)) {
            return;
        }
        this.drop(this.node, cause);
        this.await({ to, cause });
        this.world.changed();
    }

    /** Whether a node lives that could lead. */
    get canActivate(): boolean {
        return this.shard.copies.some((node) => this.isCandidate(node));
    }

    /** Takes writes from now on, where a node lives that could lead. */
    activate(cause: Cause): boolean {
        const [first, ...rest] = this.shard.copies.filter((node) => this.isCandidate(node));
        if (first === undefined) {
            return false;
        }
        this.passive = false;
        this.retiredBy = undefined;
        const from = this.node;
        const { node } =
            this.policy.leadsCopies && this.isCandidate(from) ? { node: from } : this.policy.heir([first, ...rest]);
        const text = `${this.nameOf(node)} becomes the ${this.policy.title} of ${this.title}`;
        const event = this.record('promotion', text, cause, node);
        this.policy.promoted(node, from, event);
        this.node = node;
        this.claim(node, event);
        this.named();
        return true;
    }

    /** Takes no writes any more: another cluster has taken over. */
    deactivate(cause: Cause): void {
        this.passive = true;
        this.retiredBy = cause;
        this.failover = undefined;
        this.acting.forEach((node) => this.drop(node, cause));
    }

    /** The event by which nobody takes writes: until the one that an operator named does, or since another cluster does instead. */
    get withheldBy(): Cause | undefined {
        return this.planned?.cause ?? this.retiredBy;
    }

    private get planned(): Planned | undefined {
        return this.failover?.kind === 'pending' ? this.failover.planned : undefined;
    }

    private notice(): void {
        if (this.failover === undefined) {
            this.await(undefined);
        } else if (this.failover.kind === 'nobody') {
            this.promote(undefined);
        }
    }

    private await(planned: Planned | undefined): void {
        const number = ++this.failovers;
        this.failover = { kind: 'pending', number, ...(planned !== undefined && { planned }) };
        const name = `${this.world.cluster.name}.${this.shard.name}`;
        const takes = drawDelay(this.world, this.policy.delay, this.world.stream(name, `failover ${number}`));
        this.world.schedule(this.world.now + takes, this.due, number);
        if (planned === undefined && this.policy.peers !== undefined) {
            this.world.schedule(this.world.now + Math.floor(takes / 2), this.suspect, number);
        }
    }

    private onSuspicion(number: number): void {
        if (this.failover?.kind === 'pending' && this.failover.number === number) {
            const cause = this.world.lastFault(this.node);
            const found = this.policy.peers?.(this.node);
            this.suspicion = found === undefined ? cause : this.tellFinding(found, cause);
            this.named();
        }
    }

    private tellFinding({ text, agreed }: PeerFinding, cause: Cause): Cause {
        return this.world.record({
            kind: agreed ? 'detection' : 'suspicion',
            text,
            cause,
            node: this.node,
            shard: this.shard.id,
            belief: agreed ? this.watch.failed(this.node) : { holds: 'suspected', about: [this.node], by: 'cluster' },
        });
    }

    private onDue(number: number): void {
        if (this.failover?.kind === 'pending' && this.failover.number === number) {
            const { planned } = this.failover;
            this.failover = undefined;
            this.promote(planned);
        }
    }

    private promote(planned: Planned | undefined): void {
        const [first, ...rest] = this.candidates();
        const wanted = planned?.to;
        if (wanted !== undefined && !this.isCandidate(wanted) && this.watch.sees(this.node)) {
            this.stay(wanted);
            return;
        }
        const cause = planned?.cause ?? this.suspicion ?? this.world.lastFault(this.node);
        if (first === undefined) {
            this.tellNobody(cause);
            return;
        }
        const { node, why } =
            wanted !== undefined && this.isCandidate(wanted)
                ? { node: wanted, why: 'it was named for it' }
                : this.policy.heir([first, ...rest]);
        this.install(node, why, cause);
    }

    private stay(wanted: NodeId): void {
        const text = `${this.nameOf(wanted)} cannot take over, and ${this.nameOf(this.node)} remains the ${this.policy.title} of ${this.title}`;
        const kind = 'state';
        const { node, shard } = this;
        this.claim(node, this.world.record({ kind, text, cause: this.world.lastFault(wanted), node, shard: shard.id }));
    }

    private install(node: NodeId, why: string, cause: Cause): void {
        const from = this.node;
        const { title, fenced } = this.policy;
        this.failover = undefined;
        this.suspicion = undefined;
        const event = this.world.record({
            kind: 'promotion',
            text: `${this.watch.provider} makes ${this.nameOf(node)} the ${title} of ${this.title} in the place of ${this.nameOf(from)}: ${why}`,
            cause,
            node,
            shard: this.shard.id,
            ...(!this.watch.sees(from) && { belief: this.watch.failed(from) }),
        });
        this.policy.promoted(node, from, event);
        this.node = node;
        if (fenced || this.watch.sees(from)) {
            this.drop(from, event);
        }
        this.claim(node, event);
        this.named();
        this.world.changed();
    }

    private tellNobody(cause: Cause): void {
        if (this.failover?.kind !== 'nobody') {
            this.failover = { kind: 'nobody' };
            const { title } = this.policy;
            const text = `${this.watch.provider} finds ${this.nameOf(this.node)} failed and nobody who could become the ${title} of ${this.title}`;
            this.world.record({
                kind: 'detection',
                text,
                cause,
                node: this.node,
                shard: this.shard.id,
                belief: this.watch.failed(this.node),
            });
        }
    }

    private candidates(): readonly NodeId[] {
        return this.shard.copies.filter((node) => node !== this.node && this.isCandidate(node));
    }

    private isCandidate(node: NodeId): boolean {
        return this.watch.sees(node) && this.policy.eligible(node);
    }

    private claim(node: NodeId, cause: Cause): void {
        if (this.passive) {
            return;
        }
        this.acting = [...this.acting.filter((other) => other !== node), node];
        this.world.claim(this.shard.id, node, ++this.epoch, cause);
        this.world.changed();
    }

    private stepBack(node: NodeId, text: string): void {
        this.drop(node, this.record('demotion', text, this.world.lastFault(node), node));
        this.policy.demoted(node);
    }

    private drop(node: NodeId, cause: Cause): void {
        this.acting = this.acting.filter((other) => other !== node);
        this.world.release(this.shard.id, node, cause);
        this.world.changed();
    }

    private record(kind: 'promotion' | 'demotion', text: string, cause: Cause, node: NodeId): Cause {
        return this.world.record({ kind, text, cause, node, shard: this.shard.id });
    }

    private get title(): string {
        return shardTitle(this.world.topology, this.shard.id);
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
