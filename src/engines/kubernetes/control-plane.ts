/** Who answers the API, and what that takes. */
import type { NodeId } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { majority } from '../shared/checks/quorum.js';
import { etcdMembers, isControlPlane } from './roles.js';

export interface ControlPlaneNodes {
    readonly apiServers: readonly NodeId[];
    readonly etcd: readonly NodeId[];
    /** Each API server uses the member of etcd beside it and no other. */
    readonly isStacked: boolean;
    /** A provider runs all of it beside the declared nodes. */
    readonly isManaged: boolean;
}

export function controlPlaneNodes({ cluster }: EngineContext): ControlPlaneNodes {
    const apiServers = cluster.members.filter(isControlPlane).map(({ node }) => node);
    const etcd = etcdMembers(cluster.members).map(({ node }) => node);
    return {
        apiServers,
        etcd,
        isStacked: etcd.every((node) => apiServers.includes(node)),
        isManaged: apiServers.length === 0 && cluster.assumptions.some(({ what }) => what === 'failover'),
    };
}

/** Whether enough members of etcd are left to agree. */
export function hasMajority({ etcd }: ControlPlaneNodes, isLeft: (node: NodeId) => boolean): boolean {
    return etcd.filter(isLeft).length >= majority(etcd.length);
}
