/** Expectations about how many acknowledged writes were lost, and how many reads were stale. */
import {
    counted,
    figure,
    listed,
    shardsBehind,
    shardsOf,
    type Expectation,
    type Operation,
    type ShardId,
    type Target,
    type Topology,
    type WorkloadId,
} from '../../topology/index.js';
import { shardPath } from '../words.js';
import type { Answer, Evidence } from './judge.js';
import { probesShare } from './probed.js';

type CountExpectation = Expectation & { readonly kind: 'lost-writes' | 'stale-reads' };

interface Entry {
    readonly shard: ShardId;
    readonly count: number;
}

export function judgeCount(evidence: Evidence, expectation: CountExpectation): Answer {
    const { topology, run } = evidence;
    const isLoss = expectation.kind === 'lost-writes';
    const shards = shardsAsked(topology, expectation.target, isLoss ? 'write' : 'read');
    const unknown = run.dataNotModelled?.find(({ cluster }) =>
        [...shards].some((shard) => topology.shards[shard]?.cluster === cluster),
    );
    if (unknown !== undefined) {
        const what = isLoss ? 'Lost writes' : 'Stale reads';
        return { status: 'error', actual: `${what} are not counted: ${unknown.reason}.` };
    }
    return isLoss ? judgeLost(evidence, expectation, shards) : judgeStale(evidence, expectation, shards);
}

/** A workload answers for the shards that it reads or writes itself; anything else for all that was read or written there. */
function shardsAsked(topology: Topology, target: Target, operation: Operation): ReadonlySet<ShardId> {
    const asked = shardsOf(topology, target, target.kind === 'workload' ? operation : undefined);
    return new Set(asked.flatMap((shard) => [shard, ...shardsBehind(topology, shard)]));
}

function judgeLost({ topology, run }: Evidence, expectation: CountExpectation, shards: ReadonlySet<ShardId>): Answer {
    const { target } = expectation;
    const entries = run.lostWrites.filter(({ shard, count }) => shards.has(shard) && count > 0);
    const found = `${wasCounted(expectation, sumOf(entries))}${whereOf(topology, entries)}`;
    const others = target.kind === 'workload' ? writersBeside(topology, target.workload, entries) : [];
    const shared = entries.filter(({ shard }) => others.some((each) => each.shards.has(shard)));
    // How many writes of a shard are lost is counted, not whose they are.
    const holdsAtLeast = holds(expectation, sumOf(entries) - sumOf(shared));
    if (holdsAtLeast !== holds(expectation, sumOf(entries))) {
        const names = others.map(({ name }) => name);
        return {
            status: 'error',
            actual: `${found}. Whose they were is not followed, and ${listed(names)} ${names.length > 1 ? 'write' : 'writes'} there, too.`,
        };
    }
    return {
        status: holdsAtLeast ? 'passed' : 'failed',
        actual: `${found}${probesShare(topology, 'write', entries)}.`,
        ...(holdsAtLeast && luckOf(expectation, run.mayHaveLost, shards)),
    };
}

/** The other workloads that write to a shard that lost some. */
function writersBeside(
    topology: Topology,
    workload: WorkloadId,
    entries: readonly Entry[],
): readonly { readonly name: string; readonly shards: ReadonlySet<ShardId> }[] {
    return topology.workloads
        .filter(({ id }) => id !== workload)
        .map(({ id, name }) => ({
            name,
            shards: shardsAsked(topology, { kind: 'workload', workload: id, text: name }, 'write'),
        }))
        .filter((other) => entries.some(({ shard }) => other.shards.has(shard)));
}

function judgeStale({ topology, run }: Evidence, expectation: CountExpectation, shards: ReadonlySet<ShardId>): Answer {
    const { target } = expectation;
    if (target.kind === 'workload') {
        const own = run.workloads.filter(({ workload }) => workload === target.workload);
        const count = own.reduce((sum, { stale = 0 }) => sum + stale, 0);
        return stale(count, `${wasCounted(expectation, count, ` of ${target.text}`)}.`);
    }
    const entries = run.staleReads.filter(({ shard, count }) => shards.has(shard) && count > 0);
    const found = `${wasCounted(expectation, sumOf(entries))}${whereOf(topology, entries)}`;
    return stale(sumOf(entries), `${found}${probesShare(topology, 'read', entries)}.`);

    function stale(count: number, actual: string): Answer {
        return holds(expectation, count)
            ? { status: 'passed', actual, ...luckOf(expectation, run.mayBeStale, shards) }
            : { status: 'failed', actual };
    }
}

/** Where one of the shards may have fared worse than was counted, that it did not is luck. */
function luckOf(
    { bound }: CountExpectation,
    mayBeWorse: Evidence['run']['mayBeStale'],
    shards: ReadonlySet<ShardId>,
): Pick<Answer, 'note'> {
    const chance = bound === 'most' ? mayBeWorse?.find(({ shard }) => shards.has(shard)) : undefined;
    return chance === undefined ? {} : { note: `it held in this run, which is no promise: ${chance.reason}.` };
}

function holds({ bound, limit }: CountExpectation, sum: number): boolean {
    return bound === 'most' ? sum <= limit : sum >= limit;
}

/** `3 acknowledged writes were lost` */
function wasCounted({ kind }: CountExpectation, sum: number, of = ''): string {
    const [noun, verb] = kind === 'lost-writes' ? ['acknowledged write', 'lost'] : ['stale read', 'answered'];
    return `${counted(sum, noun)}${of} ${sum === 1 ? 'was' : 'were'} ${verb}`;
}

function whereOf(topology: Topology, entries: readonly Entry[]): string {
    const where = entries.map(({ shard, count }) => `${figure(count)} in ${shardPath(topology, shard)}`);
    return where.length === 0 ? '' : ` (${listed(where, { limit: 5 })})`;
}

function sumOf(entries: readonly Entry[]): number {
    return entries.reduce((sum, { count }) => sum + count, 0);
}
