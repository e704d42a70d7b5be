/** Requests that had no outcome when a run ended: they decide nothing, nor may they be overlooked. */
import type { Run, WorkloadCount } from '../../simulator/index.js';
import { instant } from '../words.js';
import type { Answer, Evidence } from './judge.js';

type Counts = Pick<WorkloadCount, 'sent' | 'ok' | 'failed' | 'waiting'>;

/** The answer that holds however the requests end that still waited; open where it depends on them. */
export function unlessWaiting({ topology, run }: Evidence, answerTo: (evidence: Evidence) => Answer): Answer {
    const { outagesIfWaiting } = run;
    if (outagesIfWaiting === undefined) {
        return answerTo({ topology, run });
    }
    const best = answerTo({ topology, run: ended(run, outagesIfWaiting.succeed, 'ok') });
    const worst = answerTo({ topology, run: ended(run, outagesIfWaiting.fail, 'failed') });
    if (best.status === worst.status) {
        const known = answerTo({ topology, run });
        return known.status === worst.status ? known : worst;
    }
    return {
        status: 'error',
        actual: `Requests still wait for an answer when the run ends at ${instant(run.untilMs)}, and the answer depends on them. A later 'until' decides it.`,
    };
}

/** The run, if all that waited ended like this. */
function ended(run: Run, outages: Run['outages'], outcome: 'ok' | 'failed'): Run {
    const count = <Count extends Counts>({ waiting = 0, ...counts }: Count): Count =>
        ({ ...counts, sent: counts.sent + waiting, [outcome]: counts[outcome] + waiting }) as Count;
    return { ...run, outages, workloads: run.workloads.map(count), windows: run.windows.map(count) };
}
