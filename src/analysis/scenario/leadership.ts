/** Expectations about who led. */
import {
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
        return { status: expected ? 'failed' : 'passed', actual: 'Never did two nodes lead at once.' };
    }
    const nodes = listed(first.nodes.map((node) => nodeName(topology, node)));
    const length = duration((first.toMs ?? run.untilMs) - first.fromMs);
    const actual = `${nodes} both led ${shardPath(topology, first.shard)} for ${length} from ${instant(first.fromMs)}.`;
    return { status: expected ? 'passed' : 'failed', actual };
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
