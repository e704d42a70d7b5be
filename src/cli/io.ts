/** The process's surroundings, as the commands see them; tests put their own in place. */
export interface Io {
    readonly stdout: Sink;
    readonly stderr: Sink;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Absolute path that relative ones start from. */
    readonly cwd: string;
    /** Whether somebody would have to type what {@link readStdin} gives. */
    readonly stdinIsTerminal: boolean;
    /** Everything on standard input, at most `maximumBytes` and one more. */
    readStdin(maximumBytes: number): Promise<Uint8Array>;
}

export interface Sink {
    readonly terminal: boolean;
    /** Cells of a line of the terminal, if known. */
    readonly columns?: number | undefined;
    write(text: string): void;
}
