/** What the server found out about one test, in the words and places of the Testing view. */
import {
    Location,
    MarkdownString,
    Position,
    TestMessage,
    TestMessageStackFrame,
    Uri,
    type TestItem,
    type TestRun,
} from 'vscode';
import type { RunTestReply } from '../../../protocol/index.js';
import { rangeOf } from './tree.js';

type Done = Extract<RunTestReply, { readonly kind: 'done' }>;
type Verdict = Done['verdict'];
type Clause = Verdict['clauses'][number];

const MARKS: Readonly<Record<Verdict['status'], string>> = { passed: '✓', failed: '✗', 'not-proved': '?', error: '!' };

export function tell(run: TestRun, item: TestItem, reply: RunTestReply): void {
    switch (reply.kind) {
        case 'done':
            write(run, item, reportOf(reply));
            return settle(run, item, reply.verdict);
        case 'cancelled':
            return tellCancelled(run, item);
        case 'failed':
            write(run, item, `! ${item.label} could not be run. ${reply.message}\n`);
            return run.errored(item, at(item, new TestMessage(reply.message)));
    }
}

export function tellCancelled(run: TestRun, item: TestItem): void {
    write(run, item, `${item.label} was cancelled: nothing was found out about it.\n`);
    run.skipped(item);
}

function settle(run: TestRun, item: TestItem, verdict: Verdict): void {
    const { status, clauses, notes, elapsedMs } = verdict;
    const messages = clauses.filter((each) => each.status !== 'passed').map(messageOf);
    const [first] = messages;
    switch (status) {
        case 'passed':
            return run.passed(item, elapsedMs);
        case 'error':
            return run.errored(item, first ? messages : at(item, new TestMessage(notes.join('\n'))), elapsedMs);
        case 'failed':
        case 'not-proved':
            return run.failed(item, messages, elapsedMs);
    }
}

/**
 * At the clause: what was found, which VS Code shows behind the line, and below it what was expected. Not as a pair to be
 * compared: of that VS Code shows thirty characters each, and these are sentences.
 */
function messageOf({ text, status, actual, source, counterexample, assumptions }: Clause): TestMessage {
    const found = status === 'not-proved' ? `Neither proved nor refuted. ${actual}` : actual;
    const words = new MarkdownString(`${escaped(found)}\n\n**Expected:** `);
    words.appendMarkdown(`${escaped(text)}\n\n`);
    if (assumptions?.length) words.appendMarkdown(`**It rests on:** ${escaped(assumptions.join('; '))}\n\n`);
    if (counterexample) {
        words.appendMarkdown('This scenario shows it:\n');
        words.appendCodeblock(counterexample.scenario.trimEnd(), 'cluster');
    }
    const message = new TestMessage(words);
    message.location = new Location(Uri.parse(source.uri), rangeOf(source));
    if (counterexample) {
        message.stackTrace = counterexample.sources.map(
            ({ uri, start }, index) =>
                new TestMessageStackFrame(
                    `${counterexample.faults[index] ?? 'This'} fails`,
                    Uri.parse(uri),
                    new Position(start.line, start.character),
                ),
        );
    }
    return message;
}

/** A name is text, whatever Markdown makes of it. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-!~<>&|]/g, String.raw`\$&`);

function at(item: TestItem, message: TestMessage): TestMessage {
    if (item.uri && item.range) message.location = new Location(item.uri, item.range);
    return message;
}

/** The story of a run, or what was decided about each clause of an objective. */
function reportOf({ verdict, report, traceHash }: Done): string {
    if (traceHash !== undefined) return `${report}\nTrace ${traceHash}: runs with the same trace went the same way.\n`;
    const { status, name, title, clauses, notes } = verdict;
    const lines = clauses.flatMap((clause) => [
        `  ${MARKS[clause.status]} ${clause.text}`,
        `      ${clause.actual}`,
        ...(clause.assumptions ?? []).map((assumption) => `      It assumes: ${assumption}`),
        ...(clause.counterexample?.scenario.trimEnd().split('\n') ?? []).map((line) => `      ${line}`),
    ]);
    const heading = `${MARKS[status]} ${name}${title === undefined ? '' : `: ${title}`}`;
    return `${[heading, ...lines, ...notes.map((note) => `  ${note}`)].join('\n')}\n`;
}

/** The output is a terminal's: its lines end as there. With a place in the text all of it would be shown behind one line. */
function write(run: TestRun, item: TestItem, text: string): void {
    run.appendOutput(`${text.trimEnd().replaceAll(/\r?\n/g, '\r\n')}\r\n\r\n`, undefined, item);
}
