/** The lines of a drawing at an instant of a run: who copies from whom then, and what does not get through. */
import { counted, distinct, groupedBy } from '../topology/index.js';
import { bundleLink, bundlesOf, linkId, type Bundle, type Follower } from './copying.js';
import type { Drawing, DrawnLink } from './drawing.js';
import { everyNode } from './elements.js';
import { clock } from './playback/clock.js';
import type { Moment } from './playback/moment.js';
import { trafficNow } from './traffic-now.js';

/** `cut`: links let nothing through; `still`: an end does not run or nobody leads; `partly`: some of what it stands for. */
export type LinkTrouble = 'cut' | 'still' | 'partly';

export interface LinkNow extends DrawnLink {
    readonly trouble?: LinkTrouble;
    /** Copies follow leaders at the other end, too. */
    readonly bothWays?: true;
}

/** A line that stands for copies keeps its id when they follow the other way. */
export function linksAt(drawing: Drawing, moment: Moment): readonly LinkNow[] {
    const declared = new Map(drawing.links.map((link) => [link.id, link]));
    const lineOf = ({ from, to }: Bundle): string => {
        const ids = [linkId(from.id, to.id), linkId(to.id, from.id)];
        return ids.find((id) => declared.has(id)) ?? ids.sort()[0] ?? '';
    };
    const bundles = bundlesOf(drawing, (shard) => moment.leaders.get(shard) ?? moment.vacant.get(shard)?.last);
    const copying = new Map(
        [...groupedBy(bundles, lineOf)].map(([id, ways]) => [id, copyingNow(id, ways, declared.get(id), moment)]),
    );
    const members = membersOf(drawing);
    return [
        ...drawing.links.flatMap((link) =>
            isCopying(link)
                ? (copying.get(link.id) ?? [])
                : trafficNow(betweenWholes(link, drawing, members, moment), drawing, moment),
        ),
        ...[...copying.values()].flatMap((link) => (link === undefined || declared.has(link.id) ? [] : link)),
    ];
}

interface Interruption {
    readonly kind: 'cut' | 'still';
    readonly sinceMs: number;
    readonly reason: string;
}

/** `ways`: those of one line, most often a single one. */
function copyingNow(
    id: string,
    ways: readonly Bundle[],
    declared: DrawnLink | undefined,
    moment: Moment,
): LinkNow | undefined {
    const [link, back] = ways.map(bundleLink);
    if (link === undefined) {
        return undefined;
    }
    const count = link.count + (back?.count ?? 0);
    const found = ways.flatMap((way) => way.followers.flatMap((follower) => interruption(follower, way, moment) ?? []));
    const facts = [...link.facts, ...(back?.facts ?? [])];
    const before = declared === undefined || sameFacts(facts, declared.facts) ? [] : declared.facts;
    const following = count - found.length;
    const label = found.length > 0 && following > 0 ? `${following} of ${count}` : counted(count, 'copy', 'copies');
    return {
        ...link,
        id,
        label: count === 1 ? link.label : label,
        count,
        facts: [...interruptedFacts(found, count), ...facts, ...before.map((fact) => `As declared: ${fact}`)],
        ...(back === undefined ? {} : { bothWays: true as const }),
        ...extentOf(found, following),
    };
}

/** How much of it is interrupted. */
function extentOf(found: readonly Interruption[], following: number): Pick<LinkNow, 'trouble'> {
    if (found.length === 0) {
        return {};
    }
    return { trouble: following > 0 ? 'partly' : found.every(({ kind }) => kind === 'cut') ? 'cut' : 'still' };
}

function interruptedFacts(found: readonly Interruption[], count: number): readonly string[] {
    if (found.length === 0) {
        return [];
    }
    const times = found.map(({ sinceMs }) => sinceMs);
    const reasons = distinct(found.map(({ reason }) => reason)).join('; ');
    if (found.length < count) {
        return [`${found.length} of ${count} copies do not follow since ${clock(Math.min(...times))}: ${reasons}.`];
    }
    const words = found.every(({ kind }) => kind === 'cut') ? 'Cut' : 'Nothing is copied';
    return [`${words} since ${clock(Math.max(...times))}: ${reasons}.`];
}

