import { isCount, isFlag, isText, listOf, nullable, oneOf, optional, record, type Check } from '../checks.js';

const position = record({ line: isCount, character: isCount });
const source = record({ uri: isText, start: position, end: position });
const isIndex: Check = (value) => value === -1 || isCount(value);

/** Whether a message's playback has the form that the page relies on. */
export const playback = record({
    scenario: optional(isText),
    title: isText,
    seed: isCount,
    traceHash: isText,
    untilMs: isCount,
    status: oneOf('passed', 'failed', 'error'),
    summary: isText,
    clauses: listOf(
        record({
            text: isText,
            status: oneOf('passed', 'failed', 'error'),
            actual: isText,
            source,
            atMs: optional(isCount),
        }),
    ),
    notes: listOf(isText),
    events: listOf(
        record({
            atMs: isCount,
            kind: isText,
            text: isText,
            cause: isIndex,
            node: optional(isText),
            peer: optional(isText),
            knownTo: optional(listOf(isText)),
            believes: optional(isFlag),
            lane: optional(isText),
            source: optional(source),
        }),
    ),
    untold: isCount,
    lanes: listOf(
        record({
            id: isText,
            cluster: isText,
            label: isText,
            source,
            troubles: listOf(
                record({
                    operation: oneOf('read', 'write'),
                    fromMs: isCount,
                    toMs: nullable(isCount),
                    lengthMs: optional(isCount),
                    form: oneOf('dark', 'degraded'),
                    workload: optional(isText),
                }),
            ),
        }),
    ),
    nodes: listOf(
        record({
            id: isText,
            changes: listOf(
                record({
                    atMs: isCount,
                    state: oneOf('serving', 'frozen', 'crashed', 'stopped', 'off'),
                    connection: oneOf('whole', 'slow', 'cut', 'isolated'),
                }),
            ),
        }),
    ),
    reach: listOf(record({ atMs: isCount, groups: listOf(listOf(isText)), severed: listOf(listOf(isCount)) })),
    sending: listOf(
        record({
            client: isText,
            service: isText,
            changes: listOf(record({ atMs: isCount, clusters: listOf(isText) })),
        }),
    ),
    beliefs: listOf(
        record({
            atMs: isCount,
            by: isText,
            about: listOf(isText),
            holds: oneOf('alive', 'suspected', 'failed', 'fenced'),
        }),
    ),
    leaders: listOf(record({ lane: isText, changes: listOf(record({ atMs: isCount, node: nullable(isText) })) })),
});
