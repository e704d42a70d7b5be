/** A scenario that is clicked together instead of written. */
import type { Fault, NodeId, PlaceId, Scenario, Side, SourceRange, Step, Topology } from '../../topology/index.js';
import { freeName, nodeReference, placeReference } from '../names.js';

type LiveTarget =
    | { readonly kind: 'node'; readonly node: NodeId }
    | { readonly kind: 'place'; readonly place: PlaceId }
    /** What lies between two places. */
    | { readonly kind: 'link'; readonly ends: readonly [PlaceId, PlaceId] };

type NodeAction = 'crash' | 'stop' | 'restart' | 'freeze' | 'unfreeze' | 'wipe' | 'drain';
type PlaceAction = 'fail' | 'restore' | 'isolate' | 'slow';

/** What somebody did at an instant. */
export interface LiveOrder {
    readonly atMs: number;
    readonly action: NodeAction | PlaceAction | 'cut' | 'heal';
    /** Missing for `heal`, which takes back every cut. */
    readonly target?: LiveTarget;
}

/** Every message to and from a place that is slowed takes so much longer. */
const SLOW_MS = 200;
/** So long a live run goes on behind its last step: long enough for every automatic recovery that is bounded by minutes. */
const SETTLED_MS = 5 * 60_000;

export interface LiveOptions {
    readonly seed: number;
    /** What goes on: a scenario that was played, up to an instant in milliseconds from its start. */
    readonly after?: { readonly scenario: Scenario; readonly untilMs: number };
    /** Where the scenario would stand in the text. */
    readonly source: SourceRange;
}

/**
 * The scenario that the orders make, in order of time, under a name that is free; behind what a played scenario had done by
 * then, if one goes on.
 *
 * @throws Error for an order that its target cannot be given, such as crashing a zone
 */
export function liveScenario(topology: Topology, orders: readonly LiveOrder[], options: LiveOptions): Scenario {
    const { seed, source, after } = options;
    const own = orders.map((order): Step => ({ atMs: order.atMs, ...faultOf(topology, order), source }));
    const played = after?.scenario.steps.filter(({ atMs }) => atMs <= after.untilMs) ?? [];
    const steps = [...played, ...own].sort((one, other) => one.atMs - other.atMs);
    return {
        name: freeNameOf(topology, nameOf(own, after?.scenario.name)),
        title: titleOf(steps),
        source,
        seed,
        steps,
        untilMs: Math.ceil(((steps.at(-1)?.atMs ?? 0) + SETTLED_MS) / 1_000) * 1_000,
        expectations: [],
    };
}

interface WrittenFault {
    readonly fault: Fault;
    readonly text: string;
}

function faultOf(topology: Topology, { action, target }: LiveOrder): WrittenFault {
    if (action === 'heal') {
        return { fault: { kind: 'heal' }, text: 'heal' };
    }
    if (target === undefined) {
        throw new Error(`'${action}' needs something that it is done to.`);
    }
    if (action === 'cut') {
        return separation(topology, target);
    }
    if (target.kind === 'link') {
        throw new Error(`A link can be cut, but '${action}' is nothing that can be done to it.`);
    }
    if (action === 'fail' || action === 'restore' || action === 'isolate' || action === 'slow') {
        return onSelection(topology, action, target);
    }
    if (target.kind === 'place') {
        throw new Error(`'${action}' is done to nodes, not to a ${target.place.kind}.`);
    }
    return {
        fault: { kind: action, nodes: [{ kind: 'node', node: target.node }] },
        text: `${action} node ${nodeReference(topology, target.node)}`,
    };
}

function onSelection(
    topology: Topology,
    action: PlaceAction,
    target: Exclude<LiveTarget, { readonly kind: 'link' }>,
): WrittenFault {
    const selection =
        target.kind === 'node'
            ? ({ kind: 'nodes', nodes: [{ kind: 'node', node: target.node }] } as const)
            : ({ kind: 'places', places: [target.place] } as const);
    const words =
        target.kind === 'node'
            ? `node ${nodeReference(topology, target.node)}`
            : `${target.place.kind} ${placeReference(topology, target.place)}`;
    return action === 'slow'
        ? {
              fault: { kind: 'slow', selection, delayMs: SLOW_MS },
              text: `slow ${words} by ${String(SLOW_MS)}ms`,
          }
        : { fault: { kind: action, selection }, text: `${action} ${words}` };
}

function separation(topology: Topology, target: LiveTarget): WrittenFault {
    if (target.kind !== 'link') {
        throw new Error("Links are cut; a node or a place is isolated with 'isolate'.");
    }
    const sides = target.ends.map((place): Side => ({ places: [place], nodes: [] }));
    const words = target.ends.map((place) => placeReference(topology, place));
    return { fault: { kind: 'partition', sides }, text: `partition ${words.join(' | ')}` };
}

function freeNameOf(topology: Topology, name: string): string {
    const taken = topology.scenarios.some((scenario) => scenario.name === name);
    return taken ? freeName(topology, name, new Set()) : name;
}

/** `fail-zone-us-east-1-a`: letters and digits of the first step; `primary-crash-then-freeze-node-cache-2` where another goes on. */
function nameOf(steps: readonly Step[], played: string | undefined): string {
    const words = (text: string): readonly string[] => text.match(/[A-Za-z0-9]+/g)?.slice(0, 6) ?? ['live'];
    const before = played === undefined ? [] : [...words(played), 'then'];
    return [...before, ...words(steps[0]?.text ?? 'nothing')].join('-').toLowerCase();
}

function titleOf(steps: readonly Step[]): string {
    const words = steps.slice(0, 3).map(({ text }) => text);
    const more = steps.length - words.length;
    const all = more > 0 ? `${words.join(', ')} and ${String(more)} more` : words.join(', ');
    return all.charAt(0).toUpperCase() + all.slice(1);
}
