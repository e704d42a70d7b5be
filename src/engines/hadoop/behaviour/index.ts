/** Failure behaviour of one Hadoop cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    DrainState,
    HandlerId,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import { setDuration, type Fault, type NodeId, type NodeSelector, type ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { restOnSetting } from '../../shared/assumed.js';
import { Reviews } from '../../shared/simulation/index.js';
import { hadoopConfig, type HadoopConfig } from '../config.js';
import { Access } from './access.js';
import { Blocks } from './blocks.js';
import { Clients } from './clients.js';
import { Controllers } from './controllers.js';
import { DataNodes } from './datanodes.js';
import { Decommissions } from './decommissions.js';
import { Ensemble } from './ensemble.js';
import { Ledger } from './ledger.js';
import { NameNodes } from './namenodes.js';
import { Pipelines } from './pipelines.js';
import { Replication } from './replication.js';
import { Sessions } from './sessions.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new HadoopBehaviour(context, world);
}

class HadoopBehaviour implements ClusterBehaviour {
    readonly lacks = {
        promote: 'HDFS has no such order; `switchover` makes a standby NameNode the active one.',
    };
    private readonly config: HadoopConfig;
    private readonly ensemble: Ensemble;
    private readonly sessions: Sessions;
    private readonly controllers: Controllers;
    private readonly namenodes: NameNodes;
    private readonly datanodes: DataNodes;
    private readonly blocks: Blocks;
    private readonly pipelines: Pipelines;
    private readonly ledger: Ledger;
    private readonly replication: Replication;
    private readonly access: Access;
    private readonly decommissions: Decommissions;
    /** DataNodes whose disk was wiped, and that have not reported since. */
    private readonly blank = new Set<NodeId>();
    /** Hosts that decide who is active. */
    private readonly coordinators: ReadonlySet<NodeId>;
    private readonly onBlocks: HandlerId;
    private willReviewBlocks = false;

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
    ) {
        const config = hadoopConfig(context);
        this.config = config;
        this.coordinators = new Set([...config.namenodes, ...config.journalnodes, ...config.zookeepers]);
        this.onBlocks = world.handler(() => this.reviewBlocks());
        const reviews = new Reviews(world);
        this.namenodes = new NameNodes(world, config, context.cluster.controlPlane?.shard, {
            changed: (node, cause) => this.controllers.namenodeChanged(node, cause),
            started: (node) => this.datanodes.restarted(node),
            activated: (node, cause) => {
                this.datanodes.activated(node, cause);
                this.replication.review(cause);
            },
            hasReports: () => this.blocks.hasReports(config.safeShare, config.leastCopies),
        });
        this.controllers = new Controllers(world, config, this.namenodes, () => this.sessions);
        this.ensemble = new Ensemble(world, config, (cause) => this.sessions.review(cause));
        this.sessions = new Sessions(world, config, this.ensemble, {
            isUp: (node) => this.namenodes.isUp(node),
            connected: (node, cause) => this.controllers.connected(node, cause),
            ended: (node, cause) => this.controllers.sessionEnded(node, cause),
        });
        this.datanodes = new DataNodes(world, config, this.namenodes, reviews, {
            changed: (_namenode, _datanode, cause) => this.copiesChanged(cause),
        });
        this.blocks = new Blocks(context, world, this.datanodes);
        this.pipelines = new Pipelines(context, world, config, this.blocks, this.datanodes);
        this.ledger = new Ledger(world, config, this.blocks, (block) => this.pipelines.of(block));
        this.replication = new Replication(context, world, config, this.namenodes, this.blocks, (block, node) =>
            this.ledger.copied(block, node),
        );
        this.decommissions = new Decommissions(world, config, this.namenodes, this.datanodes, this.blocks, {
            uncounted: (cause) => this.replication.review(cause),
        });
        const clients = new Clients(world, config, this.namenodes);
        this.access = new Access(context, world, config, clients, this.datanodes, this.blocks, this.pipelines);
    }

    start(): void {
        this.ledger.start();
        this.namenodes.start();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.namenodes.hostChanged(node, change, cause);
        if (change === 'wiped') {
            this.ledger.wiped(node, cause);
            this.blank.add(node);
        } else if (change === 'failed') {
            this.ledger.powerLost(node, cause);
        }
        if (change === 'started' && this.config.namenodes.includes(node)) {
            const fact = `A NameNode takes ${setDuration(this.config.startMs)} to start`;
            restOnSetting(this.world, this.config, 'assumed.namenode.start-time', fact);
        }
        this.reportBlank(node, cause);
        if (this.coordinators.has(node)) {
            this.reviewCoordination(cause);
            this.datanodes.review(cause);
        } else {
            this.datanodes.reviewHost(node, cause);
        }
        this.reviewBlocksSoon();
    }

    /** A DataNode without its blocks says so as soon as it runs; until then the NameNode counts on them. */
    private reportBlank(node: NodeId, cause: Cause): void {
        if (this.blank.has(node) && this.world.process(node) === 'running') {
            this.blank.delete(node);
            this.blocks.forget(node);
            this.replication.review(cause);
        }
    }

    networkChanged(cause: Cause): void {
        this.reviewCoordination(cause);
        this.datanodes.review(cause);
        this.reviewBlocksSoon();
    }

    takesTimeToStart(node: NodeId): boolean {
        return this.config.namenodes.includes(node);
    }

    attempt(request: AttemptContext): Attempt {
        return this.access.attempt(request);
    }

    steadiness(request: StreamContext): Steadiness {
        return this.access.steadiness(request);
    }

    /** Copies of a block are equals; only the namespace has a leader. */
    leaders(shard: ShardId): readonly NodeId[] {
        return shard === this.context.cluster.controlPlane?.shard ? this.namenodes.leaders() : [];
    }

    serving(node: NodeId): boolean {
        const isNameNode = this.config.namenodes.includes(node);
        return isNameNode ? this.namenodes.isUp(node) : this.world.process(node) === 'running';
    }

    fullyReplicated(shards: readonly ShardId[]): boolean {
        return shards.every((shard) => this.blocks.isWhole(shard));
    }

    drain(node: NodeId, cause: Cause): void {
        this.decommissions.begin(node, cause);
        this.reviewBlocksSoon();
    }

    drainState(node: NodeId): DrainState {
        return this.decommissions.state(node);
    }

    switchover(to: NodeId, cause: Cause): void {
        if (this.config.namenodes.includes(to)) {
            this.controllers.switchover(to, cause);
        }
    }

    unsupported(fault: Fault): string | undefined {
        if (fault.kind === 'drain') {
            const isDatanode = (selector: NodeSelector): boolean =>
                selector.kind === 'node' && this.config.datanodes.includes(selector.node);
            return fault.nodes.every(isDatanode)
                ? undefined
                : 'HDFS decommissions DataNodes alone; `switchover` makes another NameNode the active one, and `stop` ends a process.';
        }
        return fault.kind === 'wipe' && fault.nodes.some((selector) => !this.isPlainDatanode(selector))
            ? 'only the disks of DataNodes are; a NameNode, JournalNode or ZooKeeper server without its disk has to be set up anew.'
            : undefined;
    }

    slowestLink(one: NodeId, other: NodeId): number | undefined {
        const { config } = this;
        if (this.coordinators.has(one) && this.coordinators.has(other)) {
            return config.slowestToCoordinatorsMs;
        }
        return config.namenodes.includes(one) || config.namenodes.includes(other)
            ? config.slowestHeartbeatMs
            : undefined;
    }

    private isPlainDatanode(selector: NodeSelector): boolean {
        const { namenodes, journalnodes, zookeepers } = this.config;
        return selector.kind === 'node' && ![...namenodes, ...journalnodes, ...zookeepers].includes(selector.node);
    }

    private copiesChanged(cause: Cause): void {
        this.replication.review(cause);
        this.world.changed();
    }

    private reviewCoordination(cause: Cause): void {
        if (this.config.automatic) {
            this.ensemble.review(cause);
            this.sessions.review(cause);
        }
        this.namenodes.reviewJournals(cause);
    }

    /** What befalls many DataNodes at one instant is looked at once. */
    private reviewBlocksSoon(): void {
        if (!this.willReviewBlocks) {
            this.willReviewBlocks = true;
            this.world.schedule(this.world.now, this.onBlocks);
        }
        this.world.changed();
    }

    private reviewBlocks(): void {
        this.willReviewBlocks = false;
        this.pipelines.review(this.ledger);
        this.namenodes.reviewSafeMode();
        this.world.changed();
    }
}
