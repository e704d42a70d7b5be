import type { SettingScope } from '../engine.js';

const PLACES: Readonly<Record<SettingScope, string>> = {
    cluster: 'at the cluster',
    group: 'at the group',
    shard: 'at the shard',
    node: 'at the node',
    client: "behind 'with' of a workload",
};

/** Where a setting is written, as the end of a sentence: `at the cluster or behind 'with' of a workload`. */
export function settingPlaces(scopes: readonly SettingScope[]): string {
    return scopes.map((scope) => PLACES[scope]).join(' or ');
}
