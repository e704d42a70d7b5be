/** Clusters of several Regions that are one Global Datastore. */
import { listed, type Cluster, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkGlobal, type GlobalService } from '../../shared/checks/global.js';
import { secondariesOf, type ReplicationPartner } from '../../shared/replications.js';

export const GLOBAL_DATASTORE: GlobalService = {
    name: 'Global Datastore',
    mostSecondaries: 2,
    readers: 'replicas',
    codes: {
        automaticFailover: 'elasticache/global-automatic-failover',
        sameRegion: 'elasticache/global-same-region',
        tooManySecondaries: 'elasticache/global-too-many-secondaries',
        chain: 'elasticache/global-chain',
    },
};

export function checkGlobalDatastore(context: EngineContext): readonly Finding[] {
    return [
        ...checkGlobal(context, GLOBAL_DATASTORE),
        ...secondariesOf(context).flatMap((secondary) => different(context, secondary)),
    ];
}

function different({ cluster }: EngineContext, { cluster: copy, replication }: ReplicationPartner): Finding[] {
    const differences = COMPARED.flatMap(({ what, of }) => {
        const [own, theirs] = [of(cluster), of(copy)];
        return own === undefined || theirs === undefined || own === theirs
            ? []
            : [`the ${what} of ${cluster.name} is ${own} and that of ${copy.name} ${theirs}`];
    });
    return differences.length === 0
        ? []
        : [
              {
                  code: 'elasticache/global-members-differ',
                  severity: 'error',
                  message: `The clusters of a Global Datastore have the same number of shards, node type and version, but ${listed(differences)}.`,
                  help: `Make ${copy.name} like ${cluster.name}; only the number of replicas may differ.`,
                  source: replication.source,
              },
          ];
}

/** What has to be equal; undefined where the file does not say it. */
const COMPARED: readonly { readonly what: string; readonly of: (cluster: Cluster) => string | undefined }[] = [
    { what: 'number of shards', of: ({ shards }) => (shards.length === 0 ? undefined : String(shards.length)) },
    { what: 'node type', of: (cluster) => written(cluster, 'cache-node-type') },
    { what: 'cluster mode', of: (cluster) => written(cluster, 'cluster-mode') },
    { what: 'version', of: ({ version }) => version },
];

function written({ settings }: Cluster, key: string): string | undefined {
    return settings.findLast((setting) => setting.key === key)?.values.at(0)?.text;
}
