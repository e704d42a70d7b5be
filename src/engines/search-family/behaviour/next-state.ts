/** What a manager makes of its tasks: the next cluster state. */
import type { Cause } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { improvedConfiguration } from '../voting.js';
import type { Allocator } from './allocator.js';
import { withActive, withoutNodes, type ClusterState, type ShardState } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';

const MOST_LISTED = 100;

/** A copy of the shard at this position. */
interface Copy {
    readonly position: number;
    readonly node: NodeId;
}

/** What one manager has yet to do. */
export interface Tasks {
    readonly peer: Peer;
    /** Nodes that join, with the life of their process. */
    readonly joins: Map<NodeId, number>;
    readonly leaves: Map<NodeId, Cause>;
    readonly copied: Copy[];
    readonly broken: Copy[];
    /** The first change of its term is published even if it changes nothing. */
    isNew: boolean;
    /** The trace event that the next change is due to. */
    cause: Cause;
}

export class NextState {
    constructor(
        private readonly peers: Peers,
        private readonly allocator: Allocator,
        /** Copies that are not made anew yet must be looked at again. */
        private readonly wakeAt: (timeMs: number, manager: Peer) => void,
    ) {}

    /** The next cluster state; undefined: nothing changes but the votes, perhaps. */
    changed(reign: Tasks, base: ClusterState): ClusterState | undefined {
        const { now } = this.peers.world;
        const gone = this.gone(reign, base);
        const nodes = this.nodesAfter(reign, base, gone);
        let shards = gone.size === 0 ? base.shards : base.shards.map((shard) => withoutNodes(shard, gone, now));
        shards = this.withTasks(reign, shards);
        if (reign.isNew) {
            shards = shards.map((shard) => waitingAnew(shard, now));
        }
        const { shards: routed, wakeAtMs } = this.allocator.reroute(nodes, shards);
        if (wakeAtMs !== Infinity) {
            this.wakeAt(wakeAtMs, reign.peer);
        }
        const isSame = nodes === base.nodes && routed.every((shard, position) => shard === base.shards[position]);
        const isForced = reign.isNew || reign.joins.size > 0;
        reign.joins.clear();
        reign.leaves.clear();
        reign.isNew = false;
        return isSame && !isForced ? undefined : this.next(reign, base, { nodes, shards: routed });
    }

    /** Members that left, and those whose process began a new life. */
    private gone({ joins, leaves }: Tasks, { nodes }: ClusterState): ReadonlySet<NodeId> {
        const replaced = [...joins].filter(([node, life]) => nodes.has(node) && nodes.get(node) !== life);
        const left = [...leaves.keys()].filter((node) => nodes.has(node));
        return new Set([...left, ...replaced.map(([node]) => node)]);
    }

    private nodesAfter(reign: Tasks, { nodes }: ClusterState, gone: ReadonlySet<NodeId>): ClusterState['nodes'] {
        const { peer, joins, leaves } = reign;
        const isSame = gone.size === 0 && [...joins].every(([node, life]) => nodes.get(node) === life);
        if (isSame) {
            return nodes;
        }
        const after = new Map([...nodes].filter(([node]) => !gone.has(node)));
        for (const node of gone) {
            if (!joins.has(node)) {
                const text = `${peer.name} removes ${this.peers.at(node).name} from the cluster`;
                reign.cause = this.tell('state', peer, text, leaves.get(node) ?? reign.cause, 'failed', node);
            }
        }
        for (const [node, life] of joins) {
            if (after.get(node) !== life) {
                after.set(node, life);
                if (node === peer.node) {
                    continue;
                }
                const { name, cause } = this.peers.at(node);
                const text = `${name} joins the cluster of ${peer.name}`;
                reign.cause = this.tell('recovery', peer, text, cause, 'alive', node);
            }
        }
        return after;
    }

    private withTasks({ copied, broken }: Tasks, shards: readonly ShardState[]): readonly ShardState[] {
        const done = copied.splice(0);
        const failed = broken.splice(0);
        if (done.length + failed.length === 0) {
            return shards;
        }
        const after = [...shards];
        for (const { position, node } of failed) {
            after[position] = withoutNodes(after[position]!, new Set([node]), -Infinity);
        }
        for (const { position, node } of done) {
            const isWaiting = after[position]!.copies.some(
                (copy) => copy.node === node && copy.state === 'initializing',
            );
            after[position] = isWaiting ? withActive(after[position]!, node) : after[position]!;
        }
        return after;
    }

    /** The votes that suit the nodes that are there now. */
    improved(reign: Tasks, base: ClusterState): ClusterState | undefined {
        const { peers } = this;
        const configuration = improvedConfiguration({
            current: base.configuration,
            eligible: peers.voters.map((peer) => peers.identityOf(peer)),
            isLive: (identity) =>
                base.nodes.has(peers.nodeOf(identity)) &&
                peers.identityOf(peers.at(peers.nodeOf(identity))) === identity,
            manager: peers.identityOf(reign.peer),
            autoShrink: peers.config.autoShrink,
        });
        const isSame =
            configuration.length === base.configuration.length &&
            configuration.every((identity) => base.configuration.includes(identity));
        if (isSame) {
            return undefined;
        }
        const names = configuration.map((identity) => peers.at(peers.nodeOf(identity)).name);
        reign.cause = this.peers.world.record({
            kind: 'state',
            text: `${names.join(', ')} have the votes from now on`,
            cause: reign.cause,
            node: reign.peer.node,
        });
        return { ...this.next(reign, base, {}), configuration };
    }

    private next(
        { peer }: Tasks,
        base: ClusterState,
        changes: Partial<Pick<ClusterState, 'nodes' | 'shards'>>,
    ): ClusterState {
        const version = base.version + 1;
        return {
            ...base,
            ...changes,
            term: peer.term,
            version,
            manager: peer.node,
            formerConfiguration: base.configuration,
        };
    }

    private tell(
        kind: 'state' | 'recovery',
        peer: Peer,
        text: string,
        cause: Cause,
        holds: 'alive' | 'failed',
        about: NodeId,
    ): Cause {
        const belief = { holds, about: [about], by: 'cluster' } as const;
        const knownTo = this.whoHears(peer);
        return this.peers.world.record({ kind, text, cause, node: peer.node, peer: about, belief, knownTo });
    }

    /** Members that act by what the manager publishes. In a large cluster they are too many to be listed with each change. */
    private whoHears({ node, accepted }: Peer): readonly NodeId[] {
        const { world, all } = this.peers;
        return all.length > MOST_LISTED
            ? []
            : [...accepted.nodes.keys()].filter((member) => member !== node && world.reach(node, member) === 'open');
    }
}

/** A new manager knows not since when copies have been missing. */
function waitingAnew(shard: ShardState, nowMs: number): ShardState {
    return shard.lost.length === 0
        ? shard
        : { ...shard, lost: shard.lost.map((lost) => ({ ...lost, sinceMs: nowMs })) };
}
