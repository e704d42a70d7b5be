/** A node's condition at an instant, in words. */
import { listed } from '../../topology/index.js';
import { visible } from '../text.js';
import type { Doubt } from './doubts.js';
import type { Moment } from './moment.js';
import type { NodeConnection, NodeState } from './playback.js';

const STATES: Readonly<Record<NodeState, string>> = {
    serving: 'serving',
    frozen: 'frozen',
    crashed: 'crashed',
    stopped: 'stopped',
    off: 'powered off',
};
const CONNECTIONS: Readonly<Record<NodeConnection, string>> = {
    whole: '',
    slow: 'slow connection',
    cut: 'cut off from others',
    isolated: 'isolated',
};
const HOLDS: Readonly<Record<Doubt['holds'], string>> = {
    suspected: 'suspected by',
    failed: 'counted as failed by',
    fenced: 'fenced by',
};
/** More observers are counted. */
const MOST_NAMED = 3;

/** One that nothing happened to serves. */
export function conditionWords(condition?: { readonly state: NodeState; readonly connection: NodeConnection }): string {
    const { state = 'serving', connection = 'whole' } = condition ?? {};
    return [STATES[state], CONNECTIONS[connection]].filter((words) => words !== '').join(', ');
}

/** What others hold it for: `suspected by cache-2 and cache-3`; nothing where all trust it. */
function doubtWords(moment: Moment, id: string): readonly string[] {
    const doubts = moment.doubts.get(id) ?? [];
    return (['fenced', 'failed', 'suspected'] as const).flatMap((holds) => {
        const names = doubts.filter((doubt) => doubt.holds === holds).map(({ by }) => nameOf(by));
        return names.length === 0 ? [] : [`${HOLDS[holds]} ${listed(names, { limit: MOST_NAMED })}`];
    });
}

/** The condition with all that is known about it. */
export function wholeCondition(moment: Moment, id: string): string {
    const recovering = moment.recovering.has(id) ? ['runs again, which not all know yet'] : [];
    return [conditionWords(moment.nodes.get(id)), ...recovering, ...doubtWords(moment, id)].join('; ');
}

function nameOf(id: string): string {
    return visible(id.slice(Math.max(id.lastIndexOf('.'), id.indexOf(':')) + 1));
}
