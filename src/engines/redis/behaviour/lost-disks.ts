import type { Cause, HandlerId } from '../../../simulator/index.js';
import { isSince } from '../../version.js';
import type { Bus, Message } from './bus.js';
import type { Replication } from './replication.js';
import type { ClusterState, Peer } from './state.js';

/** A replica without a link to its primary's address tries again once a second (replicationCron of Redis, src/replication.c). */
const RETRY_MS = 1000;
/** From 7.0 on a primary waits for further replicas before it sends its data (`repl-diskless-sync-delay`). */
const DISKLESS = { since: '7.0', delayMs: 5000 };

/**
 * Nodes whose disk was lost, and `nodes.conf` with it, which says who a node is and whom it knows. A process that runs goes on
 * by what it has in memory. The next one makes up a new name. A node that pings it is answered by another name than it knows,
 * forgets the address (NOADDR), and neither pings nor suspects the node from then on; whoever has suspected it before goes on
 * doing so (clusterProcessPacket and clusterCron of Redis 7, src/cluster.c). Its replicas know the address, not the name: they
 * copy the empty data set of whoever answers there, until one of them has taken over.
 */
export class LostDisks {
    private readonly wiped = new Set<Peer>();
    /** The trace event of each stranger's start. */
    private readonly starts = new Map<Peer, Cause>();
    /** Replicas that have copied a stranger's data. */
    private readonly emptied = new Set<Peer>();
    private readonly told = new Set<Peer>();
    private readonly copy: HandlerId;

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly replication: Replication,
        /** The observer knows no address of the other any more. */
        private readonly forgot: (observer: Peer, other: Peer) => void,
    ) {
        this.copy = state.world.handler((replica, primary) => this.copyFrom(replica, primary));
    }

    wipe(peer: Peer, cause: Cause): void {
        const { world } = this.state;
        const node = this.state.nodeOf(peer);
        this.wiped.add(peer);
        if (world.process(node) === 'running' || world.process(node) === 'frozen') {
            const text = `${this.state.nameOf(peer)} goes on with what it has in memory until its process ends`;
            world.record({ kind: 'state', text, cause, node });
        }
    }

    /** To be called after every change of a node: without a process nothing is left of what it held. */
    review(peer: Peer, cause: Cause): void {
        const process = this.state.world.process(this.state.nodeOf(peer));
        if (this.wiped.has(peer) && process !== 'running' && process !== 'frozen') {
            this.replication.diskLost(peer, cause);
        }
        this.reviewCopying();
    }

    /** Whether the new process is not the member that it stands for. */
    startsAsStranger(peer: Peer, cause: Cause): boolean {
        if (!this.wiped.has(peer)) {
            return false;
        }
        const { state } = this;
        state.estrange(peer);
        const start = state.world.record({
            kind: 'state',
            text: `${state.nameOf(peer)} starts with an empty disk: it has a new name and knows no cluster, so to all others the node is gone for good`,
            cause,
            node: state.nodeOf(peer),
        });
        this.starts.set(peer, start);
        state.whyStopped[peer] = start;
        // Where a restart is one step, nobody has seen the node without a process.
        this.replication.diskLost(peer, start);
        return true;
    }

    /** A message to a stranger, or a stranger's answer. It answers whoever pings it. */
    hear(to: Peer, from: Peer, kind: Message['kind']): void {
        if (!this.state.isStranger(to)) {
            this.meet(to, from);
        } else if (kind === 'ping') {
            this.bus.send(to, from, { kind: 'stranger' });
        }
    }

    private meet(observer: Peer, where: Peer): void {
        const { state } = this;
        if (!state.knowsAddress(observer, where)) {
            return;
        }
        state.forgetAddress(observer, where);
        this.forgot(observer, where);
        // In a large cluster the first that notices speaks for all.
        if (!state.isLarge || !this.told.has(where)) {
            this.told.add(where);
            state.world.record({
                kind: 'state',
                text: `${state.nameOf(observer)} is answered by another name where ${state.nameOf(where)} was: it forgets the address and will not suspect ${state.nameOf(where)} (NOADDR)`,
                cause: this.starts.get(where) ?? -1,
                node: state.nodeOf(observer),
                peer: state.nodeOf(where),
            });
        }
    }

    // ── What becomes of the replicas ───────────────────────────────────────────

    /** To be called after every change of nodes and links: replicas may reach a stranger from now on. */
    reviewCopying(): void {
        const { state } = this;
        for (const primary of this.starts.keys()) {
            for (const replica of state.holders[state.shardOf[primary]!] ?? []) {
                if (this.wouldCopy(replica, primary)) {
                    state.world.schedule(state.world.now + this.delayMs(replica), this.copy, replica, primary);
                }
            }
        }
    }

    private wouldCopy(replica: Peer, primary: Peer): boolean {
        const { state } = this;
        const follows = replica !== primary && state.ownerSeenBy(replica, state.shardOf[replica]!) === primary;
        const runs = state.runs(replica) && state.world.process(state.nodeOf(primary)) === 'running';
        return follows && runs && !this.emptied.has(replica) && state.connected(replica, primary);
    }

    private delayMs(replica: Peer): number {
        const { context, world } = this.state;
        const random = world.stream(context.topology.nodes[this.state.nodeOf(replica)]!.qualifiedName, 'full copy');
        return random.below(RETRY_MS) + (isSince(context.version, DISKLESS.since) ? DISKLESS.delayMs : 0);
    }

    private copyFrom(replica: Peer, primary: Peer): void {
        if (!this.wouldCopy(replica, primary)) {
            return;
        }
        const { state } = this;
        this.emptied.add(replica);
        const cause = state.world.record({
            kind: 'state',
            text: `${state.nameOf(replica)} copies the empty data of the process where ${state.nameOf(primary)} was, whose name it does not look at`,
            cause: this.starts.get(primary) ?? -1,
            node: state.nodeOf(replica),
            peer: state.nodeOf(primary),
        });
        this.replication.emptied(replica, cause);
    }
}
