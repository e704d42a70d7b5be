import {
    single,
    type DelayBound,
    type FailureState,
    type Locality,
    type LossBound,
    type ServiceRules,
    type ServiceState,
} from '../../../proof/index.js';
import { clientStreams } from '../../../simulator/index.js';
import {
    duration,
    listed,
    type Member,
    type NodeId,
    type Operation,
    type Shard,
    type ShardId,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { votesOf, majority } from '../../shared/checks/quorum.js';
import { activeCopiesAsked, searchConfig, syncIntervalMs, type SearchConfig } from '../config.js';
import { entryNodes } from '../entries.js';
import { dataMembers, electableMembers, eligibleMembers, type SearchProduct } from '../product.js';
import { Rooms } from '../room.js';
import { firstConfiguration, hasQuorum, majorityIsLeft } from '../voting.js';
import { isAlive, MissingShards, Streams, type ClientStream } from './companions.js';
import { searchLocality } from './locality.js';
import { recoveryBound } from './recovery.js';

const SERVES: ServiceState = { serves: true };

/** A service that may be missed when a single copy is gone. */
interface Fragile {
    readonly shard: Shard;
    readonly operation: Operation;
}

/** A search cluster after elections, promotions and the making of new copies, when all of a set lost power at one instant. */
export function searchRules(product: SearchProduct, context: EngineContext): ServiceRules {
    return new SearchRules(product, context);
}

class SearchRules implements ServiceRules {
    /**
     * Fewer nodes mean fewer votes and fewer copies, never the opposite. Only where writes wait for several copies can the
     * loss of a whole zone be better than that of a part: awareness then divides the copies over fewer zones.
     */
    readonly monotone: boolean;
    readonly locality: Locality;
    private readonly config: SearchConfig;
    private readonly eligible: readonly Member[];
    private readonly electable: readonly Member[];
    private readonly data: readonly Member[];
    /** Those that have a vote when a run begins. */
    private readonly firstVoters: readonly NodeId[];
    private readonly asked = new Map<ShardId, number>();
    private readonly entries: readonly NodeId[];
    private readonly entryBlocks: ReturnType<typeof single>;
    private readonly fragile = new Map<string, readonly Fragile[]>();
    private readonly missing = new Map<number, MissingShards>();
    private streams: Streams | undefined;

    constructor(
        private readonly product: SearchProduct,
        private readonly context: EngineContext,
    ) {
        const { members, shards } = context.cluster;
        this.config = searchConfig(product, context);
        this.eligible = eligibleMembers(product, members);
        this.electable = electableMembers(product, members);
        this.data = dataMembers(product, members);
        this.firstVoters = firstConfiguration(context.topology, this.eligible, this.electable[0]?.node ?? -1);
        this.entries = entryNodes(product, members);
        this.entryBlocks = single(this.entries);
        this.monotone = shards.every((shard) => this.copiesAsked(this.shard(shard)) <= 1);
        this.locality = searchLocality(this, context, {
            eligible: this.eligible,
            electable: this.electable,
            firstVoters: this.firstVoters,
            data: this.data,
            entries: this.entryBlocks,
            copiesAsked: (shard) => this.copiesAsked(shard),
            besides: (shard, operation) =>
                this.fragileBesides(shard, operation).flatMap(({ shard: { copies } }) => copies),
            isServed: (shard, operation, state) => this.servesUnlessMissing(shard, operation, state).serves,
            missing: (shard, operation) => this.missingBesides(shard, operation),
        });
    }

    serves(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const decided = this.servesUnlessMissing(id, operation, state);
        return decided.serves && this.missingBesides(id, operation).some((shards) => !shards.holds(state))
            ? ledBack(this.context.cluster.name)
            : decided;
    }

    /** As long as its clients ask for no shard besides that is gone altogether. */
    private servesUnlessMissing(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const decided = this.servesAlone(id, operation, state);
        return decided.serves &&
            this.entries.some((node) => !isAlive(state, node)) &&
            this.failBesides(id, operation, state)
            ? ledBack(this.context.cluster.name)
            : decided;
    }

    /** As clients find it that ask for nothing else. */
    private servesAlone(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const shard = this.shard(id);
        if (this.electable.length === 0) {
            return refuses(`no node of ${this.context.cluster.name} may be elected ${this.product.manager}`);
        }
        const living = shard.copies.filter((node) => isAlive(state, node));
        if (living.length === 0) {
            return refuses(
                `no copy of ${shard.name} (${this.names(shard.copies) || 'none was assigned'}) is left to be promoted`,
            );
        }
        if (!this.canElect(state)) {
            return this.shownOrNot(this.servesWithoutManager(shard, operation, living, state), state);
        }
        return operation === 'write' ? this.hasEnoughCopies(shard, living, state) : SERVES;
    }

    /** The nodes that hold data carry the load. */
    capacity(state: FailureState): number {
        return this.data
            .filter(({ node }) => isAlive(state, node))
            .reduce((sum, { capacity }) => sum + (capacity ?? Number.POSITIVE_INFINITY), 0);
    }

    recovery(id: ShardId, operation: Operation, state: FailureState): DelayBound {
        const shard = this.shard(id);
        return recoveryBound(this.product, this.context, {
            shard,
            operation,
            state,
            config: this.config,
            managerMayBeDead: this.electable.some(({ node }) => !isAlive(state, node)),
            managerIsLeft: this.canElect(state),
            waitsForCopies:
                this.waitsForCopies({ shard, operation }, state) ||
                this.fragileBesides(id, operation).some((other) => this.waitsForCopies(other, state)),
            tries: this.triesOf(id, operation),
            hasPenalty: this.streamsOf(id, operation).some(
                ({ settings }) => this.product.penaltyOf(settings) !== undefined,
            ),
        });
    }

    loss(id: ShardId, state: FailureState): LossBound {
        const shard = this.shard(id);
        const interval = syncIntervalMs(this.context, shard);
        if (interval === undefined || shard.copies.some((node) => isAlive(state, node))) {
            return { kind: 'none' };
        }
        return {
            kind: 'within',
            windowMs: interval,
            reason: `all copies of ${shard.name} lose power together, and \`index.translog.durability = async\` forces writes to disk only every ${duration(interval)}`,
        };
    }

    /** Whether requests hang until copies are made anew. */
    private waitsForCopies({ shard, operation }: Fragile, state: FailureState): boolean {
        const living = shard.copies.filter((node) => isAlive(state, node)).length;
        return operation === 'write' && living < this.copiesAsked(shard);
    }

    /**
     * Whether other requests of the shard's clients fail: these then leave living nodes alone as well, until all count as failed and
     * they go back to the dead ones. {@link missingBesides} sees to shards that are gone altogether.
     */
    private failBesides(id: ShardId, operation: Operation, state: FailureState): boolean {
        const managerIsLeft = this.canElect(state);
        return (
            (!managerIsLeft && this.besides(id, operation).some((other) => other.operation === 'write')) ||
            this.fragileBesides(id, operation).some(
                (other) => !this.servesAlone(other.shard.id, other.operation, state).serves,
            )
        );
    }

    private missingBesides(id: ShardId, operation: Operation): readonly MissingShards[] {
        const streams = this.allStreams();
        return streams.workloadsOf(id, operation).map((workload) => {
            const known = this.missing.get(workload);
            if (known !== undefined) {
                return known;
            }
            const shards = streams.shardsOf(workload).map((shard) => this.shard(shard));
            const missing = new MissingShards(shards, this.entryBlocks);
            this.missing.set(workload, missing);
            return missing;
        });
    }

    /** Of what the shard's clients ask for besides, that which the loss of a single copy may end. */
    private fragileBesides(id: ShardId, operation: Operation): readonly Fragile[] {
        const key = `${operation} ${String(id)}`;
        const known = this.fragile.get(key);
        if (known !== undefined) {
            return known;
        }
        const fragile = this.besides(id, operation)
            .map((other) => ({ shard: this.shard(other.shard), operation: other.operation }))
            .filter((other) => other.operation === 'write' && this.copiesAsked(other.shard) > 1);
        this.fragile.set(key, fragile);
        return fragile;
    }

    private besides(id: ShardId, operation: Operation): ReturnType<Streams['besides']> {
        return this.allStreams().besides(id, operation);
    }

    /** Whether a manager is elected, whoever of the eligible nodes was elected before and whose vote was left out. */
    private canElect(state: FailureState): boolean {
        const left = this.eligible.filter(({ node }) => isAlive(state, node)).length;
        return majorityIsLeft(this.eligible.length, left) && this.electable.some(({ node }) => isAlive(state, node));
    }

    /** What holds only where another node is left without a vote than in a run cannot be shown by one. */
    private shownOrNot(decided: ServiceState, state: FailureState): ServiceState {
        const isElected =
            hasQuorum(this.firstVoters, (node) => isAlive(state, node)) &&
            this.electable.some(({ node }) => isAlive(state, node));
        if (decided.serves || !isElected) {
            return decided;
        }
        const { manager } = this.product;
        return {
            ...decided,
            unshown: `In a run ${this.names(this.firstVoters)} have the votes, and a ${manager} is elected.`,
        };
    }

    private servesWithoutManager(
        shard: Shard,
        operation: Operation,
        living: readonly NodeId[],
        state: FailureState,
    ): ServiceState {
        const { block } = this.config;
        const why = this.whyNoManager(state);
        if (operation === 'read') {
            return block === 'all' ? refuses(`${why}, and without one the nodes refuse reads, too`) : SERVES;
        }
        if (block !== 'metadata_write') {
            return refuses(`${why}, and without one the nodes refuse writes`);
        }
        const dead = shard.copies.filter((node) => !isAlive(state, node));
        if (dead.length > 0) {
            return refuses(`${why}, so nobody takes ${this.names(dead)} out of the copies that a write waits for`);
        }
        return living.length >= this.copiesAsked(shard) ? SERVES : this.tooFewCopies(shard, living.length);
    }

    private whyNoManager(state: FailureState): string {
        const { manager, eligible } = this.product;
        const votes = votesOf({ voters: this.eligible.map(({ node }) => node), keepsOdd: true });
        const left = this.eligible.filter(({ node }) => isAlive(state, node)).length;
        const isOneLeftOut = votes < this.eligible.length;
        const even = !isOneLeftOut
            ? ''
            : left === 1
              ? ', which may be the one without a vote,'
              : ', one of which may be the one without a vote,';
        const needed = majority(votes) === 1 ? '1 vote is' : `${majority(votes)} votes are`;
        return majorityIsLeft(this.eligible.length, left)
            ? `no ${eligible} is left that can be elected ${manager}`
            : `${left} of ${this.eligible.length} ${eligible}s ${left === 1 && isOneLeftOut ? 'is' : 'are'} left${even} and ${needed} needed: no ${manager} is elected`;
    }

    private hasEnoughCopies(shard: Shard, living: readonly NodeId[], state: FailureState): ServiceState {
        const asked = this.copiesAsked(shard);
        if (living.length >= asked) {
            return SERVES;
        }
        const rooms = new Rooms(this.product, this.context, (node) => isAlive(state, node));
        const inTheEnd = rooms.copiesInTheEnd(shard, living);
        return inTheEnd >= asked ? SERVES : this.tooFewCopies(shard, inTheEnd);
    }

    private tooFewCopies(shard: Shard, active: number): ServiceState {
        return refuses(
            `writes to ${shard.name} wait for ${this.copiesAsked(shard)} active copies, and only ${active} find a node`,
        );
    }

    /** Copies that the most demanding writer of the shard waits for. */
    private copiesAsked(shard: Shard): number {
        const known = this.asked.get(shard.id);
        if (known !== undefined) {
            return known;
        }
        const streams = this.streamsOf(shard.id, 'write');
        const asked = Math.max(...streams.map(({ settings }) => activeCopiesAsked(this.context, shard, settings)), 0);
        this.asked.set(shard.id, asked);
        return asked;
    }

    private triesOf(shard: ShardId, operation: Operation): number | undefined {
        const patient = this.streamsOf(shard, operation).filter(({ workload }) => workload !== undefined);
        return patient.length === 0 ? undefined : 1 + Math.min(...patient.map(({ retries }) => retries));
    }

    private streamsOf(shard: ShardId, operation: Operation): readonly ClientStream[] {
        return this.allStreams().to(shard, operation);
    }

    private allStreams(): Streams {
        const { topology, cluster } = this.context;
        this.streams ??= new Streams(clientStreams(topology, 0), cluster);
        return this.streams;
    }

    private shard(id: ShardId): Shard {
        return this.context.topology.shards[id]!;
    }

    private names(nodes: readonly NodeId[]): string {
        return listed(
            nodes.map((node) => this.context.topology.nodes[node]!.name),
            { limit: 4 },
        );
    }
}

/** Neither promised nor refuted: which of the nodes a client goes back to, and how often, is a matter of chance. */
function ledBack(cluster: string): ServiceState {
    return {
        serves: false,
        isOpen: true,
        isPart: true,
        reason: `other requests of the same clients to ${cluster} fail, so that they take living nodes for failed as well and go back to dead ones`,
    };
}

function refuses(reason: string): ServiceState {
    return { serves: false, reason };
}
