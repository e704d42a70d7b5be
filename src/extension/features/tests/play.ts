/** "Play in the preview": what a run was about is watched as well. */
import { commands, window, type CancellationToken, type TestItem, type TestRunRequest } from 'vscode';
import { PLAY_COMMAND, SHOW_COUNTEREXAMPLE_COMMAND, STOP_AT_FAILURE } from '../play/commands.js';
import type { Answered, TestRunner } from './runner.js';
import type { TestTree } from './tree.js';

/**
 * Runs what is asked for and plays one of it in the preview, which stands at the instant at which it fails. If it is several,
 * those that failed come first, and the user chooses.
 */
export async function runAndPlay(
    request: TestRunRequest,
    runner: TestRunner,
    tree: TestTree,
    token: CancellationToken,
): Promise<void> {
    const answered = await runner.run(request, token);
    if (token.isCancellationRequested || answered.length === 0) return;
    const playable = answered.filter((each) => isPlayable(each, tree));
    const chosen = playable.length > 1 ? await choose(playable, tree) : playable[0]?.item;
    if (chosen) return play(chosen, tree);
    // Nothing was chosen, or what kept it from being run is told where it was.
    if (playable.length > 0 || answered.some(({ reply }) => reply.kind !== 'done')) return;
    const names = answered.map(({ item }) => `'${item.label}'`).join(', ');
    void window.showInformationMessage(`There is nothing to play: no failure that breaks ${names} is known.`);
}

/** A scenario always; an objective only if something breaks it. */
function isPlayable({ item, reply }: Answered, tree: TestTree): boolean {
    if (reply.kind !== 'done') return false;
    const kind = tree.questionOf(item)?.kind;
    return kind === 'scenario' || reply.verdict.clauses.some(({ counterexample }) => counterexample !== undefined);
}

async function choose(playable: readonly Answered[], tree: TestTree): Promise<TestItem | undefined> {
    const entries = playable
        .map(({ item, reply }) => {
            const passed = reply.kind === 'done' && reply.verdict.status === 'passed';
            const description = item.description ?? tree.questionOf(item)?.kind ?? '';
            return { passed, item, label: `${passed ? '$(pass)' : '$(error)'} ${item.label}`, description };
        })
        .sort((one, other) => Number(one.passed) - Number(other.passed));
    const options = { title: 'Play in the Preview', placeHolder: 'Which of them should be played?' };
    return (await window.showQuickPick(entries, { ...options, matchOnDescription: true }))?.item;
}

async function play(item: TestItem, tree: TestTree): Promise<void> {
    const question = tree.questionOf(item);
    if (!item.uri || !question) return;
    const command = question.kind === 'scenario' ? PLAY_COMMAND : SHOW_COUNTEREXAMPLE_COMMAND;
    await commands.executeCommand(command, item.uri.toString(), question.name, STOP_AT_FAILURE);
}
