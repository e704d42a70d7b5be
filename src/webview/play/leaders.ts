/** Who led a shard when: a span for each leader, named where it begins, as a list that can be read out. */
import { visible, type Lane, type LeaderHistory } from '../../diagram/index.js';
import { html } from '../dom.js';
import { exactly } from './clock.js';
import { placed } from './placed.js';
import type { TimeScale } from './time-scale.js';

type Changes = LeaderHistory['changes'];

/** Whether the lead went to anybody else after the start. */
export function changesHands(changes: Changes | undefined): boolean {
    return changes?.some(({ node }) => node !== changes[0]?.node) === true;
}

export function leadersOf(
    { label }: Pick<Lane, 'label'>,
    changes: Changes,
    untilMs: number,
    scale: TimeScale,
    classes: string,
): HTMLElement {
    const list = html('ol', `leaders ${classes}`);
    list.setAttribute('aria-label', `Who led ${visible(label)}`);
    // One who keeps the lead in a new epoch is no new leader.
    const news = changes.filter(({ node }, at) => at === 0 || node !== changes[at - 1]?.node);
    const spans = news.map(({ atMs, node }, at) => ({ fromMs: atMs, toMs: news[at + 1]?.atMs ?? untilMs, node, at }));
    list.append(
        ...spans
            .filter(({ fromMs, toMs }) => fromMs <= scale.toMs && toMs >= scale.fromMs)
            .map(({ fromMs, toMs, node, at }) => {
                const name = node === null ? 'no leader' : visible(node.slice(node.lastIndexOf('.') + 1));
                const item = html('li', node === null ? 'leader nobody' : 'leader');
                const times = `from ${exactly(fromMs)} to ${exactly(toMs)}`;
                if (at > 0 && node !== null) {
                    const mark = html('span', 'new', '▲ ');
                    mark.setAttribute('aria-hidden', 'true');
                    item.append(mark);
                }
                item.append(html('span', '', name), html('span', 'unseen', ` ${times}`));
                item.title = node === null ? `Nobody leads ${times}` : `${name} leads ${times}`;
                placed(item, scale, fromMs, toMs);
                return item;
            }),
    );
    return list;
}
