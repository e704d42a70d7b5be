/** Pings that wait for their pong: `[observer * size + other]`. */
export class Pings {
    /** 1 while the last ping is unanswered. */
    private readonly awaited: Uint8Array;
    private readonly sentMs: Float64Array;
    private readonly quietMs: Float64Array;

    constructor(pairs: number) {
        this.awaited = new Uint8Array(pairs);
        this.sentMs = new Float64Array(pairs);
        this.quietMs = new Float64Array(pairs);
    }

    /** When the ping was sent that is still unanswered, or -1. */
    sentAt(pair: number): number {
        return this.awaited[pair] === 1 ? this.sentMs[pair]! : -1;
    }

    /** Since when nothing at all was heard from whoever is to answer. */
    quietSince(pair: number): number {
        return this.quietMs[pair]!;
    }

    isAwaited(pair: number): boolean {
        return this.awaited[pair] === 1;
    }

    /** A ping that repeats an unanswered one keeps its time. */
    send(pair: number, nowMs: number): void {
        if (this.awaited[pair] === 0) {
            this.awaited[pair] = 1;
            this.sentMs[pair] = nowMs;
            this.quietMs[pair] = nowMs;
        }
    }

    /** Any message proves that its sender lives. It is no pong, though. */
    heard(pair: number, nowMs: number): void {
        if (this.awaited[pair] === 1) {
            this.quietMs[pair] = nowMs;
        }
    }

    end(pair: number): void {
        this.awaited[pair] = 0;
    }
}