function sameFacts(one: readonly string[], other: readonly string[]): boolean {
    return one.length === other.length && one.every((fact) => other.includes(fact));
}

function isCopying({ id }: DrawnLink): boolean {
    return id.startsWith('link:replication:');
}

function interruption(
    { shard, leader, node }: Follower,
    { from, to }: Bundle,
    moment: Moment,
): Interruption | undefined {
    const still = (sinceMs: number | undefined, reason: string): Interruption[] =>
        sinceMs === undefined ? [] : [{ kind: 'still', sinceMs, reason }];
    const cut = (sinceMs: number | undefined, reason: string): Interruption[] =>
        sinceMs === undefined ? [] : [{ kind: 'cut', sinceMs, reason }];
    const [there, back] = [moment.severedSince(leader, node), moment.severedSince(node, leader)];
    const both = there !== undefined && back !== undefined ? Math.min(there, back) : undefined;
    const causes = [
        ...still(moment.nodes.get(leader)?.stillSinceMs, `leaders in ${from.name} do not run`),
        ...still(moment.nodes.get(node)?.stillSinceMs, `copies in ${to.name} do not run`),
        ...(both === undefined
            ? [
                  ...cut(there, `nothing passes from ${from.name} to ${to.name}`),
                  ...cut(back, `nothing passes from ${to.name} to ${from.name}`),
              ]
            : cut(both, `nothing passes between ${from.name} and ${to.name}`)),
        ...still(moment.vacant.get(shard)?.sinceMs, 'nobody leads'),
    ];
    return causes.reduce<Interruption | undefined>(
        (first, cause) => (first === undefined || cause.sinceMs < first.sinceMs ? cause : first),
        undefined,
    );
}

/** By id of a cluster: ids of its nodes. */
type Members = ReadonlyMap<string, readonly string[]>;

function membersOf(drawing: Drawing): Members {
    const members = new Map<string, string[]>();
    for (const { id, clusters } of everyNode(drawing)) {
        clusters.forEach((cluster) => members.set(cluster, [...(members.get(cluster) ?? []), id]));
    }
    return members;
}

/** A line between clusters, or from clients to a cluster: whether anything that runs at one end reaches anything at the other. */
function betweenWholes(link: DrawnLink, drawing: Drawing, members: Members, moment: Moment): LinkNow {
    const [from, to] = [link.from, link.to].map((id) => members.get(id) ?? [id]);
    if (from === undefined || to === undefined) {
        return link;
    }
    const names = [link.from, link.to].map((id) => nameOf(drawing, id));
    for (const [at, ends] of [from, to].entries()) {
        const times = ends.flatMap((id) => moment.nodes.get(id)?.stillSinceMs ?? []);
        if (times.length === ends.length) {
            const since = clock(Math.max(...times));
            return {
                ...link,
                facts: [`Since ${since} no node of ${names[at] ?? ''} runs.`, ...link.facts],
                trouble: 'still',
            };
        }
    }
    const runs = (id: string): boolean => moment.nodes.get(id)?.stillSinceMs === undefined;
    let latest = -1;
    for (const one of from.filter(runs)) {
        for (const other of to.filter(runs)) {
            const since = moment.severedSince(one, other) ?? moment.severedSince(other, one);
            if (since === undefined) {
                return link;
            }
            latest = Math.max(latest, since);
        }
    }
    const words = `Cut since ${clock(latest)}: ${names[0] ?? ''} and ${names[1] ?? ''} do not reach each other.`;
    return { ...link, facts: [words, ...link.facts], trouble: 'cut' };
}

function nameOf({ clusters, clients }: Drawing, id: string): string {
    return [...clusters, ...clients].find((each) => each.id === id)?.label ?? id;
}
