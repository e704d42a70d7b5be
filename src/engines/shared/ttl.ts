/** How long clients keep what a name stands for where the file does not say: an assumption, what many DNS providers take. */
export const ASSUMED_TTL_MS = 60_000;

/** How long a client may go on using what it has looked up. */
export interface LookedUp {
    readonly ttlMs: number;
    readonly ttlDeclared: boolean;
}

/** What a verdict takes for granted that counts on it. */
export const UNDECLARED_TTL = 'No `ttl` is declared; clients are assumed to keep what they looked up for at most 60 s.';

/** The same of a run in which a client used the name when it changed. */
export const TTL_ASSUMED = { brief: 'clients keep a name without a `ttl` for at most 60 s', sentence: UNDECLARED_TTL };
