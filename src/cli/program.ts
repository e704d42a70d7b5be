import { Command, type Help } from 'commander';
import { version } from '../../package.json';
import { registerCheck } from './commands/check.js';
import type { Finish } from './commands/command.js';
import { registerDraw } from './commands/draw.js';
import { registerExplain } from './commands/explain.js';
import { registerFmt } from './commands/fmt.js';
import { registerProve } from './commands/prove.js';
import { registerSimulate } from './commands/simulate.js';
import { registerTest } from './commands/test.js';
import { printable } from './output/printable.js';
import type { Session } from './session.js';

const COMMANDS = [
    registerCheck,
    registerTest,
    registerSimulate,
    registerProve,
    registerDraw,
    registerExplain,
    registerFmt,
];

/** Columns of the help where there is no terminal that says its own. */
const HELP_WIDTH = 100;

const EXIT_CODES = `
Exit codes:
  0  nothing but warnings and notes was found, every expectation and objective holds
  1  an error was found, an expectation failed, an objective is refuted or not proved,
     a file is not in canonical form (fmt --check)
  2  the command line makes no sense, or an input cannot be read`;

const EXAMPLES = `
Examples:
  faultline check                                     every .cluster file in and below this folder
  faultline test examples --filter zone
  faultline simulate shop.cluster --scenario lose-zone-a --runs 200
  faultline prove shop.cluster --format json
  faultline draw shop.cluster --theme dark --output shop.svg
  faultline draw shop.cluster --output shop.png       also .mmd (Mermaid) and .json
  faultline explain redis/even-primaries
  faultline fmt --check                               for continuous integration
  cat shop.cluster | faultline check -`;

/**
 * The command line as commander sees it. Commands tell `finish` their exit code. Whatever is wrong with the command
 * line is told on stderr and thrown as commander's own CommanderError.
 */
export function createProgram(session: Session, finish: Finish): Command {
    const program = new Command('faultline')
        .description('Checks, proves, simulates and draws cluster topologies written in .cluster files.')
        .version(version, '--version', 'print the version')
        .helpOption('--help', 'explain the program or a command')
        .helpCommand('help [command]', 'explain a command')
        .addHelpText('after', `${EXIT_CODES}\n${EXAMPLES}`)
        .exitOverride()
        .configureOutput({
            writeOut: (text) => session.io.stdout.write(text),
            writeErr: (text) => session.io.stderr.write(text),
            outputError: (text, write) => write(printableLines(text)),
            getOutHasColors: () => false,
            getErrHasColors: () => false,
            getOutHelpWidth: () => session.io.stdout.columns ?? HELP_WIDTH,
            getErrHelpWidth: () => session.io.stderr.columns ?? HELP_WIDTH,
        })
        .configureHelp({ showGlobalOptions: false });
    for (const register of COMMANDS) {
        register(program, session, finish);
    }
    for (const command of [program, ...program.commands]) {
        command.showHelpAfterError(whatExists(command, program));
    }
    for (const command of program.commands) {
        command.helpOption('--help', 'explain this command').addHelpText('after', EXIT_CODES);
    }
    return program;
}

/** What follows every complaint about a command line: what would have been understood. */
function whatExists(command: Command, program: Command): string {
    const help: Help = command.createHelp();
    const isProgram = command === program;
    const listed = isProgram
        ? `Commands: ${command.commands.map((each) => each.name()).join(', ')}.`
        : `Options of ${command.name()}: ${help
              .visibleOptions(command)
              .map((option) => option.flags)
              .join(', ')}.`;
    return `${listed}\nfaultline ${isProgram ? '' : `${command.name()} `}--help explains them.`;
}

/** What the user typed comes back in complaints: it must not steer the terminal either. */
function printableLines(text: string): string {
    return text.split('\n').map(printable).join('\n');
}
