import { Flag, type ClusterState } from './state.js';

const SECOND_MS = 1000;

/** Whether pings need to be followed: whether anything can come of them that a client could notice. */
export class Calm {
    private lastChange = Number.NEGATIVE_INFINITY;
    private lookedAt = Number.NEGATIVE_INFINITY;
    private settled = false;

    constructor(private readonly state: ClusterState) {}

    /** Long enough for every pair to have exchanged pings whose times no longer depend on how they began. */
    get warmUpMs(): number {
        return this.state.config.nodeTimeoutMs / 2 + 2 * SECOND_MS;
    }

    /** Something happened that makes the next minutes worth following. */
    disturb(): void {
        this.lastChange = this.state.world.now;
    }

    holds(): boolean {
        // A failed election is repeated after four node timeouts, so silence beyond that stays silence.
        const quiet = 4 * this.state.config.nodeTimeoutMs + 10 * SECOND_MS;
        const { now } = this.state.world;
        return (
            (this.state.isLarge && this.isFarFromFaults(SECOND_MS) && this.isSettled()) ||
            (now - this.lastChange > quiet && this.isFarFromFaults(quiet))
        );
    }

    private isFarFromFaults(quiet: number): boolean {
        const { now, faultTimes } = this.state.world;
        return !faultTimes.some((time) => time > now - quiet && time - this.warmUpMs <= now);
    }

    /**
     * Whether every node takes those for alive that it can talk with, and all others for failed. Then no opinion can change
     * any more without a fault, so pings need not wait until an election that failed has been repeated.
     */
    private isSettled(): boolean {
        const { now } = this.state.world;
        if (now - this.lookedAt >= SECOND_MS) {
            this.lookedAt = now;
            this.settled = this.lookOver();
        }
        return this.settled;
    }

    private lookOver(): boolean {
        const { state } = this;
        const runs = Uint8Array.from(state.members, (_, peer) => (state.runs(peer) ? 1 : 0));
        for (let observer = 0; observer < state.size; observer++) {
            for (let other = 0; runs[observer] && other < state.size; other++) {
                const flag = state.flags[observer * state.size + other];
                const isWell = other === observer || (runs[other] === 1 && state.connected(observer, other));
                if (flag !== (isWell ? Flag.alive : Flag.failed)) {
                    return false;
                }
            }
        }
        return true;
    }
}
