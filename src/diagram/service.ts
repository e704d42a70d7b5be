/** What clients meet at a cluster, or at one of its addresses, at an instant: at all of its shards or at some. */
import type { DrawnAddress, DrawnCluster } from './drawing.js';
import { copyMarkText, type CopyTrouble } from './marks.js';
import type { Moment } from './playback/moment.js';
import type { Trouble } from './playback/playback.js';
import { svg, type SvgElement } from './svg.js';

export interface Service {
    /** The worst that is true of all of it; `degraded`: some of it works. */
    readonly form: CopyTrouble;
    /** `reads of 5 of 14 shards fail, writes fail` */
    readonly words: string;
}

/** Undefined: no requests are known to fail. `serves`: what of them an address takes. */
export function serviceAt(
    moment: Moment | undefined,
    cluster: DrawnCluster['id'],
    serves?: DrawnAddress['serves'],
): Service | undefined {
    const lanes = moment?.lanes.get(cluster) ?? [];
    const asked = (['read', 'write'] as const).filter(
        (operation) => serves === undefined || serves === `${operation}s`,
    );
    const found = asked.map((operation) => {
        const forms = lanes.map((lane) => worstOf(moment?.troubles.get(lane) ?? [], operation));
        return { operation, dark: countOf(forms, 'dark'), part: countOf(forms, 'degraded') };
    });
    const words = found.flatMap(({ operation, dark, part }) => failing(`${operation}s`, dark, part, lanes.length));
    if (words.length === 0) {
        return undefined;
    }
    const isDark = found.map(({ dark }) => dark === lanes.length);
    const form = isDark.every(Boolean) ? 'dark' : isDark[0] ? 'unread' : isDark[1] ? 'unwritten' : 'degraded';
    return { form, words: words.join(', ') };
}

/** A sentence. */
export function serviceNow(moment: Moment, cluster: DrawnCluster['id'], serves?: DrawnAddress['serves']): string {
    return `Now ${serviceAt(moment, cluster, serves)?.words ?? 'no requests are known to fail'}.`;
}

/** Stands behind the words that name it. */
export function serviceMark({ form }: Service): SvgElement {
    return svg('tspan', { class: `mark ${form}`, dx: 6 }, copyMarkText(form));
}

function worstOf(troubles: readonly Trouble[], asked: Trouble['operation']): Trouble['form'] | undefined {
    const forms = troubles.flatMap(({ operation, form }) => (operation === asked ? [form] : []));
    return forms.includes('dark') ? 'dark' : forms[0];
}

function countOf(forms: readonly (Trouble['form'] | undefined)[], wanted: Trouble['form']): number {
    return forms.filter((form) => form === wanted).length;
}

function failing(requests: string, dark: number, part: number, all: number): readonly string[] {
    const of = (count: number): string => (count === all ? requests : `${requests} of ${count} of ${all} shards`);
    return [...(dark === 0 ? [] : [`${of(dark)} fail`]), ...(part === 0 ? [] : [`${of(part)} fail in part`])];
}
