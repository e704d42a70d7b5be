import type { Assumed } from '../../../simulator/index.js';
import type { ClusterState, Peer } from './state.js';

const OLD_SNAPSHOT: Assumed = {
    brief: 'the last snapshot before a failure is older than the run',
    sentence:
        'The last snapshot before a failure is taken to be older than the run: a node that comes back with it counts every write of the run as missing, which is the most it can be. When `save` takes snapshots is not simulated.',
};
const UNSYNCED_FILE: Assumed = {
    brief: 'with `appendfsync no` nothing of the run was on disk when power went',
    sentence:
        'With `appendfsync no` it is taken that nothing of the run was on disk when power went, which is the worst: the operating system decides, and Linux writes what is older than about 30 s.',
};

/** How a process ended. */
export type End = 'process' | 'power' | 'shutdown';

/** What of its shard's history each node has on disk. */
export class Persistence {
    /** What the last sync of the append-only file put on disk, and what stands in it at the last write. */
    private readonly synced: Float64Array;
    private readonly kept: Float64Array;
    private readonly syncsEverySecond: readonly boolean[];

    constructor(private readonly state: ClusterState) {
        this.synced = new Float64Array(state.size);
        this.kept = new Float64Array(state.size);
        this.syncsEverySecond = state.members.map((_, peer) => {
            const { context } = state;
            const place = state.placeOf(peer);
            return context.boolean('appendonly', place) && context.text('appendfsync', place) === 'everysec';
        });
    }

    /** The position up to which the disk holds the history, since the process ended. */
    of(peer: Peer): number {
        return this.kept[peer]!;
    }

    syncs(peer: Peer): boolean {
        return this.syncsEverySecond[peer]!;
    }

    sync(peer: Peer, position: number): void {
        this.synced[peer] = position;
    }

    /** The process has ended, having reached that position. */
    ended(peer: Peer, position: number, how: End): void {
        const { context } = this.state;
        const place = this.state.placeOf(peer);
        if (!context.boolean('appendonly', place)) {
            // A clean end takes a last snapshot if any is configured.
            const saves = how === 'shutdown' && context.text('save', place) !== '';
            this.kept[peer] = saves ? position : 0;
            return;
        }
        const sync = context.text('appendfsync', place);
        const survivesPower = sync === 'always' ? position : sync === 'everysec' ? this.synced[peer]! : 0;
        this.kept[peer] = how === 'power' ? survivesPower : position;
    }

    empty(peer: Peer): void {
        this.kept[peer] = 0;
    }

    /** How much of the run a snapshot or an unsynced file holds is not followed: the least is taken. */
    restOnAge(peer: Peer): void {
        const { context, world } = this.state;
        const place = this.state.placeOf(peer);
        if (context.boolean('appendonly', place)) {
            if (context.text('appendfsync', place) === 'no') {
                world.assume(UNSYNCED_FILE);
            }
        } else if (context.text('save', place) !== '') {
            world.assume(OLD_SNAPSHOT);
        }
    }
}
