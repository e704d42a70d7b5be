/** Which node a client asks when nodes of several datacenters would do. */
import type { AttemptContext, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { DatacenterId } from '../required.js';

/**
 * A driver has one datacenter for its own and plans a request over the nodes of that one. A client that stands in none of
 * them is taken for many drivers, whose requests take the datacenters in turn; so a retry goes to the next node of the same
 * datacenter, and does not hide that this one refuses what another would do.
 *
 * Source: `local-datacenter` in https://apache.github.io/cassandra-java-driver/4.19.0/core/load_balancing
 */
export class DatacenterTurns {
    private readonly turns = new Map<string, number>();
    private readonly groups = new WeakMap<readonly NodeId[], readonly (readonly NodeId[])[]>();

    constructor(private readonly world: World) {}

    /** Undefined where all choices stand in one datacenter. */
    choose(context: AttemptContext, choices: readonly NodeId[]): NodeId | undefined {
        const groups = this.groupsOf(choices);
        return groups.length === 1 ? undefined : (this.after(context.previous, groups) ?? this.next(context, groups));
    }

    /** The next node of the datacenter in which the request began; undefined for a request that begins. */
    private after(previous: NodeId, groups: readonly (readonly NodeId[])[]): NodeId | undefined {
        if (previous < 0) {
            return undefined;
        }
        const group = groups.find((nodes) => this.datacenterOf(nodes[0]!) === this.datacenterOf(previous));
        return group?.find((node) => node > previous) ?? group?.[0];
    }

    /** Each range has turns of its own, so that no rhythm of requests keeps it from a datacenter. */
    private next(
        { client, shard, operation }: Pick<AttemptContext, 'client' | 'shard' | 'operation'>,
        groups: readonly (readonly NodeId[])[],
    ): NodeId {
        const key = `${client} ${shard} ${operation}`;
        const turn = this.turns.get(key) ?? 0;
        this.turns.set(key, turn + 1);
        const group = groups[turn % groups.length]!;
        return group[Math.floor(turn / groups.length) % group.length]!;
    }

    private groupsOf(choices: readonly NodeId[]): readonly (readonly NodeId[])[] {
        let groups = this.groups.get(choices);
        if (groups === undefined) {
            const found = new Map<DatacenterId, NodeId[]>();
            for (const node of choices) {
                const datacenter = this.datacenterOf(node);
                const nodes = found.get(datacenter) ?? [];
                found.set(datacenter, nodes);
                nodes.push(node);
            }
            groups = [...found.values()].map((nodes) => nodes.sort((one, other) => one - other));
            this.groups.set(choices, groups);
        }
        return groups;
    }

    private datacenterOf(node: NodeId): DatacenterId {
        return this.world.topology.nodes[node]!.region;
    }
}
