/** What is wrong with clusters of several Regions that are one service of AWS, whatever it is called. */
import { counted, type Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { primariesOf, regionsOf, secondariesOf, type ReplicationPartner } from '../replications.js';
import { useProperty } from './fixes.js';

/** A service that copies a primary cluster to secondary ones in other Regions, and is promoted by hand. */
export interface GlobalService {
    /** `Global Database` */
    readonly name: string;
    readonly mostSecondaries: number;
    /** What more reads in one Region take: `readers`. */
    readonly readers: string;
    readonly codes: Readonly<Record<'automaticFailover' | 'sameRegion' | 'tooManySecondaries' | 'chain', string>>;
}

/** Findings about a cluster as the primary of such a service, and about secondaries that are no mere secondaries. */
export function checkGlobal(context: EngineContext, service: GlobalService): readonly Finding[] {
    const secondaries = secondariesOf(context);
    return [
        ...tooMany(context, service, secondaries),
        ...chain(context, service, secondaries),
        ...secondaries.flatMap((secondary) => [
            ...automatic(context, service, secondary),
            ...sameRegion(context, service, secondary),
        ]),
    ];
}

function automatic(
    { cluster }: EngineContext,
    { name, codes }: GlobalService,
    { cluster: copy, replication }: ReplicationPartner,
): Finding[] {
    if (replication.failover !== 'automatically') {
        return [];
    }
    return [
        {
            code: codes.automaticFailover,
            severity: 'warning',
            message: `When the Region of ${cluster.name} fails, nothing promotes ${copy.name}: a ${name} never fails over from one Region to another by itself.`,
            help: 'Write `failover manually`, and plan who promotes it and how soon.',
            source: replication.source,
            fixes: [useProperty(replication.source, 'failover', 'manually')],
        },
    ];
}

function sameRegion(
    { cluster, topology }: EngineContext,
    { name, readers, codes }: GlobalService,
    { cluster: copy, replication }: ReplicationPartner,
): Finding[] {
    const own = regionsOf(topology, cluster);
    const shared = [...regionsOf(topology, copy)].find((region) => own.has(region));
    if (shared === undefined) {
        return [];
    }
    return [
        {
            code: codes.sameRegion,
            severity: 'error',
            message: `${cluster.name} and ${copy.name} both stand in ${topology.regions[shared]!.name}, and a ${name} has its secondary clusters in other Regions than its primary.`,
            help: `Put ${copy.name} in another Region; for more reads in this one, add ${readers} to ${cluster.name}.`,
            source: replication.source,
        },
    ];
}

function tooMany(
    { cluster }: EngineContext,
    { name, mostSecondaries, codes }: GlobalService,
    secondaries: readonly ReplicationPartner[],
): Finding[] {
    const surplus = secondaries[mostSecondaries];
    if (surplus === undefined) {
        return [];
    }
    return [
        {
            code: codes.tooManySecondaries,
            severity: 'error',
            message: `${cluster.name} has ${counted(secondaries.length, 'secondary cluster')}, and a ${name} has at most ${String(mostSecondaries)}.`,
            help: 'Leave out the Regions that need it least.',
            source: surplus.replication.source,
        },
    ];
}

/** Only the primary is a source, and there is one. */
function chain(
    context: EngineContext,
    { name, codes }: GlobalService,
    secondaries: readonly ReplicationPartner[],
): Finding[] {
    const { cluster } = context;
    const [primary, second] = primariesOf(context);
    const [onward] = secondaries;
    if (primary === undefined || (second === undefined && onward === undefined)) {
        return [];
    }
    const { replication } = second ?? onward ?? primary;
    return [
        {
            code: codes.chain,
            severity: 'error',
            message:
                second === undefined
                    ? `${cluster.name} is a secondary of ${primary.cluster.name}, and only the primary of a ${name} sends changes on.`
                    : `${cluster.name} is said to follow both ${primary.cluster.name} and ${second.cluster.name}, and a secondary of a ${name} has one primary.`,
            help: 'Let one cluster be the primary and replicate from it to each of the others.',
            source: replication.source,
            related: [{ source: primary.replication.source, message: `${cluster.name} is a secondary by this.` }],
        },
    ];
}
