import type { Member, Node, NodeId, Zone } from '../../topology/index.js';
import type { SettingReader } from '../engine.js';

/** What racks are read from: a placement request has it, and so has a cluster with its topology. */
export interface RackSource {
    node(id: NodeId): Node;
    zoneOf(node: NodeId): Zone | undefined;
    readonly settings: SettingReader;
}

/** `broker.rack` of a member: as set, else the node's `rack`, else its zone; undefined where nothing says it. */
export function rackOf(member: Member, source: RackSource): string | undefined {
    const written = source.settings.written('broker.rack', { member });
    return written?.values[0]?.text ?? source.node(member.node).rack ?? source.zoneOf(member.node)?.qualifiedName;
}
