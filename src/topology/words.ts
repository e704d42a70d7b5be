/** How figures and names are written in sentences, everywhere alike. */

/** A measured time: `250 ms`, `23.4 s`, `12 min 5 s`; Infinity is `no end`. */
export function duration(ms: number): string {
    if (ms === Infinity) {
        return 'no end';
    }
    if (ms < 1_000) {
        return `${rounded(ms, 0)} ms`;
    }
    if (ms < 120_000) {
        return `${rounded(ms / 1_000, 1).toFixed(1)} s`;
    }
    const seconds = Math.round(ms / 1_000);
    const rest = seconds % 60;
    return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** An instant of a run: `30.000 s`, `7:30.000` from a minute on; `decimals` of a second. */
export function clock(ms: number, decimals = 3): string {
    // Rounded before it is taken apart: 119,960 ms are `2:00.0`.
    const rest = rounded(ms / 1_000, decimals);
    const minutes = Math.floor(rest / 60);
    const seconds = (rest % 60).toFixed(decimals);
    return minutes === 0 ? `${seconds} s` : `${minutes}:${seconds.padStart(decimals + 3, '0')}`;
}

/** As a file writes it: `30s`, `5m`, `1500ms`. */
export function literalDuration(ms: number): string {
    const whole = Math.ceil(ms);
    if (whole % 60_000 === 0) {
        return `${String(whole / 60_000)}m`;
    }
    return whole % 1_000 === 0 ? `${String(whole / 1_000)}s` : `${String(whole)}ms`;
}

/** A time that somebody set: `250 ms`, `15 s`, `3.6 s`, `10 min`; Infinity is `any time`. */
export function setDuration(ms: number): string {
    if (ms === Infinity) {
        return 'any time';
    }
    if (ms >= 120_000 && ms % 60_000 === 0) {
        return `${figure(ms / 60_000)} min`;
    }
    return ms < 1_000 ? `${rounded(ms, 0)} ms` : `${rounded(ms / 1_000, 1)} s`;
}

/** `12,345`; at most two decimals. */
export function figure(value: number): string {
    const [whole = '0', fraction] = String(rounded(value, 2)).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `99.95%`; a share between 0 and 1, never rounded up to a whole that it is not. */
export function percent(share: number): string {
    return `${Math.floor(share * 1_000_000 + 1e-6) / 10_000}%`;
}

/** `1 failure set`, `2,000 failure sets`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
    return `${figure(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`; beyond `limit` names the rest is counted. */
export function listed(names: readonly string[], { word = 'and', limit = Infinity } = {}): string {
    if (names.length > limit) {
        return `${names.slice(0, limit).join(', ')} ${word} ${figure(names.length - limit)} more`;
    }
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}

function rounded(value: number, decimals: number): number {
    const factor = 10 ** decimals;
    return Math.round(value * factor) / factor;
}
