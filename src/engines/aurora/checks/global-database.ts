/** Clusters of several Regions that are one Global Database. */
import type { Finding } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { checkGlobal, type GlobalService } from '../../shared/checks/global.js';
import { secondariesOf, type ReplicationPartner } from '../../shared/replications.js';
import { flavourOf } from '../flavour.js';

export const GLOBAL_DATABASE: GlobalService = {
    name: 'Global Database',
    mostSecondaries: 10,
    readers: 'readers',
    codes: {
        automaticFailover: 'aurora/global-automatic-failover',
        sameRegion: 'aurora/global-same-region',
        tooManySecondaries: 'aurora/global-too-many-secondaries',
        chain: 'aurora/global-chain',
    },
};

export function checkGlobalDatabase(context: EngineContext): readonly Finding[] {
    return [
        ...checkGlobal(context, GLOBAL_DATABASE),
        ...secondariesOf(context).flatMap((secondary) => otherVersion(context, secondary)),
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
