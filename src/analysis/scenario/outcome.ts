/** A run in one or two sentences, for people who asked "and if this goes?". */
import type { Outage, Run } from '../../simulator/index.js';
import {
    counted,
    duration,
    figure,
    listed,
    type NodeId,
    type Cluster,
    type ClusterId,
    type Operation,
    type Topology,
} from '../../topology/index.js';
import { damageOf, failingFromStart, stalenessOf } from './damage.js';
import { knownFrom, lengthWords } from './outages.js';

/** What could not be read or written for how long, and what was lost: `Writes of sessions failed for 17.2 s; nothing was lost.` */
export function outcomeOf(topology: Topology, run: Run): string {
    const missed = topology.clusters.flatMap((cluster) => missedIn(run, cluster));
    const lost = run.lostWrites.reduce((sum, { count }) => sum + count, 0);
    const service = [...missed, ...unasked(topology, run)].join(' ') || 'Clients noticed nothing.';
    // Nobody can tell what is left of what is not back.
    const isBack = damageOf(run).every(({ toMs }) => toMs !== null) && unasked(topology, run).length === 0;
    const none = isBack ? 'No acknowledged write was lost.' : 'No acknowledged write is known to be lost.';
    const losses = lost === 0 ? none : `${counted(lost, 'acknowledged write')} lost.`;
    const brains = run.splitBrains.length === 0 ? '' : ` ${splitBrains(topology, run)}`;
    return `${service}${fromStart(topology, run)} ${losses}${staleness(topology, run)}${brains}`;
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

/** Reads and writes in one sentence where they fared alike. */
function missedIn(run: Run, cluster: Cluster): readonly string[] {
    const [reads, writes] = [missedBy(run, cluster, 'read'), missedBy(run, cluster, 'write')];
    const said =
        reads !== undefined && reads === writes
            ? [['Reads and writes', reads]]
            : [
                  ['Reads', reads],
                  ['Writes', writes],
              ];
    return said.flatMap(([what, fate]) => (what === undefined || fate === undefined ? [] : [`${what} of ${fate}`]));
}

/** What became of the cluster: `sessions failed for 17.2 s.`; undefined if clients missed nothing. */
function missedBy(run: Run, cluster: Cluster, operation: Operation): string | undefined {
    const outages = damageOf(run).filter((each) => each.cluster === cluster.id && each.operation === operation);
    if (outages.length === 0) {
        return undefined;
    }
    const subject = `${cluster.name}${shards(cluster, outages)}`;
    const open = outages.filter(({ toMs }) => toMs === null);
    if (open.length > 0) {
        const since = Math.min(...open.map(knownFrom));
        if (open.every(({ form }) => form === 'degraded')) {
            return `${subject} failed in part until the end, ${duration(run.untilMs - since)} later.`;
        }
        return `${subject} did not come back within the ${duration(run.untilMs - since)} that were simulated.`;
    }
    const longest = outages.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));
    const verb = longest.form === 'dark' ? 'failed' : 'failed in part';
    return `${subject} ${verb} ${lengthWords(longest, longest.toMs ?? longest.fromMs)}.`;
}

function shards({ shards: all }: Cluster, outages: readonly Outage[]): string {
    const hit = new Set(outages.map(({ shard }) => shard)).size;
    return all.length > 1 && hit < all.length ? ` (${figure(hit)} of ${counted(all.length, 'shard')})` : '';
}

function lengthOf({ fromMs, toMs }: Outage): number {
    return (toMs ?? fromMs) - fromMs;
}

function splitBrains(topology: Topology, { splitBrains: spans }: Run): string {
    const names = [
        ...new Set(spans.map(({ shard }) => topology.clusters[topology.shards[shard]?.cluster ?? -1]?.name)),
    ];
    return `Two nodes led at once in ${listed(names.filter((name) => name !== undefined))}.`;
}
