/** Expectations about who led. */
import type { DeposedLeader } from '../../simulator/index.js';
import {
    counted,
    duration,
    isLeaderless,
    ledShards,
    listed,
    shardsOf,
    type Expectation,
    type NodeId,
    type NodeSelector,
    type ShardId,
    type Target,
} from '../../topology/index.js';
import { instant, nodeName, shardPath } from '../words.js';
import type { Answer, Evidence } from './judge.js';

type Of<Kind extends Expectation['kind']> = Expectation & { readonly kind: Kind };

export function judgeLeader(evidence: Evidence, { target, leaders, atMs }: Of<'leader'>): Answer {
    const { topology } = evidence;
    const shards = ledShards(topology, target);
    if (shards.length === 0) {
        return { status: 'error', actual: `'${target.text}' has no shards, so nobody can lead it.` };
    }
    if (isLedByNone(evidence, shards)) {
        return nothingToDecide(target);
    }
    const expected = leaders.flatMap((selector) => selected(evidence, selector, atMs));
    const leaderOf = leadersAt(evidence, atMs);
    const found = shards.map((shard) => ({ shard, leader: leaderOf(shard) }));
    const others = found.filter(({ leader }) =>
        leaders.length === 0 ? leader !== null : leader === null || !expected.includes(leader),
    );
    const shown = (others.length === 0 ? found : others).slice(0, 3);
    const sentences = shown.map(
        ({ shard, leader }) => `${shardPath(topology, shard)} was led by ${nodeName(topology, leader)}`,
    );
    return { status: others.length === 0 ? 'passed' : 'failed', actual: `At ${instant(atMs)} ${listed(sentences)}.` };
}

function selected(evidence: Evidence, selector: NodeSelector, atMs: number): readonly NodeId[] {
    if (selector.kind === 'node') {
        return [selector.node];
    }
    const shards = ledShards(evidence.topology, selector.of);
    return shards.map(leadersAt(evidence, atMs)).filter((leader) => leader !== null);
}

/** Who led each shard at the instant. */
function leadersAt({ run }: Evidence, atMs: number): (shard: ShardId) => NodeId | null {
    const changes = run.leaders.filter((change) => change.atMs <= atMs);
    const leaders = new Map(changes.map(({ shard, to }) => [shard, to]));
    return (shard) => leaders.get(shard) ?? null;
}

export function judgeSplitBrain(evidence: Evidence, { target, expected }: Of<'split-brain'>): Answer {
    const { topology, run } = evidence;
    const shards = new Set([...shardsOf(topology, target), ...ledShards(topology, target)]);
    if (isLedByNone(evidence, [...shards])) {
        return nothingToDecide(target);
    }
    const first = run.splitBrains.find((split) => shards.has(split.shard));
    if (first === undefined) {
        const actual = ['Never did two nodes lead at once.', ...deposedIn(evidence, shards)].join(' ');
        return { status: expected ? 'failed' : 'passed', actual };
    }
    const nodes = listed(first.nodes.map((node) => nodeName(topology, node)));
    const length = duration((first.toMs ?? run.untilMs) - first.fromMs);
    const actual = `${nodes} both led ${shardPath(topology, first.shard)} for ${length} from ${instant(first.fromMs)}.`;
    return { status: expected ? 'passed' : 'failed', actual };
}

/** Who took itself for a leader beside another and could decide nothing: the longest of them, and how many there were. */
function deposedIn({ topology, run }: Evidence, shards: ReadonlySet<ShardId>): readonly string[] {
    const all = (run.deposed ?? []).filter(({ shard }) => shards.has(shard));
    const lengthOf = ({ fromMs, toMs }: DeposedLeader): number => (toMs ?? run.untilMs) - fromMs;
    const longest = all.reduce<DeposedLeader | undefined>(
        (most, each) => (most === undefined || lengthOf(each) > lengthOf(most) ? each : most),
        undefined,
    );
    if (longest === undefined) {
        return [];
    }
    const who = nodeName(topology, longest.node);
    const what = shardPath(topology, longest.shard);
    const others = all.length === 1 ? '' : ` (the longest of ${counted(all.length, 'such span')})`;
    return [
        `${who} still took itself for the leader of ${what} for ${duration(lengthOf(longest))} from ${instant(longest.fromMs)}, and could acknowledge nothing${others}.`,
    ];
}

function nothingToDecide({ text }: Target): Answer {
    return { status: 'error', actual: `Nothing to decide: ${text} has no leader, since its members are equals.` };
}

/** Whether none of the shards ever has a leader. */
function isLedByNone({ topology, run }: Evidence, shards: readonly ShardId[]): boolean {
    return shards.every((id) => {
        const shard = topology.shards[id];
        // A copy of another cluster has none before it is promoted, which may never come.
        const isCopy = topology.replications.some(({ to }) => to === shard?.cluster);
        const isLed = isCopy || run.leaders.some((change) => change.shard === id);
        return shard === undefined || isLeaderless(topology, shard) || !isLed;
    });
}
