/** The Testing view: objectives and scenarios of the workspace's files, to be run, played and watched. */
import type { Uri } from 'vscode';
import { Disposable, tests, TestRunProfileKind, workspace, type CancellationToken, type TestRunRequest } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { isClusterFile } from '../../language.js';
import type { Reads } from '../language-client/reads.js';
import { runContinuously } from './continuous.js';
import { runAndPlay } from './play.js';
import { TestRunner } from './runner.js';
import { TestTree } from './tree.js';

export function activateTests(client: BaseLanguageClient, reads: Reads): Disposable {
    const controller = tests.createTestController('faultline', 'Cluster topologies');
    const tree = new TestTree(controller, client);
    const runner = new TestRunner(controller, client, tree);
    const files = workspace.createFileSystemWatcher('**/*.cluster', false, true, false);
    controller.resolveHandler = (item) => (item ? tree.resolve(item) : tree.discover());
    controller.refreshHandler = () => tree.discover();

    const run = async (request: TestRunRequest, token: CancellationToken): Promise<void> => {
        if (request.continuous) runContinuously(request, runner, reads, token);
        else await runner.run(request, token);
    };

    const debug = (request: TestRunRequest, token: CancellationToken): Promise<void> =>
        runAndPlay(request, runner, tree, token);

    const opened = ({ uri }: { readonly uri: Uri }): void => void tree.resolve(tree.add(uri));
    for (const document of workspace.textDocuments.filter(isClusterFile)) opened(document);
    return Disposable.from(
        controller,
        controller.createRunProfile('Run', TestRunProfileKind.Run, run, true, undefined, true),
        controller.createRunProfile('Play in the preview', TestRunProfileKind.Debug, debug, true),
        files,
        files.onDidCreate((uri) => tree.add(uri)),
        files.onDidDelete((uri) => tree.remove(uri)),
        workspace.onDidOpenTextDocument((document) => isClusterFile(document) && opened(document)),
        workspace.onDidCloseTextDocument(({ uri, isUntitled }) => isUntitled && tree.remove(uri)),
        reads.onDidRead((uri) => void tree.reread(uri)),
    );
}
