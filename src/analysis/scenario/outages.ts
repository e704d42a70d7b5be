/** How an outage is told. */
import { beginsUnseen, knownFrom, type Outage } from '../../simulator/index.js';
import { duration, type Topology } from '../../topology/index.js';
import { instant, plural, shardPath } from '../words.js';

/** What lasts to the end of its run; an instant follows. */
export const STILL_OUT = 'did not come back before the end at';

/** `for 23.4 s`, or `for up to 57.4 s` where its beginning is not known. */
export function lengthWords(outage: Pick<Outage, 'fromMs' | 'sentMs'>, toMs: number): string {
    return `for ${beginsUnseen(outage) ? 'up to ' : ''}${duration(toMs - outage.fromMs)}`;
}

/** `writes of sessions.s-1 were dark for 23.4 s (from 30.0 s to 53.4 s)` */
export function describe(topology: Topology, outage: Outage, untilMs: number): string {
    const { operation, shard, fromMs, toMs } = outage;
    const what = `${plural(operation)} of ${shardPath(topology, shard)} were ${stateWords(outage)}`;
    const isUnseen = beginsUnseen(outage);
    const before = fromMs === 0 ? 'no answer before' : `last answer at ${instant(fromMs)}`;
    const begin = instant(knownFrom(outage));
    if (toMs === null) {
        const since = isUnseen ? `${begin} (${before})` : begin;
        return `${what} from ${since} and ${STILL_OUT} ${instant(untilMs)}`;
    }
    const times = isUnseen
        ? `${before}, failures from ${begin}, next answer at ${instant(toMs)}`
        : `from ${begin} to ${instant(toMs)}`;
    return `${what} ${lengthWords(outage, toMs)} (${times})`;
}

/** What an outage is like, behind `were`. */
export function stateWords(outage: Outage): string {
    if (outage.isPending === true) {
        return 'unanswered (none has failed yet)';
    }
    return isAsGoodAsDark(outage) ? 'dark' : 'failing in part';
}

/** Answers in less than a second, beside late failures of what has been asked before, hide no darkness. */
function isAsGoodAsDark({ form, fromMs, toMs, silentMs = 0 }: Outage): boolean {
    return form === 'dark' || (toMs !== null && toMs - fromMs - silentMs < HARDLY_MS);
}

const HARDLY_MS = 1_000;

/** Two outages are the same failure, dark or in part: what others still get answered is no cause of it. */
export function withoutForm(actual: string): string {
    return actual.replaceAll('failing in part', 'dark');
}
