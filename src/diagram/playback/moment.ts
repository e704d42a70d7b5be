/** What a playback shows at one instant. */
import { groupedBy } from '../../topology/index.js';
import { doubtsAt, isDown, recoveringAt, type Doubt } from './doubts.js';
import type { LeaderHistory, NodeConnection, NodeState, Playback, PlaybackEvent, Trouble } from './playback.js';
import { severedSince } from './reach.js';
import { sendingAt, type Sending } from './sending.js';
import { eraAt, stillness, vacanciesAt, type Vacancy } from './since.js';
import { countUntil, latest } from './times.js';

export interface Moment {
    readonly atMs: number;
    /** By id of the drawn node; those that are missing serve and are connected. `stillSinceMs`: since when its process does nothing. */
    readonly nodes: ReadonlyMap<
        string,
        { readonly state: NodeState; readonly connection: NodeConnection; readonly stillSinceMs?: number }
    >;
    /** By id of the drawn node: who takes it for something other than alive. */
    readonly doubts: ReadonlyMap<string, readonly Doubt[]>;
    /**
     * By id of the drawn node: it runs again and others do not yet know; how far it is, from 0 to 1, on its way to the instant
     * at which they do. undefined: they never do in this run.
     */
    readonly recovering: ReadonlyMap<string, number | undefined>;
    /** By lane: the id of the node that leads, or null for nobody. */
    readonly leaders: ReadonlyMap<string, string | null>;
    /** By lane that nobody leads. */
    readonly vacant: ReadonlyMap<string, Vacancy>;
    /** When what one sends to the other, both by id of a drawn node or client, began to be lost; undefined: it arrives. */
    readonly severedSince: (from: string, to: string) => number | undefined;
    /** Whether the address sends requests of the client to the cluster, all by their ids; undefined: as declared. */
    readonly sending: (client: string, service: string, cluster: string) => Sending | undefined;
    /** The same for all instants between which nothing happens to nodes, leaders, links and where addresses lead. */
    readonly era: string;
    /** By id of the drawn cluster: its lanes. */
    readonly lanes: ReadonlyMap<string, readonly string[]>;
    /** By lane: what is wrong with it. */
    readonly troubles: ReadonlyMap<string, readonly Trouble[]>;
    /** How many of the playback's events have happened. */
    readonly told: number;
}

export function momentAt(playback: Playback, atMs: number): Moment {
    const nodes = new Map(
        playback.nodes.flatMap(({ id, changes }) => {
            const last = latest(changes, atMs);
            return last === undefined
                ? []
                : [[id, { state: last.state, connection: last.connection, ...stillness(changes, atMs) }] as const];
        }),
    );
    const doubts = doubtsAt(playback, atMs);
    return {
        atMs,
        nodes,
        doubts,
        recovering: recoveringAt(playback, atMs, doubts),
        leaders: leadersAt(playback.leaders, atMs),
        vacant: vacanciesAt(playback.leaders, atMs),
        severedSince: (from, to) => severedSince(playback.reach, atMs, from, to),
        sending: (client, service, cluster) => sendingAt(playback.sending, atMs, client, service, cluster),
        era: eraAt(playback, atMs),
        lanes: lanesOf(playback),
        troubles: new Map(
            playback.lanes.flatMap(({ id, troubles }) => {
                const now = troubles.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < (toMs ?? Infinity));
                return now.length === 0 ? [] : [[id, now] as const];
            }),
        ),
        told: countUntil(playback.events, atMs),
    };
}

/**
 * What a node last took each other node for, and what it last knew of each shard itself, latest last: its own view, which need
 * not be the truth. Where it never took one for anything, what else it had to do with it last. What a process knew ends with it.
 */
export function beliefsOf(playback: Playback, node: string, told: number): readonly PlaybackEvent[] {
    const beliefs = new Map<string, PlaybackEvent>();
    const endedMs = lastEnd(playback, node, playback.events[told - 1]?.atMs ?? 0);
    for (const event of playback.events.slice(0, told)) {
        for (const subject of event.atMs > endedMs ? subjectsFor(event, node) : []) {
            if (event.believes || beliefs.get(subject)?.believes !== true) {
                beliefs.set(subject, event);
            }
        }
    }
    return [...new Set(beliefs.values())].sort((one, other) => one.atMs - other.atMs);
}

/** Whom and what the event tells this node about; none: it has nothing to do with it. */
function subjectsFor({ node, peer, lane, knownTo }: PlaybackEvent, observer: string): readonly string[] {
    const subjects = node === observer ? [peer, lane] : knownTo?.includes(observer) === true ? [peer ?? node] : [];
    return subjects.filter((subject) => subject !== undefined);
}

/** When the node was last down until then; it may be yet. */
function lastEnd({ nodes }: Playback, node: string, untilMs: number): number {
    const changes = nodes.find(({ id }) => id === node)?.changes ?? [];
    return changes.findLast(({ atMs, state }) => atMs <= untilMs && isDown(state))?.atMs ?? -1;
}

function lanesOf(playback: Playback): Moment['lanes'] {
    const known = lanesByCluster.get(playback);
    const lanes =
        known ??
        new Map(
            [...groupedBy(playback.lanes, ({ cluster }) => cluster)].map(([id, all]) => [
                id,
                all.map((lane) => lane.id),
            ]),
        );
    lanesByCluster.set(playback, lanes);
    return lanes;
}

const lanesByCluster = new WeakMap<Playback, Moment['lanes']>();

function leadersAt(histories: readonly LeaderHistory[], atMs: number): Moment['leaders'] {
    return new Map(
        histories.flatMap(({ lane, changes }) => {
            const last = latest(changes, atMs);
            return last === undefined ? [] : [[lane, last.node] as const];
        }),
    );
}
