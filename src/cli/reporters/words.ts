/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
    return `${count} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
    const last = words.at(-1) ?? '';
    return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Milliseconds as people read them: `340 ms`, `17.4 s`, `2 min 5 s`. */
export function duration(ms: number): string {
    if (!Number.isFinite(ms)) {
        return 'unbounded';
    }
    if (ms < 1000) {
        return `${Math.round(ms)} ms`;
    }
    const tenths = Math.round(ms / 100);
    if (tenths < 600) {
        return `${(tenths / 10).toFixed(1)} s`;
    }
    const seconds = Math.round(ms / 1000);
    const parts: [number, string][] = [
        [Math.floor(seconds / 3600), 'h'],
        [Math.floor(seconds / 60) % 60, 'min'],
        [seconds % 60, 's'],
    ];
    return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ');
}

/** An argument as a POSIX shell takes it. */
export function shellQuoted(argument: string): string {
    return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
