import type { Playable, PlayParams } from '../../protocol/index.js';
import type { Topology } from '../../topology/index.js';

/**
 * What a run rests on, as 16 hexadecimal digits: as long as it is the same, the same run would go the same way. Other
 * scenarios, comments and the order of lines have no part in it.
 */
export function basisOf(topology: Topology, params: PlayParams): string {
    const { objectives, scenarios, ...system } = topology;
    const declared = (what: Playable): unknown =>
        what.kind === 'scenario'
            ? (scenarios.find(({ name }) => name === what.name) ?? null)
            : (objectives.find(({ name }) => name === what.objective) ?? null);
    const { after } = params.kind === 'live' ? params : {};
    const asked =
        params.kind === 'live' ? [params.steps, after && [declared(after.what), after.untilMs]] : declared(params);
    return digest(
        JSON.stringify([system, asked], (key, value: unknown) => (isBesideThePoint(key, value) ? null : value)),
    );
}

/** Where something stands in the text, and what is said about it there, changes nothing that happens. */
function isBesideThePoint(key: string, value: unknown): boolean {
    const isPlace = typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
    return isPlace || key === 'uri' || key === 'documentation';
}

/** FNV-1a, from two starting points. */
function digest(text: string): string {
    let [one, other] = [0x811c9dc5, 0x5bd1e995];
    for (let at = 0; at < text.length; at++) {
        one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
        other = Math.imul(other ^ text.charCodeAt(at), 0x01000193);
    }
    return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
