import type { HandlerId } from '../../../simulator/index.js';
import type { Replication } from './replication.js';
import type { ClusterState, Peer } from './state.js';

/** Every node runs `replicationCron` once a second, at its own moment: replicas acknowledge in it, primaries count in it. */
const CRON_MS = 1000;
/** It is due with every tenth turn of the process's timer. */
const TURN_MS = 100;
/** The wall clock that lags are measured with has whole seconds. */
const SECOND_MS = 1000;

/** From when until when a primary does not count a replica that it hears nothing from, in milliseconds of the run. */
interface Absence {
    readonly outMs: number;
    readonly backMs: number;
    /** When the replica acknowledged last. */
    readonly heardMs: number;
    readonly frozen: boolean;
}

/**
 * The replicas that a primary counts for `min-replicas-to-write` (replication.c: refreshGoodSlavesCount): those that acknowledged
 * lately, as its own cron last saw it. A connection that closes or comes up counts at once, and what was sent to a primary that
 * was frozen it reads before it counts.
 */
export class GoodReplicas {
    /** When each node's `replicationCron` runs, and when a second of the wall clock begins, in ms after a full second of the run. */
    private readonly cron: number[];
    private readonly clock: number;
    private readonly absences = new Map<Peer, Absence>();
    private readonly recheck: HandlerId;

    constructor(
        private readonly state: ClusterState,
        private readonly replication: Replication,
        /** A primary may count its replicas differently from now on. */
        recount: () => void,
    ) {
        const { context, world } = state;
        this.cron = state.members.map((_, peer) =>
            world.stream(context.topology.nodes[state.nodeOf(peer)]!.qualifiedName, 'replication cron').below(CRON_MS),
        );
        this.clock = world.stream(world.cluster.name, 'wall clock').below(SECOND_MS);
        this.recheck = world.handler(recount);
    }

    /** After the replica was attached to the primary or cut off from it. */
    linkChanged(replica: Peer, primary: Peer): void {
        const { source, silentSince } = this.replication.linkOf(replica);
        const before = this.absences.get(replica);
        this.absences.delete(replica);
        if (silentSince !== undefined) {
            const absence =
                source < 0
                    ? this.cutOff(replica, primary)
                    : before && this.heardAgain(replica, primary, before, silentSince);
            if (absence !== undefined) this.note(replica, absence);
        }
    }

    count(primary: Peer): number {
        const { state } = this;
        const shard = state.shardOf[primary]!;
        return state.holders[shard]!.filter((peer) => peer !== primary && this.counts(peer, primary)).length;
    }

    /** Whether the primary counts that replica. */
    counts(replica: Peer, primary: Peer): boolean {
        const { now } = this.state.world;
        const { source } = this.replication.linkOf(replica);
        const absence = this.absences.get(replica);
        const follows = source >= 0 ? source === primary : absence !== undefined && this.follows(replica, primary);
        return follows && (absence === undefined || now < absence.outMs || now >= absence.backMs);
    }

    private follows(replica: Peer, primary: Peer): boolean {
        return this.state.ownerSeenBy(replica, this.state.shardOf[primary]!) === primary;
    }

    private note(replica: Peer, absence: Absence): void {
        const { world } = this.state;
        this.absences.set(replica, absence);
        [absence.outMs, absence.backMs]
            .filter((atMs) => Number.isFinite(atMs) && atMs > world.now)
            .forEach((atMs) => world.schedule(atMs, this.recheck));
    }

    private cutOff(replica: Peer, primary: Peer): Absence {
        const { world } = this.state;
        const heardMs = this.cronAfter(replica, world.now) - CRON_MS;
        const heardSecond = this.clock + Math.floor((heardMs - this.clock) / SECOND_MS) * SECOND_MS;
        const maximumLag = this.state.context.duration('min-replicas-max-lag', this.state.placeOf(primary));
        const outMs = this.cronAfter(primary, heardSecond + SECOND_MS + maximumLag - 1);
        const frozen = world.process(this.state.nodeOf(replica)) === 'frozen';
        return { outMs, backMs: Infinity, heardMs, frozen };
    }

    /** undefined: the primary has heard of it again before it missed it. */
    private heardAgain(replica: Peer, primary: Peer, absence: Absence, silentSince: number): Absence | undefined {
        if (absence.frozen) {
            this.resume(replica, silentSince - absence.heardMs);
        }
        const heardMs = this.cronAfter(replica, this.state.world.now - 1);
        return heardMs <= absence.outMs ? undefined : { ...absence, backMs: this.cronAfter(primary, heardMs - 1) };
    }

    /** A thawed process runs the overdue turn of its timer at once, and the others follow from there. */
    private resume(replica: Peer, sinceCronMs: number): void {
        const turns = Math.floor(sinceCronMs / TURN_MS) + 1;
        this.cron[replica] = (this.state.world.now - turns * TURN_MS) % CRON_MS;
    }

    /** The node's first run after that. */
    private cronAfter(peer: Peer, ms: number): number {
        const phase = this.cron[peer]!;
        return phase + (Math.floor((ms - phase) / CRON_MS) + 1) * CRON_MS;
    }
}
