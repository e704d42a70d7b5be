/** How the nodes of a zone or region are at an instant, put together: what a folded one shows of them. */
import { counted } from '../topology/index.js';
import type { DrawnNode } from './drawing.js';
import { troubleOf, worstDoubt, type CopyTrouble } from './marks.js';
import type { Moment } from './playback/moment.js';

export interface PlaceState {
    /** `down`: all of its nodes; `troubled`: none is down, and not all is well. */
    readonly form: 'well' | 'troubled' | 'partly-down' | 'down';
    /** How its nodes are, the worst first: `2 of 4 down`, `1 frozen`. */
    readonly nodes: readonly string[];
    /** How the shards are of which it holds copies: `3 shards not served`. */
    readonly shards: readonly string[];
    /** Id of a node to which the worst happened. */
    readonly worst?: string;
}

/** The worst first. */
const TROUBLES = [
    'down',
    'frozen',
    'isolated',
    'cut off',
    'fenced',
    'counted as failed',
    'suspected',
    'slow',
    'recovering',
] as const;
type NodeTrouble = (typeof TROUBLES)[number];

export function placeState(nodes: readonly DrawnNode[], moment: Moment): PlaceState {
    const found = new Map<NodeTrouble, string[]>();
    for (const { id } of nodes) {
        const trouble = nodeTrouble(moment, id);
        if (trouble !== undefined) {
            found.set(trouble, [...(found.get(trouble) ?? []), id]);
        }
    }
    const troubles = TROUBLES.flatMap((trouble) => {
        const ids = found.get(trouble);
        return ids === undefined ? [] : [{ trouble, ids }];
    });
    const words = troubles.map(({ trouble, ids }, at) => {
        const count = at === 0 ? `${ids.length} of ${nodes.length}` : `${ids.length}`;
        return `${count} ${trouble}`;
    });
    const shards = shardWords(nodes, moment);
    const down = found.get('down')?.length ?? 0;
    const worst = troubles[0]?.ids[0];
    return {
        form:
            down > 0
                ? down === nodes.length
                    ? 'down'
                    : 'partly-down'
                : words.length + shards.length > 0
                  ? 'troubled'
                  : 'well',
        nodes: words,
        shards,
        ...(worst === undefined ? {} : { worst }),
    };
}

/** A sentence, without the instant. */
export function placeStateWords({ nodes, shards }: PlaceState): string {
    const words = [nodes.join(', '), shards.join(', ')].filter((part) => part !== '').join('; ');
    return words === '' ? 'all is well' : words;
}

const SHARD_TROUBLES = [
    ['dark', 'not served'],
    ['unread', 'without reads'],
    ['unwritten', 'without writes'],
    ['degraded', 'served in part'],
] as const satisfies readonly (readonly [CopyTrouble, string])[];

function nodeTrouble(moment: Moment, id: string): NodeTrouble | undefined {
    const { state = 'serving', connection = 'whole' } = moment.nodes.get(id) ?? {};
    if (state === 'frozen') {
        return 'frozen';
    }
    if (state !== 'serving') {
        return 'down';
    }
    if (connection === 'isolated' || connection === 'cut') {
        return connection === 'cut' ? 'cut off' : 'isolated';
    }
    const doubt = worstDoubt(moment.doubts.get(id));
    if (doubt !== '') {
        return doubt === 'failed' ? 'counted as failed' : doubt;
    }
    return connection === 'slow' ? 'slow' : moment.recovering.has(id) ? 'recovering' : undefined;
}

function shardWords(nodes: readonly DrawnNode[], moment: Moment): readonly string[] {
    const shards = new Set(nodes.flatMap(({ copies }) => copies.map(({ shard }) => shard)));
    const forms = [...shards].map((shard) => troubleOf(moment, shard));
    return SHARD_TROUBLES.flatMap(([form, words]) => {
        const count = forms.filter((each) => each === form).length;
        return count === 0 ? [] : [`${counted(count, 'shard')} ${words}`];
    });
}
