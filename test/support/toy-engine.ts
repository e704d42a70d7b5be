/** An engine that does what a test says. */
import type { Engine, EngineContext, SettingSpec } from '../../src/engines/index.js';
import type { FailureState, ServiceRules } from '../../src/proof/index.js';
import type { Attempt, ClusterBehaviour, World } from '../../src/simulator/index.js';
import type { Finding, NodeId } from '../../src/topology/index.js';

export interface ToyParts {
    readonly versions?: readonly string[];
    readonly settings?: readonly SettingSpec[];
    readonly check?: (context: EngineContext) => readonly Finding[];
    readonly rules?: (context: EngineContext) => ServiceRules;
}

/** Whatever is not said: any living copy serves, at once and without loss, in the rules as well as in simulation. */
export function toyEngine({ versions = [], settings = [], check = () => [], rules = anyCopy }: ToyParts = {}): Engine {
    return {
        name: 'toy',
        title: 'Toy',
        documentation: '',
        versions,
        roles: [],
        groupWords: [],
        singleService: true,
        settings,
        snippet: '',
        place: () => ({ kind: 'placed', copies: [] }),
        quorums: () => [],
        check,
        codes: [],
        rules,
        behaviour: (_context, world) => new ToyBehaviour(world),
    };
}

/** One living copy is enough. */
export function anyCopy({ topology, cluster }: EngineContext): ServiceRules {
    return {
        monotone: true,
        serves: (shard, _operation, state) =>
            copiesOf(topology.shards[shard]?.copies ?? [], state).length > 0
                ? { serves: true }
                : { serves: false, reason: 'No copy is left' },
        capacity: (state) =>
            copiesOf(
                cluster.members.map(({ node }) => node),
                state,
            )
                .map((node) => cluster.members.find((member) => member.node === node)?.capacity ?? Infinity)
                .reduce((sum, capacity) => sum + capacity, 0),
        recovery: () => ({ minMs: 0, maxMs: 0, parts: [], assumptions: [] }),
        loss: () => ({ kind: 'none' }),
    };
}

function copiesOf(nodes: readonly NodeId[], state: FailureState): readonly NodeId[] {
    return nodes.filter((node) => state.alive[node] === 1);
}

class ToyBehaviour implements ClusterBehaviour {
    constructor(private readonly world: World) {}

    start(): void {
        this.world.changed();
    }
    hostChanged(): void {
        this.world.changed();
    }
    networkChanged(): void {
        this.world.changed();
    }
    attempt({ shard }: { readonly shard: number }): Attempt {
        const node = this.living(shard);
        return node === undefined
            ? { outcome: 'error', afterMs: 1, node: -1, reason: 'nobody is left' }
            : { outcome: 'ok', afterMs: 1, node };
    }
    steadiness({ shard }: { readonly shard: number }): ReturnType<ClusterBehaviour['steadiness']> {
        const node = this.living(shard);
        return node === undefined
            ? { kind: 'fails', afterMs: 1, reason: 'nobody is left', node: -1 }
            : { kind: 'ok', afterMs: 1, node };
    }
    leaders(): readonly NodeId[] {
        return [];
    }
    serving(node: NodeId): boolean {
        return this.world.process(node) === 'running';
    }

    private living(shard: number): NodeId | undefined {
        return this.world.topology.shards[shard]?.copies.find((node) => this.serving(node));
    }
}
