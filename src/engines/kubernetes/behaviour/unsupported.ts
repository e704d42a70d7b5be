import type { Fault, NodeSelector } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { ControlPlaneNodes } from '../control-plane.js';

/** Why the fault is not modelled for the cluster; undefined if it is. */
export function unsupported(context: EngineContext, plane: ControlPlaneNodes, fault: Fault): string | undefined {
    const { endpoints, members } = context.cluster;
    if (endpoints.some(({ kind }) => kind === 'vip')) {
        return 'a virtual IP that workers pass among themselves is not modelled; use a load balancer.';
    }
    if (fault.kind === 'wipe' && fault.nodes.some((selector) => mayBeEtcd(plane, selector))) {
        return 'a member of etcd that has lost its disk must be removed and added again by an operator, which is not modelled.';
    }
    if (fault.kind === 'stop' && members.some((member) => context.duration('shutdownGracePeriod', { member }) > 0)) {
        return '`shutdownGracePeriod` holds up the shutdown of a host, which is not modelled.';
    }
    return undefined;
}

function mayBeEtcd({ etcd }: ControlPlaneNodes, selector: NodeSelector): boolean {
    return selector.kind === 'node' ? etcd.includes(selector.node) : true;
}
