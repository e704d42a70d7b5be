import { knownFrom, type Run } from '../../simulator/index.js';
import { momentOf, type Expectation, type Topology } from '../../topology/index.js';
import { faultBefore, outagesFor } from './service.js';

/**
 * The instant at which an expectation is decided, in milliseconds: the one that it names, the first interruption where there
 * must be none, the end of the time that a recovery may take. Undefined for what only the whole run decides.
 */
export function decidingInstant(topology: Topology, run: Run, expectation: Expectation): number | undefined {
    const moment = momentOf(expectation);
    if (moment !== undefined || expectation.kind !== 'service') {
        return moment;
    }
    const { outcome } = expectation;
    const outages = outagesFor({ topology, run }, expectation);
    if (outcome.kind !== 'restored') {
        return outages[0] && knownFrom(outages[0]);
    }
    const late = outages
        .map((outage) => ({ toMs: outage.toMs ?? run.untilMs, limitMs: faultBefore(run, outage) + outcome.limitMs }))
        .filter(({ toMs, limitMs }) => toMs > limitMs)
        .map(({ limitMs }) => limitMs);
    return late.length === 0 ? undefined : Math.min(...late);
}
