import type { DelayBound, DelayPart, FailureState } from '../../../proof/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import type { NodeId, Operation, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { audienceOf, type Audience } from '../../shared/audience.js';
import { longestDetection, nodeConfig, speculationMs } from '../config.js';
import type { Level } from '../consistency.js';
import { demanded, type DatacenterId, type Range } from '../required.js';
import { askerKey, livingAskers, type Asker, type CoordinatingRegions } from './askers.js';

const AT_ONCE: DelayBound = { minMs: 0, maxMs: 0, parts: [], assumptions: [] };

/** How long clients find a range unavailable that is served in the end: nobody is elected, but silence must be noticed. */
export class RecoveryRules {
    /** What was found in the state that was asked about last. */
    private asked: { readonly state: FailureState; readonly anyDied: boolean } | undefined;
    private readonly turns = new Map<readonly NodeId[], number>();
    private readonly audiences = new Map<string, Audience>();
    private readonly detectionMs: number;

    constructor(
        private readonly context: EngineContext,
        private readonly ranges: ReadonlyMap<ShardId, Range>,
        private readonly askers: ReadonlyMap<string, readonly Asker[]>,
        private readonly regions: CoordinatingRegions,
    ) {
        const members = context.cluster.members.map((member) => nodeConfig(context, member));
        this.detectionMs = Math.max(0, ...members.map(longestDetection));
    }

    /** Writes go to all replicas, so silent ones keep nobody waiting but ANY, which turns to a hint when all are marked as down. */
    bound(shard: ShardId, operation: Operation, state: FailureState): DelayBound {
        const range = this.ranges.get(shard)!;
        const askers = livingAskers(this.context.topology, this.askers.get(askerKey(shard, operation)) ?? [], state);
        const anyDied = this.anyDied(state);
        const waits = askers.some((asker) =>
            operation === 'read'
                ? this.readsWait(range, asker, state)
                : asker.level === 'ANY' && range.copies.every((copy) => !state.alive[copy]),
        );
        const meets = anyDied && askers.some(({ isProbe }) => !isProbe);
        if (!waits && !meets) {
            return AT_ONCE;
        }
        const audience = this.audience(shard, operation);
        const parts: readonly DelayPart[] = [
            ...(waits
                ? [{ label: 'coordinators mark silent replicas as down', minMs: 0, maxMs: this.detectionMs }]
                : []),
            ...(meets ? [this.deadCoordinators(range, audience)] : []),
            lastRequests(audience),
        ];
        return {
            // A client may happen to ask only nodes that answer.
            minMs: 0,
            maxMs: parts.reduce((sum, { maxMs }) => sum + maxMs, 0),
            parts,
            assumptions: this.assumptions(waits),
        };
    }

    private anyDied(state: FailureState): boolean {
        if (this.asked?.state !== state) {
            this.asked = { state, anyDied: this.context.cluster.members.some(({ node }) => !state.alive[node]) };
        }
        return this.asked.anyDied;
    }

    /** Each coordinator that is dead fails a client once, then it is skipped. Datacenters take turns, however many nodes they have. */
    private deadCoordinators({ nodes }: Range, { periodMs, timeoutMs }: Audience): DelayPart {
        const turn = Math.ceil(this.longestTurn(nodes) * periodMs);
        return { label: 'each dead coordinator is tried once', minMs: 0, maxMs: turn + timeoutMs };
    }

    /** Requests until each of the nodes was asked once. */
    private longestTurn(nodes: readonly NodeId[]): number {
        let turn = this.turns.get(nodes);
        if (turn === undefined) {
            const sizes = new Map<DatacenterId, number>();
            for (const node of nodes) {
                const { region } = this.context.topology.nodes[node]!;
                sizes.set(region, (sizes.get(region) ?? 0) + 1);
            }
            turn = sizes.size * Math.max(0, ...sizes.values());
            this.turns.set(nodes, turn);
        }
        return turn;
    }

    /**
     * Whether reads may wait for dead replicas that nobody has marked as down yet: a coordinator asks only as many as it
     * needs, and one more when an answer is late. So that helps against one dead replica among those asked, no more.
     */
    private readsWait(range: Range, asker: Asker, state: FailureState): boolean {
        const lives = (node: NodeId): boolean => state.alive[node] === 1;
        return this.regions.of(asker, range.nodes, state).some((region) => {
            const wanted = demanded(range, asker.level, 'read', region, '');
            if (wanted.kind === 'forbidden') {
                return false;
            }
            const spare = this.speculates(range, asker.level) ? 1 : 0;
            return wanted.requirements.some(
                ({ among, count }) => Math.min(among.filter((node) => !lives(node)).length, count + spare) > spare,
            );
        });
    }

    private speculates({ shard }: Range, level: Level): boolean {
        const written = this.context.text('speculative_retry', { shard: this.context.topology.shards[shard]! });
        return speculationMs(written) !== undefined && level !== 'ALL' && level !== 'EACH_QUORUM';
    }

    private assumptions(waits: boolean): readonly string[] {
        return [
            `A message between two nodes takes ${BASE_DELAY_MS} ms.`,
            ...(waits
                ? ['Heartbeats reach every node by gossip at the mean that `assumed_heartbeat_interval` says.']
                : []),
        ];
    }

    private audience(shard: ShardId, operation: Operation): Audience {
        const key = askerKey(shard, operation);
        const known = this.audiences.get(key) ?? audienceOf(this.context.topology, shard, operation);
        this.audiences.set(key, known);
        return known;
    }
}

/** Requests under way may still fail at their last try, and the next one may come a period later; so before as after. */
function lastRequests({ part, timeoutMs, periodMs }: Audience): DelayPart {
    return {
        label: 'requests under way and the next one',
        minMs: 0,
        maxMs: part.maxMs + timeoutMs + Math.ceil(periodMs) + MERGED_MS,
    };
}

/** Outages less than a second apart count as one. */
const MERGED_MS = 1000;
