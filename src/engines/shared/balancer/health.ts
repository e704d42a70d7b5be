/** A check of a service, repeated. */
export interface ServiceCheck {
    /** Pause after a check of a load balancer; distance between two starts of a check of a VIP's own member, or where {@link startToStart} says so. */
    readonly everyMs: number;
    /** Whether a load balancer begins its checks at a fixed distance, however long each lasts. */
    readonly startToStart?: boolean;
    /** A check that has no answer by then has failed. */
    readonly timeoutMs: number;
    /** Failures in a row that take the service out. */
    readonly fall: number;
    /** Successes in a row that take it back. */
    readonly rise: number;
    /** The pause while results speak against what is believed, where it differs (HAProxy: `fastinter`). */
    readonly doubtMs?: number;
    /** The pause while the service is out and no check has passed, where it differs (HAProxy: `downinter`). */
    readonly downMs?: number;
    /** What a check of a host that answers nothing takes, where it differs from the timeout of one that is connected. */
    readonly connectMs?: number;
}

/** `3 checks in a row have failed` */
export function inARow(count: number, how: 'passed' | 'failed'): string {
    return count === 1 ? `a check has ${how}` : `${count} checks in a row have ${how}`;
}

/** `3 failing checks` */
export function failingChecks(count: number): string {
    return count === 1 ? 'a failing check' : `${count} failing checks`;
}

/** From the first failing check's start to the last one's end, if each takes `eachMs`. */
export function failingChecksMs(check: ServiceCheck, eachMs: number): number {
    return eachMs + (check.fall - 1) * roundMs(check, eachMs, check.doubtMs ?? check.everyMs);
}

/** From a check's start to the next one's, where a check that has lasted so long is followed by this pause. */
function roundMs({ startToStart }: ServiceCheck, lastedMs: number, pauseMs: number): number {
    return startToStart === true ? Math.max(pauseMs, lastedMs) : lastedMs + pauseMs;
}

/** What a checker believes of one service: it changes its mind after enough results in a row that speak against it. */
export class HealthCounter {
    private against = 0;

    constructor(
        private readonly check: ServiceCheck,
        private believed: boolean,
    ) {}

    get up(): boolean {
        return this.believed;
    }

    /** Results in a row that contradict the belief. */
    get doubts(): number {
        return this.against;
    }

    /** From the end of a check that lasted so long to the next one, in milliseconds. */
    pauseAfter(lastedMs: number): number {
        return roundMs(this.check, lastedMs, this.pauseMs) - lastedMs;
    }

    /** HAProxy: srv_getinter. */
    private get pauseMs(): number {
        const { everyMs, doubtMs, downMs } = this.check;
        if (this.against > 0) {
            return doubtMs ?? everyMs;
        }
        return this.believed ? everyMs : (downMs ?? everyMs);
    }

    /** Takes one result into account; returns whether the belief changed. */
    note(success: boolean): boolean {
        if (success === this.believed) {
            this.against = 0;
            return false;
        }
        this.against++;
        if (this.against < (this.believed ? this.check.fall : this.check.rise)) {
            return false;
        }
        this.believed = success;
        this.against = 0;
        return true;
    }
}
