/** A run in one or two sentences, for people who asked "and if this goes?". */
import type { Run } from '../../simulator/index.js';
import { counted, figure, listed, type ClusterId, type NodeId, type Topology } from '../../topology/index.js';
import { damageOf, failingFromStart, stalenessOf } from './damage.js';
import { missedSentences } from './missed.js';

/** What could not be read or written for how long, and what was lost: `Writes of sessions failed for 17.2 s; nothing was lost.` */
export function outcomeOf(topology: Topology, run: Run): string {
    const missed = missedSentences(topology, run);
    const lost = run.lostWrites.reduce((sum, { count }) => sum + count, 0);
    const service = [...missed, ...unasked(topology, run)].join(' ') || 'Clients noticed nothing.';
    // Nobody can tell what is left of what is not back.
    const isBack = damageOf(run).every(({ toMs }) => toMs !== null) && unasked(topology, run).length === 0;
    const none = isBack ? 'No acknowledged write was lost.' : 'No acknowledged write is known to be lost.';
    const losses = lost === 0 ? none : `${counted(lost, 'acknowledged write')} lost.`;
    const brains = run.splitBrains.length === 0 ? '' : ` ${splitBrains(topology, run)}`;
    return `${service}${assumed(run)}${fromStart(topology, run)} ${losses}${staleness(topology, run)}${brains}`;
}

/** What the told lengths rest on, though nobody documents it: how long a provider takes. */
function assumed(run: Run): string {
    const hit = new Set(damageOf(run).map(({ cluster }) => cluster));
    const briefs = (run.assumptions ?? []).filter(({ cluster }) => hit.has(cluster)).map(({ brief }) => brief);
    const what = briefs.length === 1 ? 'an assumption' : 'assumptions';
    return briefs.length === 0 ? '' : ` This rests on ${what}: ${briefs.join('; ')}.`;
}

/** Clusters all of which was down at the end without anybody missing it: their clients had failed with them. */
function unasked(topology: Topology, run: Run): readonly string[] {
    const missed = new Set(damageOf(run).map(({ cluster }) => cluster));
    return topology.clusters
        .filter(({ id, members }) => {
            const isDown = ({ node }: { readonly node: NodeId }): boolean => {
                const last = run.processes.findLast((change) => change.cluster === id && change.node === node);
                return last !== undefined && last.state !== 'running';
            };
            return !missed.has(id) && members.length > 0 && members.every(isDown);
        })
        .map(({ name }) => `All of ${name} was down at the end, and no client got to know of it.`);
}

/** ` Writes of ledger-eu failed from the start, before anything was done.`; nothing if all succeeded at first. */
function fromStart(topology: Topology, run: Run): string {
    const operations = ['read', 'write'] as const;
    return operations
        .map((operation) => {
            const failing = failingFromStart(run).filter((each) => each.operation === operation);
            const names = namesOf(
                topology,
                failing.map(({ cluster }) => cluster),
            );
            const what = operation === 'read' ? 'Reads' : 'Writes';
            return failing.length === 0 ? '' : ` ${what} of ${names} failed from the start, before anything was done.`;
        })
        .join('');
}

function staleness(topology: Topology, run: Run): string {
    const { count, before, asBefore } = stalenessOf(run);
    const whereof = before === 0 ? '' : `, ${figure(before)} of them before anything was done`;
    const told = count === 0 ? '' : ` ${counted(count, 'read')} ${count === 1 ? 'was' : 'were'} stale${whereof}.`;
    const usual =
        asBefore.length === 0 ? '' : ` Reads of ${namesOf(topology, asBefore)} were stale no more often than before.`;
    return told + usual;
}

function namesOf(topology: Topology, clusters: readonly ClusterId[]): string {
    const names = [...new Set(clusters)].map((cluster) => topology.clusters[cluster]?.name ?? '');
    return listed(names);
}

function splitBrains(topology: Topology, { splitBrains: spans }: Run): string {
    const names = [
        ...new Set(spans.map(({ shard }) => topology.clusters[topology.shards[shard]?.cluster ?? -1]?.name)),
    ];
    return `Two nodes led at once in ${listed(names.filter((name) => name !== undefined))}.`;
}
