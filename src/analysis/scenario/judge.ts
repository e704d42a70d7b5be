/** Decides every expectation of a scenario over what a run showed. */
import type { Run } from '../../simulator/index.js';
import { assertNever, momentOf, type Expectation, type Scenario, type Topology } from '../../topology/index.js';
import type { ClauseVerdict } from '../verdict.js';
import { instant } from '../words.js';
import { judgeCount } from './counted.js';
import { clustersBehind } from './concerned.js';
import { beyondAddress } from './of-address.js';
import { faultsTooLate, idleFaults } from './idle-faults.js';
import { judgeLeader, judgeSplitBrain } from './leadership.js';
import { notesOnPackets, unlessMessagesDecide } from './not-followed.js';
import { judgeCapacity, judgeAvailability } from './state.js';
import { judgeService } from './service.js';
import { judgeState } from './system-state.js';
import { unlessWaiting } from './waiting.js';

/** What is found about one expectation; where it stands in the file is added by {@link judge}. */
export interface Answer {
    readonly status: 'passed' | 'failed' | 'error';
    readonly actual: string;
    readonly valueMs?: number;
    /** A sentence for the whole scenario: the clause holds, but perhaps not for the reason one expects. */
    readonly note?: string;
}

/** A run and the model that it is a run of. */
export interface Evidence {
    readonly topology: Topology;
    readonly run: Run;
}

export interface Judgement {
    readonly clauses: readonly ClauseVerdict[];
    readonly notes: readonly string[];
}

export function judge(topology: Topology, scenario: Scenario, run: Run): Judgement {
    const judged = scenario.expectations.map((expectation, index) => ({
        expectation,
        finding: unlessMessagesDecide(
            topology,
            scenario,
            run,
            expectation,
            judgeOne({ topology, run }, expectation, index),
        ),
    }));
    return {
        clauses: judged.map(({ expectation, finding: { status, actual, valueMs } }) => ({
            text: expectation.text,
            source: expectation.source,
            status,
            actual,
            ...(valueMs === undefined ? {} : { valueMs }),
            assumptions: assumptionsBehind(topology, run, expectation),
        })),
        notes: [
            ...idleFaults(scenario, run),
            ...faultsTooLate(topology, scenario),
            ...notesOnPackets(topology, scenario, run),
            ...judged.flatMap(({ expectation, finding }) =>
                finding.note === undefined ? [] : [`'${expectation.text}': ${finding.note}`],
            ),
        ],
    };
}

/** What nobody documents and the clusters that are asked about rested on. */
function assumptionsBehind(topology: Topology, run: Run, expectation: Expectation): readonly string[] {
    const concerned = clustersBehind(topology, expectation);
    return (run.assumptions ?? []).flatMap(({ cluster, sentence = [] }) =>
        concerned.includes(cluster) ? sentence : [],
    );
}

function judgeOne(evidence: Evidence, expectation: Expectation, index: number): Answer {
    const { untilMs } = evidence.run;
    if ((momentOf(expectation) ?? 0) > untilMs) {
        return {
            status: 'error',
            actual: `The run ends at ${instant(untilMs)}, before that. A later 'until' decides it.`,
        };
    }
    const beyond = beyondAddress(evidence.topology, expectation);
    if (beyond !== undefined) {
        return { status: 'error', actual: beyond };
    }
    switch (expectation.kind) {
        case 'service':
            return unlessWaiting(evidence, (each) => judgeService(each, expectation));
        case 'lost-writes':
        case 'stale-reads':
            return judgeCount(evidence, expectation);
        case 'leader':
            return judgeLeader(evidence, expectation);
        case 'availability':
            return unlessWaiting(evidence, (each) => judgeAvailability(each, expectation));
        case 'capacity':
            return judgeCapacity(evidence, expectation);
        case 'split-brain':
            return judgeSplitBrain(evidence, expectation);
        case 'replicated':
        case 'health':
        case 'drain':
            return judgeState(evidence, expectation, index);
        default:
            return assertNever(expectation);
    }
}
