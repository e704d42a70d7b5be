import type { Command } from 'commander';
import type { ExitCode } from '../exit.js';
import type { Session } from '../session.js';

/** Adds one command to the program. */
export type Register = (program: Command, session: Session, finish: Finish) => void;

/** Takes the exit code that a command ends with. */
export type Finish = (code: ExitCode) => void;
