/** An instant as one node sees it, which need not be the truth: what it takes others for, and who leads as far as it can know. */
import { listed } from '../../topology/index.js';
import type { DrawnNode } from '../drawing.js';
import { visible } from '../text.js';
import { clock } from './clock.js';
import { isDown } from './doubts.js';
import { beliefsOf, momentAt, type Moment } from './moment.js';
import type { Playback, PlaybackEvent } from './playback.js';

export interface NodeView {
    readonly heading: string;
    readonly sentences: readonly string[];
    /** How it came to believe it, latest last. */
    readonly events: readonly PlaybackEvent[];
}

type ViewedNode = Pick<DrawnNode, 'id' | 'label' | 'clusters' | 'copies'>;

/** More names are counted. */
const MOST_NAMED = 3;

export function nodeView(playback: Playback, node: ViewedNode, moment: Moment): NodeView {
    const heading = `What ${visible(node.label)} believes at this instant`;
    const { state, connection } = moment.nodes.get(node.id) ?? { state: 'serving', connection: 'whole' };
    const stateSince = since(playback, node.id, moment.atMs, (change) => change.state === state);
    if (state === 'off' || state === 'crashed' || state === 'stopped') {
        const down = { off: 'powered off', crashed: 'crashed', stopped: 'stopped' }[state];
        return { heading, sentences: [`It is ${down} since ${clock(stateSince)} and believes nothing.`], events: [] };
    }
    const frozen = state === 'frozen';
    const isolated = connection === 'isolated';
    const linkSince = since(playback, node.id, moment.atMs, (change) => change.connection === connection);
    // What it knew last is what it knows: nothing reaches it any more.
    const closedMs = frozen ? stateSince : isolated ? linkSince : undefined;
    const known = frozen ? momentAt(playback, stateSince) : moment;
    const begunMs = begun(playback, node.id, moment.atMs);
    const events = beliefsOf(playback, node.id, known.told);
    const doubts = doubtSentences(closedMs === undefined ? moment : momentAt(playback, closedMs), node);
    const nothing = doubts.length + events.length === 0;
    return {
        heading,
        sentences: [
            ...(frozen ? [`It is frozen since ${clock(stateSince)}: it holds what it believed when it froze.`] : []),
            ...(isolated && !frozen
                ? [`It is isolated since ${clock(linkSince)}: it hears of nothing that others do.`]
                : []),
            ...(connection === 'cut' && !frozen
                ? [
                      `It is cut off from some since ${clock(linkSince)}, and hears of them only through others, if at all.`,
                  ]
                : []),
            ...(begunMs > 0 ? [`It began anew at ${clock(begunMs)}, with nothing that it believed before.`] : []),
            ...doubts,
            ...(nothing ? ['No doubt of its own about any node is recorded.'] : []),
            ...leaderSentences(playback, node, moment, closedMs),
        ],
        events,
    };
}

/** What it holds itself is told by the events; here stands what its cluster has agreed on. */
function doubtSentences({ doubts }: Moment, { id, clusters }: ViewedNode): readonly string[] {
    const held = { suspected: 'suspected', failed: 'failed', fenced: 'fenced' } as const;
    return clusters.flatMap((cluster) =>
        (['fenced', 'failed', 'suspected'] as const).flatMap((holds) => {
            const about = [...doubts].flatMap(([node, each]) =>
                each.some((doubt) => doubt.by === cluster && doubt.holds === holds) ? [node] : [],
            );
            const others = about.filter((node) => node !== id).map(nameOf);
            return [
                ...(about.includes(id) ? [`${nameOf(cluster)} has it down as ${held[holds]} itself.`] : []),
                ...(others.length > 0
                    ? [`${nameOf(cluster)} has ${listed(others, { limit: MOST_NAMED })} down as ${held[holds]}.`]
                    : []),
            ];
        }),
    );
}

/**
 * Who leads the shards that it has a copy of. When each node learns of a new leader is not recorded, so of a node that others
 * reach the truth is told, as such; one that nothing reaches can know no later leader than that of `closedMs`.
 */
function leaderSentences(
    playback: Playback,
    { id, copies }: ViewedNode,
    moment: Moment,
    closedMs: number | undefined,
): readonly string[] {
    const shards = copies.filter(({ leaderless }) => leaderless !== true);
    const then = closedMs === undefined ? undefined : momentAt(playback, closedMs);
    const byWords = new Map<string, string[]>();
    for (const { shard, label } of shards) {
        const words = leaderWords(id, shard, moment, then);
        if (words !== undefined) byWords.set(words, [...(byWords.get(words) ?? []), visible(label)]);
    }
    return [...byWords].map(([words, labels]) =>
        words.replace('{shards}', () => listed(labels, { limit: MOST_NAMED })),
    );
}

function leaderWords(id: string, shard: string, moment: Moment, then: Moment | undefined): string | undefined {
    const now = moment.leaders.get(shard);
    const before = then?.leaders.get(shard);
    if (now === id) return 'It leads {shards}.';
    if (now === undefined) return undefined;
    if (then !== undefined && before !== undefined && before !== now && !isShut(moment, now)) {
        const leader = now === null ? 'nobody does' : `${nameOf(now)} does`;
        if (before === id) return `It has not been told that it no longer leads {shards}: ${leader}.`;
        return before === null
            ? `It knows of no leader of {shards}: ${leader}.`
            : `As far as it knows ${nameOf(before)} leads {shards}; in truth ${leader}.`;
    }
    return now === null ? 'In truth nobody leads {shards}.' : `In truth ${nameOf(now)} leads {shards}.`;
}

/** Of what is shut in as well it may be told. */
function isShut(moment: Moment, id: string | null): boolean {
    return id !== null && moment.nodes.get(id)?.connection === 'isolated';
}

type Change = Playback['nodes'][number]['changes'][number];

/** Since when the node's changes have been so without a break. */
function since(playback: Playback, id: string, atMs: number, so: (change: Change) => boolean): number {
    const changes =
        playback.nodes.find((history) => history.id === id)?.changes.filter((each) => each.atMs <= atMs) ?? [];
    const broken = changes.findLastIndex((change) => !so(change));
    return changes[broken + 1]?.atMs ?? 0;
}

/** When its process began last, if it ended within the run; else 0. */
function begun(playback: Playback, id: string, atMs: number): number {
    const changes =
        playback.nodes.find((history) => history.id === id)?.changes.filter((each) => each.atMs <= atMs) ?? [];
    const ended = changes.findLastIndex(({ state }) => isDown(state));
    return ended < 0 ? 0 : (changes[ended + 1]?.atMs ?? 0);
}

function nameOf(id: string): string {
    return visible(id.slice(Math.max(id.lastIndexOf('.'), id.indexOf(':')) + 1));
}
