import type { NodeId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { controlPlaneConfig, etcdConfig, renewalMs } from '../config.js';
import type { ControlPlaneNodes } from '../control-plane.js';

/**
 * The longest way in ms, one way, on which what two nodes say to each other is still answered in time: heartbeats of etcd before
 * an election begins, renewals of leases before the next is due. Pods' own traffic has no such limit.
 */
export function slowestLink(
    context: EngineContext,
    { etcd, apiServers, isManaged }: ControlPlaneNodes,
    one: NodeId,
    other: NodeId,
): number | undefined {
    if (etcd.includes(one) && etcd.includes(other)) {
        const { electionMs, heartbeatMs } = etcdConfig(context);
        return (electionMs - heartbeatMs) / 2;
    }
    const isPlane = (node: NodeId): boolean => etcd.includes(node) || apiServers.includes(node);
    if (isPlane(one) && isPlane(other)) {
        return controlPlaneConfig(context).election.renewDeadlineMs / 2;
    }
    const workers = context.cluster.members.filter(({ node }) => (node === one || node === other) && !isPlane(node));
    return isManaged || workers.length === 1
        ? Math.min(...workers.map((member) => renewalMs(context, member))) / 2
        : undefined;
}
