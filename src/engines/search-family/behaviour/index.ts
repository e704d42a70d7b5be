import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    DrainState,
    Health,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import { shardTitle, type NodeId, type Shard, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { copiesSegments, wantedCopies } from '../config.js';
import type { SearchProduct } from '../product.js';
import { firstConfiguration } from '../voting.js';
import { Allocator } from './allocator.js';
import { healthyShard, NO_STATE, type ClusterState } from './cluster-state.js';
import { Coordination } from './coordination.js';
import { Copying } from './copying.js';
import { Disks } from './disks.js';
import { Drains } from './drains.js';
import { Entries } from './entries.js';
import { Notices } from './notices.js';
import { Peers, type Peer } from './peers.js';
import { Primaries } from './primaries.js';
import { ReplicationGroups } from './replication-groups.js';
import { Requests } from './requests.js';

/** A search cluster that fails and recovers. */
export function searchBehaviour(product: SearchProduct, context: EngineContext, world: World): ClusterBehaviour {
    return new SearchBehaviour(product, context, world);
}

class SearchBehaviour implements ClusterBehaviour {
    readonly lacks = {
        promote: 'the replication from another cluster, whose copy could be promoted, is not simulated yet.',
        switchover: 'the system has no such order: nobody can name the node that is elected.',
    };
    private readonly peers: Peers;
    private readonly disks: Disks;
    private readonly drains: Drains;
    private readonly coordination: Coordination;
    private readonly copying: Copying;
    private readonly primaries: Primaries;
    private readonly entries: Entries;
    private readonly notices: Notices;
    private readonly requests: Requests;
    /** The newest state that a majority has agreed to. */
    private committed: ClusterState = NO_STATE;
    /** Who was elected last, as long as nobody knows better. */
    private manager: NodeId | undefined;

    constructor(
        product: SearchProduct,
        private readonly context: EngineContext,
        private readonly world: World,
    ) {
        this.peers = new Peers(product, context, world);
        this.disks = new Disks(this.peers);
        this.drains = new Drains(this.peers, this.disks);
        this.primaries = new Primaries(this.peers);
        this.entries = new Entries(this.peers);
        this.notices = new Notices(world);
        const groups = new ReplicationGroups();
        this.requests = new Requests(this.peers, this.disks, groups, this.entries, {
            widened: () => this.notices.tell('all'),
            narrowed: () => this.notices.tellInTime(),
        });
        this.coordination = new Coordination(
            this.peers,
            new Allocator(this.peers, this.disks, this.drains, (position, node) =>
                this.copying.isQueued(position, node),
            ),
            {
                committed: (state, cause) => this.onCommitted(state, cause),
                changed: (peer) => this.onChanged(peer),
                elected: (peer, cause) => this.onElected(peer, cause),
                stoodDown: (peer, cause) => this.onStoodDown(peer, cause),
            },
        );
        this.copying = new Copying(
            this.peers,
            this.disks,
            groups,
            (peer, position, cause) => this.coordination.reportCopied(peer, position, cause),
            (shard) => this.notices.tell([shard]),
        );
    }

    start(): void {
        const first = this.peers.all.find(({ electable }) => electable);
        if (first === undefined) {
            return;
        }
        this.disks.start();
        this.peers.shards.forEach((shard) => this.noteLag(shard));
        this.committed = this.healthyState(first);
        this.coordination.start(first, this.committed);
        this.onElected(first, -1);
        this.peers.all.forEach((peer) => this.primaries.changed(peer));
    }

    /** Replicas that copy segments are behind by the time that takes, which is not simulated. */
    private noteLag(shard: Shard): void {
        if (shard.copies.length > 1 && copiesSegments(this.peers.product, this.context, { shard })) {
            const reason = `replicas of ${shard.name} copy segments from the primary, and reads from them may be behind by as long as that takes, which is not simulated`;
            this.peers.world.mayBeStale(shard.id, reason);
        }
    }

    private healthyState(first: Peer): ClusterState {
        const { cluster, topology } = this.context;
        const voters = cluster.members.filter(({ node }) => this.peers.at(node).votes);
        const configuration = firstConfiguration(topology, voters, first.node);
        return {
            term: 1,
            version: 1,
            manager: first.node,
            nodes: new Map(this.peers.all.map(({ node, life }) => [node, life])),
            configuration,
            formerConfiguration: configuration,
            shards: this.peers.shards.map(({ copies }) => healthyShard(copies)),
        };
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.worldChanged();
        const peer = this.peers.at(node);
        peer.cause = cause;
        if (change === 'failed' || change === 'crashed') {
            this.disks.cutShort(node);
        }
        if (change === 'wiped') {
            this.disks.wiped(node, cause);
            this.coordination.diskLost(peer, cause);
        }
        if (change === 'failed' || change === 'crashed' || change === 'stopped') {
            this.primaries.died(peer);
        }
        this.coordination.hostChanged(peer, change, cause);
        this.copying.review();
    }

    networkChanged(cause: Cause): void {
        this.worldChanged();
        for (const peer of this.peers.all.filter(({ mode }) => mode === 'candidate')) {
            peer.cause = cause;
        }
        this.coordination.reviewAll();
        this.copying.review();
    }

    attempt(context: AttemptContext): Attempt {
        return this.requests.attempt(context);
    }

    steadiness(context: StreamContext): Steadiness {
        return this.requests.steadiness(context);
    }

    leaders(shard: ShardId): readonly NodeId[] {
        const isControlPlane = shard === this.context.cluster.controlPlane?.shard;
        const leader = isControlPlane ? this.manager : this.primaries.leader(shard);
        return leader === undefined ? [] : [leader];
    }

    serving(node: NodeId): boolean {
        const peer = this.peers.at(node);
        return this.peers.runs(peer) && this.peers.hasManager(peer);
    }

    health(shards: readonly ShardId[]): Health {
        if (!this.isManaged()) {
            return 'unanswered';
        }
        const states = shards.map((id) => this.committed.shards[this.peers.positionOf(id)]);
        if (states.some((shard) => shard?.primary === undefined)) {
            return 'red';
        }
        return shards.every((id) => this.isWhole(id)) ? 'green' : 'yellow';
    }

    /** Whether an elected manager answers for the cluster: it runs, and a majority of the voters is in its reach. */
    private isManaged(): boolean {
        const manager = this.manager === undefined ? undefined : this.peers.at(this.manager);
        if (manager === undefined || !this.peers.runs(manager)) {
            return false;
        }
        const near = this.peers.voters.filter(
            (voter) => voter === manager || (this.peers.runs(voter) && this.peers.linked(manager.node, voter.node)),
        );
        return this.peers.decide(this.committed, new Set(near.map((voter) => this.peers.identityOf(voter))));
    }

    drain(node: NodeId, cause: Cause): void {
        this.drains.begin(node, cause);
        const manager = this.manager === undefined ? undefined : this.peers.at(this.manager);
        if (manager === undefined || !this.isManaged()) {
            this.drains.waits(node, `no ${this.peers.product.manager} takes the order`);
        } else {
            this.coordination.managers.reroute(manager, cause);
            this.drains.committed(this.committed);
        }
    }

    drainState(node: NodeId): DrainState {
        return this.drains.state(node, this.committed.shards);
    }

    fullyReplicated(shards: readonly ShardId[]): boolean {
        return shards.every(
            (id) =>
                this.isWhole(id) &&
                this.committed.shards[this.peers.positionOf(id)]!.active.every((node) =>
                    this.peers.runs(this.peers.at(node)),
                ),
        );
    }

    private isWhole(id: ShardId): boolean {
        const shard = this.context.topology.shards[id]!;
        const state = this.committed.shards[this.peers.positionOf(id)];
        return state !== undefined && state.active.length >= wantedCopies(this.context, shard);
    }

    // ── What the nodes come to ─────────────────────────────────────────────────

    private onCommitted(state: ClusterState, cause: Cause): void {
        const before = this.committed;
        this.committed = state;
        this.tellPlaces(before, state);
        this.tellRestored(before, state, cause);
        this.disks.committed(before, state);
        this.primaries.committed(before, state, cause);
        this.copying.committed(state, cause);
        this.drains.committed(state);
    }

    private tellPlaces(before: ClusterState, after: ClusterState): void {
        after.shards.forEach((shard, position) => {
            if (before.shards[position] !== shard) {
                const nodes = shard.copies.map(({ node }) => node);
                this.peers.world.placed(this.peers.shards[position]!.id, nodes);
            }
        });
    }

    private tellRestored(before: ClusterState, after: ClusterState, cause: Cause): void {
        after.shards.forEach((shard, position) => {
            const former = before.shards[position];
            if (former === shard || former === undefined) {
                return;
            }
            const wereActive = former.active;
            for (const node of shard.active.filter((one) => !wereActive.includes(one))) {
                const { id } = this.peers.shards[position]!;
                const name = shardTitle(this.peers.context.topology, id);
                const from = former.copies.find((copy) => copy.node === node)?.movesFrom;
                const how = from === undefined ? 'again' : `in place of ${this.peers.at(from).name}`;
                const text = `${this.peers.at(node).name} has an active copy of ${name} ${how}`;
                const told = this.world.record({ kind: 'recovery', text, cause, node, shard: id });
                this.disks.restored(position, node, former.primary === undefined, told);
            }
        });
    }

    private worldChanged(): void {
        this.entries.reset();
        this.notices.tell('all');
    }

    private onChanged(peer: Peer): void {
        this.primaries.changed(peer);
        if (this.peers.hasManager(peer)) {
            this.copying.report(peer);
        }
        this.notices.tell(this.entries.changed(peer));
    }

    /** Whoever was elected before can commit nothing any more. */
    private onElected({ node, term }: Peer, cause: Cause): void {
        const shard = this.context.cluster.controlPlane?.shard;
        if (shard !== undefined) {
            if (this.manager !== undefined && this.manager !== node) {
                this.world.release(shard, this.manager, cause);
            }
            this.world.claim(shard, node, term, cause);
        }
        this.manager = node;
    }

    private onStoodDown({ node }: Peer, cause: Cause): void {
        const shard = this.context.cluster.controlPlane?.shard;
        if (this.manager === node && shard !== undefined) {
            this.world.release(shard, node, cause);
            this.manager = undefined;
        }
    }
}
