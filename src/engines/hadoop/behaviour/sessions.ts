import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { HadoopConfig } from '../config.js';
import { clientPingMs, clientReadTimeoutMs, leaderPingMs, RECONNECT_MS } from '../zookeeper-timing.js';
import type { Ensemble } from './ensemble.js';

/** A failover controller's session with ZooKeeper. */
interface Session {
    readonly node: NodeId;
    /** The server that it is connected to. */
    server: NodeId | undefined;
    isOpen: boolean;
    /** The process that opened it is gone: nobody can go on with it. */
    isOrphan: boolean;
    /** Whether ZooKeeper has missed it, and nobody has opened another since. */
    isMissed: boolean;
    /** Whether its controller wants one: not while its NameNode is not healthy. */
    isWanted: boolean;
    /** Tells a planned end or attempt from one that no longer counts. */
    ending: number;
    attempt: number;
    cause: Cause;
}

export interface SessionListener {
    /** Whether the NameNode beside the controller answers. */
    isUp(node: NodeId): boolean;
    /** The controller has a session, or its connection back. */
    connected(node: NodeId, cause: Cause): void;
    /** The session has ended, and with it the lock. */
    ended(node: NodeId, cause: Cause): void;
}

/**
 * Sessions end on the servers' side: at the first whole tick after the timeout since the client was last heard of. While
 * no leader has a majority none ends, and a new leader gives all of them their full time again (ZooKeeper, SessionTracker).
 */
export class Sessions {
    private readonly sessions: ReadonlyMap<NodeId, Session>;
    private readonly draws: RandomStream;
    private readonly onEnding: HandlerId;
    private readonly onAttempt: HandlerId;
    private wasAvailable = true;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly ensemble: Ensemble,
        private readonly listener: SessionListener,
    ) {
        this.draws = world.stream(`${world.cluster.name} sessions`, 'timing');
        this.sessions = new Map(
            config.watched.map((node) => [
                node,
                {
                    node,
                    server: ensemble.serverFor(node),
                    isOpen: true,
                    isOrphan: false,
                    isMissed: false,
                    isWanted: true,
                    ending: 0,
                    attempt: 0,
                    cause: -1,
                },
            ]),
        );
        this.onEnding = world.handler((node, ending) => this.endIfDue(this.sessions.get(node)!, ending));
        this.onAttempt = world.handler((node, attempt) => this.connect(this.sessions.get(node)!, attempt));
    }

    isConnected(node: NodeId): boolean {
        const session = this.sessions.get(node);
        return session?.isOpen === true && !session.isOrphan && session.server !== undefined;
    }

    /** A controller lives beside its NameNode: with the host's power, and until the host's services are stopped. */
    controllerRuns(node: NodeId): boolean {
        const process = this.world.process(node);
        return process !== 'off' && process !== 'stopped';
    }

    /** The controller closes its session: its NameNode is not healthy, or it could not make it active. */
    quit(node: NodeId, cause: Cause): void {
        const session = this.sessions.get(node)!;
        session.isWanted = false;
        if (this.isConnected(node)) {
            this.end(session, cause);
        } else {
            session.isOrphan = true;
        }
    }

    /** The controller wants a session again. */
    open(node: NodeId, cause: Cause): void {
        const session = this.sessions.get(node)!;
        session.isWanted = true;
        session.cause = cause;
        this.plan(session, 0);
    }

    review(cause: Cause): void {
        const isAvailable = this.ensemble.isAvailable;
        for (const session of this.sessions.values()) {
            if (!this.controllerRuns(session.node)) {
                this.controllerGone(session, cause);
            } else if (session.server !== undefined && !this.ensemble.serves(session.node, session.server)) {
                this.disconnected(session, cause);
            } else if (session.server === undefined && session.isWanted) {
                this.plan(session, this.draws.below(RECONNECT_MS));
            }
            if (isAvailable && !this.wasAvailable && session.isOpen && session.server === undefined) {
                this.planEnd(session, this.config.sessionMs);
            }
        }
        this.wasAvailable = isAvailable;
    }

    private controllerGone(session: Session, cause: Cause): void {
        if (this.world.process(session.node) === 'stopped' && this.isConnected(session.node)) {
            session.isWanted = false;
            this.end(session, cause);
        } else if (session.server !== undefined) {
            session.server = undefined;
            session.isOrphan = true;
            session.isWanted = false;
            session.cause = cause;
            this.planEnd(session, this.config.sessionMs - this.silenceMs());
        }
    }

    private disconnected(session: Session, cause: Cause): void {
        const { config } = this;
        const silenceMs = this.silenceMs();
        const isSilent = this.world.reach(session.node, session.server!) === 'silent';
        const noticedMs = isSilent ? clientReadTimeoutMs(config.sessionMs) - silenceMs : 0;
        session.server = undefined;
        session.cause = cause;
        this.planEnd(session, config.sessionMs - silenceMs);
        this.plan(session, noticedMs + this.draws.below(RECONNECT_MS));
    }

    /** How long ago the servers heard of the client when it fell silent. */
    private silenceMs(): number {
        return this.draws.between(0, clientPingMs(this.config.sessionMs));
    }

    private planEnd(session: Session, afterMs: number): void {
        const { tickMs } = this.config;
        const relayedMs = this.draws.between(0, leaderPingMs(tickMs));
        const atMs = this.world.now + afterMs + relayedMs + this.draws.between(0, tickMs);
        this.world.schedule(atMs, this.onEnding, session.node, ++session.ending);
    }

    private endIfDue(session: Session, ending: number): void {
        if (session.ending !== ending || !session.isOpen || !this.ensemble.isAvailable) {
            return;
        }
        const name = this.world.topology.nodes[session.node]!.name;
        const cause = this.world.record({
            kind: 'detection',
            text: `ZooKeeper has not heard from the failover controller of ${name} for the session timeout and ends its session`,
            cause: session.cause,
            peer: session.node,
            belief: { holds: 'failed', about: [session.node], by: 'cluster' },
        });
        session.isMissed = true;
        this.end(session, cause);
        if (session.isWanted && this.controllerRuns(session.node)) {
            this.plan(session, 0);
        }
    }

    private end(session: Session, cause: Cause): void {
        session.ending++;
        session.isOpen = false;
        session.isOrphan = false;
        session.server = undefined;
        this.listener.ended(session.node, cause);
    }

    private plan(session: Session, afterMs: number): void {
        this.world.schedule(this.world.now + afterMs, this.onAttempt, session.node, ++session.attempt);
    }

    private connect(session: Session, attempt: number): void {
        const isOutdated = session.attempt !== attempt || session.server !== undefined;
        if (isOutdated || !session.isWanted || !this.controllerRuns(session.node)) {
            return;
        }
        const server = this.ensemble.serverFor(session.node);
        if (server === undefined) {
            return;
        }
        // What a former process held ends by itself; until then its lock stands, and the new process waits.
        if (!session.isOrphan) {
            session.ending++;
            session.isOpen = true;
            session.server = server;
            this.tellReturn(session);
            this.listener.connected(session.node, session.cause);
        }
    }

    private tellReturn(session: Session): void {
        if (session.isMissed) {
            session.isMissed = false;
            session.cause = this.world.record({
                kind: 'recovery',
                text: `The failover controller of ${this.world.topology.nodes[session.node]!.name} has a session with ZooKeeper again`,
                cause: session.cause,
                node: session.node,
                ...(this.listener.isUp(session.node) && {
                    belief: { holds: 'alive', about: [session.node], by: 'cluster' } as const,
                }),
            });
        }
    }
}
