import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import { restOnSetting } from '../../shared/assumed.js';
import type { HadoopConfig } from '../config.js';
import { Fencing } from './fencing.js';
import type { NameNodes } from './namenodes.js';
import type { Sessions } from './sessions.js';

/** What a failover controller knows of its NameNode. */
interface Watch {
    isHealthy: boolean;
    /** Tells a planned look from one that no longer counts. */
    look: number;
    cause: Cause;
}

/** After a failure to make its NameNode active a controller sleeps this long (ActiveStandbyElector). */
const SLEEP_AFTER_FAILURE_MS = 1_000;
/** Several controllers reach for a free lock within so many milliseconds of each other. */
const REACH_MS = 20;

/**
 * The failover controllers: each watches its NameNode and, while that is healthy, reaches for the one lock in ZooKeeper.
 * Whoever holds the lock fences the last active NameNode and makes its own active (ZKFailoverController,
 * ActiveStandbyElector, HealthMonitor).
 */
export class Controllers {
    private holder: NodeId | undefined;
    /** Who was made active last, as ZooKeeper remembers it: that one must be fenced. */
    private lastActive: NodeId | undefined;
    private readonly watches: ReadonlyMap<NodeId, Watch>;
    private readonly fencing: Fencing;
    private readonly draws: RandomStream;
    private readonly onLook: HandlerId;
    private readonly onReach: HandlerId;
    private readonly onWakeUp: HandlerId;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly namenodes: NameNodes,
        private readonly sessions: () => Sessions,
    ) {
        this.holder = namenodes.first;
        this.lastActive = namenodes.first;
        this.watches = new Map(config.watched.map((node) => [node, { isHealthy: true, look: 0, cause: -1 }]));
        this.fencing = new Fencing(world, config, namenodes, {
            fenced: (by, cause) => this.makeActive(by, cause),
            failed: (by, cause) => this.giveUp(by, cause),
        });
        this.draws = world.stream(`${world.cluster.name} failover controllers`, 'timing');
        this.onLook = world.handler((node, look) => this.looked(node, look));
        this.onReach = world.handler((node) => this.reachFor(node));
        this.onWakeUp = world.handler((node) => this.sessions().open(node, this.watches.get(node)!.cause));
    }

    /** The NameNode went down, hangs, or came back. */
    namenodeChanged(node: NodeId, cause: Cause): void {
        const watch = this.watches.get(node);
        if (watch === undefined || !this.config.automatic) {
            return;
        }
        watch.cause = cause;
        watch.look++;
        const isUp = this.namenodes.isUp(node);
        if (isUp !== watch.isHealthy && this.sessions().controllerRuns(node)) {
            this.world.schedule(this.world.now + this.noticedAfterMs(node, isUp), this.onLook, node, watch.look);
        }
        if (!this.sessions().controllerRuns(node)) {
            watch.isHealthy = false;
        }
    }

    /** A process that is gone refuses at the next look, and once more; one that hangs is given its time. */
    private noticedAfterMs(node: NodeId, isUp: boolean): number {
        const { checkMs, checkTimeoutMs, connectRetryMs, reconnectMs } = this.config;
        if (isUp) {
            return this.draws.between(0, reconnectMs + checkMs);
        }
        const hangs = this.world.process(node) === 'frozen' && this.namenodes.mode(node) !== 'down';
        return this.draws.between(0, checkMs) + (hangs ? checkTimeoutMs : connectRetryMs);
    }

    private looked(node: NodeId, look: number): void {
        const watch = this.watches.get(node)!;
        const isUp = this.namenodes.isUp(node);
        if (watch.look !== look || watch.isHealthy === isUp || !this.sessions().controllerRuns(node)) {
            return;
        }
        watch.isHealthy = isUp;
        const text = isUp
            ? `The failover controller of ${this.nameOf(node)} finds it healthy`
            : `The failover controller of ${this.nameOf(node)} finds that it does not answer and leaves the election`;
        watch.cause = this.world.record({
            kind: 'detection',
            text,
            cause: watch.cause,
            node,
            belief: { holds: isUp ? 'alive' : 'failed', about: [node], by: 'cluster' },
        });
        if (isUp) {
            this.sessions().open(node, watch.cause);
        } else {
            this.sessions().quit(node, watch.cause);
        }
    }

    /** The session with ZooKeeper is there: the controller reaches for the lock, or sees that another holds it. */
    connected(node: NodeId, cause: Cause): void {
        if (this.holder === undefined) {
            this.plan(node, cause);
        } else if (this.holder !== node && this.namenodes.isUp(node)) {
            this.namenodes.standBy(node, cause);
        }
    }

    sessionEnded(node: NodeId, cause: Cause): void {
        if (this.holder === node) {
            this.fencing.cancel();
            this.letGo(cause);
        }
    }

    /**
     * An operator asks for this NameNode to be the active one. With automatic failover the controllers pass the lock on;
     * without it the operator's command does what they would.
     */
    switchover(to: NodeId, cause: Cause): void {
        if (!this.config.automatic && this.lastActive !== undefined && this.lastActive !== to) {
            this.fencing.begin(to, this.lastActive, cause);
            return;
        }
        const from = this.holder;
        if (from === undefined || from === to || !this.isEligible(to) || !this.namenodes.isUp(from)) {
            this.world.record({
                kind: 'state',
                text: `${this.nameOf(to)} cannot take over now`,
                cause,
                node: to,
            });
            return;
        }
        this.fencing.cancel();
        this.namenodes.standBy(from, cause);
        this.holder = to;
        this.makeActive(to, cause);
    }

    private letGo(cause: Cause): void {
        this.holder = undefined;
        for (const node of this.watches.keys()) {
            this.plan(node, cause);
        }
    }

    private plan(node: NodeId, cause: Cause): void {
        if (this.isEligible(node)) {
            this.watches.get(node)!.cause = cause;
            this.world.schedule(this.world.now + this.draws.between(1, REACH_MS), this.onReach, node);
        }
    }

    /** Controllers do not start without any fencing method. */
    private isEligible(node: NodeId): boolean {
        const isHealthy = this.watches.get(node)?.isHealthy === true && this.sessions().controllerRuns(node);
        return (
            this.config.automatic && this.config.fencing.length > 0 && isHealthy && this.sessions().isConnected(node)
        );
    }

    private reachFor(node: NodeId): void {
        if (this.holder !== undefined || !this.isEligible(node)) {
            return;
        }
        this.holder = node;
        const watch = this.watches.get(node)!;
        watch.cause = this.world.record({
            kind: 'election',
            text: `The failover controller of ${this.nameOf(node)} takes the lock in ZooKeeper`,
            cause: watch.cause,
            node,
        });
        if (this.lastActive === undefined || this.lastActive === node) {
            this.makeActive(node, watch.cause);
        } else {
            this.fencing.begin(node, this.lastActive, watch.cause);
        }
    }

    private makeActive(node: NodeId, cause: Cause): void {
        this.lastActive = node;
        if (this.namenodes.isUp(node) && this.namenodes.mode(node) === 'standby') {
            const fact = `A standby reads the last edits within ${setDuration(this.config.catchUpMs)}`;
            restOnSetting(this.world, this.config, 'assumed.namenode.catch-up-time', fact);
            this.namenodes.activate(node, cause);
        }
    }

    /** Fencing failed: nobody may become active, and the controller tries anew after a while. */
    private giveUp(node: NodeId, cause: Cause): void {
        if (!this.config.automatic) {
            return;
        }
        this.sessions().quit(node, cause);
        this.watches.get(node)!.cause = cause;
        this.world.schedule(this.world.now + SLEEP_AFTER_FAILURE_MS, this.onWakeUp, node);
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
