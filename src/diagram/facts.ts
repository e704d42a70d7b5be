/** A sentence names this many things and counts the rest. */
export const FACT_LIMIT = 6;
