import type { Cause, HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import { majority } from '../../shared/checks/quorum.js';
import { connected, whySilent } from '../../shared/simulation/index.js';
import type { HadoopConfig } from '../config.js';
import { FINALIZE_MS, JOIN_ATTEMPTS, JOIN_RETRY_MS, leaderPingMs } from '../zookeeper-timing.js';

/**
 * The ZooKeeper servers: a leader that a majority follows. Followers notice a closed connection at once and silence after
 * `syncLimit` ticks; then those that see each other elect the one with the highest number, which is the last declared
 * (ZooKeeper, FastLeaderElection, Learner). Servers that are not members of the cluster are taken to live always.
 */
export class Ensemble {
    private leader: NodeId | undefined;
    /** Servers in step with the leader, itself included. */
    private readonly inStep: Set<NodeId>;
    /** Followers that wait for a silent leader, by the number of their wait. */
    private readonly doubts = new Map<NodeId, number>();
    private waits = 0;
    private electing = false;
    private cause: Cause = -1;
    private readonly draws: RandomStream;
    private readonly onDoubt: HandlerId;
    private readonly onElection: HandlerId;
    private readonly onJoin: HandlerId;

    constructor(
        private readonly world: World,
        private readonly config: HadoopConfig,
        private readonly changed: (cause: Cause) => void,
    ) {
        this.leader = config.zookeepers[0];
        this.inStep = new Set(config.zookeepers);
        this.draws = world.stream(`${world.cluster.name} ZooKeeper`, 'timing');
        this.onDoubt = world.handler((node, wait) => this.giveUpAfter(node, wait));
        this.onElection = world.handler(() => this.elect());
        this.onJoin = world.handler((node) => this.join(node));
    }

    /** Whether a leader has its majority: only then sessions are kept, and end. */
    get isAvailable(): boolean {
        return this.config.zookeepers.length === 0 || this.serving().length >= this.majority;
    }

    /** One of the servers that serve this host, by chance; undefined if none does. */
    serverFor(host: NodeId): NodeId | undefined {
        if (this.config.zookeepers.length === 0) {
            return host;
        }
        const servers = this.isAvailable
            ? this.serving().filter((node) => this.world.reach(host, node) === 'open')
            : [];
        return servers[this.draws.below(Math.max(1, servers.length))];
    }

    serves(host: NodeId, server: NodeId): boolean {
        return (
            this.config.zookeepers.length === 0 ||
            (this.isAvailable && this.serving().includes(server) && this.world.reach(host, server) === 'open')
        );
    }

    review(cause: Cause): void {
        this.cause = cause;
        for (const node of [...this.inStep].filter((each) => !this.lives(each))) {
            this.inStep.delete(node);
        }
        const leads = this.leader !== undefined && this.inStep.has(this.leader);
        for (const node of [...this.inStep].filter((each) => each !== this.leader && this.runs(each))) {
            const contact = this.leader === undefined ? 'refused' : this.world.reach(node, this.leader);
            if (contact === 'silent') {
                this.doubt(node);
            } else if (contact === 'open' && leads) {
                this.doubts.delete(node);
            } else {
                this.inStep.delete(node);
            }
        }
        this.settle();
    }

    private doubt(node: NodeId): void {
        if (!this.doubts.has(node)) {
            const heardBefore = this.draws.between(0, leaderPingMs(this.config.tickMs));
            this.doubts.set(node, ++this.waits);
            this.world.schedule(this.world.now + this.config.syncMs - heardBefore, this.onDoubt, node, this.waits);
        }
    }

    private giveUpAfter(node: NodeId, wait: number): void {
        if (this.doubts.get(node) !== wait) {
            return;
        }
        this.doubts.delete(node);
        if (this.runs(node) && this.inStep.delete(node) && this.leader !== undefined) {
            this.cause = this.world.record({
                kind: 'suspicion',
                text: `${this.nameOf(node)} has heard nothing of ${this.nameOf(this.leader)}, ZooKeeper’s leader, for ${setDuration(this.config.syncMs)}`,
                cause: whySilent(this.world, node, this.leader),
                node,
                peer: this.leader,
            });
            this.settle();
            this.changed(this.cause);
        }
    }

    /** A leader stays while a majority is in step with it; otherwise there is an election, if one can succeed. */
    private settle(): void {
        const { leader } = this;
        if (leader !== undefined && this.inStep.has(leader) && this.inStep.size >= this.majority) {
            this.config.zookeepers
                .filter((node) => !this.inStep.has(node) && this.canJoin(node))
                .forEach((node) => this.world.schedule(this.world.now + this.joinMs(), this.onJoin, node));
            return;
        }
        // A leader that stands back closes its connections; only who cannot hear that goes on waiting.
        [...this.inStep].filter((node) => !this.doubts.has(node)).forEach((node) => this.inStep.delete(node));
        this.callElection();
    }

    private callElection(): void {
        if (!this.electing && this.winner() !== undefined) {
            this.electing = true;
            this.world.schedule(this.world.now + FINALIZE_MS + this.joinMs(), this.onElection);
        }
    }

    private elect(): void {
        this.electing = false;
        const winner = this.winner();
        if (winner === undefined) {
            return;
        }
        const followers = this.electorate(winner);
        this.leader = winner;
        this.doubts.clear();
        this.inStep.clear();
        followers.forEach((node) => this.inStep.add(node));
        this.cause = this.world.record({
            kind: 'election',
            text: `ZooKeeper’s servers elect ${this.nameOf(winner)} as their leader`,
            cause: this.cause,
            node: winner,
        });
        this.settle();
        this.changed(this.cause);
    }

    private join(node: NodeId): void {
        if (this.canJoin(node)) {
            this.inStep.add(node);
            this.changed(this.cause);
        }
    }

    private canJoin(node: NodeId): boolean {
        const { leader } = this;
        return (
            leader !== undefined &&
            this.inStep.has(leader) &&
            this.runs(leader) &&
            this.runs(node) &&
            connected(this.world, node, leader)
        );
    }

    /** The highest number among those that look for a leader and see a majority that does. */
    private winner(): NodeId | undefined {
        return this.config.zookeepers.findLast(
            (node) => this.isLooking(node) && this.electorate(node).length >= this.majority,
        );
    }

    private electorate(candidate: NodeId): readonly NodeId[] {
        return this.config.zookeepers.filter((node) => this.isLooking(node) && connected(this.world, node, candidate));
    }

    private isLooking(node: NodeId): boolean {
        return this.runs(node) && !this.inStep.has(node);
    }

    private serving(): readonly NodeId[] {
        const { leader } = this;
        if (leader === undefined || !this.runs(leader) || !this.inStep.has(leader)) {
            return [];
        }
        return [...this.inStep].filter((node) => this.runs(node) && connected(this.world, node, leader));
    }

    private joinMs(): number {
        return this.draws.between(1, JOIN_ATTEMPTS) * JOIN_RETRY_MS;
    }

    private get majority(): number {
        return majority(this.config.zookeepers.length);
    }

    private runs(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    private lives(node: NodeId): boolean {
        return this.runs(node) || this.world.process(node) === 'frozen';
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
