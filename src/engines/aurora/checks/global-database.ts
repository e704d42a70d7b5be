/** Clusters of several Regions that are one Global Database. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { primariesOf, regionsOf, secondariesOf, type ReplicationPartner } from '../../shared/replications.js';
import { flavourOf } from '../flavour.js';

const MOST_SECONDARIES = 10;

export function checkGlobalDatabase(context: EngineContext): readonly Finding[] {
    const secondaries = secondariesOf(context);
    return [
        ...tooMany(context, secondaries),
        ...chain(context, secondaries),
        ...secondaries.flatMap((secondary) => [
            ...automatic(context, secondary),
            ...sameRegion(context, secondary),
            ...otherVersion(context, secondary),
        ]),
    ];
}

function automatic({ cluster }: EngineContext, { cluster: copy, replication }: ReplicationPartner): Finding[] {
    if (replication.failover !== 'automatically') {
        return [];
    }
    return [
        {
            code: 'aurora/global-automatic-failover',
            severity: 'warning',
            message: `When the Region of ${cluster.name} fails, nothing promotes ${copy.name}: Aurora never fails a Global Database over by itself.`,
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
    if (shared === undefined) {
        return [];
    }
    const name = topology.regions[shared]!.name;
    return [
        {
            code: 'aurora/global-same-region',
            severity: 'error',
            message: `${cluster.name} and ${copy.name} both stand in ${name}, and a Global Database has one cluster in a Region.`,
            help: `Put ${copy.name} in another Region; for reads in ${name}, add readers to ${cluster.name}.`,
            source: replication.source,
        },
    ];
}

function otherVersion({ cluster }: EngineContext, { cluster: copy, replication }: ReplicationPartner): Finding[] {
    const { version } = cluster;
    if (version === undefined || copy.version === undefined || version === copy.version) {
        return [];
    }
    const otherEngine = flavourOf(version) !== flavourOf(copy.version);
    return [
        {
            code: 'aurora/global-version-differs',
            severity: otherEngine ? 'error' : 'warning',
            message: `${cluster.name} runs ${version} and ${copy.name} ${copy.version}: ${otherEngine ? 'the clusters of a Global Database are of one engine' : 'a switchover between different versions is refused'}.`,
            help: 'Give both the same version.',
            source: replication.source,
        },
    ];
}

function tooMany({ cluster }: EngineContext, secondaries: readonly ReplicationPartner[]): Finding[] {
    const surplus = secondaries[MOST_SECONDARIES];
    if (surplus === undefined) {
        return [];
    }
    return [
        {
            code: 'aurora/global-too-many-secondaries',
            severity: 'error',
            message: `${cluster.name} has ${String(secondaries.length)} secondary clusters, and a Global Database has at most ${String(MOST_SECONDARIES)}.`,
            help: 'Leave out the Regions that need it least.',
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
            ? `${cluster.name} is a secondary of ${primary.cluster.name}, and only the primary of a Global Database sends changes on`
            : `${cluster.name} is said to follow both ${primary.cluster.name} and ${second.cluster.name}, and a secondary has one primary`;
    return [
        {
            code: 'aurora/global-chain',
            severity: 'error',
            message: `${reason}.`,
            help: 'Let one cluster be the primary and replicate from it to each of the others.',
            source: replication.source,
            related: [{ source: primary.replication.source, message: `${cluster.name} is a secondary by this.` }],
        },
    ];
}
