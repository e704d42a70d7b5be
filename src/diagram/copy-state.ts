/** What the copies of a node are at an instant, which need not be what the file declares, and how their shards are served. */
import { counted, listed } from '../topology/index.js';
import type { DrawnControl, DrawnCopy, DrawnNode } from './drawing.js';
import { FACT_LIMIT } from './facts.js';
import { wholeCondition } from './playback/condition.js';
import { isDown } from './playback/doubts.js';
import type { Moment } from './playback/moment.js';
import { visible } from './text.js';

export function roleAt(copy: DrawnCopy, node: string, moment: Moment | undefined): DrawnCopy['role'] {
    const leader = moment?.leaders.get(copy.shard);
    return leader === undefined ? copy.role : leader === node ? 'leader' : 'replica';
}

/** Whether the node leads the control that it has a part in; one that is down leads nothing, whoever knows of it. */
export function leadsControl({ shard, leads }: DrawnControl, node: string, moment: Moment | undefined): boolean {
    if (isDown(moment?.nodes.get(node)?.state ?? 'serving')) {
        return false;
    }
    const leader = moment?.leaders.get(shard);
    return leader === undefined ? leads : leader === node;
}

/** What stands on its pill: of members that take turns, whose turn it is. */
export function labelAt(copy: DrawnCopy, node: string, moment: Moment | undefined): string {
    if (copy.takesTurns !== true || moment === undefined) {
        return copy.label;
    }
    const state = moment.nodes.get(node)?.state ?? 'serving';
    return isDown(state) ? 'down' : roleAt(copy, node, moment) === 'leader' ? 'active' : 'standby';
}

/** A sentence: what the copy is now, and what clients meet at its shard. */
export function copyNow(copy: DrawnCopy, node: string, moment: Moment): string {
    const down = isDown(moment.nodes.get(node)?.state ?? 'serving') ? '; its node is down' : '';
    return `Now ${roleWords(copy, node, moment)}${down}; ${serviceWords(moment, copy.shard)}.`;
}

/** Facts of the copy, those that have not held since a change of leaders marked as what the file declares. */
export function copyFactsAt(copy: DrawnCopy, node: string, moment: Moment | undefined): readonly string[] {
    return moment === undefined || roleAt(copy, node, moment) === copy.role ? copy.facts : copy.facts.map(declared);
}

/** Facts of the node, those about its copies as they are now. */
export function nodeFactsAt(node: DrawnNode, moment: Moment | undefined): readonly string[] {
    if (moment === undefined) {
        return node.facts;
    }
    const before = holdings(node, undefined);
    const now = holdings(node, moment);
    const same = before.join() === now.join();
    return same
        ? node.facts
        : [...node.facts.filter((fact) => !before.includes(fact)), ...now, ...before.map(declared)];
}

export function nodeNow(id: string, moment: Moment): string {
    return `Now ${wholeCondition(moment, id)}.`;
}

/** Sentences about what a node leads and holds: as the file declares it, or at an instant. */
export function holdings(
    { id, copies, controls = [] }: Pick<DrawnNode, 'id' | 'copies' | 'controls'>,
    moment: Moment | undefined,
): string[] {
    const turns = copies.filter(({ takesTurns }) => takesTurns === true);
    const data = copies.filter(({ takesTurns, leaderless }) => takesTurns !== true && leaderless !== true);
    const unled = data.filter(({ shard }) => moment?.leaders.get(shard) === null);
    const rest = data.filter((copy) => !unled.includes(copy));
    const names = (of: readonly DrawnCopy[]): string =>
        listed(
            of.map(({ label }) => label),
            { limit: FACT_LIMIT },
        );
    const led = rest.filter((copy) => roleAt(copy, id, moment) === 'leader');
    const followed = rest.filter((copy) => roleAt(copy, id, moment) === 'replica');
    const equal = copies.filter(({ leaderless }) => leaderless === true);
    return [
        ...controls.map((part) => controlWords(part, id, moment)),
        ...turns.flatMap((copy) =>
            moment === undefined || roleAt(copy, id, moment) === copy.role ? copy.facts : [copyNow(copy, id, moment)],
        ),
        ...(led.length === 0 ? [] : [`Leads ${counted(led.length, 'shard')}: ${names(led)}.`]),
        ...(followed.length === 0
            ? []
            : [`Holds ${counted(followed.length, 'replica')} of shards led elsewhere: ${names(followed)}.`]),
        ...(unled.length === 0
            ? []
            : [`Holds ${counted(unled.length, 'copy', 'copies')} of shards that nobody leads: ${names(unled)}.`]),
        ...(equal.length === 0 ? [] : [`Holds copies of ${names(equal)}, which nobody leads.`]),
    ];
}

function controlWords(part: DrawnControl, node: string, moment: Moment | undefined): string {
    const name = visible(part.cluster);
    if (leadsControl(part, node, moment)) {
        return `Leads the control of ${name}.`;
    }
    const vacant = moment?.leaders.get(part.shard) === null;
    return `Takes part in the control of ${name}${vacant ? ', which nobody leads' : ''}.`;
}

function roleWords(copy: DrawnCopy, node: string, moment: Moment): string {
    const leader = moment.leaders.get(copy.shard);
    if (copy.leaderless === true) {
        return 'one of equal copies';
    }
    if (roleAt(copy, node, moment) === 'leader') {
        return copy.takesTurns === true ? 'the active member' : 'leads';
    }
    const role = copy.takesTurns === true ? 'not the active member' : 'a replica';
    return leader === undefined
        ? role
        : leader === null
          ? `${role}, and nobody leads`
          : `${role}; ${nameOf(leader)} leads`;
}

/** What clients meet at the shard: `reads fail, writes fail in part`. */
function serviceWords(moment: Moment, shard: string): string {
    const troubles = moment.troubles.get(shard) ?? [];
    const words = (['read', 'write'] as const).flatMap((operation) => {
        const of = troubles.filter((each) => each.operation === operation);
        const dark = of.some(({ form }) => form === 'dark');
        return of.length === 0 ? [] : [`${operation}s fail${dark ? '' : ' in part'}`];
    });
    return words.length === 0 ? 'no requests are known to fail' : words.join(', ');
}

function declared(fact: string): string {
    return `As declared: ${fact}`;
}

function nameOf(id: string): string {
    return visible(id.slice(Math.max(id.lastIndexOf('.'), id.indexOf(':')) + 1));
}
