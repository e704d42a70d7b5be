import type { Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { namesOf } from './compared.js';

/** Which bar and mark of the lanes and the ruler is which: only those that there are. */
export function laneKey(playback: Playback, other: Playback | undefined): HTMLElement {
    const key = html('div', 'lane-key');
    const compared = other === undefined ? [] : namesOf(playback, other);
    const troubles = [playback, other].flatMap((each) => each?.lanes.flatMap((lane) => lane.troubles) ?? []);
    const entries = [
        ...(troubles.some(({ operation }) => operation === 'write') ? [['write', 'writes fail']] : []),
        ...(troubles.some(({ operation }) => operation === 'read') ? [['read', 'reads fail']] : []),
        ...(troubles.some(({ form }) => form === 'degraded') ? [['in-part', 'in part']] : []),
        ...compared.map((name, at) => [at === 0 ? 'own' : 'other', name]),
    ];
    for (const [kind = '', words = ''] of entries) {
        const entry = html('span', 'key-entry');
        entry.append(html('span', `swatch ${kind}`), `${words} `);
        key.append(entry);
    }
    for (const [kind, sign, words] of MARKS) {
        if (playback.events.some((event) => event.kind === kind)) {
            const entry = html('span', 'key-entry');
            entry.append(html('span', `sign ${kind}`, sign), ` ${words} `);
            key.append(entry);
        }
    }
    return key;
}

const MARKS = [
    ['fault', '⚡', 'step of the scenario'],
    ['promotion', '▲', 'new leader'],
    ['loss', '✖', 'writes lost'],
] as const;
