/** Which members run what, and in which rack. */
import type { Member, Node } from '../../topology/index.js';

type Role = 'namenode' | 'journalnode' | 'zookeeper' | 'zkfc' | 'datanode' | 'resourcemanager' | 'nodemanager';

export function membersAs(members: readonly Member[], role: Role): readonly Member[] {
    return members.filter(({ roles }) => roles.includes(role));
}

export function isDatanode({ roles }: Member): boolean {
    return roles.includes('datanode');
}

/** The rack that a node is in: the one that it names, else its zone. Racks of one name in two zones are two. */
export function rackOf({ zone, rack }: Pick<Node, 'zone' | 'rack'>): string {
    return `${zone === undefined ? '' : String(zone)}/${rack ?? ''}`;
}
