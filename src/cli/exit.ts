/** What the process tells its caller. */
export const ExitCode = {
    /** Nothing was found, every expectation holds. */
    Clean: 0,
    /** Errors in a file, failed expectations, refuted or unproved objectives. */
    Findings: 1,
    /** The command line makes no sense, an input cannot be read, or the program itself fails. */
    Misuse: 2,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The graver of two codes. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
    return a > b ? a : b;
}

/** A mistake on the command line or in what it names: told on stderr, exit code 2. */
export class MisuseError extends Error {
    /**
     * @param message what is wrong, as a sentence
     * @param hints further lines: what is likely meant, what exists
     */
    constructor(
        message: string,
        readonly hints: readonly string[] = [],
    ) {
        super(message);
        this.name = 'MisuseError';
    }
}
