/** Expectations about shares: of requests that succeeded, of capacity. */
import { figure, percent, type Expectation, type GroupId, type Target, type Topology } from '../../topology/index.js';
import type { CapacityChange } from '../../simulator/index.js';
import { instant } from '../words.js';
import type { Evidence, Answer } from './judge.js';

type Of<Kind extends Expectation['kind']> = Expectation & { readonly kind: Kind };

export function judgeAvailability({ topology, run }: Evidence, { workload, minimum }: Of<'availability'>): Answer {
    const entries = run.workloads.filter((count) => count.workload === workload);
    const sent = entries.reduce((sum, count) => sum + count.sent, 0);
    const ok = entries.reduce((sum, count) => sum + count.ok, 0);
    if (sent === 0) {
        const name = topology.workloads[workload]?.name ?? '';
        return { status: 'error', actual: `'${name}' sent no request, so it has no availability.` };
    }
    const actual = `${figure(ok)} of ${figure(sent)} requests succeeded (${percent(ok / sent)}).`;
    return { status: ok >= minimum * sent ? 'passed' : 'failed', actual };
}

export function judgeCapacity(evidence: Evidence, expectation: Of<'capacity'>): Answer {
    const { target, atMs, bound, share } = expectation;
    const entries = capacityOf(evidence, target);
    if (entries === undefined) {
        return { status: 'error', actual: `No members are counted for '${target.text}', so it has no capacity.` };
    }
    const from = atMs ?? evidence.run.faults[0]?.atMs ?? 0;
    const current = entries.filter((entry) => entry.atMs <= from).at(-1);
    const later = atMs === undefined ? entries.filter((entry) => entry.atMs > from) : [];
    const lowest = [...(current === undefined ? [] : [current]), ...later].reduce<(typeof entries)[number] | undefined>(
        (one, other) => (one === undefined || other.share < one.share ? other : one),
        undefined,
    );
    if (lowest === undefined) {
        return { status: 'error', actual: `The run shows no capacity of '${target.text}'.` };
    }
    const holds = bound === 'least' ? lowest.share >= share : lowest.share <= share;
    const when =
        atMs === undefined
            ? `fell to ${percent(lowest.share)} at ${instant(lowest.atMs)}`
            : `was ${percent(lowest.share)} at ${instant(atMs)}`;
    return {
        status: holds ? 'passed' : 'failed',
        actual: `The capacity of ${target.text} ${lowest.share === 1 && atMs === undefined ? 'never fell' : when}.`,
    };
}

/** undefined for what has no members of its own. */
function capacityOf({ topology, run }: Evidence, target: Target): readonly CapacityChange[] | undefined {
    if (target.kind === 'workload') {
        return undefined;
    }
    const group = groupOf(topology, target);
    if (target.kind !== 'cluster' && group === undefined) {
        return undefined;
    }
    const entries = run.capacity.filter((entry) => entry.cluster === target.cluster && entry.group === group);
    return entries.length > 0 ? entries : undefined;
}

/** A shard that makes up a group alone, such as a Deployment, stands for it: either name means both. */
function groupOf(topology: Topology, target: Target): GroupId | undefined {
    if (target.kind === 'shard') {
        const group = topology.shards[target.shard]?.group;
        return group !== undefined && topology.groups[group]?.shards.length === 1 ? group : undefined;
    }
    return target.kind === 'group' ? target.group : undefined;
}
