/** First retransmission of a lost segment, and of a lost connection request; each later one waits twice as long (RFC 6298). */
export const RETRANSMIT_MS = 200;
export const RECONNECT_MS = 1000;

/** The first of the moments `start + unit`, `start + 3 unit`, `start + 7 unit` … that is not before `now`. Milliseconds. */
export function nextRetry(start: number, unit: number, now: number): number {
    let time = start;
    for (let wait = unit; time < now; wait *= 2) {
        time += wait;
    }
    return time;
}
