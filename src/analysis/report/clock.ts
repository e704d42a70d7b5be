/** `30.000 s`, `7:30.000` from a minute on. */
export function clock(ms: number): string {
    const seconds = (ms / 1_000) % 60;
    const minutes = Math.floor(ms / 60_000);
    return minutes === 0 ? `${seconds.toFixed(3)} s` : `${String(minutes)}:${seconds.toFixed(3).padStart(6, '0')}`;
}
