import type {
    DelayBound,
    FailureState,
    Locality,
    LossBound,
    ServiceRules,
    ServiceState,
} from '../../../proof/index.js';
import { listed, setDuration, type NodeId, type Operation, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { audienceOf, streamsTo, type Audience, type Stream } from '../../shared/audience.js';
import { majority } from '../../shared/checks/quorum.js';
import { flushTimeAssumption } from '../../shared/page-cache.js';
import { fencingOfSilentHost, hadoopConfig, type HadoopConfig } from '../config.js';
import { isNear, silentWithin, streamPatience } from '../streams.js';
import { metUntil, recoveryDelay, type Met } from './delays.js';
import { hadoopLocality } from './locality.js';

const SERVES: ServiceState = { serves: true };

/** What is the same for all blocks of a cluster in one state. */
interface Common {
    readonly state: FailureState;
    readonly namespace: ServiceState;
    /** NameNodes without power that may have been active. */
    readonly namenodes: number;
    readonly activeForCertain: boolean;
    /** ZooKeeper servers without power. */
    readonly zookeepers: number;
    readonly livingDatanodes: number;
}

/** HDFS after failover, when all of a failure set lost power at one instant. */
export function rules(context: EngineContext): ServiceRules {
    return new HadoopRules(context);
}

class HadoopRules implements ServiceRules {
    /** Every rule asks that enough of something lives. */
    readonly monotone = true;
    readonly locality: Locality;
    private readonly config: HadoopConfig;
    private readonly capacities: ReadonlyMap<NodeId, number>;
    /** By shard and operation. */
    private readonly audiences = new Map<number, Audience>();
    /** What all blocks have in common in the state that was asked about last. */
    private asked: Common | undefined;

    constructor(private readonly context: EngineContext) {
        this.config = hadoopConfig(context);
        this.capacities = new Map(
            context.cluster.members.map(({ node, capacity }) => [node, capacity ?? Number.POSITIVE_INFINITY]),
        );
        this.locality = hadoopLocality(this, {
            config: this.config,
            mayBeActive: this.mayBeActive(),
            capacities: this.capacities,
            isNamespace: (id) => this.isNamespace(id),
            copies: (id) => this.copies(id),
            turns: (id) => this.turnsOf(id),
            wanted: (id) => this.wantedOf(id) ?? this.copies(id).length,
        });
    }

    serves(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const { namespace } = this.common(state);
        if (!namespace.serves || this.isNamespace(id)) {
            return namespace;
        }
        return operation === 'read' ? this.readable(id, state) : this.writable(id, state);
    }

    capacity(state: FailureState): number {
        return this.living(this.config.datanodes, state).reduce((sum, node) => sum + this.capacities.get(node)!, 0);
    }

    recovery(id: ShardId, operation: Operation, state: FailureState): DelayBound {
        const { config } = this;
        const { namenodes, activeForCertain, zookeepers } = this.common(state);
        const datanodes = this.isNamespace(id)
            ? 0
            : operation === 'read'
              ? this.dead(this.copies(id), state).length
              : this.deadOnTheWay(id, state);
        const met = datanodes > 0 ? this.met(id, operation, state) : undefined;
        const loss = { namenodes, activeForCertain, zookeepers, datanodes, met };
        return recoveryDelay(config, loss, fencingOfSilentHost(config) ?? 0, this.audience(id, operation));
    }

    private met(id: ShardId, operation: Operation, state: FailureState): Met | undefined {
        const { config, context } = this;
        const fails = streamsTo(context.topology, id, operation).some((stream) =>
            this.mayFail(stream, this.silentFor(stream, state), operation === 'read' ? 0 : (this.wantedOf(id) ?? 1)),
        );
        if (!fails) {
            return undefined;
        }
        if (operation === 'read') {
            return metUntil(config, config.avoidsStaleReads);
        }
        const { livingDatanodes } = this.common(state);
        const silent = config.datanodes.length - livingDatanodes;
        return metUntil(config, config.avoidsStaleWrites && silent <= config.datanodes.length * config.staleShare);
    }

    /** Silent DataNodes that a request may meet before one that answers. The probe asks none without power. */
    private silentFor({ shard, operation, workload }: Stream, state: FailureState): number {
        if (workload === undefined) {
            return 0;
        }
        if (operation === 'write') {
            return this.deadOnTheWay(shard, state);
        }
        const { nodes, workloads } = this.context.topology;
        const place = workloads[workload]!.place;
        const reader = { zone: place?.kind === 'zone' ? place.zone : undefined };
        const near = this.copies(shard).filter((node) => isNear(reader, nodes[node]!));
        return this.dead(this.anyLives(near, state) ? near : this.copies(shard), state).length;
    }

    /** A retry leaves out the DataNode that failed the try before, and no other. */
    private mayFail({ timeoutMs, retries, settings }: Stream, silent: number, length: number): boolean {
        const passed = silentWithin(streamPatience(this.config, settings), timeoutMs, length);
        return silent > passed + (retries > 0 ? 1 : 0);
    }

    /**
     * Dead DataNodes that a writer of the block may be led to: those that come before enough living ones, its copies first
     * and then the others in turn.
     */
    private deadOnTheWay(id: ShardId, { alive }: FailureState): number {
        const copies = this.copies(id);
        const wanted = this.wantedOf(id) ?? copies.length;
        let living = copies.filter((node) => alive[node] === 1).length;
        let dead = copies.length - living;
        for (const node of this.turnsOf(id)) {
            if (living >= wanted) {
                break;
            }
            living += alive[node] === 1 ? 1 : 0;
            dead += alive[node] === 0 ? 1 : 0;
        }
        return dead;
    }

    /** The DataNodes that hold no copy of the block, in turn. */
    private *turnsOf(id: ShardId): Generator<NodeId> {
        const { datanodes } = this.config;
        const copies = this.copies(id);
        for (let turn = 0; turn < datanodes.length; turn++) {
            const node = datanodes[(id + turn) % datanodes.length]!;
            if (!copies.includes(node)) {
                yield node;
            }
        }
    }

    loss(id: ShardId, state: FailureState): LossBound {
        const copies = this.isNamespace(id) ? [] : this.copies(id);
        const { flushMs } = this.config;
        if (copies.length === 0 || flushMs === 0 || this.anyLives(copies, state)) {
            return { kind: 'none' };
        }
        return {
            kind: 'within',
            windowMs: flushMs,
            reason: `${this.names(copies)} lost power together, and what was acknowledged in the last ${setDuration(flushMs)} may have stood in their memory alone, since blocks are not forced to disk (\`dfs.datanode.synconclose\`)`,
            assumptions: [flushTimeAssumption(flushMs)],
        };
    }

    // ── Namespace ──────────────────────────────────────────────────────────────

    private common(state: FailureState): Common {
        if (this.asked?.state !== state) {
            const lost = this.dead(this.mayBeActive(), state);
            this.asked = {
                state,
                namespace: this.decideNamespace(state),
                namenodes: lost.length,
                activeForCertain: lost.includes(this.mayBeActive()[0]!),
                zookeepers: this.dead(this.config.zookeepers, state).length,
                livingDatanodes: this.living(this.config.datanodes, state).length,
            };
        }
        return this.asked;
    }

    /** Reads need the JournalNodes as well: a NameNode that cannot write to a majority of them ends itself. */
    private decideNamespace(state: FailureState): ServiceState {
        const { namenodes, journalnodes } = this.config;
        if (this.living(namenodes, state).length === 0) {
            return refuses(
                namenodes.length === 0
                    ? `${this.context.cluster.name} has no NameNode`
                    : `no NameNode (${this.names(namenodes)}) is left`,
            );
        }
        if (this.lacksMajority(journalnodes, state)) {
            return refuses(
                `${this.count(journalnodes, state)} JournalNodes are left and ${majority(journalnodes.length)} are needed: the active NameNode ends itself and none takes over`,
            );
        }
        const lost = this.dead(this.mayBeActive(), state);
        const [first] = this.mayBeActive();
        const decided = lost.length === 0 ? SERVES : this.failover(lost[0]!, state);
        return decided.serves || lost[0] === first
            ? decided
            : { ...decided, unshown: `A run begins with ${this.names([first!])} as the active NameNode.` };
    }

    private failover(lost: NodeId, state: FailureState): ServiceState {
        const { automatic, fencing, zookeepers, watched } = this.config;
        const gone = `${this.names([lost])} may have been active and is without power, and`;
        if (!automatic) {
            return refuses(`${gone} automatic failover is off, so a standby waits for an operator`);
        }
        if (fencing.length === 0) {
            return refuses(`${gone} no fencing method is set that is known here, so nobody takes over`);
        }
        if (fencingOfSilentHost(this.config) === undefined) {
            return refuses(
                `${gone} \`sshfence\`, the only fencing method, cannot log in there: fencing fails and nobody takes over`,
            );
        }
        if (this.lacksMajority(zookeepers, state)) {
            return refuses(
                `${gone} ${this.count(zookeepers, state)} ZooKeeper servers are left where ${majority(zookeepers.length)} are needed, so nobody takes over`,
            );
        }
        return this.living(watched, state).length > 0
            ? SERVES
            : refuses(`${gone} no NameNode that is left has a failover controller`);
    }

    /** The first leads at the start of a run; a proof takes any of them for the active one. */
    private mayBeActive(): readonly NodeId[] {
        const { automatic, watched, namenodes } = this.config;
        return automatic && watched.length > 0 ? watched : namenodes;
    }

    // ── Blocks ─────────────────────────────────────────────────────────────────

    private readable(id: ShardId, state: FailureState): ServiceState {
        const copies = this.copies(id);
        return this.anyLives(copies, state)
            ? SERVES
            : refuses(
                  `no copy of ${this.context.topology.shards[id]!.name}${copies.length === 0 ? '' : ` (${this.names(copies)})`} is left`,
              );
    }

    /** A new block may stand on any DataNodes, as long as they are enough. */
    private writable(id: ShardId, state: FailureState): ServiceState {
        const { leastCopies } = this.config;
        const wanted = this.wantedOf(id) ?? leastCopies;
        if (wanted < leastCopies) {
            return refuses(
                `${this.context.topology.shards[id]!.name} is to have ${wanted} copies and HDFS accepts no less than ${leastCopies} (\`dfs.namenode.replication.min\`)`,
            );
        }
        const living = this.common(state).livingDatanodes;
        return living >= leastCopies
            ? SERVES
            : refuses(
                  `${living} DataNodes are left and a new block needs ${leastCopies} (\`dfs.namenode.replication.min\`)`,
              );
    }

    private wantedOf(id: ShardId): number | undefined {
        const { group } = this.context.topology.shards[id]!;
        return group === undefined ? undefined : this.context.topology.groups[group]!.copies;
    }

    private copies(id: ShardId): readonly NodeId[] {
        return this.context.topology.shards[id]!.copies;
    }

    // ── Words and counts ───────────────────────────────────────────────────────

    private isNamespace(id: ShardId): boolean {
        return this.context.cluster.controlPlane?.shard === id;
    }

    private lacksMajority(voters: readonly NodeId[], state: FailureState): boolean {
        return voters.length > 0 && this.living(voters, state).length < majority(voters.length);
    }

    private count(nodes: readonly NodeId[], state: FailureState): string {
        return `${this.living(nodes, state).length} of ${nodes.length}`;
    }

    private anyLives(nodes: readonly NodeId[], { alive }: FailureState): boolean {
        return nodes.some((node) => alive[node] === 1);
    }

    private living(nodes: readonly NodeId[], state: FailureState): readonly NodeId[] {
        return nodes.filter((node) => state.alive[node] === 1);
    }

    private dead(nodes: readonly NodeId[], state: FailureState): readonly NodeId[] {
        return nodes.filter((node) => state.alive[node] !== 1);
    }

    private names(nodes: readonly NodeId[]): string {
        return listed(nodes.map((node) => this.context.topology.nodes[node]!.name));
    }

    private audience(id: ShardId, operation: Operation): Audience {
        const key = 2 * id + (operation === 'read' ? 0 : 1);
        const known = this.audiences.get(key) ?? audienceOf(this.context.topology, id, operation);
        this.audiences.set(key, known);
        return known;
    }
}

function refuses(reason: string): ServiceState {
    return { serves: false, reason };
}
