/** MySQL or PostgreSQL, as a version names it: `mysql 3.10`, `aurora-postgresql 16.4`; undefined if it names neither. */
export function flavourOf(version: string): 'mysql' | 'postgresql' | undefined {
    if (/mysql/i.test(version)) {
        return 'mysql';
    }
    return /postgres/i.test(version) ? 'postgresql' : undefined;
}
