/** What a Cassandra cluster still serves after nodes lost power at one instant. */
import type {
    DelayBound,
    FailureState,
    Locality,
    LossBound,
    ServiceRules,
    ServiceState,
} from '../../../proof/index.js';
import type { NodeId, Operation, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { demanded, rangesOf, unmet, whyUnmet, type Range } from '../required.js';
import { askerKey, askersOf, CoordinatingRegions, livingAskers, type Asker } from './askers.js';
import { CapacityRules } from './capacity.js';
import { cassandraLocality } from './locality.js';
import { LossRules } from './loss.js';
import { RecoveryRules } from './recovery.js';

const SERVES: ServiceState = { serves: true };

export function rules(context: EngineContext): ServiceRules {
    return new CassandraRules(context);
}

class CassandraRules implements ServiceRules {
    /**
     * More dead nodes mean fewer replicas. But clients whose own datacenter is gone as a whole go on to another one, which
     * may hold what the last nodes of theirs could not; and members of unequal capacity may be relieved by a failure.
     */
    readonly monotone: boolean;
    readonly locality: Locality;
    private readonly ranges: ReadonlyMap<ShardId, Range>;
    private readonly askers: ReadonlyMap<string, readonly Asker[]>;
    private readonly regions: CoordinatingRegions;
    private readonly capacityRules: CapacityRules;
    private readonly lossRules: LossRules;
    private readonly recoveryRules: RecoveryRules;

    constructor(private readonly context: EngineContext) {
        this.ranges = rangesOf(context);
        this.askers = askersOf(context);
        this.regions = new CoordinatingRegions(context.topology);
        this.capacityRules = new CapacityRules(context, this.ranges, this.askers);
        this.lossRules = new LossRules(context, this.ranges, this.askers);
        this.recoveryRules = new RecoveryRules(context, this.ranges, this.askers, this.regions);
        const { members } = context.cluster;
        const datacenters = new Set(members.map(({ node }) => context.topology.nodes[node]!.region));
        this.monotone = datacenters.size <= 1 && new Set(members.map(({ capacity }) => capacity)).size <= 1;
        this.locality = cassandraLocality(this, context, this.ranges);
    }

    serves(shard: ShardId, operation: Operation, state: FailureState): ServiceState {
        const range = this.ranges.get(shard)!;
        const askers = livingAskers(this.context.topology, this.askers.get(askerKey(shard, operation)) ?? [], state);
        const refusal = askers
            .map((asker) => this.refusal(range, asker, operation, state))
            .find((reason) => reason !== undefined);
        return refusal === undefined ? SERVES : { serves: false, reason: refusal };
    }

    capacity(state: FailureState): number {
        return this.capacityRules.left(state);
    }

    recovery(shard: ShardId, operation: Operation, state: FailureState): DelayBound {
        return this.recoveryRules.bound(shard, operation, state);
    }

    loss(shard: ShardId, state: FailureState): LossBound {
        return this.lossRules.bound(shard, state);
    }

    /**
     * Why some coordinator refuses the asker, or every one the probe; undefined if they serve. Who stands in no datacenter is
     * served if each of them would serve: a retry stays in the one where the request began.
     */
    private refusal(range: Range, asker: Asker, operation: Operation, state: FailureState): string | undefined {
        const lives = (node: NodeId): boolean => state.alive[node] === 1;
        const regions = this.regions.of(asker, range.nodes, state);
        if (regions.length === 0) {
            return `no node is left that could coordinate a request for ${range.name}`;
        }
        const reasons = regions.map((region) => this.whyNot(range, asker, operation, region, lives));
        const met = reasons.some((reason) => reason === undefined);
        return asker.isProbe && met ? undefined : reasons.find((reason) => reason !== undefined);
    }

    private whyNot(
        range: Range,
        { level }: Asker,
        operation: Operation,
        region: number | undefined,
        lives: (node: NodeId) => boolean,
    ): string | undefined {
        const { topology } = this.context;
        const name = region === undefined ? 'the datacenter' : topology.regions[region]!.name;
        const wanted = demanded(range, level, operation, region, name);
        if (wanted.kind === 'forbidden') {
            return wanted.reason;
        }
        const missing = wanted.orHint ? undefined : unmet(wanted.requirements, lives);
        return missing === undefined
            ? undefined
            : `${level} ${whyUnmet(missing, lives, (node) => topology.nodes[node]!.name)}`;
    }
}
