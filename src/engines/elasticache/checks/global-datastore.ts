/** Clusters of several Regions that are one Global Datastore. */
import { counted, listed, type Cluster, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { primariesOf, regionsOf, secondariesOf, type ReplicationPartner } from '../../shared/replications.js';

const MOST_SECONDARIES = 2;

export function checkGlobalDatastore(context: EngineContext): readonly Finding[] {
    const secondaries = secondariesOf(context);
    return [
        ...tooMany(context, secondaries),
        ...chain(context, secondaries),
        ...secondaries.flatMap((secondary) => [
            ...automatic(context, secondary),
            ...sameRegion(context, secondary),
            ...different(context, secondary),
        ]),
    ];
}

function automatic({ cluster }: EngineContext, { cluster: copy, replication }: ReplicationPartner): Finding[] {
    if (replication.failover !== 'automatically') {
        return [];
    }
    return [
        {
            code: 'elasticache/global-automatic-failover',
            severity: 'warning',
            message: `When the Region of ${cluster.name} fails, nothing promotes ${copy.name}: ElastiCache does not fail over from one Region to another by itself.`,
            help: 'Write `failover manually`, and plan who promotes it and how soon.',
            source: replication.source,
            fixes: [
                {
                    kind: 'set-property',
                    title: 'Write `failover manually`',
                    declaration: replication.source,
                    keyword: 'failover',
                    value: 'manually',
                },
            ],
        },
    ];
}

function sameRegion(
    { cluster, topology }: EngineContext,
    { cluster: copy, replication }: ReplicationPartner,
): Finding[] {
    const own = regionsOf(topology, cluster);
    const shared = [...regionsOf(topology, copy)].find((region) => own.has(region));
    return shared === undefined
        ? []
        : [
              {
                  code: 'elasticache/global-same-region',
                  severity: 'error',
                  message: `${cluster.name} and ${copy.name} both stand in ${topology.regions[shared]!.name}, and the secondaries of a Global Datastore are in other Regions than its primary.`,
                  help: `Put ${copy.name} in another Region; for more reads, add replicas to ${cluster.name}.`,
                  source: replication.source,
              },
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

function tooMany({ cluster }: EngineContext, secondaries: readonly ReplicationPartner[]): Finding[] {
    const surplus = secondaries[MOST_SECONDARIES];
    return surplus === undefined
        ? []
        : [
              {
                  code: 'elasticache/global-too-many-secondaries',
                  severity: 'error',
                  message: `${cluster.name} has ${counted(secondaries.length, 'secondary cluster')}, and a Global Datastore has at most ${String(MOST_SECONDARIES)}.`,
                  help: 'Leave out the Region that needs it least.',
                  source: surplus.replication.source,
              },
          ];
}

/** Only the primary is a source, and there is one. */
function chain(context: EngineContext, secondaries: readonly ReplicationPartner[]): Finding[] {
    const { cluster } = context;
    const [primary, second] = primariesOf(context);
    const [onward] = secondaries;
    if (primary === undefined || (second === undefined && onward === undefined)) {
        return [];
    }
    const { replication } = second ?? onward ?? primary;
    const reason =
        second === undefined
            ? `${cluster.name} is a secondary of ${primary.cluster.name}, and only the primary of a Global Datastore sends changes on`
            : `${cluster.name} is said to follow both ${primary.cluster.name} and ${second.cluster.name}, and a secondary has one primary`;
    return [
        {
            code: 'elasticache/global-chain',
            severity: 'error',
            message: `${reason}.`,
            help: 'Let one cluster be the primary and replicate from it to each of the others.',
            source: replication.source,
            related: [{ source: primary.replication.source, message: `${cluster.name} is a secondary by this.` }],
        },
    ];
}
