import type { HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { CRON_MS } from '../config.js';
import type { Peer } from './state.js';

/** Every tenth run of the cron has a turn of its own. */
const RUNS_PER_TURN = 10;
const TURN_MS = CRON_MS * RUNS_PER_TURN;

/** When each node's cron runs: every 100 ms, each node at its own moment. Runs in which nothing is due are passed over. */
export class CronClock {
    private readonly phase: Int32Array;
    private readonly turn: Int32Array;
    /** Tells the run that counts from those that were scheduled before it. */
    private readonly generation: Int32Array;
    /** When the run that counts takes place. */
    private readonly scheduled: Float64Array;
    private readonly handler: HandlerId;

    constructor(
        private readonly world: World,
        random: readonly RandomStream[],
        run: (peer: Peer) => void,
    ) {
        this.phase = Int32Array.from(random, (stream) => stream.below(CRON_MS));
        this.turn = Int32Array.from(random, (stream) => stream.below(RUNS_PER_TURN));
        this.scheduled = new Float64Array(random.length).fill(-1);
        this.generation = new Int32Array(random.length);
        this.handler = world.handler((peer, generation) => {
            if (generation === this.generation[peer]) {
                run(peer);
            }
        });
    }

    /** Lets the cron run at its first moment after `time`, and at none before. */
    runNext(peer: Peer, time: number): void {
        const phase = this.phase[peer]!;
        const next = phase + (Math.floor((time - phase) / CRON_MS) + 1) * CRON_MS;
        if (this.scheduled[peer] === next) {
            return;
        }
        this.scheduled[peer] = next;
        this.generation[peer]!++;
        this.world.schedule(next, this.handler, peer, this.generation[peer]);
    }

    /** The number of the cron's first run at or after `time`. */
    firstRunFrom(peer: Peer, time: number): number {
        return Math.ceil((time - this.phase[peer]!) / CRON_MS);
    }

    timeOfRun(peer: Peer, run: number): number {
        return this.phase[peer]! + run * CRON_MS;
    }

    /** Whether the run of this moment is the one of ten. */
    isTurn(peer: Peer): boolean {
        return this.nextTurn(peer, this.world.now - 1) === this.world.now;
    }

    /** The first moment after `time` at which {@link isTurn} holds. */
    nextTurn(peer: Peer, time = this.world.now): number {
        const first = this.phase[peer]! + this.turn[peer]! * CRON_MS;
        return first + (Math.floor((time - first) / TURN_MS) + 1) * TURN_MS;
    }
}
