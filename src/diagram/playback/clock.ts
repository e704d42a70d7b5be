/** Instants of a run, as the timeline and pictures write them. */

/** `0:30.0`, `12:05.3`: minutes, seconds, tenths. */
export function clock(ms: number): string {
    const tenths = Math.floor(ms / 100);
    const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
    return `${Math.floor(tenths / 600)}:${seconds}`;
}
