import { besideRegion, file, sixCaches } from './files.js';
import type { CodePage } from './page.js';

/** What is told of objectives once they have been looked at. */
export const objectiveCodes: readonly CodePage[] = [
    {
        code: 'objective/refuted',
        title: 'An objective that does not hold',
        why: 'There is a set of failures, no larger than the objective allows, that breaks it. The message names a smallest one.',
        fix: 'Change the design so that it survives that failure, or ask for less.',
        example: ledger('nodes db-[1..2] in dc.a'),
        remedy: ledger('nodes db-[1..2] across zones'),
    },
    {
        code: 'objective/not-proved',
        title: 'An objective that is neither proved nor refuted',
        why: 'The answer rests on something that is not known or not modelled, and a guess would be worse than none.',
        fix: 'Ask for what the system documents, state what is missing, or look at one course of events in a scenario.',
        example: sessions('lose at most 2s of writes'),
        remedy: sessions('restore writes within 40s'),
    },
];

/** One active server and one that waits, which are to survive the loss of a zone. */
function ledger(nodes: string): string {
    return besideRegion(
        'cluster ledger: server in dc {',
        `  ${nodes}`,
        '  endpoint dns ledger.internal { ttl 5s }',
        '  failover active-passive { detect within 3s }',
        '}',
        '',
        'objective steady for ledger {',
        '  tolerate any 1 zone',
        '}',
    );
}

/** Asynchronous copies, of which nothing documents how late they are. */
function sessions(clause: string): string {
    const objective = file('objective steady for sessions {', '  tolerate any 1 node', `  ${clause}`, '}');
    return `${sixCaches('shards s-[1..3] { replicas 1 }')}\n${objective}`;
}
