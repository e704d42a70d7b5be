/** Milliseconds as a person writes them: `3.6 s`, `250 ms`, `2 min`. */
export function seconds(milliseconds: number): string {
    if (milliseconds === Infinity) {
        return 'any time';
    }
    if (milliseconds >= 120_000 && milliseconds % 60_000 === 0) {
        return `${milliseconds / 60_000} min`;
    }
    return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
