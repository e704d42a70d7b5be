/** What can be done to a drawn element; the words are those of the language. */
import type { NodeConnection, NodeState } from './playback.js';
import { isCut, type Standing } from './standing.js';

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

/** A played scenario that goes on with steps of somebody's own, once it has come to an instant. */
export interface LiveStart {
    /** As {@link Playback.scenario}. */
    readonly scenario: string;
    /** Milliseconds from its start: what it does later is no part of what goes on. */
    readonly untilMs: number;
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

/** What a menu is opened on, as the shown instant has it. */
export interface ActionTarget {
    readonly kind: Kind;
    readonly id: string;
    /** The nodes that it stands for; none for a link. */
    readonly nodes: readonly {
        readonly id: string;
        readonly state: NodeState;
        readonly connection: NodeConnection;
        /** As {@link DrawnNode.drains}. */
        readonly drains: boolean;
    }[];
}

interface Rule extends ActionEntry {
    readonly on: readonly Kind[];
    /** Whether it would change anything. */
    readonly fits: (target: ActionTarget, standing: Standing) => boolean;
}

type Fits = Rule['fits'];

const isAny = ({ nodes }: ActionTarget, ...states: readonly NodeState[]): boolean =>
    nodes.some(({ state }) => states.includes(state));

/** Whether any of its nodes is in one of these states. */
const any =
    (...states: readonly NodeState[]): Fits =>
    (target) =>
        isAny(target, ...states);

const RULES: readonly Rule[] = [
    rule(
        'fail',
        'Fail',
        'power off: silence',
        ['node', 'zone', 'region'],
        any('serving', 'frozen', 'crashed', 'stopped'),
    ),
    rule('crash', 'Crash', 'its process dies, the host refuses', ['node'], any('serving', 'frozen')),
    rule('freeze', 'Freeze', 'it answers nothing, and lives', ['node'], any('serving')),
    rule(
        'isolate',
        'Isolate',
        'alive and unreachable',
        ['node', 'zone', 'region'],
        ({ id, nodes }, { islands }) => nodes.length > 0 && islands.every(({ element }) => element !== id),
    ),
    rule(
        'slow',
        'Slow down',
        'messages take 200 ms longer',
        ['node', 'zone'],
        (target, { slowed }) => isAny(target, 'serving', 'frozen') && !slowed.has(target.id),
    ),
    rule('stop', 'Stop', 'clean shutdown', ['node'], any('serving')),
    rule('wipe', 'Wipe', 'its disk is lost', ['node'], () => true),
    rule('drain', 'Drain', 'evict what runs on it, politely', ['node'], ({ nodes }) =>
        nodes.some(({ state, drains }) => state === 'serving' && drains),
    ),
    rule('cut', 'Cut', 'nothing passes between these two places', ['link'], ({ id }, standing) => !isCut(standing, id)),
    mending('restart', 'Restart', 'starts the process again', ['node'], any('serving', 'frozen', 'crashed', 'stopped')),
    mending('unfreeze', 'Unfreeze', 'the process goes on', ['node'], any('frozen')),
    mending(
        'restore',
        'Restore',
        'power, process and links are back',
        ['node', 'zone', 'region'],
        (target, { islands }) => {
            const own = new Set(target.nodes.map(({ id }) => id));
            const back = islands.some(({ nodes }) => nodes.every((node) => own.has(node)));
            return back || isAny(target, 'crashed', 'stopped', 'off');
        },
    ),
    mending(
        'heal',
        'Heal all links',
        'every cut and delay is taken back',
        ['node', 'zone', 'region', 'link'],
        ({ kind, nodes }, { cut, slowed }) =>
            cut.size + slowed.size > 0 &&
            (kind === 'link' || nodes.some(({ connection }) => connection === 'cut' || connection === 'slow')),
    ),
];

/** The entries that would change something, breaking ones first. */
export function actionsOn(target: ActionTarget, standing: Standing): readonly ActionEntry[] {
    return RULES.filter((each) => each.on.includes(target.kind) && each.fits(target, standing));
}

function rule(action: LiveAction, label: string, hint: string, on: Rule['on'], fits: Fits): Rule {
    return { action, label, hint, on, fits, mends: false };
}

function mending(...entry: Parameters<typeof rule>): Rule {
    return { ...rule(...entry), mends: true };
}
