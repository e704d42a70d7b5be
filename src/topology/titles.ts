import type { ClusterId, GroupId, ShardId, Topology } from './model.js';

/** Names of shards and groups that stand in more than one cluster. */
const known = new WeakMap<Topology, ReadonlySet<string>>();

/** A shard's name as sentences tell it: with its cluster in front where another has a shard or group of that name. */
export function shardTitle(topology: Topology, id: ShardId): string {
    const shard = topology.shards[id];
    if (shard === undefined) {
        return `shard ${String(id)}`;
    }
    const group = shard.group === undefined ? undefined : topology.groups[shard.group]?.name;
    const isAmbiguous = [shard.name, group].some((name) => name !== undefined && ambiguousNames(topology).has(name));
    return isAmbiguous ? within(topology, shard) : shard.name;
}

/** The same of a group. */
export function groupTitle(topology: Topology, id: GroupId): string {
    const group = topology.groups[id];
    if (group === undefined) {
        return `group ${String(id)}`;
    }
    return ambiguousNames(topology).has(group.name) ? within(topology, group) : group.name;
}

/** A cluster's one service bears its name alone. */
function within({ clusters }: Topology, { name, cluster }: { readonly name: string; readonly cluster: ClusterId }) {
    const owner = clusters[cluster]?.name ?? '';
    return owner === name ? name : `${owner}.${name}`;
}

function ambiguousNames(topology: Topology): ReadonlySet<string> {
    const found = known.get(topology) ?? collected(topology);
    known.set(topology, found);
    return found;
}

function collected({ shards, groups }: Topology): ReadonlySet<string> {
    const owners = new Map<string, ClusterId>();
    const ambiguous = new Set<string>();
    for (const { name, cluster } of [...shards, ...groups]) {
        const owner = owners.get(name) ?? cluster;
        owners.set(name, owner);
        if (owner !== cluster) {
            ambiguous.add(name);
        }
    }
    return ambiguous;
}
