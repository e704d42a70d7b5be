/** What can be done to a drawn element; the words are those of the language. */
import type { NodeConnection, NodeState } from './playback.js';

export type LiveAction =
    | 'fail'
    | 'crash'
    | 'stop'
    | 'freeze'
    | 'isolate'
    | 'wipe'
    | 'drain'
    | 'slow'
    | 'cut'
    | 'restart'
    | 'unfreeze'
    | 'restore'
    | 'heal';

/** A step of a scenario that is clicked together. */
export interface LiveStep {
    /** Milliseconds from the scenario's start. */
    readonly atMs: number;
    readonly action: LiveAction;
    /**
     * Id of the drawn node, zone or region; of a replication link between two places for `cut`, which separates them both
     * ways; null for `heal`.
     */
    readonly element: string | null;
}

/** An entry of an element's menu. */
export interface ActionEntry {
    readonly action: LiveAction;
    readonly label: string;
    /** What it means, in a few words. */
    readonly hint: string;
    readonly mends: boolean;
}

type Kind = 'node' | 'zone' | 'region' | 'link';

interface Rule extends ActionEntry {
    readonly on: readonly Kind[];
    /** Whether it would change anything about a node in this condition. */
    readonly fits: (state: NodeState, connection: NodeConnection) => boolean;
}

const isUp = (state: NodeState): boolean => state === 'serving' || state === 'frozen';
const isDead = (state: NodeState): boolean => state === 'crashed' || state === 'stopped' || state === 'off';

const RULES: readonly Rule[] = [
    rule('fail', 'Fail', 'power off: silence', ['node', 'zone', 'region'], (state) => state !== 'off'),
    rule('crash', 'Crash', 'the process dies, its host refuses connections', ['node'], isUp),
    rule('freeze', 'Freeze', 'the process stops, connections stay open', ['node'], (state) => state === 'serving'),
    rule(
        'isolate',
        'Isolate',
        'alive and unreachable',
        ['node', 'zone', 'region'],
        (_, connection) => connection !== 'isolated',
    ),
    rule('slow', 'Slow down', 'every message takes 200 ms longer', ['node', 'zone'], (state) => isUp(state)),
    rule('stop', 'Stop', 'clean shutdown', ['node'], (state) => state === 'serving'),
    rule('wipe', 'Wipe', 'its disk is lost', ['node'], () => true),
    rule('drain', 'Drain', 'evict what runs on it, politely', ['node'], (state) => state === 'serving'),
    rule('cut', 'Cut', 'nothing passes between these two places', ['link'], () => true),
    mending('restart', 'Restart', 'starts the process again', ['node'], (state) => state !== 'off'),
    mending('unfreeze', 'Unfreeze', 'the process goes on', ['node'], (state) => state === 'frozen'),
    mending(
        'restore',
        'Restore',
        'power, process and links are back',
        ['node', 'zone', 'region'],
        (state, connection) => isDead(state) || connection === 'isolated',
    ),
    mending('heal', 'Heal', 'every cut is taken back', ['link'], () => true),
];

/** The entries that would change something, breaking ones first. `state` and `connection` are those of a node. */
export function actionsOn(
    kind: Kind,
    state: NodeState = 'serving',
    connection: NodeConnection = 'whole',
): readonly ActionEntry[] {
    return RULES.filter((each) => each.on.includes(kind) && (kind !== 'node' || each.fits(state, connection)));
}

function rule(action: LiveAction, label: string, hint: string, on: Rule['on'], fits: Rule['fits']): Rule {
    return { action, label, hint, on, fits, mends: false };
}

function mending(...entry: Parameters<typeof rule>): Rule {
    return { ...rule(...entry), mends: true };
}
