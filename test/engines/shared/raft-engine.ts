/** A system that is nothing but a Raft group which clients write to and read from, such as etcd by itself. */
import type { Engine } from '../../../src/engines/index.js';
import { Raft, type RaftConfig } from '../../../src/engines/shared/raft/index.js';
import { askServer, ContactList } from '../../../src/engines/shared/simulation/index.js';
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Point,
    Steadiness,
    World,
} from '../../../src/simulator/index.js';
import type { NodeId } from '../../../src/topology/index.js';
import { toyEngine } from '../../support/toy-engine.js';

export function raftEngine(config: RaftConfig): Engine {
    return {
        ...toyEngine(),
        name: 'raft',
        singleService: false,
        controlPlane: { leader: 'leader', serves: true, candidates: (members) => members.map(({ node }) => node) },
        behaviour: ({ cluster }, world) => new RaftBehaviour(world, cluster.controlPlane!.shard, config),
    };
}

class RaftBehaviour implements ClusterBehaviour {
    private readonly raft: Raft;
    private readonly contacts: ContactList;

    constructor(
        private readonly world: World,
        shard: number,
        config: RaftConfig,
    ) {
        const nodes = world.cluster.members.map(({ node }) => node);
        this.raft = new Raft(world, shard, nodes, config, () => world.changed());
        this.contacts = new ContactList(world, nodes);
    }

    start(): void {
        this.raft.start();
    }
    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        this.raft.hostChanged(node, change, cause);
        this.world.changed();
    }
    networkChanged(): void {
        this.raft.networkChanged();
        this.world.changed();
    }
    attempt(context: AttemptContext): Attempt {
        return this.contacts.attempt(context, (node) => this.ask(context.client, node));
    }
    steadiness({ client }: Pick<AttemptContext, 'client'>): Steadiness {
        return this.contacts.steadiness(client, (node) => this.ask(client, node));
    }
    private ask(client: Point, node: NodeId): Attempt {
        const met = askServer(this.world, client, node, 0, -1);
        const commitMs = this.raft.commitDelay(node);
        if (met.outcome !== 'ok') {
            return met;
        }
        return commitMs === undefined
            ? { outcome: 'hang', node, reason: 'there is no leader' }
            : { ...met, afterMs: met.afterMs + commitMs };
    }
    leaders(): readonly NodeId[] {
        return this.raft.leaders();
    }
    whyPowerless(_shard: number, leader: NodeId): string | undefined {
        return this.raft.whyPowerless(leader);
    }
    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }
}
