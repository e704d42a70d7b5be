/**
 * What machines may rely on in `--format json`, as JSON Schema. Keys are added, never renamed: a change of a key that stands here
 * breaks readers. A new key is written down here, too.
 */
import { Ajv, type ValidateFunction } from 'ajv';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const words: Schema = { type: 'string', minLength: 1 };
const count: Schema = { type: 'integer', minimum: 0 };
const ms: Schema = { type: 'number', minimum: 0 };
/** Counted from 1. */
const line: Schema = { type: 'integer', minimum: 1 };
const no: Schema = { type: 'null' };
const either = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });
const oneOf = (...values: readonly string[]): Schema => ({ enum: values });
const list = (items: Schema): Schema => ({ type: 'array', items });

/** Of these keys and no others; all of the first are there. */
function object(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
    const properties = { ...required, ...optional };
    return { type: 'object', properties, required: Object.keys(required), additionalProperties: false };
}

const version: Schema = { const: 1 };
const status = oneOf('passed', 'failed', 'not-proved', 'error');
const operation = oneOf('read', 'write');
const shard = { cluster: words, shard: words };
const span = { fromMs: ms, toMs: either(ms, no) };

const clause = object(
    { text: words, line, status, actual: words },
    {
        valueMs: ms,
        sets: count,
        method: words,
        assumptions: list(words),
        counterexample: object({ faults: list(words), scenario: words }),
    },
);
const verdict = { file: words, name: words, line, status, clauses: list(clause) };
const told = { seed: count, notes: list(words) };

const check = object({
    version,
    diagnostics: list(
        object({
            file: words,
            line,
            column: line,
            endLine: line,
            endColumn: line,
            severity: oneOf('error', 'warning', 'information', 'hint'),
            code: { type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9-]+$' },
            message: words,
            help: text,
            related: list(object({ file: words, line, message: words })),
        }),
    ),
});

const test = object({
    version,
    results: list(object({ ...verdict, kind: oneOf('scenario', 'objective') }, told)),
});

const prove = object({
    version,
    results: list(
        object(
            {
                ...verdict,
                kind: oneOf('objective'),
                sets: count,
                method: text,
                assumptions: list(words),
                elapsedMs: ms,
            },
            told,
        ),
    ),
});

const run = object({
    seed: count,
    traceHash: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    events: count,
    untilMs: ms,
    faults: list(object({ atMs: ms, text: words, affected: count })),
    outages: list(
        object(
            { ...shard, op: operation, ...span, firstFailedMs: ms },
            { workload: words, pending: { const: true }, copyOf: words },
        ),
    ),
    leaders: list(object({ ...shard, atMs: ms, from: either(words, no), to: either(words, no) })),
    lostWrites: list(object({ ...shard, count })),
    staleReads: list(object({ ...shard, count })),
    workloads: list(
        object(
            { name: words, op: operation, target: words, sent: count, ok: count, failed: count },
            { waiting: count },
        ),
    ),
    splitBrains: list(object({ ...shard, ...span, nodes: list(words) })),
    deposed: list(object({ ...shard, ...span, node: words })),
    expectations: list(object({ text: words, line, status, actual: words })),
    notes: list(words),
    assumptions: list(words),
});

const lengths = { minMs: either(ms, no), medianMs: either(ms, no), p95Ms: either(ms, no), maxMs: either(ms, no) };

const simulate = object(
    {
        version,
        scenario: words,
        runs: list(run),
        summary: object({
            outages: list(object({ ...shard, op: operation, n: count, ...lengths, neverRecovered: count })),
        }),
    },
    {
        minimised: object({
            clause: object({ text: words, actual: words }),
            before: count,
            after: count,
            runs: count,
            text: words,
        }),
    },
);

const placed = { id: words, label: text, facts: list(words), line };
const figure: Schema = { type: 'number' };

const draw = object({
    format: { const: 'faultline-drawing' },
    version,
    title: text,
    summary: words,
    width: ms,
    height: ms,
    elements: list(
        object(
            {
                ...placed,
                kind: oneOf('region', 'zone', 'node', 'cluster', 'client'),
                x: figure,
                y: figure,
                width: ms,
                height: ms,
            },
            {
                parent: words,
                clusters: list(words),
                roles: list(words),
                copies: list(object({ shard: words, role: words })),
            },
        ),
    ),
    links: list(
        object(
            {
                ...placed,
                kind: words,
                from: words,
                to: words,
                points: list(object({ x: figure, y: figure })),
            },
            { count, asynchronous: { type: 'boolean' } },
        ),
    ),
});

const ajv = new Ajv({ allErrors: true });

/** What each command prints. */
export const CONTRACT = {
    check: ajv.compile(check),
    test: ajv.compile(test),
    prove: ajv.compile(prove),
    simulate: ajv.compile(simulate),
    draw: ajv.compile(draw),
} satisfies Record<string, ValidateFunction>;
