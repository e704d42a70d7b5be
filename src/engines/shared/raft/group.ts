import type { RandomStream, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import { Mailbox } from '../simulation/index.js';
import { RaftLinks } from './links.js';
import type { RaftConfig, RaftMember, RaftMessage } from './state.js';

/** The members of one group, and how they reach each other. */
export class RaftGroup {
    readonly members: ReadonlyMap<NodeId, RaftMember>;
    readonly mailbox: Mailbox<RaftMessage>;
    readonly links: RaftLinks;
    /** Ticks of an election timeout. */
    readonly electionTicks: number;
    private readonly random: ReadonlyMap<NodeId, RandomStream>;

    constructor(
        readonly world: World,
        /** The control plane that the group's leader leads. */
        readonly shard: ShardId,
        nodes: readonly NodeId[],
        readonly config: RaftConfig,
        receive: (member: RaftMember, from: NodeId, message: RaftMessage) => void,
        /** A link carries messages again. */
        opened: () => void,
    ) {
        // Whole heartbeats (embed/config.go: ElectionTicks).
        this.electionTicks = Math.max(2, Math.floor(config.electionMs / config.heartbeatMs));
        this.random = new Map(nodes.map((node) => [node, world.stream(this.nameOf(node), 'raft')]));
        this.members = new Map(nodes.map((node) => [node, this.newMember(node)]));
        const lastSent = (from: NodeId, to: NodeId): number | undefined => this.lastSent(from, to);
        this.links = new RaftLinks(world, nodes, lastSent, this.electionTicks * config.heartbeatMs, opened);
        this.mailbox = new Mailbox(world, ({ from, to, message }) => receive(this.at(to), from, message));
    }

    /** The time to the member's next candidacy begins anew, with a patience drawn anew. */
    restartClock(member: RaftMember): void {
        member.elapsed = 0;
        member.patience = this.electionTicks + this.draw(member.node, this.electionTicks);
    }

    /** When the member's clock ticked last, in ms. */
    lastTick({ phaseMs }: RaftMember): number {
        const { heartbeatMs } = this.config;
        return phaseMs + Math.floor((this.world.now - phaseMs) / heartbeatMs) * heartbeatMs;
    }

    /** A whole number from 0 to limit - 1, from the member's own stream. */
    draw(node: NodeId, limit: number): number {
        return this.random.get(node)!.below(limit);
    }

    broadcast(from: RaftMember, message: RaftMessage): void {
        for (const to of this.members.keys()) {
            if (to !== from.node) {
                this.send(from.node, to, message);
            }
        }
    }

    send(from: NodeId, to: NodeId, message: RaftMessage): void {
        if (this.links.carries(from, to)) {
            this.mailbox.send(from, to, message);
        }
    }

    /** A leader and its followers exchange messages at every heartbeat of the leader, which the followers answer at once. */
    private lastSent(from: NodeId, to: NodeId): number | undefined {
        const leaders = [this.at(from), this.at(to)].filter(({ role }) => role === 'leader');
        return leaders.length === 0 ? undefined : Math.max(...leaders.map((leader) => this.lastTick(leader)));
    }

    private newMember(node: NodeId): RaftMember {
        return {
            node,
            phaseMs: this.draw(node, this.config.heartbeatMs),
            role: 'follower',
            term: 0,
            votedFor: undefined,
            leader: undefined,
            log: { term: 0, entries: 0 },
            elapsed: 0,
            patience: this.electionTicks + this.draw(node, this.electionTicks),
            supporters: new Set(),
            refusers: new Set(),
        };
    }

    at(node: NodeId): RaftMember {
        return this.members.get(node)!;
    }

    runs(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    linked(one: NodeId, other: NodeId): boolean {
        return this.links.isOpen(one, other);
    }

    nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
