import type { Shard, ShardGroup, Topology } from '../../../topology/index.js';

/** How things are called, written and explained, as against what they are and how they hang together. */
const NAMES = new Set([
    'name',
    'qualifiedName',
    'documentation',
    'source',
    'keySource',
    'engineSource',
    'uri',
    'title',
]);

/** A text for what a design is whatever its parts are called: two designs that differ in names alone have the same one. */
export function shapeOf(topology: Topology): string {
    const { groups, shards, clusters, ...rest } = topology;
    return plain(
        {
            ...rest,
            clusters: clusters.map((cluster) => ({ ...cluster, groups: undefined })),
            shards: shards.map((shard) => ({ ...shard, group: groupOf(shard, groups) })),
        },
        topology,
    );
}

/** A shard has what its group says; which statement says it to how many shards at once makes no difference. */
function groupOf({ group }: Shard, groups: readonly ShardGroup[]): object | undefined {
    const found = group === undefined ? undefined : groups[group];
    return found && { ...found, id: undefined, shards: undefined };
}

function plain(value: unknown, topology: Topology): string {
    return JSON.stringify(value, (key, part: unknown) => {
        if (NAMES.has(key)) return undefined;
        if (!isObject(part)) return part;
        // What a target or a clause says is made of names; the value of a setting is not.
        const { text: _, ...unnamed } = part;
        if (part['kind'] === 'group' && typeof part['group'] === 'number') {
            return { kind: 'group', shards: topology.groups[part['group']]?.shards };
        }
        return 'text' in part && !isSettingValue(part) ? unnamed : part;
    });
}

function isObject(part: unknown): part is Readonly<Record<string, unknown>> {
    return typeof part === 'object' && part !== null && !Array.isArray(part);
}

function isSettingValue({ kind }: Readonly<Record<string, unknown>>): boolean {
    return kind === 'number' || kind === 'word' || kind === 'string';
}
