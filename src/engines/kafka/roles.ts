/** Who is a broker and who a controller. A node that says neither is both, as in the `server.properties` that Kafka ships. */
import type { Member } from '../../topology/index.js';
import type { EngineContext, Quorum } from '../engine.js';

export function isBroker({ roles }: Pick<Member, 'roles'>): boolean {
    return roles.length === 0 || roles.includes('broker');
}

export function isController({ roles }: Pick<Member, 'roles'>): boolean {
    return roles.length === 0 || roles.includes('controller');
}

/** The controllers elect the active one and agree on every change of the metadata. */
export function quorums({ cluster }: EngineContext): readonly Quorum[] {
    const controllers = cluster.members.filter(isController);
    return [
        {
            one: 'controller',
            many: 'controllers',
            voters: controllers.map(({ node }) => node),
            without: 'no partition gets a new leader and no topic can be changed',
            declarations: controllers.map(({ source }) => source),
            source: controllers[0]?.source ?? cluster.source,
            codes: {
                even: 'kafka/even-controllers',
                majorityInOneZone: 'kafka/majority-in-one-zone',
                // A single one is a choice for a small cluster; two are worse than one at twice the price.
                tooFew: {
                    code: 'kafka/too-few-controllers',
                    severity: controllers.length === 2 ? 'error' : 'warning',
                },
            },
        },
    ];
}
