import { CommanderError } from 'commander';
import { ExitCode, MisuseError } from './exit.js';
import { problemLine } from './input/workspace.js';
import type { Io } from './io.js';
import { createProgram } from './program.js';
import { linesOf } from './output/page.js';
import type { Rooms } from './rooms.js';
import { createSession } from './session.js';

/**
 * Runs one command line and gives the exit code of the process.
 *
 * @param args what follows the program's name
 */
export async function run(args: readonly string[], io: Io, rooms: Rooms): Promise<ExitCode> {
    const session = createSession(io, rooms);
    let code: ExitCode = ExitCode.Clean;
    const program = createProgram(session, (finished) => {
        code = finished;
    });
    try {
        await program.parseAsync(args, { from: 'user' });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) {
            // Help that was asked for and the version end so as well; complaints are on stderr already.
            return error.exitCode === 0 ? ExitCode.Clean : ExitCode.Misuse;
        }
        if (error instanceof MisuseError) {
            session.console.say([...error.message.split('\n').map(problemLine), ...error.hints.map((hint) => [hint])]);
            return ExitCode.Misuse;
        }
        session.console.say([
            problemLine('faultline itself made a mistake; please report it with what follows.'),
            ...linesOf(error instanceof Error ? (error.stack ?? error.message) : String(error)),
        ]);
        return ExitCode.Misuse;
    }
}
